package org.lwdb.casework.report;

import java.time.LocalDate;

/**
 * Those who enrolled in a month, and how many of them had completed after so many days. Null is
 * what cannot be told yet: the last of them enrolled fewer days before the latest report; or what
 * may not be told ({@link SmallCounts}).
 *
 * @param month its first day
 */
public record Cohort(
    LocalDate month,
    Integer enrolled,
    Integer within30Days,
    Integer within60Days,
    Integer within90Days,
    boolean withheld) {

  /**
   * As far as the reports tell.
   *
   * @param asOf the day of the latest report
   */
  static Cohort of(
      LocalDate month, int enrolled, int within30, int within60, int within90, LocalDate asOf) {
    LocalDate last = month.plusMonths(1).minusDays(1);
    return new Cohort(
        month,
        enrolled,
        asOf.isAfter(last.plusDays(30)) ? within30 : null,
        asOf.isAfter(last.plusDays(60)) ? within60 : null,
        asOf.isAfter(last.plusDays(90)) ? within90 : null,
        false);
  }

  public boolean tooYoung() {
    return !withheld && within90Days == null;
  }

  Cohort withheldAll() {
    return new Cohort(month, null, null, null, null, true);
  }

  Cohort enrolledOnly() {
    return new Cohort(month, enrolled, null, null, null, true);
  }
}
