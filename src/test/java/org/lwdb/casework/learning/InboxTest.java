package org.lwdb.casework.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.learning.People.Person;
import org.lwdb.casework.participant.Stage;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@CaseworkTest
class InboxTest {

  @Autowired Inbox inbox;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;
  @Autowired PlatformTransactionManager transactions;

  private TransactionTemplate transaction;
  private Person person;

  @BeforeEach
  void start() {
    clock.reset();
    transaction = new TransactionTemplate(transactions);
    person = new People(jdbc).person("sullivan");
  }

  @Test
  void newsOfOnePersonComeOneAfterTheOther() {
    long joined = news("JOINED");
    long enrolled = news("ENROLLED");

    assertThat(due()).containsExactly(joined);
    inbox.delivered(joined, null);
    assertThat(due()).containsExactly(enrolled);
    inbox.delivered(enrolled, "The case is closed.");
    assertThat(due()).isEmpty();
    assertThat(inbox.undelivered(person.id())).isEmpty();
  }

  @Test
  void newsCarryTheCaseAndItsStage() {
    long id = news("JOINED");

    assertThat(inbox.undelivered(person.id()))
        .containsExactly(
            new News(
                id,
                person.id(),
                person.caseNumber(),
                "sullivan",
                Stage.INVITED,
                News.Kind.JOINED,
                null,
                0));
  }

  @Test
  void whatIsPostponedHoldsBackWhatFollowsAndComesAgainAfterGrowingPauses() {
    long joined = news("JOINED");
    news("ENROLLED");

    for (Duration pause :
        List.of(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(6),
            Duration.ofHours(6))) {
      inbox.postponed(joined, "The case does not wait for it yet.");
      clock.advance(pause.minusSeconds(1));
      assertThat(due()).isEmpty();
      clock.advance(Duration.ofSeconds(1));
      assertThat(due()).containsExactly(joined);
    }
    assertThat(inbox.undelivered(person.id()).get(0).attempts()).isEqualTo(6);
    assertThat(detail(joined)).isEqualTo("The case does not wait for it yet.");
  }

  @Test
  void aCaseThatMovesWakesItsNews() {
    long joined = news("JOINED");
    inbox.postponed(joined, "not yet");
    assertThat(due()).isEmpty();

    inbox.wake(person.id());

    assertThat(due()).containsExactly(joined);
  }

  @Test
  void whatOneNodeHasClaimedNoOtherGets() throws Exception {
    long joined = news("JOINED");
    news("ENROLLED");

    var otherNode = Executors.newSingleThreadExecutor();
    try {
      transaction.executeWithoutResult(
          status -> {
            assertThat(mine(inbox.due(Integer.MAX_VALUE))).containsExactly(joined);
            try {
              assertThat(otherNode.submit(this::due).get(10, TimeUnit.SECONDS)).isEmpty();
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          });
    } finally {
      otherNode.shutdown();
    }
  }

  @Test
  void claimingNeedsATransactionThatHoldsTheClaim() {
    assertThatThrownBy(() -> inbox.due(1)).isInstanceOf(IllegalTransactionStateException.class);
  }

  private List<Long> due() {
    return transaction.execute(status -> mine(inbox.due(Integer.MAX_VALUE)));
  }

  private List<Long> mine(List<News> news) {
    return news.stream().filter(n -> n.participantId() == person.id()).map(News::id).toList();
  }

  private long news(String kind) {
    return jdbc.sql(
            """
            insert into learning_news (participant_id, kind, created_at, next_attempt_at)
            values (?, ?, ?, ?) returning id
            """)
        .params(person.id(), kind, Timestamp.from(clock.instant()), Timestamp.from(clock.instant()))
        .query(Long.class)
        .single();
  }

  private String detail(long id) {
    return jdbc.sql("select detail from learning_news where id = ?")
        .param(id)
        .query(String.class)
        .single();
  }
}
