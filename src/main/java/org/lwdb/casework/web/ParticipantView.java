package org.lwdb.casework.web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.lwdb.casework.participant.Accountability;
import org.lwdb.casework.participant.ClosedReason;
import org.lwdb.casework.participant.EligibilityAnswers;
import org.lwdb.casework.participant.EligibilityResult;
import org.lwdb.casework.participant.OutreachAnswer;
import org.lwdb.casework.participant.Participant;
import org.lwdb.casework.participant.ServiceReceived;
import org.lwdb.casework.participant.Stage;

/** A participant as the API tells it. */
record ParticipantView(
    String caseNumber,
    String board,
    Stage stage,
    String firstName,
    String lastName,
    String email,
    String phone,
    String language,
    String ososId,
    LocalDate dateOfBirth,
    String county,
    String city,
    EligibilityAnswers eligibility,
    List<ServiceReceived> enrollingServices,
    EligibilityResult eligibilityResult,
    List<String> eligibilityBases,
    OutreachAnswer outreachAnswer,
    LocalDate invitedOn,
    Instant joinedAt,
    Accountability accountability,
    LocalDate accountabilitySince,
    boolean mailsStopped,
    Instant openedAt,
    Instant closedAt,
    ClosedReason closedReason,
    String mergedInto) {

  static ParticipantView of(Participant p) {
    return new ParticipantView(
        p.caseNumber(),
        p.board(),
        p.stage(),
        p.firstName(),
        p.lastName(),
        p.email(),
        p.phone(),
        p.language(),
        p.ososId(),
        p.dateOfBirth(),
        p.county(),
        p.city(),
        p.eligibility(),
        p.enrollingServices(),
        p.eligibilityResult(),
        p.eligibilityBases(),
        p.outreachAnswer(),
        p.invitedOn(),
        p.joinedAt(),
        p.accountability(),
        p.accountabilitySince(),
        p.mailsStopped(),
        p.openedAt(),
        p.closedAt(),
        p.closedReason(),
        p.mergedInto());
  }
}
