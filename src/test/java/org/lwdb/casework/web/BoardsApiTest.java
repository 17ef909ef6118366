package org.lwdb.casework.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.localarea.Administrators;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@CaseworkTest
class BoardsApiTest {

  @Autowired MovableClock clock;
  @Autowired Administrators administrators;
  private final int port;

  BoardsApiTest(@LocalServerPort int port) {
    this.port = port;
  }

  @BeforeEach
  void resetClock() {
    clock.reset();
  }

  @Test
  void everybodyHearsOfTheBoardsAndOnlyTheOwnAdministratorsAreCounted() {
    JsonNode boards = new Caller(port, "onondaga.staff").get("/api/boards").with(200).json();
    assertThat(boards).hasSize(33);
    JsonNode north = board(boards, "north-country");
    assertThat(north.get("lwdbName").asText()).isEqualTo("North Country");
    assertThat(north.get("counties").toString())
        .isEqualTo("[\"Clinton\",\"Essex\",\"Franklin\",\"Hamilton\"]");
    assertThat(north.get("activeAdministrators").isNull()).isTrue();
    assertThat(board(boards, "onondaga").get("activeAdministrators").isInt()).isTrue();
    JsonNode all = new Caller(port, "nysdol").get("/api/boards").json();
    assertThat(all).allMatch(b -> b.get("activeAdministrators").isInt());
    new Caller(port, "operator").get("/api/boards").with(200);
  }

  @Test
  void theRegisterIsToldToItsBoard() {
    administrators.add(
        "yonkers",
        "Pat Example",
        "Counselor",
        "Career Center",
        "pat@example.org",
        null,
        null,
        LocalDate.of(2020, 12, 1),
        null);
    JsonNode found = new Caller(port, "nysdol").get("/api/administrators?board=yonkers").json();
    assertThat(found.get(0).toString())
        .isEqualTo(
            "{\"board\":\"yonkers\",\"name\":\"Pat Example\",\"title\":\"Counselor\","
                + "\"agency\":\"Career Center\",\"email\":\"pat@example.org\",\"phone\":null,"
                + "\"username\":null,\"from\":\"2020-12-01\",\"to\":null,\"active\":true}");
    assertThat(new Caller(port, "suffolk.staff").get("/api/administrators").with(200).body())
        .doesNotContain("yonkers");
  }

  private static JsonNode board(JsonNode boards, String id) {
    return StreamSupport.stream(boards.spliterator(), false)
        .filter(b -> b.get("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
