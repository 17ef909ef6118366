package org.lwdb.casework.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@CaseworkTest
class ParticipantActionsApiTest {

  @Autowired MovableClock clock;
  private final Caller administrator;
  private final Caller suffolk;

  ParticipantActionsApiTest(@LocalServerPort int port) {
    administrator = new Caller(port, "onondaga.coursera1");
    suffolk = new Caller(port, "suffolk.staff");
  }

  @BeforeEach
  void resetClock() {
    clock.reset();
  }

  @Test
  void anAnswerIsRecorded() {
    assertThat(act("answer", "{\"answer\": \"INTERESTED\"}").get("outreachAnswer").asText())
        .isEqualTo("INTERESTED");
  }

  @Test
  void aReviewIsDecidedWithAReason() {
    String caseNumber = administrator.referFor("eligibility");
    JsonNode participant =
        act(caseNumber, "eligibility", "{\"result\": \"ELIGIBLE\", \"reason\": \"Letter seen\"}");
    assertThat(participant.get("eligibilityResult").asText()).isEqualTo("ELIGIBLE");
    assertThat(timeline(caseNumber)).contains("Letter seen", "onondaga.coursera1");
  }

  @Test
  void anInvitationOfCourserasConsoleIsRecorded() {
    assertThat(act("invitation", "{\"sentOn\": \"2021-02-01\"}").get("invitedOn").asText())
        .isEqualTo("2021-02-01");
  }

  @Test
  void answersThatChangeAfterTheInvitationAreAssessedAndMoveNothing() {
    String caseNumber = administrator.referFor("invitation");
    act(caseNumber, "invitation", "{\"sentOn\": \"2021-02-01\"}");
    JsonNode after =
        administrator
            .patch(
                "/api/participants/" + caseNumber,
                "{\"eligibility\": {\"displacedHomemaker\": true}}")
            .with(200)
            .json();
    assertThat(after.get("stage").asText()).isEqualTo("INVITED");
    assertThat(after.get("eligibilityBases"))
        .extracting(JsonNode::asText)
        .contains("DISLOCATED_WORKER_D");
  }

  @Test
  void anEnrollingServiceMakesAParticipantOfWioa() {
    String caseNumber = administrator.refer();
    JsonNode after =
        act(
            caseNumber,
            "enrolling-services",
            "{\"service\": \"JOB_FAIR\", \"on\": \"2021-01-30\"}");
    assertThat(after.get("accountability").asText()).isEqualTo("REPORTABLE_INDIVIDUAL");
    after =
        act(
            caseNumber,
            "enrolling-services",
            "{\"service\": \"INITIAL_ASSESSMENT\", \"on\": \"2021-01-31\"}");
    assertThat(after.get("accountability").asText()).isEqualTo("WIOA_PARTICIPANT");
    assertThat(after.get("accountabilitySince").asText()).isEqualTo("2021-01-31");
    assertThat(after.get("enrollingServices")).hasSize(2);
  }

  @Test
  void anAccountProblemStandsInTheTimeline() {
    String caseNumber = administrator.refer();
    act(
        caseNumber,
        "account-problems",
        "{\"kind\": \"TROUBLE\", \"description\": \"Cannot log in\"}");
    assertThat(timeline(caseNumber)).contains("Cannot log in");
  }

  @Test
  void aCaseIsClosedWithItsReason() {
    String caseNumber = administrator.refer();
    JsonNode closed =
        act(caseNumber, "close", "{\"reason\": \"WITHDRAWN\", \"note\": \"Found a job\"}");
    assertThat(closed.get("stage").asText()).isEqualTo("CLOSED");
    assertThat(closed.get("closedReason").asText()).isEqualTo("WITHDRAWN");
    assertThat(closed.get("closedAt").asText()).isEqualTo("2021-02-01T15:00:00Z");
    assertThat(closed.get("newCaseNumber").isNull()).isTrue();
    assertThat(timeline(caseNumber)).contains("Found a job");
  }

  @Test
  void whoMovesHasACaseWithTheHistoryInTheOtherBoard() {
    String caseNumber = administrator.refer();
    act(caseNumber, "answer", "{\"answer\": \"INTERESTED\"}");
    JsonNode closed = act(caseNumber, "close", "{\"reason\": \"MOVED\", \"toBoard\": \"suffolk\"}");
    assertThat(closed.get("closedReason").asText()).isEqualTo("MOVED");
    String moved = closed.get("newCaseNumber").asText();
    JsonNode there = suffolk.get("/api/participants/" + moved).with(200).json();
    assertThat(there.get("board").asText()).isEqualTo("suffolk");
    assertThat(there.get("outreachAnswer").asText()).isEqualTo("INTERESTED");
    assertThat(suffolk.get("/api/participants/" + moved + "/timeline").body())
        .contains("Answer to outreach", caseNumber);
    administrator.get("/api/participants/" + moved).problem(404);
    suffolk.get("/api/participants/" + caseNumber).problem(404);
  }

  @Test
  void mailsAreStoppedOnceAndForAll() {
    String caseNumber = administrator.refer();
    for (int i = 0; i < 2; i++) {
      assertThat(act(caseNumber, "stop-mails", null).get("mailsStopped").asBoolean()).isTrue();
    }
  }

  private JsonNode act(String action, String body) {
    return act(administrator.referFor(action), action, body);
  }

  private JsonNode act(String caseNumber, String action, String body) {
    return administrator
        .send(
            "POST",
            "/api/participants/" + caseNumber + "/" + action,
            body == null ? null : "application/json",
            body)
        .with(200)
        .json();
  }

  private String timeline(String caseNumber) {
    return administrator.get("/api/participants/" + caseNumber + "/timeline").with(200).body();
  }
}
