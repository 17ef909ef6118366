package org.lwdb.casework.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.mail.Letters;
import org.lwdb.casework.participant.Participants;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@CaseworkTest
class MessagesApiTest {

  @Autowired MovableClock clock;
  @Autowired Letters letters;
  @Autowired Participants participants;
  private final Caller staff;

  MessagesApiTest(@LocalServerPort int port) {
    staff = new Caller(port, "onondaga.staff");
  }

  @BeforeEach
  void resetClock() {
    clock.reset();
  }

  @Test
  void whatWasSentIsToldUntilItIsStopped() {
    String email = Caller.newEmail();
    String caseNumber = staff.refer(email);
    letters.send(participants.require(caseNumber, Set.of("onondaga")).id(), "INVITATION");
    String path = "/api/messages?caseNumber=" + caseNumber;
    JsonNode message = find(staff.get(path).with(200).json(), "INVITATION");
    assertThat(message.fieldNames())
        .toIterable()
        .containsExactly(
            "id", "template", "to", "cc", "subject", "queuedAt", "state", "stateAt", "detail");
    assertThat(message.get("to").asText()).isEqualTo(email);
    assertThat(message.get("queuedAt").asText()).isEqualTo("2021-02-01T15:00:00Z");
    assertThat(message.get("state").asText()).isEqualTo("QUEUED");

    staff.send("POST", "/api/participants/" + caseNumber + "/stop-mails", null, null).with(200);
    assertThat(find(staff.get(path).json(), "INVITATION").get("state").asText())
        .isEqualTo("WITHDRAWN");
  }

  private static JsonNode find(JsonNode messages, String template) {
    for (JsonNode message : messages) {
      if (message.get("template").asText().equals(template)) {
        return message;
      }
    }
    throw new AssertionError("No " + template + " among " + messages);
  }
}
