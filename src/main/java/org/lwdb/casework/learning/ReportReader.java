package org.lwdb.casework.learning;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.FieldModifiers;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import java.io.IOException;
import java.io.Reader;
import java.util.List;

/** Reads a report row by row. What makes the rest of the file unreadable refuses all of it. */
final class ReportReader implements AutoCloseable {

  /** Longer than any field of a report: what is longer is a quotation mark that does not close. */
  private static final int LONGEST_FIELD = 100_000;

  private final CloseableIterator<String[]> records;
  private final ReportLayout layout;
  private int number;

  ReportReader(Reader text) {
    records =
        CsvReader.builder()
            .allowExtraCharsAfterClosingQuote(true)
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .build(
                StringArrayHandler.of(
                    c -> c.fieldModifier(FieldModifiers.STRIP).maxFieldSize(LONGEST_FIELD)),
                text)
            .iterator();
    String[] headers = nextRecord();
    if (headers == null) {
      throw new BadReport("The file has no headers. Download the report from Coursera again.");
    }
    layout = ReportLayout.of(headers);
  }

  ReportKind kind() {
    return layout.kind();
  }

  /** The next row that is not blank, or null at the end of the file. */
  ReportRow next() {
    String[] fields = nextRecord();
    return fields == null ? null : new ReportRow(++number, fields, layout);
  }

  @Override
  public void close() throws IOException {
    records.close();
  }

  private String[] nextRecord() {
    try {
      while (records.hasNext()) {
        String[] fields = records.next();
        if (!isBlank(fields)) {
          return fields;
        }
      }
      return null;
    } catch (CsvParseException e) {
      throw new BadReport(
          List.of(
              new RowProblem(
                  number + 1,
                  null,
                  "The file cannot be read from row "
                      + (number + 1)
                      + " on: a quotation mark opens a field there that does not end. Download the"
                      + " report from Coursera again.")));
    }
  }

  private static boolean isBlank(String[] fields) {
    for (String field : fields) {
      if (!field.isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
