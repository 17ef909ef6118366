package org.lwdb.casework.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lwdb.casework.report.Learners.row;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.BeforeTry;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.participant.Cases;
import org.lwdb.casework.report.Learners.Learner;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestContextManager;

/**
 * Whatever the imports of two boards, and whoever moves between them: the figures are those of a
 * recount of the enrollments, one by one and without SQL's arithmetic.
 */
@CaseworkTest
class RollupTest {

  private static final List<String> BOARDS = List.of("chenango-delaware-otsego", "erie");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  /** What a file says of a learner and a course; the texts are moments, or empty. */
  record Said(
      int learner,
      String course,
      String enrolled,
      String active,
      String completed,
      boolean removed) {}

  /**
   * A day on which reports come.
   *
   * @param days since the last one
   * @param together whether one file is for both boards, as NYSDOL imports
   * @param moves who moves to the other board then; -1: nobody
   */
  record Week(List<Said> said, int days, boolean together, int moves) {}

  private record Enrolled(
      String board,
      String course,
      Instant enrolledAt,
      Instant lastActivityAt,
      Instant completedAt,
      boolean completed,
      boolean removed,
      BigDecimal hours,
      Instant firstSeenAt) {

    LocalDate day() {
      return LocalDate.ofInstant(enrolledAt == null ? firstSeenAt : enrolledAt, NEW_YORK);
    }
  }

  @Autowired CourseResults results;
  @Autowired Learners learners;
  @Autowired Cases cases;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @BeforeTry
  void shareTheApplication() throws Exception {
    new TestContextManager(getClass()).prepareTestInstance(this);
    clock.reset();
    forget("delete from enrollment where participant_id in (select id from people)");
    forget("delete from learning_news where participant_id in (select id from people)");
    forget("delete from course_result where board_id = any(:boards)");
  }

  private void forget(String sql) {
    jdbc.sql("with people as (select id from participant where board_id = any(:boards)) " + sql)
        .param("boards", BOARDS.toArray(String[]::new))
        .update();
  }

  @Property(tries = 12, shrinking = ShrinkingMode.BOUNDED)
  void theRollupIsARecount(@ForAll("weeks") List<Week> weeks) {
    List<Learner> people = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      people.add(learners.learner(BOARDS.get(i % 2), "2020-11-18"));
    }
    for (Week week : weeks) {
      clock.set(clock.instant().plus(week.days, ChronoUnit.DAYS));
      String[] rows =
          week.said.stream()
              .map(
                  s ->
                      row(
                          people.get(s.learner),
                          s.course,
                          s.enrolled,
                          s.active,
                          s.completed,
                          s.learner + ".25",
                          s.removed))
              .toArray(String[]::new);
      if (week.together) {
        learners.report(Set.copyOf(BOARDS), rows);
      } else {
        BOARDS.forEach(board -> learners.report(Set.of(board), rows));
      }
      if (week.moves >= 0) {
        move(people, week.moves);
      }
    }

