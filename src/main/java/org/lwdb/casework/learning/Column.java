package org.lwdb.casework.learning;

import java.util.List;
import org.lwdb.casework.spreadsheet.Headers;

/** The columns that are read from Coursera's reports, by their headers; all others are ignored. */
enum Column {
  NAME("Name"),
  EMAIL("Email"),
  EXTERNAL_ID("External Id"),
  PROGRAM_SLUG("Program Slug"),

  // of a course
  COURSE("Course"),
  COURSE_ID("Course ID"),
  COURSE_SLUG("Course Slug"),
  LAST_ACTIVITY("Last Course Activity Time"),
  PROGRESS("Overall Progress"),
  COMPLETION_TIME("Completion Time"),
  GRADE("Course Grade"),
  CERTIFICATE("Course Certificate URL"),

  // of a specialization
  SPECIALIZATION("Specialization"),
  SPECIALIZATION_SLUG("Specialization Slug"),
  LAST_SPECIALIZATION_ACTIVITY("Last Specialization Activity Time"),
  COURSES_IN_SPECIALIZATION("# Courses in Specialization"),
  SPECIALIZATION_COMPLETION_TIME("Specialization Completion Time"),
  SPECIALIZATION_CERTIFICATE("Specialization Certificate URL"),

  // of both
  UNIVERSITY("University"),
  ENROLLED("Enrollment Time"),
  COMPLETED("Completed"),
  REMOVED("Removed From Program"),

  // of a membership
  MEMBER_STATE("Member State"),
  INVITATION_DATE("Invitation Date"),
  JOIN_DATE("Join Date"),
  LATEST_ACTIVITY("Latest Program Activity Date", "Last Program Activity Date"),
  ENROLLED_COURSES("# Enrolled Courses"),

  // of several
  COMPLETED_COURSES("# Completed Courses"),
  LEARNING_HOURS(
      "Learning Hours",
      "Estimated Learning Hours",
      "Total Estimated Learning Hours (since enrolled)");

  private final String header;
  private final List<String> keys;

  Column(String... headers) {
    header = headers[0];
    keys = List.of(headers).stream().map(Headers::key).toList();
  }

  String header() {
    return header;
  }

  /** The position among a file's headers, given as {@link Headers#key keys}; -1 if it has none. */
  int positionIn(List<String> headers) {
    return keys.stream().mapToInt(headers::indexOf).filter(i -> i >= 0).findFirst().orElse(-1);
  }
}
