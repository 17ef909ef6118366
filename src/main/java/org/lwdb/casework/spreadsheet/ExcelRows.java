package org.lwdb.casework.spreadsheet;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;

/**
 * The first visible sheet of a workbook that has rows. A cell becomes the text that means the same
 * in any country: what is shown of a date or a number is a matter of the sheet's format.
 *
 * <p>What is wrong in a workbook makes the library fail with exceptions of any kind. An address or
 * an index that is nonsense makes it ask for more memory than there is, which is free again when
 * that fails.
 */
final class ExcelRows implements Rows.Source {

  private static final MathContext DIGITS_OF_EXCEL = new MathContext(15);
  private static final int LARGEST_EXPONENT = 400; // beyond that of a double

  /** What in a number format is no sign of a date: texts, escapes, colors and the like. */
  private static final Pattern NO_FORMAT = Pattern.compile("\"[^\"]*\"|\\\\.|_.|\\*.|\\[[^\\]]*]");

  private static final Pattern DAY = Pattern.compile("[dmy]", Pattern.CASE_INSENSITIVE);
  private static final Pattern TIME = Pattern.compile("[hs]", Pattern.CASE_INSENSITIVE);

  private enum Format {
    NUMBER,
    PERCENT,
    DATE,
    TIME
  }

  private final ReadableWorkbook workbook;
  private final Iterator<Sheet> sheets;
  private final int rows;
  private Stream<Row> stream = Stream.empty();
  private Iterator<Row> sheet = stream.iterator();
  private final Map<String, Format> formats = new HashMap<>();
  private int width;
  private int read;

  ExcelRows(Path path, Zip zip) throws IOException {
    try {
      workbook = new ReadableWorkbook(path.toFile(), new ReadingOptions(zip.hasStyles(), true));
    } catch (IOException | RuntimeException | OutOfMemoryError e) { // see above
      throw new BadFile("The file cannot be read: " + advice());
    }
    sheets =
        workbook.getSheets().filter(s -> s.getVisibility() == SheetVisibility.VISIBLE).iterator();
    rows = zip.rows();
  }

  @Override
  public String[] next() throws Rows.Unreadable {
    try {
      String[] fields = nextOfSheet();
      while (fields == null && width == 0 && sheets.hasNext()) {
        stream.close();
        stream = sheets.next().openStream();
        sheet = stream.iterator();
        fields = nextOfSheet();
      }
      return fields;
    } catch (IOException | RuntimeException | OutOfMemoryError e) { // see above
      throw new Rows.Unreadable(advice(), e);
    }
  }

  @Override
  public int percentRead() {
    return Math.min(100, rows == 0 ? 100 : (int) (100L * read / rows));
  }

  @Override
  public void close() throws IOException {
    stream.close();
    workbook.close();
  }

  private String[] nextOfSheet() {
    while (sheet.hasNext()) {
      read++;
      String[] fields = fields(sheet.next());
      if (fields != null) {
        return fields;
      }
    }
    return null;
  }

  /** As many as there are headers, or more if there is something in them. */
  private String[] fields(Row row) {
    int filled = row.getCellCount();
    if (filled > Rows.MOST_FIELDS) {
      throw new IllegalArgumentException("A row is too long");
    }
    while (filled > 0 && text(row, filled - 1).isEmpty()) {
      filled--;
    }
    if (filled == 0) {
      return null;
    }
    width = width == 0 ? filled : width;
    String[] fields = new String[Math.max(width, filled)];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = text(row, i);
    }
    return fields;
  }

  private String text(Row row, int index) {
    Cell cell = row.hasCell(index) ? row.getCell(index) : null;
    if (cell == null || cell.getValue() == null) {
      return "";
    }
    if (cell.getValue() instanceof BigDecimal number) {
      return text(cell, number);
    }
    return cell.getText().strip();
  }

  private String text(Cell cell, BigDecimal number) {
    if (Math.abs(number.scale()) > LARGEST_EXPONENT) {
      return cell.getRawValue();
    }
    Format format =
        cell.getDataFormatString() == null
            ? Format.NUMBER
            : formats.computeIfAbsent(cell.getDataFormatString(), ExcelRows::format);
    return switch (format) {
      case NUMBER -> plain(number);
      case PERCENT -> plain(number.movePointRight(2)) + "%";
      case DATE, TIME -> iso(cell.asDate(), format == Format.TIME);
    };
  }

  private static Format format(String format) {
    String signs = NO_FORMAT.matcher(format).replaceAll("");
    if (TIME.matcher(signs).find()) {
      return Format.TIME;
    }
    if (DAY.matcher(signs).find()) {
      return Format.DATE;
    }
    return signs.contains("%") ? Format.PERCENT : Format.NUMBER;
  }

  private static String plain(BigDecimal number) {
    BigDecimal rounded = number.round(DIGITS_OF_EXCEL);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private static String iso(LocalDateTime date, boolean withTime) {
    return withTime || !date.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(date)
        : date.toLocalDate().toString();
  }

  private static String advice() {
    return "it is damaged, or no Excel file (.xlsx) of the usual kind. Save it in Excel again, as"
        + " .xlsx or CSV, and send that.";
  }
}
