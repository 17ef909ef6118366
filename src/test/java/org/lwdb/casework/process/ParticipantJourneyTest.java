package org.lwdb.casework.process;

import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.test.mock.Mocks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.learning.CourseraApi;
import org.lwdb.casework.learning.CourseraApis;
import org.lwdb.casework.mail.SendingFailed;
import org.lwdb.casework.mail.SendingRecovered;
import org.lwdb.casework.participant.Cases;
import org.lwdb.casework.participant.ClosedReason;
import org.lwdb.casework.participant.ParticipantFile;
import org.lwdb.casework.participant.ServiceReceived;
import org.lwdb.casework.participant.Stage;
import org.lwdb.casework.process.CaseDriver.TracedCase;
import org.springframework.beans.factory.annotation.Autowired;

@CaseworkTest
class ParticipantJourneyTest {

  @RegisterExtension
  static final ModelCoverage COVERAGE = new ModelCoverage(ParticipantJourney.KEY);

  @RegisterExtension
  static final WireMockExtension coursera =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  @Autowired CaseDriver driver;
  @Autowired Cases cases;
  @Autowired ObjectMapper json;

  @BeforeEach
  void startOfFebruary() {
    driver.clock.reset();
  }

  @Test
  void fromReferralToClosedCase() {
    TracedCase traced = driver.refer(CaseDriver.ELIGIBLE);
    traced.process().isWaitingAt("WaitForAnswer");
    assertThat(traced.file().stage()).isEqualTo(Stage.OUTREACH);
    assertThat(traced.mails()).containsExactly("OUTREACH QUEUED");

    driver.journey.answer(traced.id(), "INTERESTED");
    traced.process().isWaitingAt("InviteInCoursera");
    assertThat(traced.file().stage()).isEqualTo(Stage.INVITATION);

    traced.submit("InviteInCoursera", Map.of("sentOn", "2021-02-01"));
    traced.process().isWaitingAt("NextReminderToEnrollDue");
    assertThat(traced.mails()).contains("INVITATION QUEUED");

    traced.reported("First Steps", 10, false);
    traced.process().isWaitingAt("NextLookDue");
    assertThat(traced.file().stage()).isEqualTo(Stage.LEARNING);
    assertThat(traced.entries())
        .extracting(e -> e.kind().name())
        .containsExactly("REFERRED_TO_COURSERA_ENROLLMENT");

    traced.reported("First Steps", 100, true);
    traced.hasPassed("Congratulate", "OweOutcomeToOsos", "CompletionNoted");
    assertThat(traced.mails()).contains("CONGRATULATION QUEUED");
    traced.process().isWaitingAt("NextLookDue");

    while (traced.file().stage() != Stage.CLOSED) {
      traced.fire("NextLookDue");
    }
    traced.hasEnded();
    assertThat(traced.file().closedReason()).isEqualTo(ClosedReason.COMPLETED);
    assertThat(traced.mails()).contains("CASE_CLOSED QUEUED");
    assertThat(traced.entries()).extracting(e -> e.kind().name()).contains("SERVICE_END");
  }

  // Referral

  @Test
  void aProbableDuplicateWaitsForADecisionAndIsAddedToTheCase() {
    TracedCase first = driver.refer(Map.of());
    var again =
        driver.journey.refer(
            driver.intake.read(
                Map.of(
                    "board", "onondaga",
                    "firstName", "Trace",
                    "lastName", "Again",
                    "phone", "315-555-0101",
                    "email", first.file().email())),
            "API");
    assertThat(again.caseNumber()).isNull();
    assertThat(again.duplicateOf()).isEqualTo(first.caseNumber());

    String task = driver.newestTask("DecideOnDuplicate");
    assertThat(driver.shown(task)).containsEntry("existingCase", first.caseNumber());
    String instance = driver.instanceOf(task);
    driver.submit(task, Map.of("duplicateDecision", "SAME_PERSON"));
    assertThat(driver.passed(instance)).contains("AddToExistingCase", "AddedToExistingCase");
    assertThat(driver.isRunning(instance)).isFalse();
    assertThat(first.file().phone()).isEqualTo("315-555-0101");
  }

