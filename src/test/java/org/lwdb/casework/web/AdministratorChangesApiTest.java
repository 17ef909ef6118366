package org.lwdb.casework.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.TestHttp;
import org.lwdb.casework.mail.Sender;
import org.lwdb.casework.process.ChangeDriver;
import org.lwdb.casework.process.ChangeDriver.Team;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@CaseworkTest
class AdministratorChangesApiTest {

  private static final String CHANGES = "/api/administrator-changes";

  @LocalServerPort int port;
  @Autowired ChangeDriver driver;
  @Autowired MovableClock clock;
  @Autowired Sender sender;
  @Autowired GreenMail mails;
  @Autowired JdbcClient jdbc;
  private Team team;
  private Caller staff;
  private Caller supervisor;
  private Caller nysdol;
  private Caller suffolk;

  @BeforeEach
  void aTeam() {
    clock.reset();
    team = driver.team("oswego");
    staff = new Caller(port, team.user("staff"));
    supervisor = new Caller(port, team.user("supervisor"));
    nysdol = new Caller(port, "nysdol");
    suffolk = new Caller(port, "suffolk.supervisor");
  }

  @Test
  void aChangeIsRequestedDecidedSentAndConfirmed() {
    Caller.Answer created = staff.post(CHANGES, replacement("2021-03-01", "2021-03-02")).with(201);
    JsonNode change = created.json();
    String one = CHANGES + "/" + change.get("id").asLong();
    assertThat(created.header("Location")).endsWith(one);
    assertThat(change.get("state").asText()).isEqualTo("REQUESTED");
    assertThat(change.get("requestedBy").asText()).isEqualTo(team.user("staff"));
    assertThat(change.at("/outgoing/name").asText()).isEqualTo("Carl Leaver");
    for (String missing :
        new String[] {
          "decidedBy", "sentAt", "confirmedAt", "outgoingEndedAt", "incomingStartedAt"
        }) {
      assertThat(change.get(missing).isNull()).as(missing).isTrue();
    }
    staff.get(one + "/attachment-a.pdf").problem(404);

    staff.post(one + "/decision", "{\"decision\": \"APPROVE\"}").problem(403);
    assertThat(supervisor.post(one + "/decision", "{}").problem(400).fields())
        .containsExactly("decision");
    assertThat(
            supervisor.post(one + "/decision", "{\"decision\": \"REFUSE\"}").problem(400).fields())
        .containsExactly("reason");
    JsonNode approved =
        supervisor.post(one + "/decision", "{\"decision\": \"APPROVE\"}").with(200).json();
    assertThat(approved.get("state").asText()).isEqualTo("APPROVED");
    assertThat(approved.get("decidedBy").asText()).isEqualTo(team.user("supervisor"));
    supervisor.post(one + "/decision", "{\"decision\": \"APPROVE\"}").problem(400);

    sendMails();
    assertThat(staff.get(one).json().get("state").asText()).isEqualTo("SENT");
    Caller.Answer pdf = staff.get(one + "/attachment-a.pdf").with(200);
    assertThat(pdf.header("Content-Type")).isEqualTo("application/pdf");
    assertThat(pdf.header("Content-Disposition")).contains("attachment", ".pdf");
    assertThat(pdf.body()).startsWith("%PDF-");
    JsonNode mail =
        staff
            .get("/api/messages?administratorChange=" + change.get("id").asLong())
            .with(200)
            .json()
            .get(0);
    assertThat(mail.get("template").asText()).isEqualTo("ATTACHMENT_A");
    assertThat(mail.get("to").asText()).isEqualTo("Coursera.Help@labor.ny.gov");
    assertThat(mail.get("subject").asText()).isEqualTo("Oswego Coursera administrator update");
    assertThat(mail.get("cc").asText())
        .isEqualTo(team.email("staff") + ", " + team.email("supervisor"));
    assertThat(mail.get("state").asText()).isEqualTo("ACCEPTED");

    staff.post(one + "/withdrawal", "").problem(400);
    String confirmed = "{\"confirmed\": true}";
    staff.post(one + "/confirmation", confirmed).problem(403);
    supervisor.post(one + "/confirmation", confirmed).problem(403);
    assertThat(nysdol.post(one + "/confirmation", "{}").problem(400).fields())
        .containsExactly("confirmed");
    JsonNode done =
        supervisor
            .post(
                one + "/confirmation", "{\"confirmed\": true, \"acknowledgedOn\": \"2021-02-01\"}")
            .with(200)
            .json();
    assertThat(done.get("state").asText()).isEqualTo("CONFIRMED");
    assertThat(done.get("acknowledgedOn").asText()).isEqualTo("2021-02-01");
    assertThat(done.get("timeline").findValuesAsText("what"))
        .containsExactly(
            "Change of Coursera administrator requested",
            "Change approved",
            "Attachment A sent to NYSDOL",
            "NYSDOL confirmed the change");
    assertThat(done.at("/timeline/1/who").asText()).isEqualTo(team.user("supervisor"));
  }

