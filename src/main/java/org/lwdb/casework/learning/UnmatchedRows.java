package org.lwdb.casework.learning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.lwdb.casework.Page;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rows of reports that could not be given to a participant, kept as they came: those that match
 * nobody, and those whose id is of one and whose address of another, which count as refused.
 */
@Repository
class UnmatchedRows {

  /** What a row says, by the headers of its report. */
  private static final String CONTENT =
      """
      jsonb_strip_nulls(jsonb_build_object(
        'Name', nullif(name, ''), 'Email', nullif(email, ''),
        'External Id', nullif(external_id, ''), 'Program Slug', nullif(program_slug, ''),
        'University', partner, 'Enrollment Time', enrolled_at at time zone 'UTC',
        'Overall Progress', progress, 'Learning Hours', learning_hours,
        'Completed', completed, 'Removed From Program', removed)
      || case kind
        when 'COURSE' then jsonb_build_object(
          'Course', course, 'Course ID', course_id, 'Course Slug', slug,
          'Last Course Activity Time', last_activity_at at time zone 'UTC',
          'Completion Time', completed_at at time zone 'UTC',
          'Course Grade', grade, 'Course Certificate URL', certificate_url)
        when 'SPECIALIZATION' then jsonb_build_object(
          'Specialization', course, 'Specialization Slug', slug,
          'Last Specialization Activity Time', last_activity_at at time zone 'UTC',
          'Specialization Completion Time', completed_at at time zone 'UTC',
          'Specialization Certificate URL', certificate_url)
        else jsonb_build_object(
          'Member State', state, 'Join Date', joined_at at time zone 'UTC',
          'Invitation Date', invited_at at time zone 'UTC',
          'Latest Program Activity Date', last_activity_at at time zone 'UTC') end)
      """;

  private static final String VALUES =
      """
      enrolled_at, last_activity_at, progress, learning_hours, completed, completed_at, removed,
      grade, certificate_url, joined_at, invited_at, state
      """;

  private static final String TEXTS =
      "name, email, external_id, kind, course_id, course, slug, partner, program_slug";

