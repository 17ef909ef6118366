package org.lwdb.casework.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lwdb.casework.web.Caller.newEmail;
import static org.lwdb.casework.web.Caller.person;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lwdb.casework.CaseworkTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whatever is sent, the answer is a problem that says what was wrong, and never a failure. */
@CaseworkTest
class BadInputTest {

  private final Caller staff;
  private final Caller administrator;
  private final Caller nobody;

  BadInputTest(@LocalServerPort int port) {
    staff = new Caller(port, "onondaga.staff");
    administrator = new Caller(port, "onondaga.coursera1");
    nobody = new Caller(port, null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"phnoe\": \"315-555-0100\" | phnoe | The fields are board, city",
        "\"eligibility\": {\"uiState\": \"ENTITLED\"} | eligibility.uiState | uiStatus",
        "\"eligibility\": {\"uiStatus\": \"MAYBE\"} | eligibility.uiStatus | ENTITLED, EXHAUSTED",
        "\"eligibility\": {\"uiStatus\": 1} | eligibility.uiStatus | ENTITLED, EXHAUSTED",
        "\"eligibility\": {\"likelyToReturn\": \"no\"} | eligibility.likelyToReturn | true or false",
        "\"eligibility\": {\"weeksUnemployed\": 4.5} | eligibility.weeksUnemployed | whole number",
        "\"eligibility\": {\"weeksUnemployed\": 99999999999} | eligibility.weeksUnemployed | number",
        "\"eligibility\": {\"weeksUnemployed\": -1} | eligibility.weeksUnemployed | number",
        "\"eligibility\": {\"attestedOn\": \"2021-02-02\"} | eligibility.attestedOn | future",
        "\"eligibility\": \"none\" | eligibility | object",
        "\"dateOfBirth\": \"02/03/1990\" | dateOfBirth | yyyy-MM-dd",
        "\"dateOfBirth\": \"1990-02-30\" | dateOfBirth | yyyy-MM-dd",
        "\"dateOfBirth\": \"1990-02-03T00:00:00Z\" | dateOfBirth | yyyy-MM-dd",
        "\"dateOfBirth\": [1990, 2, 3] | dateOfBirth | yyyy-MM-dd",
        "\"dateOfBirth\": \"0000-01-01\" | dateOfBirth | ``",
        "\"dateOfBirth\": \"2021-02-02\" | dateOfBirth | future",
        "\"phone\": 3155550100 | phone | quotation marks",
        "\"city\": \"Syra\\u0000cuse\" | city | cannot be stored",
        "\"city\": \"Syra\\ud800cuse\" | city | cannot be stored",
        "\"enrollingServices\": {} | enrollingServices | list",
        "\"enrollingServices\": [{\"service\": \"A\", \"on\": \"x\"}] | enrollingServices[0].on | yyyy",
        "\"enrollingServices\": [{\"service\": \"HAIRCUT\", \"on\": \"2021-01-20\"}] | enrollingServices | INITIAL_ASSESSMENT",
        "\"county\": \"Middlesex\" | county | 62",
        "\"language\": \"tlh\" | language | es",
      })
  void eachFieldIsNamedWithWhatToDo(String more, String field, String words) {
    Caller.Answer answer =
        staff
            .post(
                "/api/participants",
                person(newEmail()).replace("{\"first", "{" + more + ", \"first"))
            .problem(400);
    assertThat(answer.fields()).containsExactly(field);
    assertThat(answer.json().at("/errors/0/message").asText()).contains(words);
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    assertThat(
            staff
                .post(
                    "/api/participants",
                    "{\"email\": \"no address\", \"lastName\": \"%s\"}".formatted("x".repeat(21)))
                .problem(400)
                .fields())
        .contains("firstName", "lastName", "email");
    assertThat(
            staff
                .post(
                    "/api/participants",
                    person(newEmail())
                        .replace(
                            "{",
                            "{\"eligibility\": {\"employmentStatus\": \"EMPLOYED\","
                                + " \"separationReason\": \"LAYOFF\"}, ")
                        .replace("}, ", "}, "))
                .problem(400)
                .fields())
        .containsExactly("eligibility.employmentStatus", "eligibility.separationReason");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "null", "\"x\"", "7", "{\"email\": ", "{} {}", "{\"a\": NaN}"})
  void aBodyThatIsNoReferralIsRefused(String body) {
    staff.post("/api/participants", body).problem(400);
    staff.patch("/api/participants/" + staff.refer(), body).problem(400);
  }

  @Test
  void whatIsNestedTooDeepOrHasNoEndOrHoldsNothingIsRefused() {
    String nothing = "{\"enrollingServices\": [null], ";
    staff.post("/api/participants", person(newEmail()).replace("{", nothing)).problem(400);
    String endless = "{\"enrollingServices\": [" + "{},".repeat(1_000_000) + "{}], ";
    staff.post("/api/participants", person(newEmail()).replace("{", endless)).problem(400);
    String deep = "{\"city\": " + "[".repeat(5000) + "]".repeat(5000) + ", ";
    staff.post("/api/participants", person(newEmail()).replace("{", deep)).problem(400);
  }

  @Test
  void aFieldThatIsGivenTwiceIsRefused() {
    staff
        .post(
            "/api/participants",
            person(newEmail()).replace("{", "{\"city\": \"A\", \"city\": \"B\", "))
        .problem(400);
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    staff.post("/api/participants", "\ufeff{}").problem(400);
    staff.send("POST", "/api/participants", "application/json; charset=UTF-16", "{}").problem(400);
  }

  @Test
  void aTextWithoutEndIsRefused() {
    String endless = "x".repeat(1_000_000);
    for (String field : new String[] {"email", "city", "phone", "ososId", "firstName", "county"}) {
      assertThat(
              staff
                  .patch(
                      "/api/participants/" + staff.refer(),
                      "{\"" + field + "\": \"" + endless + "\"}")
                  .problem(400)
                  .fields())
          .containsExactly(field);
    }
    String actions = "/api/participants/" + staff.refer();
    assertThat(
            staff
                .post(actions + "/close", "{\"reason\": \"OTHER\", \"note\": \"" + endless + "\"}")
                .problem(400)
                .fields())
        .containsExactly("note");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "answer | {} | answer",
        "answer | {\"answer\": \"MAYBE\"} | answer",
        "answer | {\"answer\": null} | answer",
        "answer | {\"reply\": \"INTERESTED\"} | reply",
        "eligibility | {\"reason\": \"x\"} | result",
        "eligibility | {\"result\": \"PENDING\", \"reason\": \"x\"} | result",
        "eligibility | {\"result\": \"ELIGIBLE\"} | reason",
        "eligibility | {\"result\": \"ELIGIBLE\", \"reason\": \" \"} | reason",
        "invitation | {} | sentOn",
        "invitation | {\"sentOn\": \"2999-01-01\"} | sentOn",
        "invitation | {\"sentOn\": \"+999999999-12-31\"} | sentOn",
        "enrolling-services | {\"on\": \"2021-01-20\"} | service",
        "enrolling-services | {\"service\": \"INITIAL_ASSESSMENT\"} | on",
        "enrolling-services | {\"service\": \"INITIAL_ASSESSMENT\", \"on\": \"2999-01-01\"} | on",
        "account-problems | {\"description\": \"x\"} | kind",
        "account-problems | {\"kind\": \"OTHER\"} | kind",
        "close | {} | reason",
        "close | {\"reason\": \"COMPLETED\"} | reason",
        "close | {\"reason\": \"MOVED\", \"toBoard\": \"atlantis\"} | toBoard",
        "close | {\"reason\": \"MOVED\", \"toBoard\": \"onondaga\"} | toBoard",
        "close | {\"reason\": \"WITHDRAWN\", \"toBoard\": \"suffolk\"} | toBoard",
      })
  void eachActionNamesWhatIsWrong(String action, String body, String field) {
    assertThat(
            administrator
                .post("/api/participants/" + staff.referFor(action) + "/" + action, body)
                .problem(400)
                .fields())
        .containsExactly(field);
  }

  @Test
  void aClosedCaseTakesNoFurtherActions() {
    String path = "/api/participants/" + staff.refer();
    administrator.post(path + "/close", "{\"reason\": \"WITHDRAWN\"}").with(200);
    administrator.post(path + "/answer", "{\"answer\": \"INTERESTED\"}").problem(400);
    administrator
        .post(path + "/eligibility", "{\"result\": \"ELIGIBLE\", \"reason\": \"x\"}")
        .problem(400);
    administrator.post(path + "/invitation", "{\"sentOn\": \"2021-02-01\"}").problem(400);
    administrator.post(path + "/account-problems", "{\"kind\": \"TROUBLE\"}").problem(400);
    administrator.post(path + "/close", "{\"reason\": \"OTHER\"}").problem(400);
    administrator.send("POST", path + "/stop-mails", null, null).with(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/participants?page=-1, page",
    "/api/participants?page=x, page",
    "/api/participants?size=0, size",
    "/api/participants?size=501, size",
    "/api/participants?sort=password, sort",
    "/api/participants?stage=SLEEPING, stage",
    "/api/participants?query=%00, query",
    "/api/osos-entries?state=LATE, state",
    "/api/osos-entries?sort=1;drop, sort",
    "/api/messages, caseNumber",
  })
  void aQueryIsCheckedToo(String path, String field) {
    assertThat(staff.get(path).problem(400).fields()).containsExactly(field);
  }

  @Test
  void whatIsNotThereIsAProblemToo() {
    staff.get("/api").problem(404);
    staff.get("/api/no-such-thing").problem(404);
    staff.get("/api/participants/C0").problem(404);
    staff.get("/api/participants/C0/no-such-thing").problem(404);
    staff.get("/api/messages?caseNumber=C0").problem(404);
    administrator.get("/api/coursera-reports/0").problem(404);
    administrator.get("/api/coursera-reports/x").problem(404);
    staff.post("/api/osos-entries/0/entered", "{\"on\": \"2021-02-01\"}").problem(404);
    staff.post("/api/osos-entries/99999999999999999999/entered", "{}").problem(404);
  }

  @Test
  void aWrongMethodOrFormIsAProblemToo() {
    Caller.Answer answer = staff.send("DELETE", "/api/participants/C0", null, null).problem(405);
    assertThat(answer.header("Allow")).contains("GET", "PATCH");
    staff.send("POST", "/api/participants", "text/plain", "Ada").problem(415);
    administrator.post("/api/coursera-reports", "{}").problem(415);
  }

  @Test
  void aPersonWhoGoesAstrayGetsAPageAndAProgramAProblem() {
    assertThat(staff.open("/no-such-page").with(404).body())
        .contains("<h1>Not found</h1>", "Coursera.Help@labor.ny.gov", "Go to the start page");
    staff.get("/no-such-page").problem(404);
    staff.open("/api/no-such-thing").problem(404);
  }

  @Test
  void whoIsNotSignedInHearsAProblem() {
    nobody.get("/api/boards").problem(401);
    nobody.post("/api/participants", person(newEmail())).problem(401);
  }
}
