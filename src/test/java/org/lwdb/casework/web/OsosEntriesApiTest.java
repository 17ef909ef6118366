package org.lwdb.casework.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.osos.OsosEntries;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@CaseworkTest
class OsosEntriesApiTest {

  @Autowired MovableClock clock;
  @Autowired OsosEntries entries;
  @Autowired JdbcClient jdbc;
  private final Caller onondaga;
  private final Caller administrator;
  private final Caller suffolk;

  OsosEntriesApiTest(@LocalServerPort int port) {
    onondaga = new Caller(port, "onondaga.staff");
    administrator = new Caller(port, "onondaga.coursera1");
    suffolk = new Caller(port, "suffolk.staff");
  }

  @BeforeEach
  void resetClock() {
    clock.reset();
  }

  @Test
  void whatIsOwedIsListedAndEnteredOnce() {
    String caseNumber = learner();
    long id = entries.oweReferral(participant(caseNumber));
    String list = "/api/osos-entries?caseNumber=" + caseNumber;
    JsonNode entry = onondaga.get(list + "&state=OPEN").with(200).json().at("/content/0");
    assertThat(entry.get("id").asLong()).isEqualTo(id);
    assertThat(entry.get("caseNumber").asText()).isEqualTo(caseNumber);
    assertThat(entry.get("kind").asText()).isEqualTo("REFERRED_TO_COURSERA_ENROLLMENT");
    assertThat(entry.get("dueOn").asText()).isEqualTo("2021-02-04");
    assertThat(entry.get("backlog").asBoolean()).isFalse();
    assertThat(entry.get("course").asText()).isEqualTo("Baking Basics");
    assertThat(entry.fieldNames())
        .toIterable()
        .contains("state", "enteredOn", "enteredBy")
        .doesNotContain("participantId");

    String entered = "/api/osos-entries/" + id + "/entered";
    assertThat(onondaga.post(entered, "{}").problem(400).fields()).containsExactly("on");
    assertThat(onondaga.post(entered, "{\"on\": \"2021-02-02\"}").problem(400).fields())
        .containsExactly("on");
    JsonNode done =
        onondaga
            .post(entered, "{\"on\": \"2021-02-01\", \"comment\": \"By phone\"}")
            .with(200)
            .json();
    assertThat(done.get("state").asText()).isEqualTo("ENTERED");
    assertThat(done.get("enteredOn").asText()).isEqualTo("2021-02-01");
    assertThat(done.get("enteredBy").asText()).isEqualTo("onondaga.staff");
    onondaga.post(entered, "{\"on\": \"2021-02-01\"}").problem(400);
    assertThat(onondaga.get(list + "&state=OPEN").json().get("content")).isEmpty();
    assertThat(onondaga.get(list + "&state=ENTERED&board=onondaga").json().get("content"))
        .hasSize(1);
  }

  @Test
  void anotherBoardsEntryIsNeitherListedNorEntered() {
    String caseNumber = learner();
    long id = entries.oweReferral(participant(caseNumber));
    assertThat(suffolk.get("/api/osos-entries?caseNumber=" + caseNumber).json().get("content"))
        .isEmpty();
    suffolk.post("/api/osos-entries/" + id + "/entered", "{\"on\": \"2021-02-01\"}").problem(404);
    assertThat(entries.get(id).enteredOn()).isNull();
  }

  private String learner() {
    String email = Caller.newEmail();
    String caseNumber = onondaga.refer(email);
    administrator.upload("/api/coursera-reports", "usage.csv", UsageReport.of(email)).with(200);
    return caseNumber;
  }

  private long participant(String caseNumber) {
    return jdbc.sql("select id from participant where case_number = ?")
        .param(caseNumber)
        .query(Long.class)
        .single();
  }
}
