package org.lwdb.casework.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lwdb.casework.spreadsheet.Headers;

class ReportRowTest {

  private static final Instant LATEST = Instant.parse("2030-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2025-04-25T15:24:27.000Z, 2025-04-25T15:24:27Z",
    "2025-04-25T15:24:27Z, 2025-04-25T15:24:27Z",
    "2025-04-25T15:24:27.123456Z, 2025-04-25T15:24:27.123456Z",
    "2025-04-25T15:24:27, 2025-04-25T15:24:27Z",
    "2025-04-25 15:24:27, 2025-04-25T15:24:27Z",
    "2025-04-25 15:24, 2025-04-25T15:24:00Z",
    "2025-04-25 15:24:27 UTC, 2025-04-25T15:24:27Z",
    "2025-04-25t15:24:27z, 2025-04-25T15:24:27Z",
    "2025-04-25T15:24:27-04:00, 2025-04-25T19:24:27Z",
    "2025-04-25T15:24:27+0530, 2025-04-25T09:54:27Z",
    "2025-04-25 15:24:27-04, 2025-04-25T19:24:27Z",
    "2025-04-25, 2025-04-25T00:00:00Z",
    "4/25/2025 15:24, 2025-04-25T15:24:00Z",
    "4/25/2025 3:24:27 PM, 2025-04-25T15:24:27Z",
    "04/25/2025, 2025-04-25T00:00:00Z"
  })
  void readsTimes(String text, Instant expected) throws Exception {
    assertThat(row(Column.ENROLLED, text).time(Column.ENROLLED, LATEST)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2025-02-30T10:00:00Z",
        "2025-13-01",
        "25.04.2025",
        "2025-04-25T25:00:00Z",
        "1899-12-31",
        "45772.64"
      })
  void refusesWhatIsNoTime(String text) {
    assertThatThrownBy(() -> row(Column.ENROLLED, text).time(Column.ENROLLED, LATEST))
        .isInstanceOf(RefusedRow.class)
        .hasMessage(
            "'Enrollment Time' is a time such as 2021-02-01T15:24:27Z, not '" + text + "'.");
  }

  @ParameterizedTest
  @CsvSource({"57.73, 57.73", "57.73%, 57.73", "57.73 %, 57.73", "0, 0", "100.0, 100.0"})
  void readsProgress(String text, String expected) throws Exception {
    assertThat(row(Column.PROGRESS, text).number(Column.PROGRESS, 100)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "100.01", "1e2", "NaN", "half", "57,73", "%", "1e999999999"})
  void refusesWhatIsNoProgress(String text) {
    assertThatThrownBy(() -> row(Column.PROGRESS, text).number(Column.PROGRESS, 100))
        .isInstanceOf(RefusedRow.class)
        .hasMessage(
            "'Overall Progress' is a number from 0 to 100, such as 57.73, not '" + text + "'.");
  }

  @ParameterizedTest
  @CsvSource({"Yes,true", "TRUE,true", "1,true", "No,false", "false,false", "0,false", "'',"})
  void readsYesAndNo(String text, Boolean expected) throws Exception {
    assertThat(row(Column.COMPLETED, text).flag(Column.COMPLETED)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"3, 3", "3.0, 3", "0, 0", "'',"})
  void readsHowMany(String text, Integer expected) throws Exception {
    assertThat(row(Column.ENROLLED_COURSES, text).count(Column.ENROLLED_COURSES))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.5", "-1", "three", "3 courses"})
  void refusesWhatIsNoWholeNumber(String text) {
    assertThatThrownBy(() -> row(Column.ENROLLED_COURSES, text).count(Column.ENROLLED_COURSES))
        .isInstanceOf(RefusedRow.class)
        .hasMessage("'# Enrolled Courses' is a whole number, such as 3, not '" + text + "'.");
  }

  private static ReportRow row(Column column, String text) {
    return new ReportRow(
        1,
        new String[] {text},
        new ReportLayout(ReportKind.USAGE, List.of(Headers.key(column.header()))));
  }
}
