package org.lwdb.casework.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lwdb.casework.CaseworkTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Each door of the API, tried by those who may not enter it: other boards, and other roles. */
@CaseworkTest
class DoorsTest {

  private final int port;
  private final Caller staff;

  DoorsTest(@LocalServerPort int port) {
    this.port = port;
    this.staff = new Caller(port, "onondaga.staff");
  }

  private static final String DOORS =
      """
      GET    | /api/participants/{case}                    |
      PATCH  | /api/participants/{case}                    | {"city": "Utica"}
      GET    | /api/participants/{case}/timeline           |
      GET    | /api/participants/{case}/enrollments        |
      POST   | /api/participants/{case}/answer             | {"answer": "NOT_INTERESTED"}
      POST   | /api/participants/{case}/eligibility        | {"result": "ELIGIBLE", "reason": "seen"}
      POST   | /api/participants/{case}/invitation         | {"sentOn": "2021-02-01"}
      POST   | /api/participants/{case}/enrolling-services | {"service": "INITIAL_ASSESSMENT", "on": "2021-02-01"}
      POST   | /api/participants/{case}/account-problems   | {"kind": "TROUBLE", "description": "no mail"}
      POST   | /api/participants/{case}/close              | {"reason": "MOVED", "toBoard": "suffolk"}
      POST   | /api/participants/{case}/stop-mails         |
      GET    | /api/messages?caseNumber={case}             |
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = DOORS)
  void anotherBoardsCaseIsNotFoundAndNotTouched(String method, String path, String body) {
    String caseNumber = staff.refer();
    String before = staff.get("/api/participants/" + caseNumber).body();
    String story = staff.get("/api/participants/" + caseNumber + "/timeline").body();
    for (String username : new String[] {"suffolk.staff", "suffolk.supervisor"}) {
      if (username.endsWith("staff") && path.endsWith("invitation")) {
        continue;
      }
      Caller.Answer answer = send(username, method, path.replace("{case}", caseNumber), body);
      answer.problem(404);
      assertThat(answer.body()).doesNotContain("onondaga");
    }
    assertThat(staff.get("/api/participants/" + caseNumber).body()).isEqualTo(before);
    assertThat(staff.get("/api/participants/" + caseNumber + "/timeline").body()).isEqualTo(story);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = DOORS)
  void whoOperatesTheEngineSeesNoParticipant(String method, String path, String body) {
    send("operator", method, path.replace("{case}", staff.refer()), body).problem(403);
    send("operator", method, path.replace("{case}", "C0"), body).problem(403);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = DOORS)
  void nysdolEntersEveryDoor(String method, String path, String body) {
    send("nysdol", method, path.replace("{case}", staff.referFor(path)), body).with(200);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = DOORS)
  void nothingIsOpenWithoutSignIn(String method, String path, String body) {
    Caller.Answer answer = send(null, method, path.replace("{case}", staff.refer()), body);
    answer.problem(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/participants",
        "/api/osos-entries",
        "/api/administrators",
        "/api/coursera-reports"
      })
  void listsAreClosedToTheOperatorAndToOtherBoards(String path) {
    send("operator", "GET", path, null).problem(403);
    send("suffolk.supervisor", "GET", path, null).with(200);
    if (!path.endsWith("reports")) {
      send("suffolk.supervisor", "GET", path + "?board=onondaga", null).problem(404);
      send("suffolk.supervisor", "GET", path + "?board=atlantis", null).problem(404);
      send("nysdol", "GET", path + "?board=onondaga", null).with(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "onondaga.staff, 403",
    "onondaga.coursera1, 200",
    "onondaga.supervisor, 200",
    "nysdol, 200",
    "operator, 403"
  })
  void courseraAdministratorsInviteInactivateAndImport(String username, int status) {
    String path = "/api/participants/" + staff.referFor("invitation");
    send(username, "POST", path + "/invitation", "{\"sentOn\": \"2021-02-01\"}").with(status);
    send(username, "POST", path + "/account-problems", "{\"kind\": \"INACTIVATE\"}").with(status);
    send(username, "GET", "/api/coursera-reports", null).with(status);
    new Caller(port, username)
        .upload("/api/coursera-reports", "usage.csv", "no report")
        .problem(status == 200 ? 422 : status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"onondaga.staff", "onondaga.coursera2", "onondaga.supervisor"})
  void everybodyOfTheBoardWorksWithItsParticipants(String username) {
    Caller caller = new Caller(port, username);
    String path = "/api/participants/" + caller.refer();
    caller.get(path).with(200);
    caller.post(path + "/account-problems", "{\"kind\": \"TROUBLE\"}").with(200);
    caller.post(path + "/answer", "{\"answer\": \"CALL_ME\"}").with(200);
  }

  private Caller.Answer send(String username, String method, String path, String body) {
    return new Caller(port, username)
        .send(method, path, body == null ? null : "application/json", body);
  }
}