  @Test
  void somebodyNewWithAKnownAddressGetsACaseOfTheirOwn() {
    TracedCase first = driver.refer(Map.of());
    Map<String, Object> other = driver.somebody(Map.of());
    other.put("email", first.file().email());
    driver.journey.refer(driver.intake.read(other), "API");
    String task = driver.newestTask("DecideOnDuplicate");
    String instance = driver.instanceOf(task);
    driver.submit(task, Map.of("duplicateDecision", "NEW_CASE"));
    assertThat(driver.passed(instance)).contains("OpenCase", "SendFirstMessage");
    assertThat(driver.traced(driver.businessKey(instance)).file().lastName())
        .isEqualTo(other.get("lastName"));
  }

  // Eligibility

  @Test
  void whoIsNotEligibleIsOfferedOtherServicesAndTheCaseIsClosed() {
    TracedCase traced =
        driver.refer(answers("employmentStatus", "EMPLOYED", "covidReason", "NONE"));
    traced.hasEnded();
    traced.hasPassed("OfferOtherServices", "NotEligible", "CaseEnds", "CloseCase", "CaseClosed");
    assertThat(traced.file().closedReason()).isEqualTo(ClosedReason.NOT_ELIGIBLE);
    assertThat(traced.mails()).containsExactly("OTHER_SERVICES QUEUED");
  }

  @Test
  void outsideThePartnershipNobodyIsInvited() {
    driver.clock.set(Instant.parse("2022-11-25T15:00:00Z"));
    TracedCase traced = driver.refer(CaseDriver.ELIGIBLE);
    traced.hasEnded();
    assertThat(traced.file().eligibilityResult().name()).isEqualTo("CLOSED");
    assertThat(traced.file().closedReason()).isEqualTo(ClosedReason.OTHER);
  }

  @Test
  void aReviewIsDecidedInItsTaskOrThroughTheApi() {
    TracedCase traced = driver.refer(underemployed());
    traced.process().isWaitingAt("ReviewEligibility");
    traced.submit(
        "ReviewEligibility", Map.of("result", "ELIGIBLE", "reason", "Saw the pay stubs."));
    traced.process().isWaitingAt("WaitForAnswer");
    assertThat(traced.file().overrideReason()).isEqualTo("Saw the pay stubs.");

    TracedCase refused = driver.refer(underemployed());
    driver.journey.decideEligibility(refused.id(), "NOT_ELIGIBLE", "Works full time.");
    refused.hasEnded();
    refused.hasPassed("OfferOtherServices");
    assertThatThrownBy(() -> driver.journey.decideEligibility(traced.id(), "ELIGIBLE", "Again."))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("No review of eligibility is open");
  }

  @Test
  void changedAnswersAreAssessedAgainAndRepeatNoMail() {
    TracedCase traced = driver.refer(Map.of());
    assertThat(traced.file().eligibilityResult().name()).isEqualTo("PENDING");
    driver.journey.correct(traced.id(), changes(CaseDriver.ELIGIBLE));
    traced.process().isWaitingAt("WaitForAnswer");
    assertThat(traced.file().eligibilityResult().name()).isEqualTo("ELIGIBLE");
    assertThat(traced.mails()).containsExactly("OUTREACH QUEUED");

    driver.journey.correct(
        traced.id(),
        changes(
            answers(
                "employmentStatus",
                "EMPLOYED",
                "separationReason",
                "NONE",
                "covidReason",
                "NONE")));
    traced.hasEnded();
    assertThat(traced.file().closedReason()).isEqualTo(ClosedReason.NOT_ELIGIBLE);
  }

  // Outreach

  @Test
  void whoDoesNotAnswerIsRemindedTwiceThenCalled() {
    TracedCase traced = driver.refer(CaseDriver.ELIGIBLE);
    traced.fire("NextOutreachDue");
    traced.fire("NextOutreachDue");
    assertThat(traced.mails()).filteredOn(m -> m.startsWith("OUTREACH_FOLLOW_UP")).hasSize(2);
    traced.fire("NextOutreachDue");
    traced.process().isWaitingAt("CallPerson");
    assertThat(traced.jobs()).isEmpty();

    traced.submit("CallPerson", Map.of("answer", "NOT_REACHED", "note", "No such number."));
    traced.hasEnded();
    assertThat(traced.file().closedReason()).isEqualTo(ClosedReason.NOT_REACHED);
  }

