package org.lwdb.casework.report;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.NewYork;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What came of the courses: of all enrollments whose day lies in the period. An enrollment that no
 * report dates has the day on which it was first seen.
 */
@Service
public class CourseResults {

  /**
   * All that a page of results shows, of one moment.
   *
   * @param asOf the day of the latest report; where boards import apart, of the one that is the
   *     longest ago. Coursera's data are one or two days older
   * @param courses the most enrolled first
   * @param partners the most enrolled first
   * @param cohorts the latest first
   * @param suppressBelow counts below are withheld; 0: none are
   */
  public record Results(
      LocalDate asOf,
      Figures total,
      List<CourseResult> courses,
      List<PartnerResult> partners,
      List<Cohort> cohorts,
      int suppressBelow) {

    /**
     * The same, sorted otherwise.
     *
     * @param sort the name of a figure (the highest first), name or partner, and then ,asc or
     *     ,desc; null or blank: the most enrolled first
     */
    public Results sorted(String sort) {
      return new Results(asOf, total, sort(courses, sort), partners, cohorts, suppressBelow);
    }
  }

  private static final Map<String, Function<Figures, Comparable<?>>> SORTS =
      Map.of(
          "enrolled", Figures::enrolled,
          "active", Figures::active,
          "activeLast30Days", Figures::activeLast30Days,
          "completed", Figures::completed,
          "completionRate", Figures::completionRate,
          "medianDaysToComplete", Figures::medianDaysToComplete,
          "learningHours", Figures::learningHours,
          "remindersBeforeCompletion", Figures::remindersBeforeCompletion);

  private final JdbcClient jdbc;
  private final Clock clock;
  private final CourseRollup rollup;
  private final CaseworkSettings settings;

