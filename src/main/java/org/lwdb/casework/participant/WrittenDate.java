package org.lwdb.casework.participant;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A date as people in the United States write it, and as spreadsheets do. */
final class WrittenDate {

  private static final Pattern TIME = Pattern.compile("[Tt ]\\d{1,2}:\\d{2}.*$");
  private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
  private static final Pattern MONTH_FIRST =
      Pattern.compile("(\\d{1,2}|[a-z]{3,9})-(\\d{1,2})-(\\d{4}|\\d{2})");
  private static final Pattern DAY_FIRST =
      Pattern.compile("(\\d{1,2})-([a-z]{3,9})-(\\d{4}|\\d{2})");

  private WrittenDate() {}

  /**
   * Reads 1990-01-31, 1/31/1990, 1-31-90, Jan 31, 1990 or 31-Jan-1990; a time behind it counts for
   * nothing.
   *
   * @param latest a year of two digits is that of the last hundred years before this day
   * @return empty for what is no such date, or none that exists
   */
  static Optional<LocalDate> parse(String text, LocalDate latest) {
    String date =
        TIME.matcher(text.strip())
            .replaceFirst("")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[-\\s/.,]+", "-");
    try {
      Matcher parts = YEAR_FIRST.matcher(date);
      if (parts.matches()) {
        return Optional.of(
            LocalDate.of(number(parts, 1), Month.of(number(parts, 2)), number(parts, 3)));
      }
      parts = MONTH_FIRST.matcher(date);
      if (parts.matches()) {
        return Optional.of(date(parts.group(3), parts.group(1), number(parts, 2), latest));
      }
      parts = DAY_FIRST.matcher(date);
      if (parts.matches()) {
        return Optional.of(date(parts.group(3), parts.group(2), number(parts, 1), latest));
      }
    } catch (DateTimeException e) {
      // There is no such day: told like anything else that is no date.
    }
    return Optional.empty();
  }

  private static LocalDate date(String year, String month, int day, LocalDate latest) {
    if (year.length() == 4) {
      return LocalDate.of(Integer.parseInt(year), month(month), day);
    }
    int thisCentury = latest.getYear() / 100 * 100 + Integer.parseInt(year);
    LocalDate date = LocalDate.of(thisCentury, month(month), day);
    return date.isAfter(latest) ? LocalDate.of(thisCentury - 100, month(month), day) : date;
  }

  private static Month month(String text) {
    return Character.isDigit(text.charAt(0))
        ? Month.of(Integer.parseInt(text))
        : Arrays.stream(Month.values())
            .filter(month -> month.name().toLowerCase(Locale.ROOT).startsWith(text))
            .findFirst()
            .orElseThrow(() -> new DateTimeException("There is no such month"));
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }
}
