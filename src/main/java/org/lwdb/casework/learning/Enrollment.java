package org.lwdb.casework.learning;

/** A participant's enrollment in a course. */
public record Enrollment(long id, long participantId, EnrollmentView course) {

  public boolean completed() {
    return course.completedAt() != null;
  }
}
