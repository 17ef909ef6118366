package org.lwdb.casework.participant;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A participant's file: one for each case. A person who moves to another board has a case in each,
 * with the same {@code personId}.
 *
 * @param stageSince arrival at the stage; waiting times count from here at the earliest
 * @param eligibilityResult null until it is assessed for the first time
 * @param eligibilityVersion the version of the decision table that found the bases
 * @param overrideReason set when a person decided on eligibility
 * @param movedFrom the id of the case in the board that the person moved from
 * @param mergedInto the number of the case of the same person that this one was merged into; null
 *     for almost all
 * @param enrollingServices every service that was recorded, the oldest first
 */
public record Participant(
    long id,
    long personId,
    String caseNumber,
    String board,
    Stage stage,
    Instant stageSince,
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
    EligibilityResult eligibilityResult,
    List<String> eligibilityBases,
    Integer eligibilityVersion,
    Instant eligibilityAt,
    String overrideReason,
    String overrideBy,
    OutreachAnswer outreachAnswer,
    Instant answeredAt,
    LocalDate invitedOn,
    Instant joinedAt,
    Instant learningCheckedAt,
    Instant checkedInAt,
    Accountability accountability,
    LocalDate accountabilitySince,
    Instant mailsStoppedAt,
    Instant openedAt,
    Instant closedAt,
    ClosedReason closedReason,
    Long movedFrom,
    String mergedInto,
    List<ServiceReceived> enrollingServices) {

  public String fullName() {
    return firstName + " " + lastName;
  }

  public boolean mailsStopped() {
    return mailsStoppedAt != null;
  }

  /** The contact data and the answers, as if the person were referred with them today. */
  Referral asReferral() {
    return new Referral(
        board,
        firstName,
        lastName,
        email,
        phone,
        language,
        ososId,
        dateOfBirth,
        county,
        city,
        eligibility,
        List.of());
  }
}
