package org.lwdb.casework.learning;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.lwdb.casework.CurrentUser;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings the matched rows into courses and enrollments, and what is new in them into the inbox and
 * the timelines. Whatever the order of files and rows, the outcome is the same: the row with the
 * latest activity counts, at equal activity the one with the furthest progress; a completion is
 * never undone, the first enrollment and the first completion stay.
 */
final class Merging {

  /** What changed: people, then enrollments. */
  record Counts(int joined, int enrolled, int completed, int updated, int unchanged) {}

  private final JdbcClient jdbc;
  private final OffsetDateTime now;

  Merging(JdbcClient jdbc, Instant now) {
    this.jdbc = jdbc;
    this.now = now.atOffset(ZoneOffset.UTC);
  }

  Counts run() {
    gather();
    courses();
    compare();
    int joined = joined();
    enrolledForTheFirstTime();
    int inserted = insert();
    int updated = update();
    int completed = completed();
    story(" c.enrollment_id is null", "Enrolled in");
    story(" c.newly_completed", "Completed");
    int all = jdbc.sql("select count(*) from incoming").query(Integer.class).single();
    return new Counts(joined, inserted, completed, updated, all - inserted - updated);
  }

  /** One line for each enrollment, however often the file repeats it. */
  private void gather() {
    jdbc.sql(
            """
            create temp table incoming on commit drop as
            select distinct on (p.participant_id, s.course_id, s.program_slug)
                   p.participant_id, s.course_id, s.program_slug,
                   s.last_activity_at, s.progress, s.removed,
                   coalesce(s.grade, max(s.grade) over same) as grade,
                   coalesce(s.certificate_url, max(s.certificate_url) over same)
                     as certificate_url,
                   coalesce(s.learning_hours, max(s.learning_hours) over same) as learning_hours,
                   min(s.enrolled_at) over same as enrolled_at,
                   bool_or(s.completed) over same as completed,
                   min(case when s.completed then
                         coalesce(s.completed_at, s.last_activity_at, s.enrolled_at, :now) end)
                     over same as completed_at
              from staged s join person p using (external_id, email)
             where p.participant_id is not null and p.other_case is null
            window same as (partition by p.participant_id, s.course_id, s.program_slug)
             order by p.participant_id, s.course_id, s.program_slug,
                   s.last_activity_at desc nulls last, s.progress desc, s.removed desc nulls last,
                   s.grade desc nulls last, s.certificate_url desc nulls last,
                   s.learning_hours desc nulls last
            """)
        .param("now", now)
        .update();
    jdbc.sql("analyze incoming").update();
  }

  /** Names change: those that stand beside the latest activity count. */
  private void courses() {
    jdbc.sql(
            """
            with named as (
              select s.course_id, s.course, s.slug, s.partner,
                     max(coalesce(s.last_activity_at, s.enrolled_at, '-infinity')) as as_of
                from staged s join person p using (external_id, email)
               where p.participant_id is not null and p.other_case is null
               group by s.course_id, s.course, s.slug, s.partner),
            latest as (
              select distinct on (course_id) * from named
               order by course_id, as_of desc, course, slug, partner),
            next as (
              select l.course_id, coalesce(l.course, c.name, l.slug, l.course_id) as name,
                     coalesce(l.slug, c.slug) as slug, coalesce(l.partner, c.partner) as partner,
                     l.as_of
                from latest l left join course c on c.id = l.course_id
               where c.id is null or l.as_of >= c.as_of)
            insert into course (id, name, slug, partner, as_of)
            select n.* from next n
             where not exists (
               select from course c
                where c.id = n.course_id
                  and (c.name, c.slug, c.partner, c.as_of)
                      is not distinct from (n.name, n.slug, n.partner, n.as_of))
            on conflict (id) do update
              set name = excluded.name, slug = excluded.slug, partner = excluded.partner,
                  as_of = excluded.as_of
            """)
        .update();
  }

