package org.lwdb.casework.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lwdb.casework.report.Learners.row;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.participant.Accountability;
import org.lwdb.casework.participant.Cases;
import org.lwdb.casework.participant.Stage;
import org.lwdb.casework.report.CourseResults.Results;
import org.lwdb.casework.report.Learners.Learner;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Small data sets, and every figure of them worked out by hand. */
@CaseworkTest
class CourseResultsTest {

  @Autowired CourseResults courseResults;
  @Autowired Learners learners;
  @Autowired Cases cases;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @BeforeEach
  void february1st() {
    clock.reset();
  }

  @Test
  void everyFigureOfACourse() {
    String board = "cattaraugus-allegany";
    Learner ada = learners.learner(board, "2020-11-18");
    Learner bea = learners.learner(board, "2020-11-18");
    Learner cem = learners.learner(board, "2020-11-18");
    Learner dan = learners.learner(board, "2020-11-18");
    Learner eve = learners.learner(board, "2020-11-18");
    learners.report(
        Set.of(board),
        // 10 days, 50 days
        row(ada, "figA", "2020-12-01", "2020-12-11", "", "10.5", false),
        row(bea, "figA", "2020-12-05", "2021-01-24", "", "20", false),
        // active today, active 31 days ago, removed
        row(cem, "figA", "2020-12-20", "2021-02-01", "", "3", false),
        row(dan, "figA", "2020-12-21", "2021-01-01", "", "", false),
        row(eve, "figA", "2021-01-02", "2021-01-03", "", "1", true),
        // another partner's: 30 days, and one that nothing is known of but the enrollment
        row(ada, "figB", "2020-12-02", "", "2021-01-01", "2", false),
        row(cem, "otherC", "2021-01-25", "", "", "", false));
    learners.sent(ada, "REMIND_KEEP_GOING", "figA", "2020-12-09");
    learners.sent(bea, "REMIND_KEEP_GOING", "figA", "2020-12-20");
    learners.sent(bea, "REMIND_STALLED", "figA", "2021-01-10");
    learners.sent(bea, "REMIND_STALLED", "figA", "2021-01-25"); // after it was completed
    learners.sent(cem, "REMIND_STALLED", "figA", "2021-01-10"); // never completed
    learners.report(
        Set.of(board),
        row(ada, "figA", "2020-12-01", "2020-12-11", "2020-12-11", "10.5", false),
        row(bea, "figA", "2020-12-05", "2021-01-24", "2021-01-24", "21", false));

    Results results = courseResults.of(all(board));

    assertThat(results.asOf()).isEqualTo("2021-02-01");
    assertThat(results.courses())
        .containsExactly(
            new CourseResult(
                "figA",
                "slug-figA",
                "Course figA",
                "Partner f",
                new Figures(5, 2, 1, 2, 0.4, 30.0, new BigDecimal("35.50"), 3, false)),
            new CourseResult(
                "figB",
                "slug-figB",
                "Course figB",
                "Partner f",
                new Figures(1, 0, 0, 1, 1.0, 30.0, new BigDecimal("2.00"), 0, false)),
            new CourseResult(
                "otherC",
                "slug-otherC",
                "Course otherC",
                "Partner o",
                new Figures(1, 1, 1, 0, 0.0, null, new BigDecimal("0"), 0, false)));
    assertThat(results.partners())
        .containsExactly(
            new PartnerResult(
                "Partner f",
                2,
                new Figures(6, 2, 1, 3, 0.5, 30.0, new BigDecimal("37.50"), 3, false)),
            new PartnerResult(
                "Partner o", 1, new Figures(1, 1, 1, 0, 0.0, null, new BigDecimal("0"), 0, false)));
    assertThat(results.total())
        .isEqualTo(new Figures(7, 3, 2, 3, 0.4286, 30.0, new BigDecimal("37.50"), 3, false));
    assertThat(results.cohorts())
        .as("the 31st of December was 32 days ago, the 31st of January yesterday")
        .containsExactly(
            new Cohort(LocalDate.of(2021, 1, 1), 2, null, null, null, false),
            new Cohort(LocalDate.of(2020, 12, 1), 5, 2, null, null, false));
    assertThat(results.cohorts().get(1).tooYoung()).isTrue();
    sameFromTheEnrollments(all(board));

    clock.set(Learners.at("2021-04-01"));
    learners.report(Set.of(board), row(dan, "figA", "2020-12-21", "2021-03-02", "", "", false));
    Results inApril = courseResults.of(all(board));
    assertThat(inApril.cohorts())
        .as("whoever enrolled on the 31st of January can complete today within 60 days")
        .containsExactly(
            new Cohort(LocalDate.of(2021, 1, 1), 2, 0, null, null, false),
            new Cohort(LocalDate.of(2020, 12, 1), 5, 2, 3, 3, false));
    assertThat(inApril.courses().get(0).figures().activeLast30Days())
        .as("the 2nd of March is 30 days ago")
        .isEqualTo(1);
    clock.set(Learners.at("2021-04-02"));
    assertThat(courseResults.of(all(board)).courses().get(0).figures().activeLast30Days()).isZero();
    sameFromTheEnrollments(all(board));
  }

