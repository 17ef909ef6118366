package org.lwdb.casework.mail;

import java.time.Instant;

/**
 * Why a letter that was queued is no longer to be sent: a reminder never goes out after the thing
 * it reminds of was done.
 */
final class Overtaken {

  private Overtaken() {}

  /**
   * @return the reason, or null when the letter still has its meaning
   */
  static String reason(
      Template template, Addressee to, Instant queuedAt, boolean partnershipIsOpen) {
    if (to.mailsStopped()) {
      return "Mails to this person were stopped.";
    }
    if (template.outlivesCase()) {
      return null;
    }
    if (to.closedReason() != null) {
      return "The case was closed.";
    }
    if (!partnershipIsOpen) {
      return "The partnership has ended.";
    }
    return switch (template) {
      case OUTREACH -> to.enrolled() ? "The learner has enrolled." : null;
      case OUTREACH_FOLLOW_UP ->
          to.outreachAnswer() != null
              ? "The learner has answered."
              : to.invitedOn() != null || to.joined() || to.enrolled()
                  ? "The learner has been invited."
                  : null;
      case INVITATION ->
          to.joined() || to.enrolled() ? "The learner has accepted the invitation." : null;
      case REMIND_TO_ENROLL -> to.enrolled() ? "The learner has enrolled." : null;
      case REMIND_NEVER_STARTED, REMIND_STALLED -> ofIdleCourse(to.course(), queuedAt);
      case REMIND_KEEP_GOING, REMIND_NEARLY_DONE -> ofCourse(to.course());
      case OTHER_SERVICES,
          CONGRATULATION,
          CASE_CLOSED,
          OSOS_OVERDUE,
          ATTACHMENT_A,
          CHANGE_TO_DECIDE,
          CHANGE_TO_CONFIRM,
          CHANGE_SENT_BACK,
          ADMINISTRATOR_BEGINS,
          TOO_FEW_ADMINISTRATORS ->
          null;
    };
  }

  private static String ofIdleCourse(Addressee.Course course, Instant queuedAt) {
    String reason = ofCourse(course);
    return reason == null && course.updatedAt().isAfter(queuedAt)
        ? "The learner has gone on with the course."
        : reason;
  }

  private static String ofCourse(Addressee.Course course) {
    if (course == null) {
      return "There is no course to remind of.";
    }
    if (course.completed()) {
      return "The learner has completed the course.";
    }
    return course.removed() ? "The course was taken out of the program." : null;
  }
}