  /** What becomes of each enrollment; those that stay as they are, are left out. */
  private void compare() {
    jdbc.sql(
            """
            create temp table change on commit drop as
            select e.id as enrollment_id, i.participant_id, i.course_id, i.program_slug, next.*,
                   i.completed and e.completed is not true as newly_completed
              from incoming i
              left join enrollment e using (participant_id, course_id, program_slug)
             cross join lateral (
               select (coalesce(i.last_activity_at, '-infinity'), i.progress)
                        >= (coalesce(e.last_activity_at, '-infinity'), e.progress) as newest,
                      (coalesce(i.last_activity_at, '-infinity'), i.progress)
                        = (coalesce(e.last_activity_at, '-infinity'), e.progress) as level) age
             cross join lateral (
               select case when newest then i.progress else coalesce(e.progress, i.progress) end
                        as progress,
                      greatest(i.last_activity_at, e.last_activity_at) as last_activity_at,
                      least(i.enrolled_at, e.enrolled_at) as enrolled_at,
                      i.completed or coalesce(e.completed, false) as completed,
                      least(i.completed_at, e.completed_at) as completed_at,
                      case when newest then coalesce(i.grade, e.grade)
                           else coalesce(e.grade, i.grade) end as grade,
                      case when newest then coalesce(i.certificate_url, e.certificate_url)
                           else coalesce(e.certificate_url, i.certificate_url) end
                        as certificate_url,
                      case when newest then coalesce(i.learning_hours, e.learning_hours)
                           else coalesce(e.learning_hours, i.learning_hours) end
                        as learning_hours,
                      case when level then coalesce(i.removed, false) or e.removed
                           when newest then coalesce(i.removed, e.removed, false)
                           else coalesce(e.removed, i.removed, false) end as removed) next
             where e.id is null
                or (next.progress, next.last_activity_at, next.enrolled_at, next.completed,
                    next.completed_at, next.grade, next.certificate_url, next.learning_hours,
                    next.removed)
                   is distinct from
                   (e.progress, e.last_activity_at, e.enrolled_at, e.completed, e.completed_at,
                    e.grade, e.certificate_url, e.learning_hours, e.removed)
            """)
        .update();
    jdbc.sql("analyze change").update();
  }

  /** Whoever has a row in a usage report has joined, at the latest when they first enrolled. */
  private int joined() {
    return jdbc.sql(
            """
            with joined as (
              update participant p set joined_at = f.first
                from (select participant_id, coalesce(min(enrolled_at), :now) as first
                        from incoming group by participant_id) f
               where p.id = f.participant_id and p.joined_at is null
              returning p.id, p.joined_at),
            story as (
              insert into timeline_entry (participant_id, at, who, what, detail, subject)
              select id, :now, :who, 'Joined Coursera',
                     to_char(joined_at at time zone 'America/New_York', 'MM/DD/YYYY'), 'LEARNING'
                from joined)
            insert into learning_news (participant_id, kind, created_at, next_attempt_at)
            select id, 'JOINED', :now, :now from joined
            """)
        .param("now", now)
        .param("who", CurrentUser.COURSERA)
        .update();
  }

  private void enrolledForTheFirstTime() {
    jdbc.sql(
            """
            insert into learning_news (participant_id, kind, created_at, next_attempt_at)
            select distinct c.participant_id, 'ENROLLED', :now, :now
              from change c
             where not exists (
               select from enrollment e where e.participant_id = c.participant_id)
            """)
        .param("now", now)
        .update();
  }

  private int insert() {
    return jdbc.sql(
            """
            insert into enrollment (participant_id, course_id, program_slug, progress, enrolled_at,
              last_activity_at, completed, completed_at, grade, certificate_url, learning_hours,
              removed, first_seen_at, updated_at)
            select participant_id, course_id, program_slug, progress, enrolled_at,
                   last_activity_at, completed, completed_at, grade, certificate_url,
                   learning_hours, removed, :now, :now
              from change where enrollment_id is null
             order by participant_id, enrolled_at, course_id, program_slug
            """)
        .param("now", now)
        .update();
  }

  private int update() {
    return jdbc.sql(
            """
            update enrollment e
               set progress = c.progress, enrolled_at = c.enrolled_at,
                   last_activity_at = c.last_activity_at, completed = c.completed,
                   completed_at = c.completed_at, grade = c.grade,
                   certificate_url = c.certificate_url, learning_hours = c.learning_hours,
                   removed = c.removed, updated_at = :now
              from change c where e.id = c.enrollment_id
            """)
        .param("now", now)
        .update();
  }

  private int completed() {
    return jdbc.sql(
            """
            insert into learning_news
              (participant_id, kind, enrollment_id, created_at, next_attempt_at)
            select participant_id, 'COMPLETED', e.id, :now, :now
              from change c join enrollment e using (participant_id, course_id, program_slug)
             where c.newly_completed
             order by participant_id, c.completed_at, e.id
            """)
        .param("now", now)
        .update();
  }

  /** One entry for each case and import: a first report can bring many courses at once. */
  private void story(String which, String what) {
    jdbc.sql(
            """
            insert into timeline_entry (participant_id, at, who, what, detail, subject)
            select c.participant_id, :now, :who,
                   case count(*) when 1 then :what || ' a course'
                     else :what || ' ' || count(*) || ' courses' end,
                   string_agg(course.name, '; ' order by c.enrolled_at, course.name), 'LEARNING'
              from change c join course on course.id = c.course_id
             where """
                + which
                + """
             group by c.participant_id
            """)
        .param("now", now)
        .param("who", CurrentUser.COURSERA)
        .param("what", what)
        .update();
  }
}