  @Test
  void whatIsWrongIsNamedByItsField() {
    assertThat(staff.post(CHANGES, "{}").problem(400).fields()).containsExactly("kind");
    assertThat(staff.post(CHANGES, "{\"kind\": \"SWAP\"}").problem(400).fields())
        .containsExactly("kind");
    assertThat(
            staff
                .post(
                    CHANGES,
                    "{\"kind\": \"REPLACE\", \"outgoing\": {\"email\": \"x@example.org\"}}")
                .problem(400)
                .fields())
        .containsExactlyInAnyOrder("outgoing.email", "outgoing.lastDay", "incoming");
    assertThat(staff.post(CHANGES, replacement("2021-03-02", "2021-03-01")).problem(400).fields())
        .containsExactly("incoming.startDate");
    nysdol.post(CHANGES, "{\"kind\": \"REMOVE\"}").problem(400);
  }

  @Test
  void changesAreListedByBoardAndState() {
    long id = request(staff);
    JsonNode page = nysdol.get(CHANGES + "?board=oswego&state=REQUESTED&size=1").with(200).json();
    assertThat(page.at("/content/0/id").asLong()).isEqualTo(id);
    assertThat(page.at("/page/size").asInt()).isEqualTo(1);
    assertThat(nysdol.get(CHANGES + "?board=oswego&state=SENT").json().get("content")).isEmpty();
    assertThat(nysdol.get(CHANGES + "?state=LOST").problem(400).fields()).containsExactly("state");
    assertThat(nysdol.get(CHANGES + "?sort=note").problem(400).fields()).containsExactly("sort");
  }

  @Test
  void anotherBoardsChangeIsNotFoundThroughAnyDoor() {
    long id = request(staff);
    String one = CHANGES + "/" + id;
    suffolk.get(one).problem(404);
    suffolk.get(one + "/attachment-a.pdf").problem(404);
    suffolk.post(one + "/decision", "{\"decision\": \"APPROVE\"}").problem(404);
    suffolk.post(one + "/correction", replacement("2021-03-01", "2021-03-02")).problem(404);
    suffolk.post(one + "/confirmation", "{\"confirmed\": true}").problem(404);
    suffolk.post(one + "/withdrawal", "").problem(404);
    suffolk.get("/api/messages?administratorChange=" + id).problem(404);
    suffolk.get(CHANGES + "?board=oswego").problem(404);
    suffolk.post(CHANGES, replacement("2021-03-01", "2021-03-02")).problem(403);
    assertThat(suffolk.get(CHANGES + "?size=500").with(200).body()).doesNotContain("oswego");
    new Caller(port, "operator").get(one).problem(403);
    new Caller(port, null).get(one).problem(401);
    TestHttp engine = new TestHttp(port).as("suffolk.supervisor");
    assertThat(engine.get("/engine-rest/task?processInstanceBusinessKey=" + id).json()).isEmpty();
    assertThat(staff.get(one).json().get("state").asText()).isEqualTo("REQUESTED");
  }