    for (Set<String> boards : List.of(Set.copyOf(BOARDS), Set.of(BOARDS.get(0)))) {
      List<Enrolled> all = enrollments(boards);
      CourseResults.Results counted = results.of(ResultsFilter.of(boards, null, null));
      assertThat(counted.total()).isEqualTo(recount(all));
      TreeMap<String, Figures> courses = new TreeMap<>();
      all.stream()
          .map(Enrolled::course)
          .distinct()
          .forEach(
              course ->
                  courses.put(
                      course, recount(all.stream().filter(e -> e.course.equals(course)).toList())));
      TreeMap<String, Figures> told = new TreeMap<>();
      counted.courses().forEach(course -> told.put(course.courseId(), course.figures()));
      assertThat(told).isEqualTo(courses);
      for (Cohort cohort : counted.cohorts()) {
        List<Enrolled> month =
            all.stream()
                .filter(e -> YearMonth.from(e.day()).equals(YearMonth.from(cohort.month())))
                .toList();
        assertThat(cohort.enrolled()).isEqualTo(month.size());
        if (cohort.within30Days() != null) {
          assertThat(cohort.within30Days())
              .isEqualTo((int) daysOf(month).stream().filter(d -> d <= 30).count());
        }
      }
      LocalDate from = LocalDate.of(2020, 12, 1);
      LocalDate to = LocalDate.of(2020, 12, 31);
      assertThat(results.of(ResultsFilter.of(boards, from, to)).total())
          .isEqualTo(
              recount(
                  all.stream()
                      .filter(e -> !e.day().isBefore(from) && !e.day().isAfter(to))
                      .toList()));
    }
  }

  private void move(List<Learner> people, int i) {
    Learner learner = people.get(i);
    String to = BOARDS.get(learner.board().equals(BOARDS.get(0)) ? 1 : 0);
    long id = cases.move(learner.id(), to);
    cases.close(learner.id(), "MOVED", null);
    people.set(i, new Learner(id, "", to, learner.email()));
  }

  private Figures recount(List<Enrolled> all) {
    if (all.isEmpty()) {
      return Figures.NONE;
    }
    LocalDate lately = LocalDate.ofInstant(clock.instant(), NEW_YORK).minusDays(30);
    List<Enrolled> active = all.stream().filter(e -> !e.completed && !e.removed).toList();
    List<Long> days = daysOf(all);
    int n = days.size();
    return Figures.of(
        all.size(),
        active.size(),
        (int) active.stream().filter(e -> last(e) != null && !last(e).isBefore(lately)).count(),
        (int) all.stream().filter(Enrolled::completed).count(),
        n == 0 ? null : (days.get((n - 1) / 2) + days.get(n / 2)) / 2.0,
        all.stream().map(Enrolled::hours).reduce(BigDecimal.ZERO, BigDecimal::add),
        0);
  }

  private static LocalDate last(Enrolled e) {
    Instant last =
        e.enrolledAt == null || e.lastActivityAt != null && e.lastActivityAt.isAfter(e.enrolledAt)
            ? e.lastActivityAt
            : e.enrolledAt;
    return last == null ? null : LocalDate.ofInstant(last, NEW_YORK);
  }

  private static List<Long> daysOf(List<Enrolled> all) {
    return all.stream()
        .filter(e -> e.completed && e.enrolledAt != null)
        .map(
            e ->
                Math.max(
                    0,
                    ChronoUnit.DAYS.between(e.day(), LocalDate.ofInstant(e.completedAt, NEW_YORK))))
        .sorted()
        .toList();
  }

  private List<Enrolled> enrollments(Set<String> boards) {
    return jdbc.sql(
            """
            select p.board_id as board, e.course_id as course, e.enrolled_at, e.last_activity_at,
                   e.completed_at, e.completed, e.removed, coalesce(e.learning_hours, 0) as hours,
                   e.first_seen_at
              from enrollment e join participant p on p.id = e.participant_id
             where p.board_id = any(?)
            """)
        .param(boards.toArray(String[]::new))
        .query(Enrolled.class)
        .list();
  }

  @Provide
  Arbitrary<List<Week>> weeks() {
    Arbitrary<Said> said =
        Combinators.combine(
                Arbitraries.integers().between(0, 3),
                Arbitraries.of("rollA", "rollB", "rollC"),
                Arbitraries.of(
                    "",
                    "2020-11-30T23:30",
                    "2020-12-01T00:30",
                    "2020-12-31T23:59",
                    "2021-01-01T00:00"),
                Arbitraries.of("", "2020-12-20", "2021-01-02T00:00", "2021-01-31T23:00"),
                Arbitraries.of("", "", "2021-01-05T00:10", "2021-01-31T23:50"),
                Arbitraries.of(false, false, true))
            .as(Said::new);
    return Combinators.combine(
            said.list().ofMinSize(1).ofMaxSize(6),
            Arbitraries.of(0, 1, 7, 31),
            Arbitraries.of(true, false),
            Arbitraries.of(-1, -1, -1, 0, 1))
        .as(Week::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }
}