  /** Staged rows that are not matched, with the texts that stand in other rows of the file. */
  private static final String STRANGE =
      """
      with strange as (
        select s.row, p.participant_id, p.other_case, p.name, p.email, p.external_id, t.kind,
               t.course_id, t.course, t.slug, t.partner, t.program_slug, s.enrolled_at,
               s.last_activity_at, s.progress, s.learning_hours, s.completed, s.completed_at,
               s.removed, s.grade, s.certificate_url, s.joined_at, s.invited_at, s.state
          from staged s join person p using (learner) join studied t using (subject)
         where p.participant_id is null or p.other_case is not null)
      """;

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  UnmatchedRows(JdbcClient jdbc, ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** Keeps the staged rows that are nobody's, in place of what earlier imports say no more than. */
  void keep(long reportId, String[] boards, Instant now) {
    jdbc.sql(
            STRANGE
                + "insert into unmatched_row (report_id, row, kept_at, other_case, "
                + (TEXTS + ", " + VALUES)
                + ") select :id, row, :now, other_case, "
                + (TEXTS + ", " + VALUES)
                + " from strange")
        .param("id", reportId)
        .param("now", utc(now))
        .update();
    jdbc.sql(
            """
            delete from unmatched_row old
             using unmatched_row new, coursera_report r
             where new.report_id = :id and r.id = old.report_id and r.id <> :id
               and r.boards = cast(:boards as text[])
               and old.email = new.email and old.external_id = new.external_id
               and old.kind = new.kind and old.program_slug = new.program_slug
               and coalesce(old.course_id, '') = coalesce(new.course_id, '')
               and coalesce(new.last_activity_at, '-infinity')
                   >= coalesce(old.last_activity_at, '-infinity')
               and coalesce(new.enrolled_at, 'infinity') <= coalesce(old.enrolled_at, 'infinity')
               and coalesce(new.completed, false) >= coalesce(old.completed, false)
               and coalesce(new.completed_at, 'infinity')
                   <= coalesce(old.completed_at, 'infinity')
               and coalesce(new.certificate_url, '') >= coalesce(old.certificate_url, '')
               and coalesce(new.learning_hours, 0) >= coalesce(old.learning_hours, 0)
               and (new.grade is not null or old.grade is null)
               and coalesce(new.joined_at, 'infinity') <= coalesce(old.joined_at, 'infinity')
               and coalesce(new.invited_at, 'infinity') <= coalesce(old.invited_at, 'infinity')
               and (new.last_activity_at is distinct from old.last_activity_at
                 or (new.progress, new.removed, new.grade, new.state)
                    is not distinct from (old.progress, old.removed, old.grade, old.state))
            """)
        .param("id", reportId)
        .param("boards", boards)
        .update();
  }

  /**
   * Tells of the kept rows whose id is of one and whose address of another that they are refused.
   */
  void refuseConflicts(long reportId) {
    jdbc.sql(
            """
            delete from coursera_report_row r using unmatched_row u
             where r.report_id = :id and u.report_id = :id and u.row = r.row
            """)
        .param("id", reportId)
        .update();
    jdbc.sql(
            """
            insert into coursera_report_row (report_id, row, field, problem, content)
            select :id, row, 'External Id',
                   'The external id is that of one participant, but the e-mail address is known'
                     || ' for case ' || other_case || '. Find out whose row it is, and match it,'
                     || ' or correct the external id or the address in Coursera.',
            """
                + CONTENT
                + " from unmatched_row where report_id = :id and other_case is not null")
        .param("id", reportId)
        .update();
  }

  /** The rows that an import left here and that are here still. */
  Page<UnmatchedRow> of(long reportId, Page.Request page) {
    String order = page.orderBy(Map.of("row", "row"), "row");
    return Page.of(
        jdbc.sql(
                "select row, "
                    + CONTENT
                    + " as content from unmatched_row where report_id = :id and other_case is null order by "
                    + order
                    + " limit :size offset :offset")
            .param("id", reportId)
            .param("size", page.size())
            .param("offset", page.offset())
            .query((row, n) -> new UnmatchedRow(row.getInt("row"), read(row.getString("content"))))
            .list(),
        page,
        jdbc.sql("select count(*) from unmatched_row where report_id = ? and other_case is null")
            .param(reportId)
            .query(Long.class)
            .single());
  }

  /** They are those of another import of the same file now. */
  void handOver(long fromReport, long toReport) {
    jdbc.sql("update unmatched_row set report_id = ? where report_id = ?")
        .params(toReport, fromReport)
        .update();
  }

  /** An import with rows whose address or case number has come to be known since; null if none. */
  Long reportWithDueRows() {
    return jdbc.sql("select report_id from unmatched_row where due limit 1")
        .query(Long.class)
        .optional()
        .orElse(null);
  }

  /** Stages the due rows of an import, by their id instead of the row in the file. */
  int stageDue(long reportId) {
    jdbc.sql(Staging.TABLE).update();
    int due =
        jdbc.sql(
                "insert into staged (row, learner, subject, again, "
                    + (TEXTS + ", " + VALUES)
                    + ") select row_number() over (order by id), id, id, true, "
                    + (TEXTS + ", " + VALUES)
                    + " from unmatched_row where due and report_id = ?")
            .param(reportId)
            .update();
    jdbc.sql(Staging.SUBJECTS).update();
    return due;
  }

  /** Of the due rows of an import those go that are matched; the others wait on. */
  void settleDue(long reportId) {
    jdbc.sql(
            """
            delete from coursera_report_row r using unmatched_row u
             where r.report_id = :id and u.report_id = :id and u.row = r.row and u.due
            """)
        .param("id", reportId)
        .update();
    jdbc.sql(
            """
            delete from unmatched_row u using person p
             where u.id = p.learner and p.participant_id is not null and p.other_case is null
            """)
        .update();
    jdbc.sql(
            """
            update unmatched_row u set due = false, other_case = p.other_case
              from person p where u.due and u.report_id = :id and u.id = p.learner
            """)
        .param("id", reportId)
        .update();
  }

  /** How many of the due rows of an import count as refused. */
  int dueConflicts(long reportId) {
    return jdbc.sql(
            """
            select count(*) from unmatched_row
             where due and report_id = ? and other_case is not null
            """)
        .param(reportId)
        .query(Integer.class)
        .single();
  }

  /** Nobody has claimed them, and nobody will: what they tell of strangers is forgotten. */
  int forget(Instant keptBefore) {
    return jdbc.sql("delete from unmatched_row where kept_at < ?").param(utc(keptBefore)).update();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private Map<String, Object> read(String content) {
    try {
      return json.readValue(content, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // PostgreSQL's jsonb can be read
    }
  }
}
