package org.lwdb.casework.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.mail.LearnerLinks;
import org.lwdb.casework.mail.LearnerLinks.Action;
import org.lwdb.casework.participant.Participants;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@CaseworkTest
class ResponsePageTest {

  @Autowired MovableClock clock;
  @Autowired LearnerLinks links;
  @Autowired Participants participants;
  private final Caller staff;
  private final Caller learner;

  ResponsePageTest(@LocalServerPort int port) {
    staff = new Caller(port, "onondaga.staff");
    learner = new Caller(port, null);
  }

  @BeforeEach
  void resetClock() {
    clock.reset();
  }

  @ParameterizedTest
  @EnumSource
  void openingALinkRecordsNothing(Action action) {
    String caseNumber = staff.refer();
    String before = state(caseNumber);
    for (String method : new String[] {"GET", "HEAD"}) {
      Caller.Answer page = learner.send(method, path(caseNumber, action), null, null).with(200);
      assertThat(page.header("Content-Type")).startsWith("text/html");
      assertThat(page.header("Cache-Control")).contains("no-store");
      assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
    }
    assertThat(state(caseNumber)).isEqualTo(before);
  }

  @Test
  void thePageSaysForWhomAndWhatTheButtonDoesAndOffersTheOtherChoices() {
    String caseNumber = staff.refer();
    String page = learner.get(path(caseNumber, Action.INTERESTED)).body();
    assertThat(page)
        .contains("<html lang=\"en\"", "Onondaga Local Workforce Development Board")
        .contains("Coursera.Help@labor.ny.gov", "Equal opportunity employer/program")
        .contains(
            ">Yes, I am interested</button>", "Nothing is recorded until you press the button")
        .doesNotContain("style=")
        .doesNotContain("<script")
        .doesNotContain("Ada")
        .doesNotContain(caseNumber);
    assertThat(page.split("<li><a href=\"", -1)).hasSize(4);
    String other = page.split("<li><a href=\"")[1].split("\"")[0];
    learner.send("POST", "/r/" + other, null, null).with(200);
    assertThat(state(caseNumber)).contains("\"outreachAnswer\":\"NOT_INTERESTED\"");
    learner.get("/casework.css").with(200);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STOP_MAILS")
  void theButtonRecordsTheAnswerInTheLearnersName(Action action) {
    String caseNumber = staff.refer();
    Caller.Answer page =
        learner
            .send("POST", path(caseNumber, action), "application/x-www-form-urlencoded", "")
            .with(200);
    assertThat(page.body()).contains("Your answer has been recorded");
    assertThat(state(caseNumber)).contains("\"outreachAnswer\":\"" + action + "\"");
    assertThat(staff.get("/api/participants/" + caseNumber + "/timeline").body())
        .contains("\"who\":\"learner\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=b"})
  void mailProgramsUnsubscribeWithOneClick(String form) {
    String caseNumber = staff.refer();
    String body =
        form.startsWith("multipart")
            ? "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n"
            : "List-Unsubscribe=One-Click";
    for (int i = 0; i < 2; i++) {
      learner.send("POST", path(caseNumber, Action.STOP_MAILS), form, body).with(200);
    }
    assertThat(state(caseNumber)).contains("\"mailsStopped\":true");
  }

  @Test
  void aClosedCaseTakesNoAnswerButMailsCanStillBeStopped() {
    String caseNumber = staff.refer();
    String link = path(caseNumber, Action.INTERESTED);
    String stop = path(caseNumber, Action.STOP_MAILS);
    staff.post("/api/participants/" + caseNumber + "/close", "{\"reason\": \"OTHER\"}").with(200);
    assertThat(learner.get(link).with(200).body()).contains("Your file with us is closed");
    learner.send("POST", link, null, null).with(400);
    assertThat(state(caseNumber)).contains("\"outreachAnswer\":null");
    learner.send("POST", stop, null, null).with(200);
    assertThat(state(caseNumber)).contains("\"mailsStopped\":true");
  }

  @Test
  void aLinkThatWasNotMadeHereGetsAFriendlyPage() {
    String caseNumber = staff.refer();
    String link = path(caseNumber, Action.STOP_MAILS);
    int end = link.lastIndexOf('.');
    for (String forged :
        new String[] {
          "/r/x",
          "/r/a.b.c",
          "/r/%20",
          link.substring(0, end),
          link.substring(0, link.length() - 4) + "AAAA",
          link.substring(0, end - 2) + "AA" + link.substring(end),
          "/r/eyJhbGciOiJub25lIn0." + link.split("\\.")[1] + "."
        }) {
      for (String method : new String[] {"GET", "POST"}) {
        Caller.Answer page = learner.send(method, forged, null, null).with(404);
        assertThat(page.body()).contains("This link does not work");
      }
    }
    assertThat(state(caseNumber)).contains("\"mailsStopped\":false");
  }

  private String state(String caseNumber) {
    return staff.get("/api/participants/" + caseNumber).body();
  }

  private String path(String caseNumber, Action action) {
    long id = participants.require(caseNumber, Set.of("onondaga")).id();
    String link = links.link(id, action);
    return link.substring(link.indexOf("/r/"));
  }
}
