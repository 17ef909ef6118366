package org.lwdb.casework.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.report.CourseResults.Results;

/** With a threshold of 5, what is told of courses and what is not. */
class SmallCountsTest {

  private static final LocalDate DAY = LocalDate.of(2021, 6, 1);

  @Test
  void nothingIsWithheldWhereNothingIsSmall() {
    Results results = results(course("a", "P", 20, 5, 10), course("b", "Q", 30, 0, 30));
    assertThat(new SmallCounts(5).withhold(results).courses()).isEqualTo(results.courses());
  }

  @Test
  void aSmallCourseIsWithheldWithTheSmallestBesideIt() {
    Results told =
        withheld(
            course("tiny", "P", 3, 0, 3),
            course("a", "P", 20, 5, 10),
            course("b", "P", 40, 20, 20),
            course("c", "Q", 40, 20, 20));
    assertThat(enrolled(told)).containsExactly(null, null, 40, 40);
    assertThat(told.total().enrolled()).isEqualTo(103);
    assertThat(told.total().completed()).as("it hides 13 people").isEqualTo(53);
    assertThat(told.partners()).extracting(p -> p.figures().enrolled()).containsExactly(63, 40);
  }

  @Test
  void ofASmallPartOnlyTheEnrollmentIsTold() {
    Results told =
        withheld(
            course("a", "P", 20, 8, 2), course("b", "P", 40, 20, 10), course("c", "P", 60, 30, 20));
    assertThat(enrolled(told)).containsExactly(20, 40, 60);
    assertThat(told.courses())
        .extracting(c -> c.figures().completed())
        .containsExactly(null, null, 20);
    assertThat(told.courses().get(0).figures().completionRate()).isNull();
    assertThat(told.total().completed()).isEqualTo(32);
  }

  @Test
  void ofTheOnlyCourseOfAPartnerNothingStandsInThePartnersRow() {
    Results told =
        withheld(
            course("tiny", "P", 3, 0, 3),
            course("a", "Q", 20, 5, 10),
            course("b", "Q", 40, 20, 20),
            course("c", "R", 50, 20, 20));
    assertThat(told.partners())
        .as("and of another partner's, or the total would tell")
        .extracting(p -> p.figures().enrolled())
        .containsExactly(null, 60, null);
    assertThat(enrolled(told)).containsExactly(null, 20, 40, null);
    noSumTellsWhatIsWithheld(told);
  }

  @Test
  void whereTooLittleIsLeftTheTotalIsWithheldToo() {
    Results told = withheld(course("tiny", "P", 3, 0, 3), course("two", "P", 1, 0, 1));
    assertThat(told.total())
        .isEqualTo(new Figures(null, null, null, null, null, null, null, null, true));
    assertThat(enrolled(told)).containsOnlyNulls();
    assertThat(told.partners()).allMatch(p -> p.figures().enrolled() == null);
  }

  @Test
  void twoMonthsAreWithheldBesideATotal() {
    Results results = results(course("a", "P", 60, 20, 30));
    Results told =
        new SmallCounts(5)
            .withhold(
                new Results(
                    DAY,
                    results.total(),
                    results.courses(),
                    results.partners(),
                    List.of(
                        cohort(5, 20, 5), cohort(4, 2, 0), cohort(3, 38, 17), cohort(2, 30, 28)),
                    0));
    assertThat(told.cohorts()).extracting(Cohort::enrolled).containsExactly(null, null, 38, 30);
    assertThat(told.cohorts().get(3).within30Days()).as("2 have not completed").isNull();
    assertThat(told.cohorts()).noneMatch(cohort -> cohort.withheld() && cohort.tooYoung());
    assertThat(told.total().enrolled()).isEqualTo(60);
  }

  /** Each list, with the total, leaves nothing or at least two rows to guess. */
  private static void noSumTellsWhatIsWithheld(Results told) {
    assertThat(told.total().enrolled()).isNotNull();
    assertThat(told.courses().stream().filter(c -> c.figures().enrolled() == null).count())
        .isNotEqualTo(1);
    assertThat(told.partners().stream().filter(p -> p.figures().enrolled() == null).count())
        .isNotEqualTo(1);
    for (PartnerResult partner : told.partners()) {
      long hidden =
          told.courses().stream()
              .filter(c -> Objects.equals(c.partner(), partner.partner()))
              .filter(c -> c.figures().enrolled() == null)
              .count();
      assertThat(partner.figures().enrolled() == null ? hidden > 0 : hidden != 1)
          .as(partner.toString())
          .isTrue();
    }
  }

  private static Results withheld(CourseResult... courses) {
    return new SmallCounts(5).withhold(results(courses));
  }

  private static Results results(CourseResult... courses) {
    List<PartnerResult> partners =
        Arrays.stream(courses)
            .map(CourseResult::partner)
            .distinct()
            .map(
                partner -> {
                  List<CourseResult> own =
                      Arrays.stream(courses).filter(c -> c.partner().equals(partner)).toList();
                  return new PartnerResult(partner, own.size(), sum(own));
                })
            .toList();
    return new Results(DAY, sum(List.of(courses)), List.of(courses), partners, List.of(), 0);
  }

  private static Figures sum(List<CourseResult> courses) {
    return figures(
        courses.stream().mapToInt(c -> c.figures().enrolled()).sum(),
        courses.stream().mapToInt(c -> c.figures().active()).sum(),
        courses.stream().mapToInt(c -> c.figures().completed()).sum());
  }

  private static CourseResult course(
      String id, String partner, int enrolled, int active, int completed) {
    return new CourseResult(id, id, id, partner, figures(enrolled, active, completed));
  }

  private static Figures figures(int enrolled, int active, int completed) {
    return Figures.of(enrolled, active, 0, completed, 12.0, BigDecimal.TEN, 7);
  }

  private static Cohort cohort(int month, int enrolled, int within) {
    return new Cohort(LocalDate.of(2021, month, 1), enrolled, within, within, within, false);
  }

  private static List<Integer> enrolled(Results results) {
    return results.courses().stream().map(c -> c.figures().enrolled()).toList();
  }
}
