package org.lwdb.casework.learning;

/** Coursera's downloadable reports that can be imported. */
public enum ReportKind {
  /** A row for each learner and course; the layouts of 2020 and later. */
  USAGE,
  /** The usage report's successor of 2026: the same with more columns. */
  COURSE_ACTIVITY
}
