package org.lwdb.casework.learning;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.lwdb.casework.CurrentUser;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings the matched rows into courses and enrollments, and what is new in them into the inbox and
 * the timelines. Whatever the order of files and rows, the outcome is the same: the row with the
 * latest activity counts, at equal activity the one with the furthest progress; a completion is
 * never undone, the first enrollment and the first completion stay.
 *
 * <p>Almost every row is the only one of its enrollment; those that may not be are found by the
 * {@code again} of staging and brought together apart, which costs ten times as much for each.
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

  /**
   * @param rows how many staged rows are matched
   */
  Counts run(int rows) {
    courses();
    repeated();
    int all = rows - gather();
    compare();
    learners();
    int joined = joined();
    enrolledForTheFirstTime();
    int inserted = insert();
    int updated = update();
    int completed = completed();
    story("c.is_new", "Enrolled in", "c.enrolled_at");
    story("c.newly_completed", "Completed", "c.completed_at");
    return new Counts(joined, inserted, completed, updated, all - inserted - updated);
  }

  /** Where the figures change with it; null if nothing has changed. Asked after {@link #run}. */
  EnrollmentsChanged changed() {
    List<String> courses =
        jdbc.sql("select distinct course_id from change").query(String.class).list();
    return courses.isEmpty()
        ? null
        : new EnrollmentsChanged(
            jdbc.sql(
                    """
                    select distinct p.board_id
                      from changed_learner c join participant p on p.id = c.participant_id
                    """)
                .query(String.class)
                .set(),
            Set.copyOf(courses));
  }

  /** Names change: those that stand beside the latest activity count. */
  private void courses() {
    jdbc.sql(
            """
            with active as (
              select subject,
                     max(coalesce(last_activity_at, enrolled_at, '-infinity')) as as_of
                from staged join matched using (learner)
               group by subject),
            latest as (
              select distinct on (course_id)
                     course_id, kind, course, slug, partner, as_of
                from studied join active using (subject)
               order by course_id, as_of desc, course, slug, partner),
            next as (
              select l.course_id, coalesce(l.course, c.name, l.slug, l.course_id) as name,
                     coalesce(l.slug, c.slug) as slug, coalesce(l.partner, c.partner) as partner,
                     l.kind, l.as_of
                from latest l left join course c on c.id = l.course_id
               where c.id is null or l.as_of > c.as_of
                  or l.as_of = c.as_of
                     and (coalesce(l.course, c.name), coalesce(l.slug, ''), coalesce(l.partner, ''))
                       < (c.name, coalesce(c.slug, ''), coalesce(c.partner, '')))
            insert into course (id, name, slug, partner, kind, as_of)
            select course_id, name, slug, partner, kind, as_of from next
            on conflict (id) do update
              set name = excluded.name, slug = excluded.slug, partner = excluded.partner,
                  as_of = excluded.as_of
            """)
        .update();
  }

  /** The enrollments that more than one row may be about. */
  private void repeated() {
    jdbc.sql(
            """
            create temp table repeated on commit drop as
            select m.participant_id, c.study
              from staged s join matched m using (learner) join studied c using (subject)
             where s.again
            union
            select m.participant_id, c.study
              from matched m join staged s using (learner) join studied c using (subject)
             where m.several
            union
            select m.participant_id, c.study
              from studied c join staged s using (subject) join matched m using (learner)
             where c.several
            """)
        .update();
    jdbc.sql("analyze repeated").update();
  }

  /**
   * Of those, one line for each enrollment.
   *
   * @return how many rows more than lines there were
   */
  private int gather() {
    jdbc.sql(
            """
            create temp table gathered on commit drop as
            select distinct on (r.participant_id, r.study)
                   r.participant_id, r.study, c.course_id, c.program_slug,
                   s.last_activity_at, s.progress, s.removed,
                   first_value(s.grade) over graded as grade,
                   first_value(case when s.grade is not null then s.last_activity_at end)
                     over graded as grade_as_of,
                   first_value(case when s.grade is not null then s.progress end)
                     over graded as grade_progress,
                   max(s.certificate_url collate "C") over same as certificate_url,
                   max(s.learning_hours) over same as learning_hours,
                   min(s.enrolled_at) over same as enrolled_at,
                   bool_or(s.completed) over same as completed,
                   min(case when s.completed then
                         coalesce(s.completed_at, s.last_activity_at, s.enrolled_at, :now) end)
                     over same as completed_at,
                   count(*) over same as rows
              from staged s join matched m using (learner) join studied c using (subject)
              join repeated r on r.participant_id = m.participant_id and r.study = c.study
            window same as (partition by r.participant_id, r.study),
                   graded as (same order by s.grade is null, s.last_activity_at desc nulls last,
                     s.progress desc, s.grade collate "C" desc)
             order by r.participant_id, r.study,
                   s.last_activity_at desc nulls last, s.progress desc, s.removed desc
            """)
        .param("now", now)
        .update();
    return jdbc.sql("select coalesce(sum(rows - 1), 0) from gathered")
        .query(Integer.class)
        .single();
  }

  /**
   * What becomes of each enrollment; those that stay as they are, are left out. Numbered by person,
   * as the index is, and then in time, as a person reads them.
   */
  private void compare() {
    jdbc.sql(
            """
            create temp table change on commit drop as
            with incoming as (
              select m.participant_id, c.study, c.course_id, c.program_slug,
                     s.last_activity_at, s.progress, s.removed, s.grade,
                     case when s.grade is not null then s.last_activity_at end as grade_as_of,
                     case when s.grade is not null then s.progress end as grade_progress,
                     s.certificate_url, s.learning_hours, s.enrolled_at, s.completed,
                     case when s.completed then
                       coalesce(s.completed_at, s.last_activity_at, s.enrolled_at, :now) end
                       as completed_at
                from staged s join matched m using (learner) join studied c using (subject)
               where not exists (
                 select from repeated r
                  where r.participant_id = m.participant_id and r.study = c.study)
              union all
              select participant_id, study, course_id, program_slug, last_activity_at, progress,
                     removed, grade, grade_as_of, grade_progress, certificate_url,
                     learning_hours, enrolled_at, completed, completed_at
                from gathered),
            changed as (
              select e.id, i.participant_id, i.course_id, i.program_slug, next.*,
                     i.completed and e.completed is not true as newly_completed
                from incoming i
                left join enrollment e using (participant_id, course_id, program_slug)
               cross join lateral (
                 select (coalesce(i.last_activity_at, '-infinity'), i.progress)
                          > (coalesce(e.last_activity_at, '-infinity'), e.progress) as newer,
                        (coalesce(i.last_activity_at, '-infinity'), i.progress)
                          = (coalesce(e.last_activity_at, '-infinity'), e.progress) as level,
                        e.grade is null or i.grade is not null
                          and (coalesce(i.grade_as_of, '-infinity'), i.grade_progress,
                               i.grade collate "C")
                            > (coalesce(e.grade_as_of, '-infinity'), e.grade_progress, e.grade)
                          as regraded) than
               cross join lateral (
                 select case when e.id is null or newer then i.progress else e.progress end
                          as progress,
                        greatest(i.last_activity_at, e.last_activity_at) as last_activity_at,
                        least(i.enrolled_at, e.enrolled_at) as enrolled_at,
                        i.completed or coalesce(e.completed, false) as completed,
                        least(i.completed_at, e.completed_at) as completed_at,
                        case when e.id is null or regraded then i.grade else e.grade end as grade,
                        case when e.id is null or regraded then i.grade_as_of
                             else e.grade_as_of end as grade_as_of,
                        case when e.id is null or regraded then i.grade_progress
                             else e.grade_progress end as grade_progress,
                        greatest(i.certificate_url collate "C", e.certificate_url)
                          as certificate_url,
                        greatest(i.learning_hours, e.learning_hours) as learning_hours,
                        case when e.id is null or newer then i.removed
                             when level then i.removed or e.removed
                             else e.removed end as removed) next
               where e.id is null
                  -- most rows say the same as before: that is seen at once
                  or (i.progress, i.last_activity_at, i.enrolled_at, i.completed, i.completed_at,
                      i.grade, i.grade_as_of, i.grade_progress, i.certificate_url,
                      i.learning_hours, i.removed)
                     is distinct from
                     (e.progress, e.last_activity_at, e.enrolled_at, e.completed, e.completed_at,
                      e.grade, e.grade_as_of, e.grade_progress, e.certificate_url,
                      e.learning_hours, e.removed)
                 and (next.progress, next.last_activity_at, next.enrolled_at, next.completed,
                      next.completed_at, next.grade, next.grade_as_of, next.grade_progress,
                      next.certificate_url, next.learning_hours, next.removed)
                     is distinct from
                     (e.progress, e.last_activity_at, e.enrolled_at, e.completed, e.completed_at,
                      e.grade, e.grade_as_of, e.grade_progress, e.certificate_url,
                      e.learning_hours, e.removed)
               order by i.participant_id, next.enrolled_at, i.study)
            select coalesce(id, nextval('enrollment_id_seq')) as enrollment_id,
                   id is null as is_new, c.*
              from changed c
            """)
        .param("now", now)
        .update();
    jdbc.sql("analyze change (enrollment_id, participant_id, is_new, newly_completed)").update();
  }

  /** Each participant with changes. */
  private void learners() {
    jdbc.sql(
            """
            create temp table changed_learner on commit drop as
            select participant_id, min(enrolled_at) as first_enrolled_at, bool_or(is_new) as enrolls
              from change group by participant_id
            """)
        .update();
    jdbc.sql("analyze changed_learner").update();
  }

  /** Whoever has a row in a usage report has joined, at the latest when they first enrolled. */
  private int joined() {
    return jdbc.sql(
            """
            with earlier as (
              select c.participant_id, coalesce(c.first_enrolled_at, :now) as at,
                     p.joined_at is null as newly
                from changed_learner c join participant p on p.id = c.participant_id
               where p.joined_at is null or p.joined_at > coalesce(c.first_enrolled_at, :now)),
            dated as (
              update participant p set joined_at = e.at
                from earlier e where p.id = e.participant_id)
            select count(*) from earlier where newly
            """)
        .param("now", now)
        .query(Integer.class)
        .single();
  }

  /** It moves the case from wherever it is: that the learner joined need not be told before. */
  private void enrolledForTheFirstTime() {
    jdbc.sql(
            """
            insert into learning_news (participant_id, kind, created_at, next_attempt_at)
            select c.participant_id, 'ENROLLED', :now, :now
              from changed_learner c
             where c.enrolls and not exists (
               select from enrollment e where e.participant_id = c.participant_id)
            """)
        .param("now", now)
        .update();
  }

  private int insert() {
    return jdbc.sql(
            """
            insert into enrollment (id, participant_id, course_id, program_slug, progress,
              enrolled_at, last_activity_at, completed, completed_at, grade, grade_as_of,
              grade_progress, certificate_url, learning_hours, removed, first_seen_at, updated_at)
            overriding system value
            select enrollment_id, participant_id, course_id, program_slug, progress, enrolled_at,
                   last_activity_at, completed, completed_at, grade, grade_as_of, grade_progress,
                   certificate_url, learning_hours, removed, :now, :now
              from change where is_new
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
                   completed_at = c.completed_at, grade = c.grade, grade_as_of = c.grade_as_of,
                   grade_progress = c.grade_progress,
                   certificate_url = c.certificate_url, learning_hours = c.learning_hours,
                   removed = c.removed, updated_at = :now
              from change c where e.id = c.enrollment_id and not c.is_new
            """)
        .param("now", now)
        .update();
  }

  private int completed() {
    return jdbc.sql(
            """
            insert into learning_news
              (participant_id, kind, enrollment_id, created_at, next_attempt_at)
            select participant_id, 'COMPLETED', enrollment_id, :now, :now
              from change where newly_completed
             order by participant_id, completed_at, enrollment_id
            """)
        .param("now", now)
        .update();
  }

  /** One entry for each case and import: a first report can bring many courses at once. */
  private void story(String which, String what, String order) {
    jdbc.sql(
            """
            insert into timeline_entry (participant_id, at, who, what, detail, subject)
            select c.participant_id, :now, :who,
                   case count(*) when 1 then :what || ' a course'
                     else :what || ' ' || count(*) || ' courses' end,
                   string_agg(course.name, '; ' order by <order>, course.id), 'LEARNING'
              from change c join course on course.id = c.course_id
             where <which>
             group by c.participant_id
            """
                .replace("<order>", order)
                .replace("<which>", which))
        .param("now", now)
        .param("who", CurrentUser.COURSERA)
        .param("what", what)
        .update();
  }
}
