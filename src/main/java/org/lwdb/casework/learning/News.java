package org.lwdb.casework.learning;

import org.lwdb.casework.participant.Stage;

/**
 * Something that a report has told of a participant, on its way to the process.
 *
 * @param enrollmentId the completed one; null for the other kinds
 * @param attempts how often it could not be delivered
 */
public record News(
    long id,
    long participantId,
    String caseNumber,
    String board,
    Stage stage,
    Kind kind,
    Long enrollmentId,
    int attempts) {

  /** In the order in which they are told of one person. */
  public enum Kind {
    JOINED,
    ENROLLED,
    COMPLETED
  }
}