  @Test
  void nysdolAsksForAnyBoardAndAnotherDecides() {
    long id = request(nysdol);
    String decision = CHANGES + "/" + id + "/decision";
    nysdol.post(decision, "{\"decision\": \"APPROVE\"}").problem(403);
    supervisor.post(decision, "{\"decision\": \"RETURN\", \"reason\": \"Wrong day.\"}").with(200);
    JsonNode again =
        nysdol
            .post(CHANGES + "/" + id + "/correction", replacement("2021-03-05", "2021-03-05"))
            .with(200)
            .json();
    assertThat(again.get("state").asText()).isEqualTo("REQUESTED");
    assertThat(again.at("/outgoing/lastDay").asText()).isEqualTo("2021-03-05");
    nysdol.post(CHANGES + "/" + id + "/withdrawal", "").with(200);
  }

  @Test
  void theNextRequestOfWhoLeavesIsRefused() {
    TestHttp browser = new TestHttp(port).signIn(team.user("carl"), "demo");
    assertThat(browser.get("/api/participants").status()).isEqualTo(200);
    assertThat(browser.get("/camunda/app/tasklist/default/").status()).isEqualTo(200);
    long id =
        staff
            .post(CHANGES, replacement("2021-02-01", "2021-02-01"))
            .with(201)
            .json()
            .get("id")
            .asLong();
    supervisor.post(CHANGES + "/" + id + "/decision", "{\"decision\": \"APPROVE\"}").with(200);

    assertThat(browser.get("/api/participants").status()).isEqualTo(401);
    assertThat(browser.get("/desk").status()).isEqualTo(302);
    assertThat(browser.get("/camunda/app/tasklist/default/").status()).isEqualTo(302);
    assertThat(new TestHttp(port).as(team.user("carl")).get("/api/participants").status())
        .isEqualTo(403);
    JsonNode register = supervisor.get("/api/administrators?board=oswego").with(200).json();
    assertThat(register.findValuesAsText("name")).contains("Carl Leaver", "Dana Comer");
    for (JsonNode one : register) {
      if (one.get("email").asText().equals(team.email("carl"))) {
        assertThat(one.get("active").asBoolean()).isFalse();
        assertThat(one.get("to").asText()).isEqualTo("2021-02-01");
      }
    }
  }

  @Test
  void aNewAdministratorChoosesAPasswordOnce() throws Exception {
    long id =
        staff
            .post(CHANGES, replacement("2021-02-01", "2021-02-01"))
            .with(201)
            .json()
            .get("id")
            .asLong();
    supervisor.post(CHANGES + "/" + id + "/decision", "{\"decision\": \"APPROVE\"}").with(200);
    sendMails();
    MimeMessage[] received = mails.getReceivedMessagesForDomain(dana());
    String mail =
        ((Multipart) received[received.length - 1].getContent())
            .getBodyPart(0)
            .getContent()
            .toString();
    Matcher link = Pattern.compile("http://\\S+(/first-password/[A-Za-z0-9_-]+)").matcher(mail);
    assertThat(link.find()).as(mail).isTrue();
    String path = link.group(1);
    assertThat(
            jdbc.sql(
                    """
                    select count(*) from message m where m.administrator_change_id = ?
                       and m::text like '%first-password%'
                    """)
                .param(id)
                .query(Long.class)
                .single())
        .as("the link stands in the mail alone")
        .isZero();

    TestHttp browser = new TestHttp(port);
    String token = browser.token(path);
    assertThat(choose(browser, path, token, "Correct-Horse-9", "Correct-Horse-8").body())
        .contains("The two passwords differ");
    assertThat(choose(browser, path, token, "short", "short").body()).contains("too weak");
    TestHttp.Answer chosen = choose(browser, path, token, "Correct-Horse-9", "Correct-Horse-9");
    assertThat(chosen.status()).isEqualTo(302);
    assertThat(chosen.header("Location")).endsWith("/sign-in?password-chosen");

    String username =
        jdbc.sql("select username from administrator where email = ?")
            .param(dana())
            .query(String.class)
            .single();
    assertThat(
            new TestHttp(port)
                .signIn(username, "Correct-Horse-9")
                .get("/api/participants?board=oswego")
                .status())
        .isEqualTo(200);
    assertThat(browser.get(path).status()).isEqualTo(404);
    assertThat(browser.get(path).body()).contains("This link works no more");
    assertThat(choose(browser, path, token, "Correct-Horse-7", "Correct-Horse-7").status())
        .isEqualTo(404);
    assertThat(browser.get("/first-password/guessed").status()).isEqualTo(404);
  }

