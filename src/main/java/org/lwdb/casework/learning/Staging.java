package org.lwdb.casework.learning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Brings the rows of a report into the table {@code staged}, which lives as long as the
 * transaction: checked and typed, or refused with the reason.
 */
final class Staging {

  private static final String TABLE =
      """
      create temp table staged (
        row              int not null,
        field            text,  -- of a row that is refused: the column,
        problem          text,  -- why,
        content          jsonb, -- and the row; the others are null then
        name             text,
        email            text not null,
        external_id      text not null,
        course_id        text,
        course           text,
        slug             text,
        partner          text,
        program_slug     text,
        enrolled_at      timestamptz,
        last_activity_at timestamptz,
        progress         numeric(5, 2),
        learning_hours   numeric(8, 2),
        completed        boolean,
        completed_at     timestamptz,
        removed          boolean,
        grade            text,
        certificate_url  text
      ) on commit drop
      """;

  private static final int COLUMNS_OF_THE_COURSE = 14; // those from course_id on
  private static final int KEY = 300; // longest text that stands in an index
  private static final int TEXT = 2_000;

  private final ObjectMapper json;
  private final Instant latest;
  private final StringBuilder line = new StringBuilder();
  private int rows;
  private int refused;

  /**
   * @param latest no time in a row may lie after it
   */
  Staging(ObjectMapper json, Instant latest) {
    this.json = json;
    this.latest = latest;
  }

  int rows() {
    return rows;
  }

  int refused() {
    return refused;
  }

  void load(ReportReader report, Connection connection) throws SQLException, IOException {
    try (var statement = connection.createStatement()) {
      statement.execute(TABLE);
    }
    PGConnection postgres = connection.unwrap(PGConnection.class);
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(
                new PGCopyOutputStream(postgres, "copy staged from stdin"), StandardCharsets.UTF_8),
            1 << 16)) {
      for (ReportRow row = report.next(); row != null; row = report.next()) {
        rows++;
        line.setLength(0);
        try {
          stage(row);
        } catch (RefusedRow e) {
          refused++;
          line.setLength(0);
          refuse(row, e);
        }
        out.append(line);
      }
    }
    try (var statement = connection.createStatement()) {
      statement.execute("analyze staged");
    }
  }

  private void stage(ReportRow row) throws RefusedRow {
    row.requireShape();
    if (row.text(Column.EMAIL).isEmpty() && row.text(Column.EXTERNAL_ID).isEmpty()) {
      throw new RefusedRow(
          Column.EMAIL, "'Email' and 'External Id' are both empty: nobody knows whose row it is.");
    }
    if (row.text(Column.COURSE_ID).isEmpty()) {
      throw new RefusedRow(Column.COURSE_ID, "'Course ID' is empty: no course is named.");
    }
    String progress = row.number(Column.PROGRESS, 100);
    append(row.number()).append(null).append(null).append(null);
    append(row.text(Column.NAME, TEXT));
    append(row.text(Column.EMAIL, KEY));
    append(row.text(Column.EXTERNAL_ID, KEY));
    append(row.text(Column.COURSE_ID, KEY));
    append(orNull(row.text(Column.COURSE, TEXT)));
    append(orNull(row.text(Column.COURSE_SLUG, TEXT)));
    append(orNull(row.text(Column.UNIVERSITY, TEXT)));
    append(row.text(Column.PROGRAM_SLUG, KEY));
    append(row.time(Column.ENROLLED, latest));
    append(row.time(Column.LAST_ACTIVITY, latest));
    append(Objects.requireNonNullElse(progress, "0"));
    append(row.number(Column.LEARNING_HOURS, 999_999));
    append(Objects.requireNonNullElse(row.flag(Column.COMPLETED), false));
    append(row.time(Column.COMPLETION_TIME, latest));
    append(row.flag(Column.REMOVED));
    append(orNull(row.text(Column.GRADE, TEXT)));
    append(orNull(row.text(Column.CERTIFICATE, TEXT)));
    endLine();
  }

  private void refuse(ReportRow row, RefusedRow refusal) {
    append(row.number()).append(refusal.field()).append(refusal.getMessage());
    append(asJson(row)).append("").append("").append("");
    for (int i = 0; i < COLUMNS_OF_THE_COURSE; i++) {
      append(null);
    }
    endLine();
  }

  private String asJson(ReportRow row) {
    try {
      return json.writeValueAsString(row.content());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // a map of texts can be written
    }
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** Adds a value as COPY's text format has it. */
  private Staging append(Object value) {
    if (value == null) {
      line.append("\\N\t");
      return this;
    }
    String text = value.toString();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> line.append("\\\\");
        case '\t' -> line.append("\\t");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        default -> line.append(c);
      }
    }
    line.append('\t');
    return this;
  }

  private void endLine() {
    line.setCharAt(line.length() - 1, '\n');
  }
}
