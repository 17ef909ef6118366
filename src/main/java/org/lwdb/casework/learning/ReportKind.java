package org.lwdb.casework.learning;

import java.util.List;
import java.util.Locale;

/** Coursera's downloadable reports that can be imported. */
public enum ReportKind {
  /** A row for each learner and course; the layouts of 2020 and later. */
  USAGE(
      Column.EMAIL,
      Column.COURSE,
      Column.COURSE_ID,
      Column.ENROLLED,
      Column.LAST_ACTIVITY,
      Column.PROGRESS,
      Column.COMPLETED,
      Column.PROGRAM_SLUG),

  /** The usage report's successor of 2026: the same with more columns. */
  COURSE_ACTIVITY(USAGE.required.toArray(Column[]::new)),

  /** A row for each member of a program and each person invited to it. */
  MEMBERSHIP(
      Column.EMAIL,
      Column.MEMBER_STATE,
      Column.INVITATION_DATE,
      Column.JOIN_DATE,
      Column.PROGRAM_SLUG),

  /** A row for each learner and specialization. */
  SPECIALIZATION(
      Column.EMAIL,
      Column.SPECIALIZATION,
      Column.SPECIALIZATION_SLUG,
      Column.ENROLLED,
      Column.LAST_SPECIALIZATION_ACTIVITY,
      Column.COMPLETED_COURSES,
      Column.COURSES_IN_SPECIALIZATION,
      Column.COMPLETED,
      Column.PROGRAM_SLUG);

  private final List<Column> required;

  ReportKind(Column... required) {
    this.required = List.of(required);
  }

  /** What a file must have: without one of these its rows would be read as what they are not. */
  List<Column> required() {
    return required;
  }

  /** As a person calls it: the course activity report. */
  String inWords() {
    return "the " + name().toLowerCase(Locale.ROOT).replace('_', ' ') + " report";
  }
}
