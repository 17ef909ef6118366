package org.lwdb.casework.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.Period;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.participant.Participants;
import org.lwdb.casework.process.CaseDriver;
import org.lwdb.casework.process.ChangeDriver;
import org.lwdb.casework.process.Journey;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each figure was worked out by hand; each test has a board of its own. */
@CaseworkTest
class OverviewApiTest {

  @Autowired CaseDriver driver;
  @Autowired ChangeDriver changes;
  @Autowired Journey journey;
  @Autowired Participants participants;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;
  private final int port;
  private final Caller nysdol;

  OverviewApiTest(@LocalServerPort int port) {
    this.port = port;
    this.nysdol = new Caller(port, "nysdol");
  }

  @BeforeEach
  @AfterEach
  void resetClock() {
    clock.reset();
  }

  @Test
  void staysAreCountedFromArrivalToTheNextStepOrTheClosing() {
    long invited = refer("glow");
    long waiting = refer("glow");
    long declined = refer("glow");
    refer("glow"); // and never heard of again
    day(2, () -> journey.answer(invited, "INTERESTED"));
    day(4, () -> journey.answer(waiting, "INTERESTED"));
    day(5, () -> journey.recordInvitation(invited, LocalDate.of(2021, 2, 5)));
    day(6, () -> journey.close(declined, "OTHER", "Not wanted → not asked again", null));
    day(15, () -> journey.close(invited, "WITHDRAWN", null, null));

    JsonNode found = nysdol.get("/api/step-times?board=glow").with(200).json();

    // Outreach took 2, 4 and 6 days: half of the way from 2 to 6 is 4, nine tenths of it 5.6.
    assertThat(rows(found.get("steps"), "stage", "left", "medianDays", "ninetiethDays"))
        .containsExactly(
            "REFERRED 4 0.0 0.0",
            "ELIGIBILITY 4 0.0 0.0",
            "OUTREACH 3 4.0 5.6",
            "INVITATION 1 3.0 3.0",
            "INVITED 1 10.0 10.0",
            "LEARNING 0 null null");
    assertThat(rows(found.get("steps"), "label", "stillThere"))
        .contains("Outreach 1", "Invitation 1", "Invited 0");
    assertThat(rows(found.get("endings"), "reason", "label", "cases"))
        .containsExactly("OTHER Other reason 1", "WITHDRAWN Withdrew 1");
    assertThat(
            rows(
                nysdol.get("/api/overview?board=glow").json().get("stages"),
                "stage",
                "label",
                "cases"))
        .containsExactly(
            "REFERRED Referred 0",
            "ELIGIBILITY Eligibility 0",
            "OUTREACH Outreach 1",
            "INVITATION Invitation 1",
            "INVITED Invited 0",
            "LEARNING Learning 0",
            "CLOSED Closed 2");
  }

  @Test
  void remindersAreTheTimersOfTheNextSevenNewYorkDaysAndWhatIsLate() {
    clock.set(LocalDate.of(2021, 2, 1).atTime(23, 30).atZone(NewYork.ZONE).toInstant());
    refer("finger-lakes"); // follow-up due 02/08 at 23:30, which is 02/09 in UTC
    assertThat(reminders("finger-lakes")).startsWith("2021-02-01 0 0 0").hasSize(7);
    assertThat(reminders("finger-lakes")).endsWith("2021-02-07 0 0 0");

    day(1, () -> {});
    long invited = refer("finger-lakes");
    journey.answer(invited, "INTERESTED");
    journey.recordInvitation(invited, LocalDate.of(2021, 2, 2)); // a reminder is due on 02/09
    assertThat(reminders("finger-lakes"))
        .containsExactly(
            "2021-02-02 0 0 0",
            "2021-02-03 0 0 0",
            "2021-02-04 0 0 0",
            "2021-02-05 0 0 0",
            "2021-02-06 0 0 0",
            "2021-02-07 0 0 0",
            "2021-02-08 1 0 0");

    day(9, () -> {});
    assertThat(reminders("finger-lakes"))
        .startsWith("2021-02-10 1 1 0")
        .endsWith("2021-02-16 0 0 0");
  }

