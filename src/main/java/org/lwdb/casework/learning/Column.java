package org.lwdb.casework.learning;

import java.util.List;
import org.lwdb.casework.spreadsheet.Headers;

/** The columns that are read from Coursera's reports, by their headers; all others are ignored. */
enum Column {
  NAME("Name"),
  EMAIL("Email"),
  EXTERNAL_ID("External Id"),
  COURSE("Course"),
  COURSE_ID("Course ID"),
  COURSE_SLUG("Course Slug"),
  UNIVERSITY("University"),
  ENROLLED("Enrollment Time"),
  LAST_ACTIVITY("Last Course Activity Time"),
  PROGRESS("Overall Progress"),
  LEARNING_HOURS(
      "Learning Hours",
      "Estimated Learning Hours",
      "Total Estimated Learning Hours (since enrolled)"),
  COMPLETED("Completed"),
  REMOVED("Removed From Program"),
  PROGRAM_SLUG("Program Slug"),
  COMPLETION_TIME("Completion Time"),
  GRADE("Course Grade"),
  CERTIFICATE("Course Certificate URL");

  /** What a file must have: without one of these its rows would be read as what they are not. */
  static final List<Column> REQUIRED =
      List.of(EMAIL, COURSE, COURSE_ID, ENROLLED, LAST_ACTIVITY, PROGRESS, COMPLETED, PROGRAM_SLUG);

  private final List<String> headers;

  Column(String... headers) {
    this.headers = List.of(headers);
  }

  String header() {
    return headers.get(0);
  }

  /**
   * The position among a file's headers, given as {@link Headers#key keys}; -1 if the file has
   * none.
   */
  int positionIn(List<String> keys) {
    return headers.stream()
        .mapToInt(h -> keys.indexOf(Headers.key(h)))
        .filter(i -> i >= 0)
        .findFirst()
        .orElse(-1);
  }
}
