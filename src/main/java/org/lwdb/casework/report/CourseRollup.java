package org.lwdb.casework.report;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.learning.EnrollmentsChanged;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps the table {@code course_result}: what the enrollments say, counted by board, course and
 * month in the transaction that changes them. What has changed is counted anew and not added up, so
 * that no mistake stays.
 */
@Component
class CourseRollup {

  /** Whoever was active so many days before today, or later, is active lately. */
  static final int LATELY = 30;

  private static final String NEW_YORK = " at time zone 'America/New_York'";

  private static final String CELLS =
      """
      select p.board_id, e.course_id,
             cast(date_trunc('month', coalesce(e.enrolled_at, e.first_seen_at) <zone>) as date)
               as month,
             count(*) as enrolled,
             count(*) filter (where not e.completed and not e.removed) as active,
             array_agg(cast(greatest(e.enrolled_at, e.last_activity_at) <zone> as date))
               filter (where not e.completed and not e.removed
                         and greatest(e.enrolled_at, e.last_activity_at) >= :sinceMoment)
               as active_on,
             count(*) filter (where e.completed) as completed,
             array_agg(greatest(0, cast(e.completed_at <zone> as date)
                                 - cast(e.enrolled_at <zone> as date)))
               filter (where e.completed and e.enrolled_at is not null
                         and e.completed_at is not null) as days_to_complete,
             coalesce(sum(e.learning_hours), 0) as learning_hours
        from participant p join enrollment e on e.participant_id = p.id
       where <filter>
       group by 1, 2, 3
      """
          .replace(" <zone>", NEW_YORK);

  private final JdbcClient jdbc;
  private final Clock clock;

  CourseRollup(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Waits for whoever counts elsewhere, until that is committed: then everything is seen. */
  @EventListener
  void refresh(EnrollmentsChanged changed) {
    jdbc.sql("select pg_advisory_xact_lock(hashtext('course-result'))").query().listOfRows();
    Map<String, Object> params =
        Map.of(
            "boards", changed.boards().toArray(String[]::new),
            "courses", changed.courses().toArray(String[]::new),
            "sinceMoment", since().atStartOfDay(NewYork.ZONE).toOffsetDateTime());
    jdbc.sql(
            "delete from course_result where board_id = any(:boards) and course_id = any(:courses)")
        .params(params)
        .update();
    jdbc.sql(
            "insert into course_result (board_id, course_id, month, enrolled, active, active_on,"
                + " completed, days_to_complete, learning_hours) "
                + CELLS.replace(
                    "<filter>", "p.board_id = any(:boards) and e.course_id = any(:courses)"))
        .params(params)
        .update();
  }

  /**
   * SQL of the rows of {@code course_result} that a filter asks for: from the table where it holds
   * them, else counted the same way from the enrollments.
   */
  static String cells(ResultsFilter filter) {
    if (!filter.ofWholeMonths()) {
      return CELLS.replace("<filter>", filter.sql("coalesce(e.enrolled_at, e.first_seen_at)"));
    }
    return "select * from course_result where board_id = any(:boards)"
        + (filter.from() == null ? "" : " and month >= :from")
        + (filter.to() == null ? "" : " and month <= :to");
  }

  /** The parameters of {@link #cells}, and {@code since}: the first of the days that are lately. */
  Map<String, Object> params(ResultsFilter filter) {
    Map<String, Object> params = new HashMap<>(filter.params());
    params.put("from", filter.from());
    params.put("to", filter.to());
    params.put("since", since());
    params.put("sinceMoment", since().atStartOfDay(NewYork.ZONE).toOffsetDateTime());
    return params;
  }

  private LocalDate since() {
    return NewYork.today(clock).minusDays(LATELY);
  }
}
