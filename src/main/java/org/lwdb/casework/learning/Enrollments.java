package org.lwdb.casework.learning;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.participant.CaseMoved;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The courses of each participant, as Coursera's reports tell them. */
@Repository
public class Enrollments {

  private static final String SELECT =
      """
      select e.*, c.slug, c.name, c.kind, c.partner
        from enrollment e join course c on c.id = e.course_id
      """;

  private final JdbcClient jdbc;
  private final ApplicationEventPublisher events;

  Enrollments(JdbcClient jdbc, ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.events = events;
  }

  /** The learning record goes over to the new case, with the news that have not been delivered. */
  @EventListener
  void moved(CaseMoved moved) {
    List<String> courses =
        jdbc.sql(
                "update enrollment set participant_id = ? where participant_id = ? returning course_id")
            .params(moved.to(), moved.from())
            .query(String.class)
            .list();
    jdbc.sql(
            """
            update learning_news set participant_id = ?
             where participant_id = ? and delivered_at is null
            """)
        .params(moved.to(), moved.from())
        .update();
    List<String> boards =
        jdbc.sql("select board_id from participant where id in (?, ?)")
            .params(moved.from(), moved.to())
            .query(String.class)
            .list();
    if (!courses.isEmpty()) {
      events.publishEvent(new EnrollmentsChanged(Set.copyOf(boards), Set.copyOf(courses)));
    }
  }

  /** A participant's courses, the first enrollment first. */
  public List<EnrollmentView> of(long participantId) {
    return jdbc.sql(SELECT + " where e.participant_id = ? order by e.enrolled_at, e.id")
        .param(participantId)
        .query(Enrollments::view)
        .list();
  }

  public Enrollment get(long enrollmentId) {
    return jdbc.sql(SELECT + " where e.id = ?")
        .param(enrollmentId)
        .query(
            (row, n) ->
                new Enrollment(row.getLong("id"), row.getLong("participant_id"), view(row, n)))
        .optional()
        .orElseThrow(() -> new NotFound("There is no such enrollment."));
  }

  /** How far a participant has come in all courses together. */
  public Progress progress(long participantId) {
    return jdbc.sql(
            """
            with mine as (
              select e.*, c.name, greatest(e.enrolled_at, e.last_activity_at) as latest
                from enrollment e join course c on c.id = e.course_id
               where e.participant_id = :id),
            current as (
              select id, name, progress from mine where not completed and not removed
               order by last_activity_at desc nulls last, enrolled_at desc nulls last, id desc
               limit 1)
            select count(*) as courses, count(*) filter (where m.completed) as completed,
                   max(m.latest) as last_activity,
                   coalesce(bool_and(m.progress = 0 and not m.completed), false) as never_started,
                   min(current.id) as current_id, min(current.name) as current_name,
                   min(current.progress) as current_progress
              from mine m left join current on true
            """)
        .param("id", participantId)
        .query(
            (row, n) ->
                new Progress(
                    row.getInt("courses") > 0,
                    row.getInt("courses"),
                    row.getInt("completed"),
                    row.getObject("current_id", Long.class),
                    row.getString("current_name"),
                    row.getBigDecimal("current_progress"),
                    instant(row, "last_activity"),
                    row.getBoolean("never_started")))
        .single();
  }

  private static EnrollmentView view(ResultSet row, int n) throws SQLException {
    return new EnrollmentView(
        row.getString("course_id"),
        row.getString("slug"),
        row.getString("name"),
        row.getString("kind"),
        row.getString("partner"),
        row.getBigDecimal("progress"),
        instant(row, "enrolled_at"),
        instant(row, "last_activity_at"),
        instant(row, "completed_at"),
        row.getString("grade"),
        row.getString("certificate_url"),
        row.getBoolean("removed"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp timestamp = row.getTimestamp(column);
    return timestamp == null ? null : timestamp.toInstant();
  }
}
