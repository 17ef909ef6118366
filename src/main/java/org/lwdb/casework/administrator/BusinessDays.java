package org.lwdb.casework.administrator;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Set;
import org.lwdb.casework.NewYork;

/**
 * Monday to Friday without New York State's public holidays: General Construction Law § 24, as
 * amended by chapter 249 of the laws of 2020. A holiday on a Sunday is kept on the Monday; one on a
 * Saturday moves to no other day. Flag Day is always a Sunday, and moves neither.
 */
public final class BusinessDays {

  private static final Set<MonthDay> FIXED =
      Set.of(
          MonthDay.of(1, 1), // New Year's Day
          MonthDay.of(2, 12), // Lincoln's Birthday
          MonthDay.of(6, 19), // Juneteenth, since 2021
          MonthDay.of(7, 4), // Independence Day
          MonthDay.of(11, 11), // Veterans' Day
          MonthDay.of(12, 25)); // Christmas Day

  private static final LocalDate FIRST_JUNETEENTH = LocalDate.of(2021, 6, 19);

  private BusinessDays() {}

  /**
   * The same time of day that many business days later. What begins on a weekend or a holiday
   * begins with the next business day.
   */
  public static Instant after(Instant start, int days) {
    ZonedDateTime time = start.atZone(NewYork.ZONE);
    if (!isOne(time.toLocalDate())) {
      time = next(time).toLocalDate().atStartOfDay(NewYork.ZONE);
    }
    for (int i = 0; i < days; i++) {
      time = next(time);
    }
    return time.toInstant();
  }

  public static boolean isOne(LocalDate day) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY
        && day.getDayOfWeek() != DayOfWeek.SUNDAY
        && !isHoliday(day);
  }

  private static ZonedDateTime next(ZonedDateTime time) {
    ZonedDateTime next = time.plusDays(1);
    while (!isOne(next.toLocalDate())) {
      next = next.plusDays(1);
    }
    return next;
  }

  private static boolean isHoliday(LocalDate day) {
    return isFixed(day)
        || day.getDayOfWeek() == DayOfWeek.MONDAY && isFixed(day.minusDays(1))
        || is(day, Month.JANUARY, 3, DayOfWeek.MONDAY) // Dr. Martin Luther King, Jr. Day
        || is(day, Month.FEBRUARY, 3, DayOfWeek.MONDAY) // Washington's Birthday
        || is(day, Month.MAY, -1, DayOfWeek.MONDAY) // Memorial Day
        || is(day, Month.SEPTEMBER, 1, DayOfWeek.MONDAY) // Labor Day
        || is(day, Month.OCTOBER, 2, DayOfWeek.MONDAY) // Columbus Day
        || is(day, Month.NOVEMBER, 4, DayOfWeek.THURSDAY) // Thanksgiving Day
        || is(day.minusDays(1), Month.NOVEMBER, 1, DayOfWeek.MONDAY); // general election day
  }

  private static boolean isFixed(LocalDate day) {
    MonthDay date = MonthDay.from(day);
    return FIXED.contains(date)
        && (!date.equals(MonthDay.of(6, 19)) || !day.isBefore(FIRST_JUNETEENTH));
  }

  private static boolean is(LocalDate day, Month month, int which, DayOfWeek weekday) {
    return day.getMonth() == month
        && day.equals(day.with(TemporalAdjusters.dayOfWeekInMonth(which, weekday)));
  }
}
