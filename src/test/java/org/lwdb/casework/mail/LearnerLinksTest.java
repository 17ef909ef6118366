package org.lwdb.casework.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Period;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.mail.LearnerLinks.Action;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@CaseworkTest
class LearnerLinksTest {

  @Autowired LearnerLinks links;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;
  People people;

  @BeforeEach
  void start() {
    clock.reset();
    people = new People(jdbc);
  }

  @Test
  void aLinkSaysWhoDoesWhat() {
    long ada = people.participant("suffolk");

    String link = links.link(ada, Action.CALL_ME);

    assertThat(link).startsWith("http://localhost:8080/r/");
    assertThat(links.verify(token(link)))
        .isEqualTo(new LearnerLinks.Claim(ada, Action.CALL_ME, "suffolk"));
  }

  @Test
  void afterAMoveALinkOfAnOldMailWorksForTheNewCase() {
    long before = people.participant("onondaga");
    String link = links.link(before, Action.STOP_MAILS);
    long after = people.moved(before, "suffolk");

    assertThat(links.verify(token(link)))
        .isEqualTo(new LearnerLinks.Claim(after, Action.STOP_MAILS, "suffolk"));
  }

  @Test
  void theStopLinkOfOnePersonCannotBeMadeIntoThatOfAnother() {
    String[] ada = token(links.link(people.participant(), Action.STOP_MAILS)).split("\\.");
    String[] bob = token(links.link(people.participant(), Action.STOP_MAILS)).split("\\.");

    assertThatThrownBy(() -> links.verify(bob[0] + "." + bob[1] + "." + ada[2]))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void aLinkIsValidForAYear() {
    String token = token(links.link(people.participant(), Action.INTERESTED));

    clock.advance(Period.ofDays(364));
    assertThat(links.verify(token).action()).isEqualTo(Action.INTERESTED);
    clock.advance(Period.ofDays(2));
    assertThatThrownBy(() -> links.verify(token)).isInstanceOf(NotFound.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "a.b.c",
        // {"alg":"none"} . {"sub":"1","action":"STOP_MAILS"}
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIiwiYWN0aW9uIjoiU1RPUF9NQUlMUyJ9.",
        // HS256 without, with an unknown, and with a malformed key id
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
        "eyJhbGciOiJIUzI1NiIsImtpZCI6Ijk5OTk5OSJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
        "eyJhbGciOiJIUzI1NiIsImtpZCI6IngifQ.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"
      })
  void whatWasNotMadeHereIsNotFound(String token) {
    assertThatThrownBy(() -> links.verify(token)).isInstanceOf(NotFound.class);
  }

  @Test
  void twoNodesThatBeginAtTheSameTimeMakeOneKey() throws Exception {
    jdbc.sql("delete from link_key").update();
    long ada = people.participant();

    var threads = Executors.newFixedThreadPool(4);
    try {
      Callable<String> make = () -> links.link(ada, Action.INTERESTED);
      List<String> made =
          threads.invokeAll(Stream.generate(() -> make).limit(8).toList()).stream()
              .map(
                  future -> {
                    try {
                      return future.get();
                    } catch (Exception e) {
                      throw new IllegalStateException(e);
                    }
                  })
              .toList();

      assertThat(jdbc.sql("select count(*) from link_key").query(Integer.class).single())
          .isEqualTo(1);
      assertThat(made).allSatisfy(link -> links.verify(token(link)));
    } finally {
      threads.shutdown();
    }
  }

  private static String token(String link) {
    return link.substring(link.lastIndexOf('/') + 1);
  }
}
