package org.lwdb.casework.process;

import org.lwdb.casework.learning.Enrollments;
import org.lwdb.casework.participant.OutreachAnswer;
import org.lwdb.casework.participant.Participant;
import org.lwdb.casework.participant.Participants;
import org.springframework.stereotype.Component;

/** What gateways ask of a case. */
@Component("caseFile")
public class CaseFile {

  private final Participants participants;
  private final Enrollments enrollments;

  CaseFile(Participants participants, Enrollments enrollments) {
    this.participants = participants;
    this.enrollments = enrollments;
  }

  public boolean isInterested(long participantId) {
    return participants.get(participantId).outreachAnswer() == OutreachAnswer.INTERESTED;
  }

  public boolean isInvitedOrJoined(long participantId) {
    Participant participant = participants.get(participantId);
    return participant.invitedOn() != null || participant.joinedAt() != null;
  }

  public boolean isEnrolled(long participantId) {
    return enrollments.progress(participantId).enrolled();
  }
}