  @Test
  void aLinkIsTooOldAfterAWeek() {
    long id =
        staff
            .post(CHANGES, replacement("2021-02-01", "2021-02-01"))
            .with(201)
            .json()
            .get("id")
            .asLong();
    supervisor.post(CHANGES + "/" + id + "/decision", "{\"decision\": \"APPROVE\"}").with(200);
    String link =
        jdbc.sql(
                """
                select data ->> 'link' from message
                 where administrator_change_id = ? and template = 'ADMINISTRATOR_BEGINS'
                """)
            .param(id)
            .query(String.class)
            .single();
    String path = link.substring(link.indexOf("/first-password/"));
    clock.advance(Duration.ofDays(7).minusMinutes(1));
    assertThat(new TestHttp(port).get(path).status()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(2));
    assertThat(new TestHttp(port).get(path).status()).isEqualTo(404);
  }

  @Test
  void theDeskTellsOfABoardOfOne() {
    TestHttp browser = new TestHttp(port).signIn(team.user("supervisor"), "demo");
    assertThat(browser.get("/desk").body()).doesNotContain("Fewer than two");
    long id =
        staff
            .post(
                CHANGES,
                "{\"kind\": \"REMOVE\", \"outgoing\": {\"email\": \"%s\", \"lastDay\": \"2021-02-01\"}}"
                    .formatted(team.email("carl")))
            .with(201)
            .json()
            .get("id")
            .asLong();
    supervisor.post(CHANGES + "/" + id + "/decision", "{\"decision\": \"APPROVE\"}").with(200);
    assertThat(browser.get("/desk").body()).contains("Fewer than two", "Attachment A");
    for (JsonNode board : supervisor.get("/api/boards").json()) {
      if (board.get("id").asText().equals("oswego")) {
        assertThat(board.get("activeAdministrators").asInt()).isEqualTo(1);
      }
    }
  }

  private static TestHttp.Answer choose(
      TestHttp browser, String path, String token, String password, String again) {
    return browser.form(path, Map.of("password", password, "again", again, "_csrf", token));
  }

  private long request(Caller who) {
    return who.post(CHANGES, replacement("2021-03-01", "2021-03-02"))
        .with(201)
        .json()
        .get("id")
        .asLong();
  }

  private String dana() {
    return "dana.for." + team.email("carl");
  }

  private String replacement(String lastDay, String startDate) {
    return """
        {"board": "oswego", "kind": "REPLACE",
         "outgoing": {"email": "%s", "lastDay": "%s"},
         "incoming": {"name": "Dana Comer", "title": "Career advisor", "agency": "Career Center",
           "email": "%s", "phone": "315-555-0143", "startDate": "%s"},
         "note": "Carl retires."}
        """
        .formatted(team.email("carl"), lastDay, dana(), startDate);
  }

  private void sendMails() {
    while (sender.sendDue() > 0) {
      // One round sends a part of them.
    }
  }
}
