package org.lwdb.casework.spreadsheet;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes one sheet row by row, as large as it may become: as CSV (UTF-8), or as Excel with typed
 * cells. A cell is a text, a number, a {@link LocalDate}, a boolean or null.
 */
public abstract class SheetWriter implements AutoCloseable {

  private SheetWriter() {}

  public abstract void row(List<?> cells);

  /** Completes the sheet; the stream stays open. */
  @Override
  public abstract void close();

  public static SheetWriter csv(OutputStream out) {
    return new Csv(out);
  }

  /**
   * @param name the sheet's, up to 31 characters
   */
  public static SheetWriter excel(OutputStream out, String name) {
    return new Excel(out, name);
  }

  /** Dates as people write them, and no formula. */
  private static final class Csv extends SheetWriter {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MM/dd/yyyy");

    private final CsvWriter csv;

    Csv(OutputStream out) {
      csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    @Override
    public void row(List<?> cells) {
      List<String> texts = new ArrayList<>();
      for (Object cell : cells) {
        if (cell instanceof LocalDate date) {
          texts.add(DATE.format(date));
        } else if (cell instanceof String text) {
          texts.add(Formula.guarded(text));
        } else if (cell instanceof Boolean yes) {
          texts.add(yes ? "Yes" : "No");
        } else {
          texts.add(cell == null ? "" : cell.toString());
        }
      }
      csv.writeRecord(texts);
    }

    @Override
    public void close() {
      try {
        csv.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A first row that stays in sight; texts are cells of text, which are never formulas. */
  private static final class Excel extends SheetWriter {

    private static final int ROWS_IN_MEMORY = 1000;

    private final Workbook workbook;
    private final Worksheet sheet;
    private int row;

    Excel(OutputStream out, String name) {
      workbook = new Workbook(out, "Coursera Casework", null);
      sheet = workbook.newWorksheet(name);
      sheet.freezePane(0, 1);
    }

    @Override
    public void row(List<?> cells) {
      for (int column = 0; column < cells.size(); column++) {
        write(column, cells.get(column));
      }
      row++;
      if (row % ROWS_IN_MEMORY == 0) {
        try {
          sheet.flush();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    private void write(int column, Object cell) {
      if (cell instanceof LocalDate date) {
        sheet.value(row, column, date);
        sheet.style(row, column).format("mm/dd/yyyy").set();
      } else if (cell instanceof Number number) {
        sheet.value(row, column, number);
      } else if (cell instanceof Boolean yes) {
        sheet.value(row, column, yes ? "Yes" : "No");
      } else if (cell != null) {
        sheet.inlineString(row, column, cell.toString());
      }
      if (row == 0) {
        sheet.style(row, column).bold().set();
      }
    }

    @Override
    public void close() {
      try {
        workbook.finish();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
