package org.lwdb.casework.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lwdb.casework.spreadsheet.Workbooks.edited;
import static org.lwdb.casework.spreadsheet.Workbooks.excel;
import static org.lwdb.casework.spreadsheet.Workbooks.zip;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.spreadsheet.BadFile;
import org.lwdb.casework.spreadsheet.Rows;
import org.lwdb.casework.spreadsheet.SpreadsheetFile;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Files that were damaged on their way: reports in each format, each with something broken in it.
 * The same ones each time; {@code -Dseed=7} makes others.
 */
@CaseworkTest
class DamagedReportsTest {

  private static final int FILES = 400;
  private static final long SEED = Long.getLong("seed", 20210201);
  private static final String BOARD = "st-lawrence";

  @Autowired CourseraReports reports;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  private final Random random = new Random(SEED);

  @BeforeEach
  void start() {
    clock.reset();
  }

  @Test
  void aDamagedFileIsImportedAsAWholeOrRefusedAsAWhole() throws IOException {
    People people = new People(jdbc);
    List<byte[]> whole = new ArrayList<>();
    for (String name :
        List.of(
            "usage-2020",
            "usage-later",
            "usage-later-business-unit",
            "course-activity-2026",
            "membership-2020",
            "membership-2026",
            "specialization")) {
      byte[] csv = fixture(name + ".csv");
      String[][] rows = rows(csv);
      Arrays.stream(rows).skip(1).forEach(row -> people.person(BOARD, row[1].toLowerCase()));
      whole.addAll(List.of(csv, csv, excel(rows), zip(name, csv)));
    }

    int imported = 0;
    for (int i = 0; i < FILES; i++) {
      byte[] file = damaged(whole.get(random.nextInt(whole.size())));
      try {
        imported += isImported(file) ? 1 : 0;
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("File " + i + " of -Dseed=" + SEED, e);
      }
    }
    assertThat(imported).as("imported of " + FILES).isBetween(FILES / 10, FILES - FILES / 10);
  }

  private boolean isImported(byte[] file) {
    reports.matchDueRows(); // which each import begins with
    Map<String, Long> before = counts();
    try {
      ReportResult result =
          reports.importReport(new ByteArrayInputStream(file), "report", Set.of(BOARD));
      assertThat(result.rows()).isEqualTo(result.matched() + result.unmatched() + result.refused());
      assertThat(counts())
          .containsEntry("coursera_report", before.get("coursera_report") + 1)
          .containsEntry(
              "coursera_report_row", before.get("coursera_report_row") + result.refused());
      return true;
    } catch (BadFile e) {
      assertThat(e.problems()).isNotEmpty().allMatch(p -> !p.message().isBlank());
      assertThat(counts()).isEqualTo(before);
      return false;
    }
  }

  /** How many rows each table has. */
  private Map<String, Long> counts() {
    String each =
        jdbc
            .sql("select relname from pg_stat_user_tables where relname !~ '^(act|flyway)_'")
            .query(String.class)
            .list()
            .stream()
            .map(t -> "select '%s', count(*) from %s".formatted(t, t))
            .collect(Collectors.joining(" union all "));
    Map<String, Long> counts = new TreeMap<>();
    jdbc.sql(each)
        .query(
            row -> {
              counts.put(row.getString(1), row.getLong(2));
            });
    return counts;
  }

  // ---- damages ----

  private byte[] damaged(byte[] file) {
    return switch (random.nextInt(10)) {
      case 0 -> Arrays.copyOf(file, random.nextInt(file.length));
      case 1 -> flipped(file);
      case 2 -> spliced(file, "\"");
      case 3 -> spliced(file, "\0");
      case 4 -> spliced(file, List.of("\n", "\r", ",", ";", "\t", "%", "é").get(random.nextInt(7)));
      case 5 -> spliced(file, random(random.nextInt(200)));
      case 6 -> without(file);
      case 7 -> repeated(file);
      case 8 -> file[0] == 'P' ? inside(file) : spliced(file, "\"");
      default -> random(random.nextInt(2_000));
    };
  }

  private byte[] flipped(byte[] file) {
    byte[] flipped = file.clone();
    for (int i = random.nextInt(20); i >= 0; i--) {
      flipped[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private byte[] spliced(byte[] file, String text) {
    byte[] spliced = file;
    for (int i = random.nextInt(8); i >= 0; i--) {
      spliced = spliced(spliced, text.getBytes(StandardCharsets.UTF_8));
    }
    return spliced;
  }

  private byte[] spliced(byte[] file, byte[] piece) {
    int at = random.nextInt(file.length);
    return joined(Arrays.copyOf(file, at), piece, Arrays.copyOfRange(file, at, file.length));
  }

  private byte[] without(byte[] file) {
    int from = random.nextInt(file.length);
    int to = from + random.nextInt(file.length - from);
    return joined(Arrays.copyOf(file, from), Arrays.copyOfRange(file, to, file.length));
  }

  private byte[] repeated(byte[] file) {
    int from = random.nextInt(file.length);
    int to = from + random.nextInt(file.length - from);
    return joined(Arrays.copyOf(file, to), Arrays.copyOfRange(file, from, file.length));
  }

  /** What a zip does not notice. */
  private byte[] inside(byte[] file) {
    return edited(
        file,
        List.of("xl/worksheets", "xl/sharedStrings", "xl/", "").get(random.nextInt(4)),
        text ->
            new String(
                flipped(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1));
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] joined(byte[]... pieces) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      joined.writeBytes(piece);
    }
    return joined.toByteArray();
  }

  /** With courses of this test's own: all boards share what is known of a course. */
  private byte[] fixture(String name) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/coursera/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)
          .replace("crs-", "damaged-")
          .replace("small-business", "damaged-business")
          .replace("cafe-management", "damaged-cafe")
          .getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  private static String[][] rows(byte[] csv) throws IOException {
    try (SpreadsheetFile file = SpreadsheetFile.of(new ByteArrayInputStream(csv));
        Rows rows = file.rows()) {
      List<String[]> all = new ArrayList<>();
      for (String[] row = rows.headers(); row != null; row = rows.next()) {
        all.add(row);
      }
      return all.toArray(String[][]::new);
    }
  }
}