  @Test
  void tasksAreOverdueOnceTheirDueDateHasPassed() {
    changes.team("niagara").approved("2021-03-01", "2021-03-02");
    assertThat(nysdol.get("/api/overview?board=niagara").json().get("overdueTasks")).isEmpty();
    day(30, () -> {});
    // To be confirmed within three business days after Monday, February 1.
    assertThat(
            rows(
                nysdol.get("/api/overview?board=niagara").json().get("overdueTasks"),
                "task",
                "name",
                "tasks",
                "dueSince"))
        .containsExactly("ConfirmChange Record NYSDOL’s confirmation 1 2021-02-04");
  }

  @Test
  void failedMailsWaitForSomebodyUntilTheCaseIsClosed() {
    long failed = refer("jefferson-lewis");
    long bounced = refer("jefferson-lewis");
    long closed = refer("jefferson-lewis");
    long corrected = refer("jefferson-lewis");
    day(1, () -> {});
    mail(failed, "FAILED");
    day(2, () -> {});
    for (long participant : List.of(bounced, closed, corrected)) {
      mail(participant, "BOUNCED");
    }
    journey.close(closed, "OTHER", null, null);
    jdbc.sql("update message set data = '{\"sentAgain\": true}' where participant_id = ?")
        .param(corrected)
        .update();

    assertThat(
            rows(
                nysdol.get("/api/overview?board=jefferson-lewis").json().get("failedMails"),
                "state",
                "mails",
                "since"))
        .containsExactly("FAILED 1 2021-02-02", "BOUNCED 1 2021-02-03");
  }

  @Test
  void aBoardWithOneAdministratorIsNamed() {
    var team = changes.team("niagara");
    assertThat(shortBoards(nysdol)).doesNotContain("niagara Niagara").contains("glow GLOW");
    jdbc.sql("update administrator set ends_on = '2021-01-31' where username = ?")
        .param(team.user("carl"))
        .update();
    assertThat(shortBoards(nysdol)).contains("niagara Niagara");
    assertThat(shortBoards(new Caller(port, team.user("supervisor"))))
        .containsExactly("niagara Niagara");
  }

  @Test
  void aSupervisorSeesTheFiguresOfTheOwnBoardAlone() {
    Caller supervisor = new Caller(port, changes.team("niagara").user("supervisor"));
    for (String path : List.of("/api/overview", "/api/step-times")) {
      String before = supervisor.get(path).with(200).body();
      String others = nysdol.get(path).with(200).body();
      day(1, () -> refer("capital-region"));
      refer("capital-region");
      clock.reset();
      assertThat(supervisor.get(path).body()).isEqualTo(before);
      assertThat(nysdol.get(path).body()).isNotEqualTo(others);
      supervisor.get(path + "?board=capital-region").problem(404);
      supervisor.get(path + "?board=atlantis").problem(404);
      supervisor.get(path + "?board=niagara").with(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "onondaga.staff, 403",
    "onondaga.coursera1, 403",
    "onondaga.supervisor, 200",
    "nysdol, 200",
    "operator, 403"
  })
  void theFiguresAreForSupervisorsAndNysdol(String username, int status) {
    for (String path : List.of("/api/overview", "/api/step-times")) {
      new Caller(port, username).get(path).with(status);
      new Caller(port, null).get(path).problem(401);
    }
  }

  private long refer(String board) {
    Map<String, Object> person = new HashMap<>(CaseDriver.ELIGIBLE);
    person.put("board", board);
    return participants.require(driver.refer(person).caseNumber(), Set.of(board)).id();
  }

  /** So many days after the first of February, at 10 in the morning. */
  private void day(int days, Runnable then) {
    clock.reset();
    clock.advance(Period.ofDays(days));
    then.run();
  }

  private void mail(long participant, String state) {
    jdbc.sql("update message set state = ?, state_at = ? where participant_id = ?")
        .params(state, java.sql.Timestamp.from(clock.instant()), participant)
        .update();
  }

  private List<String> reminders(String board) {
    return rows(
        nysdol.get("/api/overview?board=" + board).json().get("reminders"),
        "on",
        "outreach",
        "enrollment",
        "learning");
  }

  private static List<String> shortBoards(Caller caller) {
    return rows(
        caller.get("/api/overview").json().get("boardsWithTooFewAdministrators"), "id", "lwdbName");
  }

  /** The named fields of each row, with spaces between them. */
  private static List<String> rows(JsonNode list, String... fields) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(
            row ->
                String.join(" ", List.of(fields).stream().map(f -> row.get(f).asText()).toList()))
        .toList();
  }
}
