package org.lwdb.casework.participant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.localarea.Board;
import org.lwdb.casework.spreadsheet.Formula;

class ReferralCellsTest {

  private static final ReferralCells CELLS =
      new ReferralCells(
          LocalDate.of(2021, 2, 1),
          List.of(
              new Board("onondaga", "Onondaga", List.of("Onondaga")),
              new Board("hempstead-long-beach", "Hempstead-Long Beach", List.of("Nassau")),
              new Board("nyc", "New York City", List.of("Kings"))));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1990-01-31 | 1990-01-31",
        "1990-1-31 | 1990-01-31",
        "1990/01/31 | 1990-01-31",
        "1/31/1990 | 1990-01-31",
        "01/31/1990 | 1990-01-31",
        "01-31-1990 | 1990-01-31",
        "1.31.1990 | 1990-01-31",
        "1/31/90 | 1990-01-31",
        "Jan 31, 1990 | 1990-01-31",
        "January 31 1990 | 1990-01-31",
        "Jan. 31, 1990 | 1990-01-31",
        "31-Jan-1990 | 1990-01-31",
        "31-JAN-90 | 1990-01-31",
        "31 january 1990 | 1990-01-31",
        "Sept 5, 1990 | 1990-09-05",
        "1990-01-31T00:00:00 | 1990-01-31",
        "1/31/1990 0:00 | 1990-01-31",
        "1990-01-31 00:00:00 | 1990-01-31",
        "2/29/2000 | 2000-02-29",
        "2/1/21 | 2021-02-01",
        "2/2/21 | 1921-02-02",
        "12/31/00 | 2000-12-31"
      })
  void aBirthDateIsReadAsPeopleWriteIt(String cell, LocalDate date) {
    assertThat(read("dateOfBirth", cell)).isEqualTo(date);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "31/1/1990",
        "2/30/1990",
        "1990",
        "soon",
        "1/31",
        "1/31/190",
        "13-Foo-1990",
        "33333",
        "J 1 90"
      })
  void whatIsNoDateIsAProblem(String cell) {
    assertThat(problem("dateOfBirth", cell))
        .isEqualTo("Date of birth: write a date that exists, such as 1/31/1990 or 1990-01-31.");
  }

  @Test
  void aSeparationMayLieAhead() {
    assertThat(read("separationDate", "6/30/21")).isEqualTo(LocalDate.of(2021, 6, 30));
    assertThat(read("separationDate", "6/30/98")).isEqualTo(LocalDate.of(1998, 6, 30));
  }

  @ParameterizedTest
  @CsvSource({
    "Yes, true", "Y, true", "TRUE, true", "yes , true",
    "No, false", "n, false", "False, false", "NO, false"
  })
  void yesAndNoAreReadAsPeopleWriteThem(String cell, boolean flag) {
    assertThat(read("likelyToReturn", cell)).isEqualTo(flag);
  }

  @Test
  void neitherYesNorNoIsAProblem() {
    assertThat(problem("militarySpouse", "perhaps"))
        .isEqualTo("Military spouse: answer with Yes or No.");
  }

  @ParameterizedTest
  @CsvSource({
    "covidReason, laid off, LAID_OFF",
    "covidReason, Laid-Off, LAID_OFF",
    "covidReason, NONE, NONE",
    "employmentStatus, self-employed, SELF_EMPLOYED",
    "employmentStatus, Unemployed, UNEMPLOYED",
    "separationReason, Substantial layoff, SUBSTANTIAL_LAYOFF",
    "uiStatus, not entitled (attached), NOT_ENTITLED_ATTACHED",
    "businessLossCause, Natural disaster, NATURAL_DISASTER"
  })
  void aChoiceIsReadByItsName(String field, String cell, String choice) {
    assertThat(read(field, cell)).isEqualTo(choice);
  }

  @Test
  void anUnknownChoiceIsToldWithThoseThereAre() {
    assertThat(problem("businessLossCause", "fire"))
        .isEqualTo(
            "Business loss cause: choose one of LOCAL_ECONOMY, NATURAL_DISASTER, COVID, OTHER.");
  }

  @ParameterizedTest
  @CsvSource({
    "language, es, es",
    "language, Spanish, es",
    "language, haitian creole, ht",
    "language, Klingon, Klingon",
    "board, onondaga, onondaga",
    "board, New York City, nyc",
    "board, HEMPSTEAD LONG BEACH, hempstead-long-beach",
    "board, Atlantis, Atlantis",
    "phone, 3155550100, 3155550100",
    "phone, 3155550100.0, 3155550100",
    "phone, 315.555.0100, 315.555.0100",
    "weeksUnemployed, 4.0, 4",
    "city, Lake George, Lake George"
  })
  void codesNamesAndNumbersAreReadTolerantly(String field, String cell, String value) {
    assertThat(read(field, cell)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INITIAL_ASSESSMENT 2021-01-20; CAREER_COUNSELING 2021-01-25",
        "Initial assessment 1/20/2021;Career counseling Jan 25, 2021;",
        "initial assessment: 20-Jan-2021\nCareer-Counseling, 1/25/21"
      })
  void servicesAreReadWithTheirDates(String cell) {
    assertThat(read("enrollingServices", cell))
        .isEqualTo(
            List.of(
                Map.of("service", "INITIAL_ASSESSMENT", "on", LocalDate.of(2021, 1, 20)),
                Map.of("service", "CAREER_COUNSELING", "on", LocalDate.of(2021, 1, 25))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"INITIAL_ASSESSMENT", "2021-01-20", "Haircut 2021-01-20", "Job fair soon", ";x"})
  void aServiceWithoutADateOrWithoutANameIsAProblem(String cell) {
    assertThat(problem("enrollingServices", cell)).contains("each service with its date");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1 315 555 0100", "-x", "@sum", "\tx", "\rx", "\nx"})
  void aFormulaIsGuardedAndComesBackAsItWas(String text) {
    String guarded = Formula.guarded(text);

    assertThat(guarded).isEqualTo("'" + text);
    assertThat(read("employer", guarded)).isEqualTo(text.strip());
  }

  @Test
  void otherTextsAreLeftAsTheyAre() {
    assertThat(Formula.guarded("O'Neill = Sons")).isEqualTo("O'Neill = Sons");
    assertThat(read("lastName", "'t Hooft")).isEqualTo("'t Hooft");
  }

  @ParameterizedTest
  @ValueSource(strings = {"employer", "dateOfBirth", "language", "likelyToReturn", "uiStatus"})
  void aSocialSecurityNumberIsAProblemInAnyColumn(String field) {
    assertThat(problem(field, "123-45-6789")).contains("Social Security number");
  }

  private static Object read(String field, String cell) {
    BadInput.Collector problems = new BadInput.Collector();
    Object value = CELLS.read(List.of(field), List.of(cell), problems).get(field);
    assertThat(problems.problems()).isEmpty();
    return value;
  }

  private static String problem(String field, String cell) {
    BadInput.Collector problems = new BadInput.Collector();
    assertThat(CELLS.read(List.of(field), List.of(cell), problems)).isEmpty();
    assertThat(problems.problems())
        .singleElement()
        .extracting(BadInput.Problem::field)
        .isEqualTo(field);
    return problems.problems().get(0).message();
  }
}
