package org.lwdb.casework.administrator;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A change of Coursera administrator, and how far it has come.
 *
 * @param reason of the last refusal or return, the supervisor's or NYSDOL's
 * @param sentAt when the mail server took Attachment A
 * @param acknowledgedOn date of NYSDOL's mail, where the board recorded it
 */
public record AdministratorChange(
    long id,
    String board,
    Kind kind,
    State state,
    Outgoing outgoing,
    Incoming incoming,
    String note,
    String requestedBy,
    Instant requestedAt,
    Instant submittedAt,
    String correctedBy,
    String decidedBy,
    Instant decidedAt,
    String reason,
    Instant sentAt,
    String confirmedBy,
    Instant confirmedAt,
    LocalDate acknowledgedOn,
    Instant outgoingEndedAt,
    Instant incomingStartedAt) {

  /** Who leaves, or whose entry is corrected, as the register had it. */
  public record Outgoing(String name, String email, String phone, LocalDate lastDay) {}

  /** Who comes; of a correction, the values that are new. */
  public record Incoming(
      String name,
      String title,
      String agency,
      String email,
      String phone,
      Boolean hasCourseraAccount,
      LocalDate startDate) {}

  /** Somebody's access still has to end. */
  public boolean endIsDue() {
    return kind.leaves() && outgoingEndedAt == null;
  }

  /** Somebody's access still has to begin, or an entry to be corrected. */
  public boolean beginIsDue() {
    return kind != Kind.REMOVE && incomingStartedAt == null;
  }
}
