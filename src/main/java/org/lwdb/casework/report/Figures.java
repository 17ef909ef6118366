package org.lwdb.casework.report;

import java.math.BigDecimal;

/**
 * What became of enrollments: of a person in a course and a program, as Coursera's reports count
 * them. Null is what cannot be told, or may not be ({@link SmallCounts}).
 *
 * @param enrolled the denominator of the rate
 * @param active neither completed nor removed from the program, however long nothing has been heard
 * @param activeLast30Days of these, enrolled or active today or in the 30 days before
 * @param completed also when removed since: a completion stays
 * @param completionRate completed of enrolled, from 0 to 1 in ten-thousandths
 * @param medianDaysToComplete from enrollment to completion, in days of New York's calendar
 * @param learningHours as Coursera reports them, of all enrolled
 * @param remindersBeforeCompletion mails about the course that went out before it was completed, of
 *     the completed
 * @param withheld some of it may not be told
 */
public record Figures(
    Integer enrolled,
    Integer active,
    Integer activeLast30Days,
    Integer completed,
    Double completionRate,
    Double medianDaysToComplete,
    BigDecimal learningHours,
    Integer remindersBeforeCompletion,
    boolean withheld) {

  static final Figures NONE = new Figures(0, 0, 0, 0, null, null, BigDecimal.ZERO, 0, false);

  static Figures of(
      int enrolled,
      int active,
      int activeLast30Days,
      int completed,
      Double medianDaysToComplete,
      BigDecimal learningHours,
      int remindersBeforeCompletion) {
    return new Figures(
        enrolled,
        active,
        activeLast30Days,
        completed,
        rate(completed, enrolled),
        medianDaysToComplete,
        learningHours,
        remindersBeforeCompletion,
        false);
  }

  /** In ten-thousandths; null where there is nothing to divide by. */
  static Double rate(Integer part, Integer whole) {
    return part == null || whole == null || whole == 0
        ? null
        : Math.round(part * 10_000.0 / whole) / 10_000.0;
  }

  /** How many people are enrolled, and nothing of what became of them. */
  Figures enrolledOnly() {
    return new Figures(enrolled, null, null, null, null, null, null, null, true);
  }

  Figures withheldAll() {
    return new Figures(null, null, null, null, null, null, null, null, true);
  }
}