  @Test
  void whoWantsACallIsCalledAndMayAnswerMeanwhile() {
    TracedCase traced = driver.refer(Map.of());
    driver.journey.answer(traced.id(), "CALL_ME");
    traced.process().isWaitingAt("CallPerson");
    driver.journey.answer(traced.id(), "INTERESTED");
    traced.hasPassed("AnsweredMeanwhile");

    // Still pending: the answers are completed, checked again, and the person is not asked again.
    traced.process().isWaitingAt("CompleteAnswers");
    traced.submit("CompleteAnswers", CaseDriver.ELIGIBLE);
    traced.process().isWaitingAt("InviteInCoursera");
    assertThat(traced.mails()).containsExactly("OUTREACH QUEUED");
  }

  @Test
  void whoDeclinesIsLeftAlone() {
    TracedCase traced = driver.refer(CaseDriver.ELIGIBLE);
    driver.journey.answer(traced.id(), "NOT_INTERESTED");
    traced.hasEnded();
    assertThat(traced.file().closedReason()).isEqualTo(ClosedReason.DECLINED);
    assertThat(traced.mails()).noneMatch(m -> m.startsWith("CASE_CLOSED"));
  }

  @Test
  void whoDeclinesAfterSayingYesHasDeclined() {
    TracedCase traced = driver.interested();
    driver.journey.answer(traced.id(), "NOT_INTERESTED");
    traced.hasEnded();
    assertThat(traced.file().closedReason()).isEqualTo(ClosedReason.DECLINED);
  }

  // Invitation and enrollment

  @Test
  void onlyTheEligibleAreInvited() {
    TracedCase pending = driver.refer(Map.of());
    assertThatThrownBy(
            () -> driver.journey.recordInvitation(pending.id(), LocalDate.of(2021, 2, 1)))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("not eligible (yet)");
  }

  @Test
  void anInvitationSentInTheConsoleMovesTheCaseFromWhereverItWaits() {
    TracedCase outreach = driver.refer(CaseDriver.ELIGIBLE);
    driver.journey.recordInvitation(outreach.id(), LocalDate.of(2021, 2, 1));
    outreach.hasPassed("InvitationRecorded");
    outreach.process().isWaitingAt("NextReminderToEnrollDue");
    assertThat(outreach.mails()).contains("OUTREACH WITHDRAWN", "INVITATION QUEUED");

    TracedCase task = driver.interested();
    driver.journey.recordInvitation(task.id(), LocalDate.of(2021, 2, 1));
    task.hasPassed("InviteInCoursera");
  }

  @Test
  void withCourserasApiNobodyInvitesByHandAndAFailureIsTriedAgain() {
    CourseraApi api = CourseraApis.at(coursera.baseUrl(), driver.jdbc, driver.clock, json);
    Mocks.register("courseraApi", api);
    Mocks.register("invitations", new Invitations(api, cases, driver.clock));
    try {
      coursera.stubFor(
          post("/token").willReturn(okJson("{\"access_token\":\"t\",\"expires_in\":1799}")));
      coursera.stubFor(post(urlPathMatching("/businesses.v1/.*")).willReturn(serverError()));
      TracedCase traced = driver.interested();
      assertThat(traced.tasks()).isEmpty();
      assertThatThrownBy(() -> traced.fire("InviteThroughApi")).isInstanceOf(Exception.class);
      assertThat(traced.job("InviteThroughApi").getRetries()).isEqualTo(4);
      assertThat(traced.file().invitedOn()).isNull();

      coursera.stubFor(
          post(urlPathMatching("/businesses.v1/.*"))
              .willReturn(jsonResponse("{\"errorCode\":\"INVITATION_ALREADY_EXISTS\"}", 400)));
      traced.fire("InviteThroughApi");
      traced.process().isWaitingAt("NextReminderToEnrollDue");
      assertThat(traced.file().invitedOn()).isEqualTo("2021-02-01");
      assertThat(traced.mails()).contains("INVITATION QUEUED");
    } finally {
      Mocks.reset();
    }
  }

