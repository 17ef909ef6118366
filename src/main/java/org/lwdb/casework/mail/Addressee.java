package org.lwdb.casework.mail;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * The learner that a letter goes to, with all that a letter says, as it is now.
 *
 * @param closedReason null while the case is open
 * @param missing message keys of the answers that eligibility still needs; empty unless PENDING
 * @param rightBoards the other boards that cover the learner's county
 * @param movedTo the board that the case was moved to, or null
 * @param contact the board's first active administrator, or null
 * @param course the course that the letter speaks of, or null
 */
record Addressee(
    long participantId,
    long personId,
    String board,
    String lwdbName,
    String firstName,
    String email,
    String language,
    String closedReason,
    String eligibilityResult,
    List<String> eligibilityBases,
    List<String> missing,
    List<String> rightBoards,
    String movedTo,
    String outreachAnswer,
    LocalDate invitedOn,
    boolean joined,
    boolean enrolled,
    boolean mailsStopped,
    boolean addressSuppressed,
    Contact contact,
    Course course) {

  record Contact(String name, String email, String phone) {}

  /**
   * @param progress percent
   * @param updatedAt when a report last changed any of this
   */
  record Course(
      long enrollmentId,
      String id,
      String name,
      String slug,
      String kind,
      int progress,
      Instant lastActivityAt,
      Instant updatedAt,
      boolean completed,
      boolean removed,
      String certificateUrl) {}
}