  @Test
  void aMonthEndsAtMidnightInNewYork() {
    String board = "chemung-schuyler-steuben";
    Learner ada = learners.learner(board, "2020-11-18");
    Learner bea = learners.learner(board, "2020-11-18");
    Learner cem = learners.learner(board, "2020-11-18");
    learners.report(
        Set.of(board),
        row(ada, "midnight", "2020-11-30T23:59", "", "2020-12-01T00:01", "", false),
        row(bea, "midnight", "2020-12-01T00:00", "", "2020-12-31T23:59", "", false),
        row(cem, "midnight", "2020-12-31T23:59", "", "2021-01-31T00:00", "", false));

    Results results = courseResults.of(all(board));
    assertThat(results.cohorts())
        .containsExactly(
            new Cohort(LocalDate.of(2020, 12, 1), 2, 1, null, null, false),
            new Cohort(LocalDate.of(2020, 11, 1), 1, 1, 1, null, false));
    assertThat(results.total().medianDaysToComplete()).as("of 1, 30 and 31 days").isEqualTo(30.0);
    assertThat(enrolled(board, "2020-12-01", "2020-12-31")).isEqualTo(2);
    assertThat(enrolled(board, "2020-12-01", "2020-12-30")).isEqualTo(1);
    assertThat(enrolled(board, "2020-12-02", "2020-12-31")).isEqualTo(1);
    assertThat(enrolled(board, "2020-11-30", "2020-11-30")).isEqualTo(1);
    assertThat(enrolled(board, null, "2020-11-30")).isEqualTo(1);
    assertThat(enrolled(board, "2021-01-01", null)).isZero();
    sameFromTheEnrollments(all(board));
  }

  /** Daylight saving time begins on 2021-03-14: a day of 23 hours is a day. */
  @Test
  void daysAreThoseOfTheCalendar() {
    String board = "saratoga-warren-washington";
    clock.set(Learners.at("2021-04-01"));
    Learner ada = learners.learner(board, "2020-11-18");
    learners.report(
        Set.of(board), row(ada, "spring", "2021-03-13T23:30", "", "2021-03-14T23:30", "", false));

    assertThat(courseResults.of(all(board)).total().medianDaysToComplete()).isEqualTo(1.0);
  }