  @Test
  void whoDoesNotEnrollIsRemindedAndThenStaffDecide() {
    TracedCase traced = driver.invited();
    for (int i = 0; i < 3; i++) {
      traced.fire("NextReminderToEnrollDue");
    }
    assertThat(traced.mails()).filteredOn(m -> m.startsWith("REMIND_TO_ENROLL")).hasSize(3);
    traced.fire("NextReminderToEnrollDue");
    traced.process().isWaitingAt("DecideHowToGoOn");

    traced.submit("DecideHowToGoOn", Map.of("goOn", "WAIT"));
    traced.process().isWaitingAt("NextReminderToEnrollDue");
    for (int i = 0; i < 4; i++) {
      traced.fire("NextReminderToEnrollDue");
    }
    traced.submit(
        "DecideHowToGoOn",
        Map.of("goOn", "INVITED_AGAIN", "sentOn", NewYork.today(driver.clock).toString()));
    assertThat(traced.mails()).filteredOn(m -> m.startsWith("INVITATION")).hasSize(2);
    for (int i = 0; i < 4; i++) {
      traced.fire("NextReminderToEnrollDue");
    }
    traced.submit("DecideHowToGoOn", Map.of("goOn", "CLOSE"));
    traced.hasEnded();
    assertThat(traced.file().closedReason()).isEqualTo(ClosedReason.NOT_ENROLLED);
  }

  @Test
  void evidenceOfLearningMovesTheCaseFromOutreachAndWithdrawsWhatWaits() {
    TracedCase traced = driver.refer(CaseDriver.ELIGIBLE);
    traced.reported("First Steps", 40, false);
    traced.hasPassed("LearnerJoined", "LearnerEnrolled", "OweReferralToOsos");
    traced.process().isWaitingAt("NextLookDue");
    assertThat(traced.mails()).containsExactly("OUTREACH WITHDRAWN");
    assertThat(traced.jobs()).containsExactly("NextLookDue");
  }

  @Test
  void aReportThatShowsSomebodyDoneEndsTheOpenTask() {
    TracedCase traced = driver.interested();
    traced.reported("First Steps", 100, true);
    assertThat(traced.tasks()).isEmpty();
    traced.process().isWaitingAt("NextLookDue");
    assertThat(traced.mails()).contains("CONGRATULATION QUEUED");
    assertThat(driver.owed(traced)).hasSize(2);
  }

  // Learning

  @Test
  void theLearnerIsRemindedByTheDataThenAskedByStaffThenTheCaseEnds() {
    TracedCase traced = driver.learning();
    traced.fire("NextLookDue");
    assertThat(traced.mails()).contains("REMIND_NEVER_STARTED QUEUED");

    driver.clock.advance(Duration.ofDays(3));
    traced.reported("First Steps", 30, false);
    traced.fire("NextLookDue");
    assertThat(traced.mails()).noneMatch(m -> m.startsWith("REMIND_KEEP_GOING"));
    while (!traced.tasks().contains("CheckIn")) {
      traced.fire("NextLookDue");
    }
    assertThat(traced.mails()).anyMatch(m -> m.startsWith("REMIND_KEEP_GOING"));
    assertThat(traced.shown("CheckIn")).containsEntry("course", "First Steps");
    traced.submit("CheckIn", Map.of("note", "Will go on next week."));
    traced.process().isWaitingAt("NextLookDue");
    while (traced.file().stage() != Stage.CLOSED) {
      traced.fire("NextLookDue");
    }
    assertThat(traced.file().closedReason()).isEqualTo(ClosedReason.LEARNING_ENDED);
    assertThat(traced.mails()).filteredOn(m -> m.startsWith("REMIND_")).hasSizeLessThanOrEqualTo(5);
  }

  @Test
  void aCheckInThatNobodyDoesDoesNotKeepTheCaseOpen() {
    TracedCase traced = driver.learning();
    while (!traced.tasks().contains("CheckIn")) {
      traced.fire("NextLookDue");
    }
    traced.fire("LearningEndedMeanwhile");
    traced.fire("NextLookDue");
    traced.hasEnded();
    assertThat(traced.file().closedReason()).isEqualTo(ClosedReason.LEARNING_ENDED);
  }

  @Test
  void eachCompletionGoesItsOwnWay() {
    TracedCase traced = driver.learning();
    traced.reported("First Steps", 100, true);
    traced.reported("Second Steps", 100, true);
    assertThat(traced.mails()).filteredOn(m -> m.startsWith("CONGRATULATION")).hasSize(2);
    assertThat(driver.owed(traced)).hasSize(3);
    assertThat(traced.reported("Second Steps", 100, true).newlyCompleted()).isZero();
    assertThat(driver.owed(traced)).hasSize(3);
  }

