package org.lwdb.casework.learning;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One row of a report and what its texts mean.
 *
 * @param number counted from 1 without the header
 */
record ReportRow(int number, String[] fields, ReportLayout layout) {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,6}(\\.\\d{1,20})?");
  private static final Pattern COUNT = Pattern.compile("\\d{1,6}(\\.0{1,20})?");

  /** What most times look like, if 0 is any digit. */
  private static final String MILLISECONDS = "0000-00-00T00:00:00.000Z";

  private static final String SECONDS = "0000-00-00T00:00:00Z";

  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  /** As Coursera writes times, and as a spreadsheet leaves them; without a zone they are UTC. */
  private static final List<DateTimeFormatter> TIMES =
      List.of(
          times("uuuu-MM-dd['T'][' ']HH:mm[:ss]"),
          times("M/d/uuuu H:mm[:ss]"),
          times("M/d/uuuu h:mm[:ss] a"),
          dates("uuuu-MM-dd"),
          dates("M/d/uuuu"));

  /** Refuses a row that has other columns than the headers say, or ends too early. */
  void requireShape() throws RefusedRow {
    if (fields.length < layout.leastFields()) {
      throw new RefusedRow(
          null,
          "The row ends before its last columns: the file may have been cut off here. Download it"
              + " from Coursera again.");
    }
    if (fields.length > layout.width()) {
      throw new RefusedRow(
          null,
          "The row has more fields than there are headers: a text with a comma lacks its quotation"
              + " marks.");
    }
  }

  /** The text, empty if there is none. */
  String text(Column column) {
    int position = layout.position(column);
    return position < 0 || position >= fields.length ? "" : fields[position];
  }

  String text(Column column, int longest) throws RefusedRow {
    String text = text(column);
    if (text.length() > longest) {
      throw new RefusedRow(
          column,
          "'" + column.header() + "' is longer than " + longest + " characters: check the file.");
    }
    return text;
  }

  /** Yes or no; null if there is none. */
  Boolean flag(Column column) throws RefusedRow {
    String text = text(column);
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "" -> null;
      case "yes", "true", "1", "y", "t" -> true;
      case "no", "false", "0", "n", "f" -> false;
      default ->
          throw new RefusedRow(
              column, "'" + column.header() + "' is Yes or No, not '" + shown(text) + "'.");
    };
  }

  /** How many; null if it is not said. */
  Integer count(Column column) throws RefusedRow {
    String text = text(column);
    if (text.isEmpty()) {
      return null;
    }
    if (!COUNT.matcher(text).matches()) {
      throw new RefusedRow(
          column,
          "'" + column.header() + "' is a whole number, such as 3, not '" + shown(text) + "'.");
    }
    return (int) Double.parseDouble(text);
  }

  /** A decimal number from 0 to the largest, as a text; null if there is none. */
  String number(Column column, int largest) throws RefusedRow {
    String text = text(column);
    if (text.isEmpty()) {
      return null;
    }
    String digits = text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : text;
    if (!NUMBER.matcher(digits).matches() || Double.parseDouble(digits) > largest) {
      throw new RefusedRow(
          column,
          "'"
              + column.header()
              + "' is a number from 0 to "
              + largest
              + ", such as 57.73, not '"
              + shown(text)
              + "'.");
    }
    return digits;
  }

  /**
   * A moment; null if there is none.
   *
   * @param latest what lies after it is refused: one such activity would outdo all that follow
   */
  Instant time(Column column, Instant latest) throws RefusedRow {
    String text = text(column);
    if (text.isEmpty()) {
      return null;
    }
    Instant time = parse(text);
    if (time == null || time.isBefore(EARLIEST)) {
      throw new RefusedRow(
          column,
          "'"
              + column.header()
              + "' is a time such as 2021-02-01T15:24:27Z, not '"
              + shown(text)
              + "'.");
    }
    if (time.isAfter(latest)) {
      throw new RefusedRow(
          column, "'" + column.header() + "' lies in the future: '" + shown(text) + "'.");
    }
    return time;
  }

  /** What is in the columns that we know, by their headers. */
  Map<String, String> content() {
    Map<String, String> content = new LinkedHashMap<>();
    for (Column column : layout.columns()) {
      if (!text(column).isEmpty()) {
        content.put(column.header(), text(column));
      }
    }
    return content;
  }

  private static Instant parse(String text) {
    if (has(MILLISECONDS, text) || has(SECONDS, text)) {
      return usual(text);
    }
    for (DateTimeFormatter format : TIMES) {
      try {
        return Instant.from(format.parse(text));
      } catch (DateTimeException e) {
        // the next one may fit
      }
    }
    return null;
  }

  private static boolean has(String shape, String text) {
    boolean same = text.length() == shape.length();
    for (int i = 0; same && i < shape.length(); i++) {
      char c = text.charAt(i);
      same = shape.charAt(i) == '0' ? c >= '0' && c <= '9' : c == shape.charAt(i);
    }
    return same;
  }

  /** By position, ten times as fast as by a formatter: a report has millions of times. */
  private static Instant usual(String text) {
    try {
      return LocalDateTime.of(
              Integer.parseInt(text, 0, 4, 10),
              Integer.parseInt(text, 5, 7, 10),
              Integer.parseInt(text, 8, 10, 10),
              Integer.parseInt(text, 11, 13, 10),
              Integer.parseInt(text, 14, 16, 10),
              Integer.parseInt(text, 17, 19, 10))
          .toInstant(ZoneOffset.UTC)
          .plusMillis(
              text.length() == MILLISECONDS.length() ? Integer.parseInt(text, 20, 23, 10) : 0);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static DateTimeFormatter times(String pattern) {
    return utc(
        new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern(pattern)
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .appendPattern("[' ']['UTC']['GMT'][XXX][XX][X]"));
  }

  private static DateTimeFormatter dates(String pattern) {
    return utc(
        new DateTimeFormatterBuilder()
            .appendPattern(pattern)
            .parseDefaulting(ChronoField.HOUR_OF_DAY, 0));
  }

  private static DateTimeFormatter utc(DateTimeFormatterBuilder builder) {
    return builder
        .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
        .toFormatter(Locale.US)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  private static String shown(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }
}