  @Test
  void figuresCanBeOfSomePeopleOnly() {
    String board = "westchester-putnam";
    Learner ada = learners.learner(board, "2020-11-18");
    Learner bea = learners.learner(board, "2020-11-18");
    learners.report(
        Set.of(board),
        row(ada, "some", "2020-12-01", "", "2020-12-11", "", false),
        row(bea, "some", "2020-12-01", "", "", "", false));
    learners.set(ada, "language = 'es', stage = 'LEARNING', accountability = 'WIOA_PARTICIPANT'");

    assertThat(total(board, Stage.LEARNING, null, null).completed()).isEqualTo(1);
    assertThat(total(board, Stage.INVITED, null, null).completed()).isZero();
    assertThat(total(board, null, Accountability.WIOA_PARTICIPANT, null).enrolled()).isEqualTo(1);
    assertThat(total(board, null, Accountability.REPORTABLE_INDIVIDUAL, "es").enrolled()).isZero();
    assertThat(total(board, null, null, "es").completionRate()).isEqualTo(1.0);
    assertThat(total(board, null, null, "en").completionRate()).isEqualTo(0.0);
    assertThatThrownBy(() -> total(board, null, null, "xx"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("no language 'xx'");
    assertThatThrownBy(() -> enrolled(board, "2021-01-02", "2021-01-01"))
        .isInstanceOf(BadInput.class);
  }

  @Test
  void enrollmentsGoAlongWithACaseThatMoves() {
    String from = "fulton-montgomery-schoharie";
    String to = "herkimer-madison-oneida";
    Learner ada = learners.learner(from, "2021-01-04");
    Learner bea = learners.learner(from, "2021-01-04");
    learners.report(
        Set.of(from),
        row(ada, "moves", "2021-01-05", "", "", "", false),
        row(bea, "moves", "2021-01-05", "", "", "", false));

    cases.move(ada.id(), to);

    assertThat(courseResults.of(all(from)).total().enrolled()).isEqualTo(1);
    assertThat(courseResults.of(all(to)).total().enrolled()).isEqualTo(1);
    Set<String> both = Set.of(from, to);
    assertThat(courseResults.of(ResultsFilter.of(both, null, null)).total().enrolled())
        .isEqualTo(2);
    sameFromTheEnrollments(all(from));
    sameFromTheEnrollments(all(to));
  }

  @Test
  void aLateImportOfAnEarlierReportIsCounted() {
    String board = "columbia-greene";
    Learner ada = learners.learner(board, "2021-01-04");
    learners.report(Set.of(board), row(ada, "late", "2021-01-20", "", "", "", false));
    learners.report(Set.of(board), row(ada, "late", "2020-12-20", "", "", "", false));

    assertThat(courseResults.of(all(board)).cohorts())
        .extracting(Cohort::month)
        .containsExactly(LocalDate.of(2020, 12, 1));
  }

  @Test
  void sortedAsAsked() {
    String board = "monroe";
    Learner ada = learners.learner(board, "2020-11-18");
    Learner bea = learners.learner(board, "2020-11-18");
    learners.report(
        Set.of(board),
        row(ada, "sortA", "2020-12-01", "", "", "", false),
        row(bea, "sortA", "2020-12-01", "", "2020-12-11", "", false),
        row(ada, "sortB", "2020-12-01", "", "2020-12-12", "", false),
        row(bea, "sortC", "2020-12-01", "", "", "", false));

    Results results = courseResults.of(all(board));
    assertThat(ids(results)).containsExactly("sortA", "sortB", "sortC");
    assertThat(ids(results.sorted("completionRate"))).containsExactly("sortB", "sortA", "sortC");
    assertThat(ids(results.sorted("completionRate,asc")))
        .containsExactly("sortC", "sortA", "sortB");
    assertThat(ids(results.sorted("medianDaysToComplete,asc")))
        .containsExactly("sortA", "sortB", "sortC");
    assertThat(ids(results.sorted("name,desc"))).containsExactly("sortC", "sortB", "sortA");
    assertThatThrownBy(() -> results.sorted("grade")).isInstanceOf(BadInput.class);
    assertThatThrownBy(() -> results.sorted("name,up")).isInstanceOf(BadInput.class);
  }

  @Test
  void withoutAnyEnrollmentThereIsNoRate() {
    Results results = courseResults.of(ResultsFilter.of(Set.of(), null, null));
    assertThat(results.total()).isEqualTo(Figures.NONE);
    assertThat(results.courses()).isEmpty();
    assertThat(results.cohorts()).isEmpty();
  }

  /** Everybody here speaks English; so filtered, nothing comes from the rollup. */
  private void sameFromTheEnrollments(ResultsFilter rollup) {
    ResultsFilter raw = new ResultsFilter(rollup.boards(), null, null, null, null, "en");
    assertThat(rollup.ofWholeMonths()).isTrue();
    assertThat(raw.ofWholeMonths()).isFalse();
    assertThat(courseResults.of(rollup)).isEqualTo(courseResults.of(raw));
  }

  private Figures total(String board, Stage stage, Accountability status, String language) {
    return courseResults
        .of(new ResultsFilter(Set.of(board), null, null, stage, status, language))
        .total();
  }

  private int enrolled(String board, String from, String to) {
    return courseResults
        .of(
            ResultsFilter.of(
                Set.of(board),
                from == null ? null : LocalDate.parse(from),
                to == null ? null : LocalDate.parse(to)))
        .total()
        .enrolled();
  }

  private static ResultsFilter all(String board) {
    return ResultsFilter.of(Set.of(board), null, null);
  }

  private static List<String> ids(Results results) {
    return results.courses().stream().map(CourseResult::courseId).toList();
  }
}