  // The end of the partnership

  @Test
  void thePartnershipsEndClosesWhoWaitsAndLeavesWhoLearns() {
    TracedCase outreach = driver.refer(CaseDriver.ELIGIBLE);
    TracedCase waiting = driver.invited();
    TracedCase learning = driver.learning();
    driver.clock.set(Instant.parse("2022-11-23T23:00:00Z"));
    assertThat(driver.partnershipEnd.tellCases()).isZero();
    driver.clock.set(Instant.parse("2022-11-24T12:00:00Z"));
    assertThat(driver.partnershipEnd.tellCases()).isGreaterThanOrEqualTo(2);
    outreach.hasEnded();
    outreach.hasPassed("PartnershipEndedBefore");
    waiting.hasEnded();
    waiting.hasPassed("PartnershipEndedWaiting");
    assertThat(waiting.file().closedReason()).isEqualTo(ClosedReason.NOT_ENROLLED);
    learning.process().isWaitingAt("NextLookDue");
  }

  // Moving

  @Test
  void whoMovesGoesOnInTheReceivingBoardAndIsNotWrittenToAgain() {
    TracedCase here = driver.refer(CaseDriver.ELIGIBLE);
    while (driver.sender.sendDue() > 0) {
      // other tests' mails are sent before
    }
    TracedCase there = driver.moved(here);
    here.hasEnded();
    here.hasPassed("ClosedQuietly");
    there.process().isWaitingAt("WaitForAnswer");
    assertThat(there.file().board()).isEqualTo("suffolk");
    assertThat(there.mails()).containsExactly("OUTREACH ACCEPTED");

    TracedCase invitedThere = driver.moved(driver.invited());
    invitedThere.process().isWaitingAt("NextReminderToEnrollDue");

    TracedCase learningHere = driver.learning();
    TracedCase learningThere = driver.moved(learningHere);
    learningThere.process().isWaitingAt("NextLookDue");
    assertThat(driver.owed(learningThere))
        .as("the referral was owed once, by the old board")
        .isEmpty();
  }

  // At any time

  @Test
  void staffCloseACaseAndWhatIsOwedOutlivesIt() {
    TracedCase traced = driver.learning();
    traced.reported("First Steps", 100, true);
    driver.journey.close(traced.id(), "WITHDRAWN", "Found work.", null);
    traced.hasEnded();
    traced.hasPassed("OweServiceEndOfClosed", "SendWordOfClosingByStaff");
    assertThat(driver.owed(traced)).as("referral, outcome, end").hasSize(3);
    assertThatThrownBy(() -> driver.journey.close(traced.id(), "OTHER", null, null))
        .isInstanceOf(BadInput.class);
    assertThatThrownBy(() -> driver.journey.answer(traced.id(), "INTERESTED"))
        .isInstanceOf(BadInput.class);
  }

  @Test
  void anAccountProblemIsATaskForTheAdministrators() {
    TracedCase traced = driver.learning();
    driver.journey.reportAccountProblem(traced.id(), "TROUBLE", "Cannot sign in.");
    driver.journey.reportAccountProblem(traced.id(), "INACTIVATE", "Wants to leave.");
    assertThat(traced.tasks()).containsExactly("SolveAccountProblem", "SolveAccountProblem");
    for (String description : List.of("Cannot sign in.", "Wants to leave.")) {
      String task =
          driver.tasks(traced.instance(), "SolveAccountProblem").stream()
              .filter(id -> description.equals(driver.shown(id).get("description")))
              .findFirst()
              .orElseThrow();
      driver.submit(task, Map.of("cause", "CANNOT_SIGN_IN", "result", "Reset."));
    }
    assertThat(traced.tasks()).isEmpty();
  }

  @Test
  void anEnrollingServiceMakesAWioaParticipant() {
    TracedCase traced = driver.refer(CaseDriver.ELIGIBLE);
    driver.journey.recordService(
        traced.id(), new ServiceReceived("JOB_FAIR", LocalDate.of(2021, 1, 30)));
    assertThat(traced.file().accountability().name()).isEqualTo("REPORTABLE_INDIVIDUAL");
    driver.journey.recordService(
        traced.id(), new ServiceReceived("INITIAL_ASSESSMENT", LocalDate.of(2021, 1, 31)));
    traced.hasPassed("CountAsParticipant");
    assertThat(traced.file().accountability().name()).isEqualTo("WIOA_PARTICIPANT");
    assertThat(traced.file().accountabilitySince()).isEqualTo("2021-01-31");
  }

