package org.lwdb.casework.learning;

import org.lwdb.casework.spreadsheet.Rows;

/** Reads a report row by row. What makes the rest of the file unreadable refuses all of it. */
final class ReportReader {

  private final Rows rows;
  private final ReportLayout layout;

  ReportReader(Rows rows) {
    this.rows = rows;
    layout = ReportLayout.of(rows.headers());
  }

  ReportKind kind() {
    return layout.kind();
  }

  /** How much of the file has been read, from 0 to 100. */
  int percentRead() {
    return rows.percentRead();
  }

  /** The next row that is not blank, or null at the end of the file. */
  ReportRow next() {
    String[] fields = rows.next();
    return fields == null ? null : new ReportRow(rows.number(), fields, layout);
  }
}
