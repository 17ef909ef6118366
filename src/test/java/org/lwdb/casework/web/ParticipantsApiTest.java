package org.lwdb.casework.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lwdb.casework.web.Caller.newEmail;
import static org.lwdb.casework.web.Caller.person;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@CaseworkTest
class ParticipantsApiTest {

  private static final String COMPLETE =
      """
      {"board": "onondaga", "firstName": "Ada", "lastName": "%s", "email": "%s", "phone": "315-555-0100",
       "language": "en", "ososId": "%s", "dateOfBirth": "1990-02-03", "county": "Onondaga", "city": "Syracuse",
       "eligibility": {"employmentStatus": "UNEMPLOYED", "separationDate": "2021-01-04", "separationReason": "LAYOFF",
         "employer": "Example Diner", "uiStatus": "ENTITLED", "likelyToReturn": false, "businessLossCause": null,
         "displacedHomemaker": false, "militarySpouse": false, "covidReason": "LAID_OFF", "weeksUnemployed": 4,
         "attestedOn": "2021-02-01"},
       "enrollingServices": [{"service": "INITIAL_ASSESSMENT", "on": "2021-01-20"}]}
      """;

  /** With a family name that nobody else has. */
  private static String complete(String email, String ososId) {
    String lastName = "Example" + Long.toString(System.nanoTime() % 1_000_000_000, 36);
    return COMPLETE.formatted(lastName, email, ososId);
  }

  @Autowired MovableClock clock;
  private final Caller onondaga;
  private final Caller suffolk;
  private final Caller nysdol;

  ParticipantsApiTest(@LocalServerPort int port) {
    onondaga = new Caller(port, "onondaga.staff");
    suffolk = new Caller(port, "suffolk.staff");
    nysdol = new Caller(port, "nysdol");
  }

  @BeforeEach
  void resetClock() {
    clock.reset();
  }

  @Test
  void everythingThatIsGivenStandsInTheFile() {
    String email = newEmail();
    String ososId = "NY" + System.nanoTime();
    Caller.Answer created = onondaga.post("/api/participants", complete(email, ososId)).with(201);
    JsonNode participant = created.json();
    String caseNumber = participant.get("caseNumber").asText();
    assertThat(created.header("Location")).isEqualTo("/api/participants/" + caseNumber);
    assertThat(participant.get("board").asText()).isEqualTo("onondaga");
    assertThat(participant.get("email").asText()).isEqualTo(email);
    assertThat(participant.get("phone").asText()).isEqualTo("315-555-0100");
    assertThat(participant.get("language").asText()).isEqualTo("en");
    assertThat(participant.get("ososId").asText()).isEqualTo(ososId);
    assertThat(participant.get("dateOfBirth").asText()).isEqualTo("1990-02-03");
    assertThat(participant.get("county").asText()).isEqualTo("Onondaga");
    assertThat(participant.get("city").asText()).isEqualTo("Syracuse");
    assertThat(participant.get("eligibility").toString())
        .contains("\"separationReason\":\"LAYOFF\"", "\"likelyToReturn\":false")
        .contains("\"separationDate\":\"2021-01-04\"", "\"weeksUnemployed\":4")
        .contains("\"businessLossCause\":null");
    assertThat(participant.get("enrollingServices").toString())
        .isEqualTo("[{\"service\":\"INITIAL_ASSESSMENT\",\"on\":\"2021-01-20\"}]");
    assertThat(participant.get("accountability").asText()).isEqualTo("WIOA_PARTICIPANT");
    assertThat(participant.get("accountabilitySince").asText()).isEqualTo("2021-01-20");
    assertThat(participant.get("mailsStopped").asBoolean()).isFalse();
    assertThat(participant.get("openedAt").asText()).isEqualTo("2021-02-01T15:00:00Z");
    assertThat(participant.get("closedAt").isNull()).isTrue();
    assertThat(participant.fieldNames())
        .toIterable()
        .contains("stage", "eligibilityResult", "eligibilityBases", "closedReason");

    assertThat(onondaga.get("/api/participants/" + caseNumber).with(200).json())
        .isEqualTo(participant);
  }

  @Test
  void aNameAndAnAddressAreEnough() {
    String caseNumber = onondaga.refer();
    assertThat(onondaga.get("/api/participants/" + caseNumber).json().get("board").asText())
        .isEqualTo("onondaga");
  }

  @Test
  void whoBelongsToSeveralBoardsSaysWhich() {
    assertThat(nysdol.post("/api/participants", person(newEmail())).problem(400).fields())
        .containsExactly("board");
    assertThat(
            nysdol
                .post("/api/participants", complete(newEmail(), "NY" + System.nanoTime()))
                .with(201)
                .json()
                .get("board")
                .asText())
        .isEqualTo("onondaga");
  }