  @Test
  void aRejectedAddressIsCorrectedAndTheMailSentAgain() {
    TracedCase traced = driver.refer(CaseDriver.ELIGIBLE);
    driver.bounce(traced);
    driver.bounce(traced);
    assertThat(traced.tasks()).containsExactly("CorrectAddress");
    assertThatThrownBy(
            () -> traced.submit("CorrectAddress", Map.of("email", traced.file().email())))
        .hasMessageContaining("came back from");
    traced.submit("CorrectAddress", Map.of("email", "right." + traced.file().email()));
    assertThat(traced.mails()).containsExactlyInAnyOrder("OUTREACH BOUNCED", "OUTREACH QUEUED");
    assertThat(traced.recipients("QUEUED")).singleElement().asString().startsWith("right.");
  }

  @Test
  void anAddressCorrectedElsewhereWithdrawsTheTask() {
    TracedCase traced = driver.refer(CaseDriver.ELIGIBLE);
    driver.bounce(traced);
    driver.journey.correct(traced.id(), changes(Map.of("email", "right." + traced.file().email())));
    assertThat(traced.tasks()).isEmpty();
    traced.hasPassed("AddressCorrected", "SendAgain");
  }

  @Test
  void whoStopsTheMailsGetsNoneAndIsCalled() {
    TracedCase traced = driver.refer(CaseDriver.ELIGIBLE);
    driver.journey.stopMails(traced.id());
    assertThat(traced.mails()).containsExactly("OUTREACH WITHDRAWN");
    traced.fire("NextOutreachDue");
    traced.process().isWaitingAt("CallPerson");
  }

  @Test
  void aMailOfWhichNobodyKnowsWhetherItWentOutIsDecidedByAPerson() {
    TracedCase traced = driver.refer(CaseDriver.ELIGIBLE);
    driver.stoppedWhileSending(traced);
    assertThat(traced.tasks()).containsExactly("DecideOnUnknownMail");
    assertThat(traced.shown("DecideOnUnknownMail").get("subject")).isNotNull();
    traced.submit("DecideOnUnknownMail", Map.of("sendAgain", "YES"));
    assertThat(traced.tasks()).isEmpty();
    assertThat(traced.mails()).contains("OUTREACH QUEUED");
  }

  @Test
  void aMailThatCannotBeSentIsAnIncidentUntilItGoesOut() {
    TracedCase traced = driver.refer(CaseDriver.ELIGIBLE);
    UUID mail = driver.messages.of(traced.id()).get(0).id();
    driver.events.publishEvent(new SendingFailed(mail, traced.id(), "The mail server is down."));
    driver.events.publishEvent(new SendingFailed(mail, traced.id(), "The mail server is down."));
    assertThat(driver.incidents(traced.instance())).containsExactly("The mail server is down.");
    driver.events.publishEvent(new SendingRecovered(mail, traced.id()));
    assertThat(driver.incidents(traced.instance())).isEmpty();
  }

  @Test
  void aMailThatTurnsOutToHaveGoneOutIsDecidedByNobody() {
    TracedCase traced = driver.refer(CaseDriver.ELIGIBLE);
    driver.stoppedWhileSending(traced);
    UUID mail = driver.messages.of(traced.id()).get(0).id();
    driver.jdbc.sql("update message set state = 'ACCEPTED' where id = ?").param(mail).update();
    driver.events.publishEvent(new SendingRecovered(mail, traced.id()));
    assertThat(traced.tasks()).isEmpty();
  }

  private static Map<String, Object> answers(String... more) {
    Map<String, Object> answers = new HashMap<>();
    answers.put("displacedHomemaker", false);
    answers.put("militarySpouse", false);
    answers.put("separationReason", "NONE");
    for (int i = 0; i < more.length; i += 2) {
      answers.put(more[i], more[i + 1]);
    }
    return answers;
  }

  private static Map<String, Object> underemployed() {
    return answers("employmentStatus", "UNDEREMPLOYED", "covidReason", "NONE");
  }

  private static ParticipantFile.Changes changes(Map<String, Object> values) {
    return ParticipantFile.Changes.of(values);
  }
}
