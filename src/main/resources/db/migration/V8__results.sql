-- The figures of a month's enrollments in a course, for course results over many boards and years. Refreshed in the
-- transaction that changes the enrollments; a case that moves takes its enrollments along.
create table course_result (
  board_id         text not null references board,
  course_id        text collate "C" not null,
  month            date not null,  -- first day of the month of enrollment, New York's calendar
  enrolled         int not null,
  active           int not null,   -- neither completed nor removed from the program
  active_on        date[],         -- of these the last activity, where it was not past already when this was refreshed
  completed        int not null,
  days_to_complete int[],          -- New York dates from enrollment to completion; of each completion that has both
  learning_hours   numeric not null,
  primary key (board_id, course_id, month)
);

insert into course_result
select p.board_id, e.course_id,
       cast(date_trunc('month', coalesce(e.enrolled_at, e.first_seen_at) at time zone 'America/New_York') as date),
       count(*),
       count(*) filter (where not e.completed and not e.removed),
       array_agg(cast(greatest(e.enrolled_at, e.last_activity_at) at time zone 'America/New_York' as date))
         filter (where not e.completed and not e.removed and greatest(e.enrolled_at, e.last_activity_at) is not null),
       count(*) filter (where e.completed),
       array_agg(greatest(0, cast(e.completed_at at time zone 'America/New_York' as date)
                           - cast(e.enrolled_at at time zone 'America/New_York' as date)))
         filter (where e.completed and e.enrolled_at is not null and e.completed_at is not null),
       coalesce(sum(e.learning_hours), 0)
  from participant p join enrollment e on e.participant_id = p.id
 group by 1, 2, 3;

-- Reminders of a course that went out, beside what became of the course.
create index on message (enrollment_id, sending_at) where reminder and state = 'ACCEPTED';
-- When a person was first reached.
create index on timeline_entry (participant_id, at) where subject = 'ANSWER';
