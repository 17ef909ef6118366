package org.lwdb.casework;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** The time zone of people and due dates, and dates as people write them. */
public final class NewYork {

  public static final ZoneId ZONE = ZoneId.of("America/New_York");
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MM/dd/yyyy");

  private NewYork() {}

  public static LocalDate today(Clock clock) {
    return LocalDate.ofInstant(clock.instant(), ZONE);
  }

  public static LocalDate dateOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZONE);
  }

  /** MM/DD/YYYY, or an empty text for null. */
  public static String format(LocalDate date) {
    return date == null ? "" : DATE.format(date);
  }
}