  CourseResults(JdbcClient jdbc, Clock clock, CourseRollup rollup, CaseworkSettings settings) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.rollup = rollup;
    this.settings = settings;
  }

  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Results of(ResultsFilter filter) {
    LocalDate asOf = asOf(filter);
    Results results =
        new Results(
            asOf,
            figures(filter, "''", "", (row, n) -> figures(row)).stream()
                .findFirst()
                .orElse(Figures.NONE),
            sort(
                figures(
                    filter,
                    "c.id",
                    ", min(k.slug) as slug, min(k.name) as name, min(k.partner) as partner",
                    (row, n) ->
                        new CourseResult(
                            row.getString("key"),
                            row.getString("slug"),
                            row.getString("name"),
                            row.getString("partner"),
                            figures(row))),
                null),
            figures(
                filter,
                "coalesce(c.partner, '')",
                ", min(k.partner) as partner, count(distinct k.course_id) as courses",
                (row, n) ->
                    new PartnerResult(
                        row.getString("partner"), row.getInt("courses"), figures(row))),
            cohorts(filter, asOf),
            0);
    int suppressBelow = filter.leavesTheBoard() ? settings.results().suppressBelow() : 0;
    return suppressBelow == 0 ? results : new SmallCounts(suppressBelow).withhold(results);
  }

  /** Reports of memberships tell nothing of courses; without any report it is today. */
  private LocalDate asOf(ResultsFilter filter) {
    return jdbc.sql(
            """
            select cast(min(latest) at time zone 'America/New_York' as date)
              from (select max(r.imported_at) as latest
                      from coursera_report r cross join unnest(r.boards) as board
                     where r.kind <> 'MEMBERSHIP' and board = any(:boards)
                     group by board) board
            """)
        .params(filter.params())
        .query(LocalDate.class)
        .optional()
        .orElse(NewYork.today(clock));
  }

  /**
   * @param key SQL of what is counted together, over the course {@code c}
   */
  private <T> List<T> figures(ResultsFilter filter, String key, String names, RowMapper<T> mapper) {
    return jdbc.sql(
            """
            with cell as (<cells>),
            keyed as (
              select <key> as key, c.name, c.slug, c.partner, cell.*
                from cell join course c on c.id = cell.course_id),
            finished as (
              select key, percentile_cont(0.5) within group (order by days) as median
                from keyed cross join unnest(days_to_complete) as days group by key),
            lately as (
              select key, count(*) as learners
                from keyed cross join unnest(active_on) as day where day >= :since group by key),
            reminded as (
              select <key> as key, count(*) as reminders
                from message m
                join enrollment e on e.id = m.enrollment_id
                join participant p on p.id = e.participant_id
                join course c on c.id = e.course_id
               where m.reminder and m.state = 'ACCEPTED' and e.completed
                 and m.sending_at < e.completed_at and <filter>
               group by 1)
            select k.key, sum(k.enrolled) as enrolled, sum(k.active) as active,
                   coalesce(min(lately.learners), 0) as lately, sum(k.completed) as completed,
                   min(finished.median) as median, sum(k.learning_hours) as learning_hours,
                   coalesce(min(reminded.reminders), 0) as reminders <names>
              from keyed k
              left join finished using (key)
              left join lately using (key)
              left join reminded using (key)
             group by k.key
             order by enrolled desc, k.key
            """
                .replace("<cells>", CourseRollup.cells(filter))
                .replace("<filter>", filter.sql("coalesce(e.enrolled_at, e.first_seen_at)"))
                .replace("<key>", key)
                .replace("<names>", names))
        .params(rollup.params(filter))
        .query(mapper)
        .list();
  }

  private List<Cohort> cohorts(ResultsFilter filter, LocalDate asOf) {
    return jdbc.sql(
            """
            with cell as (<cells>)
            select month, sum(enrolled) as enrolled, sum(f.within_30) as within_30,
                   sum(f.within_60) as within_60, sum(f.within_90) as within_90
              from cell cross join lateral (
                select count(*) filter (where days <= 30) as within_30,
                       count(*) filter (where days <= 60) as within_60,
                       count(*) filter (where days <= 90) as within_90
                  from unnest(days_to_complete) as days) f
             group by month order by month desc
            """
                .replace("<cells>", CourseRollup.cells(filter)))
        .params(rollup.params(filter))
        .query(
            (row, n) ->
                Cohort.of(
                    row.getObject("month", LocalDate.class),
                    row.getInt("enrolled"),
                    row.getInt("within_30"),
                    row.getInt("within_60"),
                    row.getInt("within_90"),
                    asOf))
        .list();
  }

  private static Figures figures(ResultSet row) throws SQLException {
    BigDecimal hours = row.getBigDecimal("learning_hours");
    return Figures.of(
        row.getInt("enrolled"),
        row.getInt("active"),
        row.getInt("lately"),
        row.getInt("completed"),
        row.getObject("median", Double.class),
        hours,
        row.getInt("reminders"));
  }

  private static List<CourseResult> sort(List<CourseResult> courses, String sort) {
    Comparator<CourseResult> byName =
        Comparator.comparing(CourseResult::name, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(CourseResult::courseId);
    Comparator<CourseResult> mostEnrolled =
        CourseResults.<CourseResult>by(course -> course.figures().enrolled(), true)
            .thenComparing(byName);
    if (sort == null || sort.isBlank()) {
      return courses.stream().sorted(mostEnrolled).toList();
    }
    String[] parts = sort.split(",", 2);
    String direction = parts.length == 2 ? parts[1].toLowerCase(Locale.ROOT) : "";
    boolean text = parts[0].equals("name") || parts[0].equals("partner");
    if (!text && !SORTS.containsKey(parts[0]) || !List.of("", "asc", "desc").contains(direction)) {
      throw new BadInput(
          "sort",
          "Sort by name, partner or one of "
              + new TreeSet<>(SORTS.keySet())
              + ", then ,asc or ,desc.");
    }
    boolean descending = direction.isEmpty() ? !text : direction.equals("desc");
    Comparator<CourseResult> chosen =
        switch (parts[0]) {
          case "name" -> by(course -> course.name().toLowerCase(Locale.ROOT), descending);
          case "partner" ->
              by(
                  course ->
                      course.partner() == null ? null : course.partner().toLowerCase(Locale.ROOT),
                  descending);
          default -> by(course -> SORTS.get(parts[0]).apply(course.figures()), descending);
        };
    return courses.stream().sorted(chosen.thenComparing(mostEnrolled)).toList();
  }

  /** What is not told comes last, whichever way it is sorted. */
  @SuppressWarnings("unchecked")
  private static <T> Comparator<T> by(Function<T, Comparable<?>> value, boolean descending) {
    Comparator<Comparable<Object>> order =
        descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
    return Comparator.comparing(
        one -> (Comparable<Object>) value.apply(one), Comparator.nullsLast(order));
  }
}
