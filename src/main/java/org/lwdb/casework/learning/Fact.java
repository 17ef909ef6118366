package org.lwdb.casework.learning;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Locale;

/**
 * What one row says, checked and typed; what it does not say is null.
 *
 * @param progress percent, in hundredths, as are the learning hours
 * @param joinedAt of a membership alone, as are invitedAt and state
 */
record Fact(
    Learner learner,
    Subject subject,
    Instant enrolledAt,
    Instant lastActivityAt,
    Long progress,
    Long learningHours,
    Boolean completed,
    Instant completedAt,
    Boolean removed,
    String grade,
    String certificateUrl,
    Instant joinedAt,
    Instant invitedAt,
    String state) {

  private static final int KEY = 300; // longest text that stands in an index
  private static final int TEXT = 2_000;
  private static final int MOST_HOURS = 999_999;

  /** Whom the row names. */
  record Learner(String name, String email, String externalId) {}

  /**
   * What the row is about, and in which program.
   *
   * @param courseId null for a membership
   */
  record Subject(
      Kind kind, String courseId, String name, String slug, String partner, String programSlug) {}

  enum Kind {
    COURSE,
    SPECIALIZATION,
    MEMBERSHIP
  }

  /**
   * @param latest no time in a row may lie after it
   */
  static Fact of(ReportRow row, ReportKind kind, Instant latest) throws RefusedRow {
    row.requireShape();
    if (row.text(Column.EMAIL).isEmpty() && row.text(Column.EXTERNAL_ID).isEmpty()) {
      throw new RefusedRow(
          Column.EMAIL, "'Email' and 'External Id' are both empty: nobody knows whose row it is.");
    }
    Learner learner =
        new Learner(
            row.text(Column.NAME, TEXT),
            row.text(Column.EMAIL, KEY),
            row.text(Column.EXTERNAL_ID, KEY));
    return switch (kind) {
      case USAGE, COURSE_ACTIVITY -> course(row, learner, latest);
      case SPECIALIZATION -> specialization(row, learner, latest);
      case MEMBERSHIP -> membership(row, learner, latest);
    };
  }

  private static Fact course(ReportRow row, Learner learner, Instant latest) throws RefusedRow {
    Long progress = hundredths(row.number(Column.PROGRESS, 100));
    Boolean completed = row.flag(Column.COMPLETED);
    return new Fact(
        learner,
        new Subject(
            Kind.COURSE,
            required(row, Column.COURSE_ID, "no course is named"),
            orNull(row, Column.COURSE),
            orNull(row, Column.COURSE_SLUG),
            orNull(row, Column.UNIVERSITY),
            row.text(Column.PROGRAM_SLUG, KEY)),
        row.time(Column.ENROLLED, latest),
        row.time(Column.LAST_ACTIVITY, latest),
        progress == null ? Long.valueOf(0) : progress,
        hundredths(row.number(Column.LEARNING_HOURS, MOST_HOURS)),
        Boolean.TRUE.equals(completed),
        row.time(Column.COMPLETION_TIME, latest),
        Boolean.TRUE.equals(row.flag(Column.REMOVED)),
        orNull(row, Column.GRADE),
        orNull(row, Column.CERTIFICATE),
        null,
        null,
        null);
  }

  /**
   * A specialization has no id of its own in the report: its slug is in its address at Coursera.
   */
  private static Fact specialization(ReportRow row, Learner learner, Instant latest)
      throws RefusedRow {
    String slug = required(row, Column.SPECIALIZATION_SLUG, "no specialization is named");
    Integer done = row.count(Column.COMPLETED_COURSES);
    Integer all = row.count(Column.COURSES_IN_SPECIALIZATION);
    boolean completed = Boolean.TRUE.equals(row.flag(Column.COMPLETED));
    long progress =
        done == null || all == null || all == 0
            ? (completed ? 100_00 : 0)
            : Math.min(100_00, Math.round(100_00.0 * done / all));
    return new Fact(
        learner,
        new Subject(
            Kind.SPECIALIZATION,
            "specializations/" + slug,
            orNull(row, Column.SPECIALIZATION),
            slug,
            orNull(row, Column.UNIVERSITY),
            row.text(Column.PROGRAM_SLUG, KEY)),
        row.time(Column.ENROLLED, latest),
        row.time(Column.LAST_SPECIALIZATION_ACTIVITY, latest),
        progress,
        hundredths(row.number(Column.LEARNING_HOURS, MOST_HOURS)),
        completed,
        row.time(Column.SPECIALIZATION_COMPLETION_TIME, latest),
        Boolean.TRUE.equals(row.flag(Column.REMOVED)),
        null,
        orNull(row, Column.SPECIALIZATION_CERTIFICATE),
        null,
        null,
        null);
  }

  private static Fact membership(ReportRow row, Learner learner, Instant latest) throws RefusedRow {
    return new Fact(
        learner,
        new Subject(Kind.MEMBERSHIP, null, null, null, null, row.text(Column.PROGRAM_SLUG, KEY)),
        null,
        row.time(Column.LATEST_ACTIVITY, latest),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        row.time(Column.JOIN_DATE, latest),
        row.time(Column.INVITATION_DATE, latest),
        required(row, Column.MEMBER_STATE, "it says whether somebody is a member")
            .toUpperCase(Locale.ROOT));
  }

  private static String required(ReportRow row, Column column, String why) throws RefusedRow {
    String text = row.text(column, KEY - 20);
    if (text.isEmpty()) {
      throw new RefusedRow(column, "'" + column.header() + "' is empty: " + why + ".");
    }
    return text;
  }

  private static String orNull(ReportRow row, Column column) throws RefusedRow {
    String text = row.text(column, TEXT);
    return text.isEmpty() ? null : text;
  }

  private static Long hundredths(String number) {
    return number == null
        ? null
        : new BigDecimal(number)
            .movePointRight(2)
            .setScale(0, RoundingMode.HALF_UP)
            .longValueExact();
  }
}
