package org.lwdb.casework.process;

import java.time.LocalDate;
import org.lwdb.casework.mail.Letters;
import org.lwdb.casework.osos.OsosEntries;
import org.lwdb.casework.participant.Cases;
import org.lwdb.casework.participant.ClosedReason;
import org.lwdb.casework.participant.Eligibility;
import org.lwdb.casework.participant.Intake;
import org.lwdb.casework.participant.ParticipantFile;
import org.lwdb.casework.participant.Participants;
import org.lwdb.casework.participant.Referral;
import org.lwdb.casework.participant.ServiceReceived;
import org.lwdb.casework.participant.Services;
import org.lwdb.casework.participant.Timeline;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people do with a case, from referral to closing. */
@Service
@Transactional
public class Journey {

  /**
   * @param caseNumber null while a person has to decide on a probable duplicate
   * @param duplicateOf the case that it probably is
   */
  public record Started(String caseNumber, String duplicateOf) {}

  /**
   * @param newCaseNumber the case in the receiving board; null without a move
   */
  public record Closed(String newCaseNumber) {}

  private final Intake intake;
  private final Cases cases;
  private final Eligibility eligibility;
  private final Services services;
  private final ParticipantFile file;
  private final Timeline timeline;
  private final Participants participants;
  private final Letters letters;
  private final OsosEntries osos;

  Journey(
      Intake intake,
      Cases cases,
      Eligibility eligibility,
      Services services,
      ParticipantFile file,
      Timeline timeline,
      Participants participants,
      Letters letters,
      OsosEntries osos) {
    this.intake = intake;
    this.cases = cases;
    this.eligibility = eligibility;
    this.services = services;
    this.file = file;
    this.timeline = timeline;
    this.participants = participants;
    this.letters = letters;
    this.osos = osos;
  }

  public Started refer(Referral referral, String source) {
    long id = intake.receive(referral, source);
    return intake.isProbableDuplicate(id)
        ? new Started(null, intake.duplicateOf(id).orElseThrow())
        : new Started(participants.caseNumber(intake.openCase(id)), null);
  }

  public void answer(long participantId, String answer) {
    cases.recordAnswer(participantId, answer);
  }

  public void decideEligibility(long participantId, String result, String reason) {
    eligibility.decide(participantId, result, reason);
  }

  public void recordInvitation(long participantId, LocalDate sentOn) {
    cases.invited(participantId, sentOn);
  }

  public boolean recordService(long participantId, ServiceReceived service) {
    return services.record(participantId, service);
  }

  public void reportAccountProblem(long participantId, String kind, String description) {
    timeline.add(
        participantId, Timeline.Subject.ACCOUNT, "Account problem reported: " + kind, description);
  }

  public void stopMails(long participantId) {
    cases.stopMails(participantId);
    letters.withdrawAll(participantId);
  }

  public Closed close(long participantId, String reason, String note, String toBoard) {
    String newCase = null;
    if (toBoard != null) {
      newCase = participants.caseNumber(cases.move(participantId, toBoard));
    }
    cases.close(participantId, ClosedReason.valueOf(reason).name(), note);
    return new Closed(newCase);
  }

  public void correct(long participantId, ParticipantFile.Changes changes) {
    file.apply(participantId, changes);
  }

  public void enteredIntoOsos(long entryId, LocalDate on, String confirmation, String comment) {
    osos.entered(entryId, on, confirmation, comment);
  }
}
