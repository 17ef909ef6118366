package org.lwdb.casework.learning;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.lwdb.casework.spreadsheet.Workbooks.excel;
import static org.lwdb.casework.spreadsheet.Workbooks.zip;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lwdb.casework.spreadsheet.Rows;
import org.lwdb.casework.spreadsheet.SpreadsheetFile;

/**
 * What is read from the reports in src/test/resources/coursera, and from the same as other files.
 */
class ReportReaderTest {

  private static final Instant LATEST = Instant.parse("2030-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          usage-2020                | USAGE           | 4 | EMAIL                  | una.usage@example.org
          usage-2020                | USAGE           | 4 | PROGRESS               | 57.73
          usage-2020                | USAGE           | 4 | GRADE                  | 71.2
          usage-later               | USAGE           | 2 | EMAIL                  | Lena.Later@Example.org
          usage-later               | USAGE           | 2 | COMPLETED              | true
          usage-later               | USAGE           | 2 | UNIVERSITY             | École Exemple
          usage-later-business-unit | USAGE           | 1 | COURSE                 | Café Management
          course-activity-2026      | COURSE_ACTIVITY | 1 | LEARNING_HOURS         | 3.75
          membership-2020           | MEMBERSHIP      | 4 | MEMBER_STATE           | Member
          membership-2020           | MEMBERSHIP      | 4 | EXTERNAL_ID            | ''
          membership-2020           | MEMBERSHIP      | 4 | JOIN_DATE              | 2021-01-04T09:00:00.000Z
          membership-2020           | MEMBERSHIP      | 4 | LATEST_ACTIVITY        | 2021-01-31T23:10:05.000Z
          membership-2026           | MEMBERSHIP      | 2 | MEMBER_STATE           | MEMBER
          membership-2026           | MEMBERSHIP      | 2 | LATEST_ACTIVITY        | 2021-01-30T08:00:00.000Z
          membership-2026           | MEMBERSHIP      | 2 | INVITATION_DATE        | 2020-12-28T16:20:00.000Z
          specialization            | SPECIALIZATION  | 3 | SPECIALIZATION         | Small Business, Step by Step
          specialization            | SPECIALIZATION  | 3 | SPECIALIZATION_SLUG    | small-business
          specialization            | SPECIALIZATION  | 3 | COURSES_IN_SPECIALIZATION      | 4
          specialization            | SPECIALIZATION  | 3 | LAST_SPECIALIZATION_ACTIVITY   | 2021-01-28T18:05:00.000Z
          specialization            | SPECIALIZATION  | 3 | SPECIALIZATION_COMPLETION_TIME | 2021-01-28T18:05:00.000Z
          """)
  void readsEachLayout(String name, ReportKind kind, int rows, Column column, String first)
      throws IOException {
    List<ReportRow> all = read(fixture(name));

    assertThat(all).hasSize(rows);
    assertThat(all.get(0).layout().kind()).isEqualTo(kind);
    assertThat(all.get(0).text(column)).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({
    "usage-report, USAGE, 3",
    "membership-report, MEMBERSHIP, 2",
    "specialization-report, SPECIALIZATION, 1"
  })
  void theSamplesInTheGuideAreReports(String name, ReportKind kind, int rows) throws Exception {
    List<ReportRow> all = read(Files.readAllBytes(Path.of("docs/samples", name + ".csv")));

    assertThat(all).hasSize(rows);
    for (ReportRow row : all) {
      assertThat(row.layout().kind()).isEqualTo(kind);
      row.requireShape();
    }
  }

  /** Whatever people do with a file before they send it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "usage-2020",
        "usage-later",
        "usage-later-business-unit",
        "course-activity-2026",
        "membership-2020",
        "membership-2026",
        "specialization"
      })
  void aReportIsTheSameInEachFormat(String name) throws IOException {
    byte[] csv = fixture(name);
    List<Map<String, String>> expected = contents(csv);
    String[][] table = table(csv);
    String text = text(table, ',');

    for (byte[] file :
        List.of(
            text.getBytes(UTF_8),
            ("\uFEFF" + text.replace("\n", "\r\n")).getBytes(UTF_8),
            text.getBytes(Charset.forName("windows-1252")),
            ("\uFEFF" + text(table, '\t')).getBytes(UTF_16LE),
            ("\uFEFF" + text(table, ',')).getBytes(UTF_16BE),
            text(table, ';').getBytes(UTF_8),
            excel(table),
            zip("report.csv", csv),
            zip("report.xlsx", excel(table)))) {
      assertThat(contents(file).toString().replaceAll("[\r\n]+", " "))
          .isEqualTo(expected.toString().replaceAll("[\r\n]+", " "));
    }
  }

  /**
   * Excel makes its own of what looks like a time, a number or a truth when it opens a CSV file.
   */
  @Test
  void valuesThatExcelHasMadeItsOwnMeanTheSame() throws Exception {
    byte[] file =
        excel(
            sheet -> {
              Column[] columns = ReportKind.USAGE.required().toArray(Column[]::new);
              for (int i = 0; i < columns.length; i++) {
                sheet.value(0, i, columns[i].header());
              }
              sheet.value(0, columns.length, "Course Grade");
              sheet.value(1, 0, "Una.Usage@example.org");
              sheet.value(1, 1, "Inventory Basics");
              sheet.value(1, 2, 4711);
              sheet.value(1, 3, LocalDateTime.of(2021, 1, 4, 9, 0));
              sheet.style(1, 3).format("m/d/yyyy h:mm").set();
              sheet.value(1, 4, LocalDateTime.of(2021, 1, 20, 15, 24, 27));
              sheet.style(1, 4).format("m/d/yyyy").set();
              sheet.value(1, 5, 0.5773);
              sheet.style(1, 5).format("0%").set();
              sheet.value(1, 6, false);
              sheet.value(1, 7, "ny");
              sheet.value(1, 8, 96.5);
            });

    ReportRow row = read(file).get(0);

    assertThat(row.text(Column.COURSE_ID)).isEqualTo("4711");
    assertThat(row.time(Column.ENROLLED, LATEST)).isEqualTo("2021-01-04T09:00:00Z");
    assertThat(row.time(Column.LAST_ACTIVITY, LATEST)).isEqualTo("2021-01-20T15:24:27Z");
    assertThat(row.number(Column.PROGRESS, 100)).isEqualTo("57.73");
    assertThat(row.flag(Column.COMPLETED)).isFalse();
    assertThat(row.text(Column.GRADE)).isEqualTo("96.5");
  }

  private static String text(String[][] table, char separator) throws IOException {
    StringWriter text = new StringWriter();
    try (CsvWriter writer =
        CsvWriter.builder().fieldSeparator(separator).lineDelimiter(LineDelimiter.LF).build(text)) {
      Stream.of(table).forEach(writer::writeRecord);
    }
    return text.toString();
  }

  private static List<Map<String, String>> contents(byte[] file) throws IOException {
    return read(file).stream().map(ReportRow::content).toList();
  }

  private static List<ReportRow> read(byte[] file) throws IOException {
    try (SpreadsheetFile report = SpreadsheetFile.of(new ByteArrayInputStream(file));
        Rows rows = report.rows()) {
      ReportReader reader = new ReportReader(rows);
      List<ReportRow> all = new ArrayList<>();
      for (ReportRow row = reader.next(); row != null; row = reader.next()) {
        all.add(row);
      }
      return all;
    }
  }

  private static String[][] table(byte[] file) throws IOException {
    try (SpreadsheetFile report = SpreadsheetFile.of(new ByteArrayInputStream(file));
        Rows rows = report.rows()) {
      List<String[]> all = new ArrayList<>();
      for (String[] row = rows.headers(); row != null; row = rows.next()) {
        all.add(row);
      }
      return all.toArray(String[][]::new);
    }
  }

  private static byte[] fixture(String name) throws IOException {
    try (InputStream in =
        ReportReaderTest.class.getResourceAsStream("/coursera/" + name + ".csv")) {
      return in.readAllBytes();
    }
  }
}