  @Test
  void anotherBoardInTheBodyIsForbiddenAndAnUnknownOneIsNamed() {
    String elsewhere = person(newEmail()).replace("{", "{\"board\": \"suffolk\", ");
    onondaga.post("/api/participants", elsewhere).problem(403);
    assertThat(
            onondaga
                .post("/api/participants", elsewhere.replace("suffolk", "atlantis"))
                .problem(400)
                .fields())
        .containsExactly("board");
  }

  @Test
  void aProbableDuplicateWaitsForAPersonAndIsInNoList() {
    String email = newEmail();
    String first = onondaga.refer(email);
    JsonNode pending =
        onondaga.post("/api/participants", person(email.toUpperCase())).with(202).json();
    assertThat(pending.get("decision").asText()).isEqualTo("PENDING");
    assertThat(pending.get("duplicateOf").asText()).isEqualTo(first);
    assertThat(
            onondaga
                .get("/api/participants?query=" + email)
                .json()
                .at("/page/totalElements")
                .asInt())
        .isOne();
  }

  @Test
  void aDuplicateIsNeverFoundAcrossBoards() {
    String email = newEmail();
    onondaga.refer(email);
    suffolk.post("/api/participants", person(email)).with(201);
  }

  @Test
  void searchFindsAndPagesWithinTheOwnBoards() {
    String email = newEmail();
    String own = onondaga.refer(email);
    String other = suffolk.refer(email);
    String path = "/api/participants?query=" + email;
    assertThat(onondaga.get(path).with(200).json().findValuesAsText("caseNumber"))
        .containsExactly(own);
    assertThat(suffolk.get(path).json().findValuesAsText("caseNumber")).containsExactly(other);
    assertThat(nysdol.get(path).json().findValuesAsText("caseNumber"))
        .containsExactlyInAnyOrder(own, other);
    assertThat(nysdol.get(path + "&board=suffolk").json().findValuesAsText("caseNumber"))
        .containsExactly(other);
    JsonNode page = nysdol.get(path + "&size=1&page=1").json().get("page");
    assertThat(page.toString())
        .isEqualTo("{\"number\":1,\"size\":1,\"totalElements\":2,\"totalPages\":2}");
    assertThat(onondaga.get(path + "&stage=CLOSED").json().get("content")).isEmpty();
    assertThat(onondaga.get(path + "&stage=OUTREACH").json().get("content")).hasSize(1);
    onondaga.get(path + "&board=suffolk").problem(404);
  }

  @Test
  void aCorrectionChangesWhatItNamesAndNothingElse() {
    String caseNumber =
        onondaga
            .post("/api/participants", complete(newEmail(), "NY" + System.nanoTime()))
            .json()
            .get("caseNumber")
            .asText();
    String path = "/api/participants/" + caseNumber;
    JsonNode changed =
        onondaga
            .patch(
                path,
                "{\"phone\": null, \"city\": \"Utica\", \"eligibility\": {\"uiStatus\": \"EXHAUSTED\", \"employer\": null}}")
            .with(200)
            .json();
    assertThat(changed.get("phone").isNull()).isTrue();
    assertThat(changed.get("city").asText()).isEqualTo("Utica");
    assertThat(changed.at("/eligibility/uiStatus").asText()).isEqualTo("EXHAUSTED");
    assertThat(changed.at("/eligibility/employer").isNull()).isTrue();
    assertThat(changed.at("/eligibility/separationReason").asText()).isEqualTo("LAYOFF");
    assertThat(changed.get("lastName").asText()).startsWith("Example");
    assertThat(onondaga.patch(path, "{\"lastName\": null}").problem(400).fields())
        .containsExactly("lastName");
    assertThat(onondaga.patch(path, "{\"eligibility\": null}").problem(400).fields())
        .containsExactly("eligibility");
  }

  @Test
  void theTimelineTellsTheStoryOldestFirst() {
    String caseNumber = onondaga.refer();
    onondaga.patch("/api/participants/" + caseNumber, "{\"city\": \"Utica\"}").with(200);
    JsonNode timeline =
        onondaga.get("/api/participants/" + caseNumber + "/timeline").with(200).json();
    assertThat(timeline.size()).isGreaterThan(1);
    assertThat(timeline.get(0).fieldNames())
        .toIterable()
        .containsExactly("at", "who", "what", "detail");
    assertThat(timeline.get(0).get("at").asText()).isEqualTo("2021-02-01T15:00:00Z");
    assertThat(timeline.get(timeline.size() - 1).get("who").asText()).isEqualTo("onondaga.staff");
    assertThat(timeline.get(timeline.size() - 1).toString()).contains("Utica");
  }
}
