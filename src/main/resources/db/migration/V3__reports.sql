-- What Coursera's reports bring, a million rows at a time.

-- Ids and slugs of Coursera are compared byte by byte: they are no words of a language.
alter table enrollment
  drop constraint enrollment_participant_id_fkey,
  drop constraint enrollment_course_id_fkey;
drop index enrollment_course_id_idx; -- course results read all enrollments; no list is opened by course
alter table course alter id type text collate "C";
alter table enrollment
  alter course_id type text collate "C",
  alter program_slug type text collate "C",
  -- activity and progress of the row that the grade stands in: the latest row need not have one
  add grade_as_of timestamptz,
  add grade_progress numeric(5, 2);

-- Enrollments are written by imports alone, from rows joined to their participants and courses: the check of
-- each row took longer than writing it. What is left of the two foreign keys is that neither can be deleted.
create function refuse_while_enrolled() returns trigger language plpgsql as $$
begin
  if exists (select from enrollment
              where case tg_table_name when 'course' then course_id = to_jsonb(old) ->> 'id'
                    else participant_id = (to_jsonb(old) ->> 'id')::bigint end) then
    raise foreign_key_violation using message = tg_table_name || ' ' || (to_jsonb(old) ->> 'id') || ' has enrollments';
  end if;
  return old;
end $$;
create trigger refuse_while_enrolled before delete on participant
  for each row execute function refuse_while_enrolled();
create trigger refuse_while_enrolled before delete on course
  for each row execute function refuse_while_enrolled();

-- A first import notes in all its people's files at once that they joined: room for a second version of each row in
-- its page spares it nine index entries.
alter table participant set (fillfactor = 50);
-- Each week one enrollment in a hundred changes, all over the table.
alter table enrollment set (fillfactor = 90);

-- News are written by imports too, for participants and enrollments that were joined or written just before.
alter table learning_news
  drop constraint learning_news_participant_id_fkey,
  drop constraint learning_news_enrollment_id_fkey;

-- That somebody joined is told once.
create index on learning_news (participant_id) where kind = 'JOINED';

-- What the membership reports say of a person and a program; the person's, over moves.
create table membership (
  person_id        bigint not null,
  program_slug     text collate "C" not null,
  state            text not null,        -- as Coursera has it, in capitals: INVITED, MEMBER, REMOVED ...
  as_of            timestamptz not null, -- the latest moment beside which a report said so
  primary key (person_id, program_slug)
);

-- Rows of reports that matched nobody. They wait for their participant, and are matched as soon as an address or
-- a case number comes to be known; a later import's row of the same key takes an earlier one's place.
create table unmatched_row (
  id               bigint generated always as identity primary key,
  report_id        bigint not null references coursera_report on delete cascade,
  row              int not null,          -- counted from 1 without the header
  kept_at          timestamptz not null,  -- deleted after casework.retention.unmatched-rows
  due              boolean not null default false, -- its address or case number has come to be known since
  name             text not null,
  email            text not null,
  external_id      text not null,
  kind             text not null check (kind in ('COURSE', 'SPECIALIZATION', 'MEMBERSHIP')),
  course_id        text,
  course           text,
  slug             text,
  partner          text,
  program_slug     text not null,
  enrolled_at      timestamptz,
  last_activity_at timestamptz,
  progress         numeric(5, 2),
  learning_hours   numeric(8, 2),
  completed        boolean,
  completed_at     timestamptz,
  removed          boolean,
  grade            text,
  certificate_url  text,
  joined_at        timestamptz,
  invited_at       timestamptz,
  state            text
);
create index on unmatched_row (report_id, row);
create index on unmatched_row (lower(email));
create index on unmatched_row (upper(external_id)) where external_id <> '';
create index on unmatched_row (report_id) where due;
create index on unmatched_row (kept_at);

-- Whatever way an address comes (intake, file, correction, move, report): rows that wait for it, or for a case
-- number of its participant, are due.
create function unmatched_rows_are_due() returns trigger language plpgsql as $$
begin
  update unmatched_row u set due = true
    from known where lower(u.email) = known.email and not u.due;
  update unmatched_row u set due = true
    from known join participant p on p.id = known.participant_id
         join participant same on same.person_id = p.person_id
   where upper(u.external_id) = same.case_number and u.external_id <> '' and not u.due;
  return null;
end $$;
create trigger unmatched_rows_are_due after insert on participant_email
  referencing new table as known for each statement execute function unmatched_rows_are_due();

-- The imports of all nodes that run now, as they last told; no longer of one that was killed.
create unlogged table running_import (
  id          uuid primary key,
  file_name   text not null,
  boards      text[] not null,
  imported_by text not null,
  started_at  timestamptz not null,
  kind        text,                  -- null until the headers are read
  step        text not null,
  percent     int not null,
  seen_at     timestamptz not null   -- by the database's clock; every second
);

-- Until now they were kept as they stand in the file.
insert into unmatched_row (report_id, row, kept_at, due, name, email, external_id, kind, course_id, course, slug,
  partner, program_slug, enrolled_at, last_activity_at, progress, learning_hours, completed, completed_at, removed,
  grade, certificate_url)
select r.report_id, r.row, i.imported_at, true, coalesce(content ->> 'Name', ''), coalesce(content ->> 'Email', ''),
       coalesce(content ->> 'External Id', ''), 'COURSE', content ->> 'Course ID', content ->> 'Course',
       content ->> 'Course Slug', content ->> 'University', coalesce(content ->> 'Program Slug', ''),
       cast(content ->> 'Enrollment Time' as timestamp) at time zone 'UTC',
       cast(content ->> 'Last Course Activity Time' as timestamp) at time zone 'UTC',
       cast(content ->> 'Overall Progress' as numeric), cast(content ->> 'Learning Hours' as numeric),
       cast(content ->> 'Completed' as boolean),
       cast(content ->> 'Completion Time' as timestamp) at time zone 'UTC',
       coalesce(cast(content ->> 'Removed From Program' as boolean), false),
       content ->> 'Course Grade', content ->> 'Course Certificate URL'
  from coursera_report_row r join coursera_report i on i.id = r.report_id
 where problem = 'UNMATCHED';
delete from coursera_report_row where problem = 'UNMATCHED';
drop index coursera_report_row_report_id_row_idx;
