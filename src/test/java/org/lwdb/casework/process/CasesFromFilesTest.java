package org.lwdb.casework.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.participant.ImportResult;
import org.lwdb.casework.participant.ImportResult.OpenedCase;
import org.lwdb.casework.participant.ImportResult.State;
import org.lwdb.casework.participant.ParticipantImports;
import org.lwdb.casework.participant.Participants;
import org.lwdb.casework.participant.Timeline;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@CaseworkTest
class CasesFromFilesTest {

  private static final Set<String> ONONDAGA = Set.of("onondaga");
  private static final AtomicInteger COUNT = new AtomicInteger();

  @Autowired CasesFromFiles cases;
  @Autowired ParticipantImports imports;
  @Autowired Participants participants;
  @Autowired Timeline timeline;
  @Autowired MovableClock clock;
  @Autowired JdbcClient jdbc;

  @BeforeEach
  void startOfFebruary() {
    clock.reset();
  }

  @AfterEach
  void nothingFailsAnyMore() {
    jdbc.sql("drop trigger if exists broken on referral").update();
  }

  @Test
  void aWorkerOpensTheCasesInTheNameOfWhoSentTheFile() {
    long id = store(list(people(3)));
    assertThat(get(id).state()).isEqualTo(State.RUNNING);
    assertThat(get(id).done()).isZero();

    cases.openDue();

    ImportResult result = get(id);
    assertThat(result.state()).isEqualTo(State.DONE);
    assertThat(result.cases()).extracting(OpenedCase::row).containsExactly(1, 2, 3);
    long participant = participants.require(result.cases().get(0).caseNumber(), ONONDAGA).id();
    assertThat(timeline.of(participant)).extracting("who").containsOnly("onondaga.staff");
    assertThat(
            jdbc.sql(
                    """
                    select count(*) from participant_import_row
                     where import_id = ? and referral is not null
                    """)
                .param(id)
                .query(Long.class)
                .single())
        .as("rows whose people are still written here")
        .isZero();
  }

  @Test
  void aRowThatFailsIsTriedAgainAndHoldsNobodyUp() throws Exception {
    List<String> people = people(120);
    String broken = people.get(70);
    failFor(broken);
    long id = store(list(people));

    cases.openDue();
    assertThat(get(id).accepted()).isEqualTo(119);
    assertThat(get(id).state()).isEqualTo(State.RUNNING);
    assertThat(list().accepted()).as("as the list of imports counts").isEqualTo(119);

    cases.openDue(); // at once: it is not tried before a minute has passed
    clock.advance(Duration.ofMinutes(1));
    cases.openDue();
    assertThat(get(id).state()).isEqualTo(State.RUNNING);
    clock.advance(Duration.ofMinutes(1));
    cases.openDue();

    ImportResult result = get(id);
    assertThat(result.state()).isEqualTo(State.DONE);
    assertThat(result.accepted()).isEqualTo(119);
    assertThat(result.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.row()).isEqualTo(71);
              assertThat(problem.message()).contains("tell your operator");
            });
    assertThat(corrections(id)).contains("\"" + broken + "\"", "INITIAL_ASSESSMENT 2021-01-20");
    assertThat(openedFor(people)).isEqualTo(119);

    nothingFailsAnyMore();
    long again = store(corrections(id));
    cases.openDue();
    assertThat(get(again).accepted()).isOne();
    assertThat(openedFor(people)).isEqualTo(120);
  }

  @Test
  void aRowThatFailsOnlyOnceIsTakenIn() {
    List<String> people = people(2);
    failFor(people.get(0));
    long id = store(list(people));
    cases.openDue();
    assertThat(get(id).accepted()).isOne();

    nothingFailsAnyMore();
    clock.advance(Duration.ofMinutes(1));
    cases.openDue();

    assertThat(get(id).accepted()).isEqualTo(2);
    assertThat(get(id).state()).isEqualTo(State.DONE);
  }

  @Test
  void aRowThatTheRulesRefuseByNowIsRefusedWithTheirSentence() {
    long id = store(list(people(2)).replace("2021-01-20", "2/1/2021"));
    clock.set(MovableClock.START.minus(Duration.ofDays(1)));

    cases.openDue();

    assertThat(get(id).refused()).isEqualTo(2);
    assertThat(get(id).problems())
        .extracting("field", "message")
        .containsOnly(
            org.assertj.core.api.Assertions.tuple(
                "enrollingServices",
                "Give the day on which the service was received: it is not in the future."));
  }

  @Test
  void severalNodesOpenEachCaseOnce() throws Exception {
    List<String> people = people(150);
    long first = store(list(people.subList(0, 100)));
    long second = store(list(people.subList(50, 150)));
    ExecutorService nodes = Executors.newFixedThreadPool(3);
    try {
      List<Future<Object>> done =
          nodes.invokeAll(
              List.of(
                  Executors.callable(cases::openDue),
                  () -> {
                    cases.open(second, Duration.ofMinutes(1));
                    return null;
                  },
                  Executors.callable(cases::openDue)));
      for (Future<Object> node : done) {
        node.get();
      }
    } finally {
      nodes.shutdownNow();
    }
    cases.openDue();

    assertThat(get(first).done()).isEqualTo(100);
    assertThat(get(second).done()).isEqualTo(100);
    assertThat(get(first).accepted() + get(second).accepted()).isEqualTo(150);
    assertThat(Stream.of(get(first), get(second)).flatMap(i -> i.duplicateRows().stream()))
        .hasSize(50)
        .allMatch(ImportResult.Duplicate::identical);
    assertThat(openedFor(people)).isEqualTo(150);
  }

  @Test
  void whatWasRefusedIsForgottenAfterAWhile() {
    long id = store("first,last,email\nAda,Forgotten,no address\n");
    assertThat(corrections(id)).contains("Forgotten");

    clock.advance(Period.ofDays(90));
    imports.forget();
    assertThat(corrections(id)).contains("Forgotten");
    clock.advance(Duration.ofSeconds(1));
    imports.forget();

    assertThat(corrections(id)).doesNotContain("Forgotten").contains("What to correct");
    assertThat(get(id).refused()).isOne();
  }

  /** The database refuses the referral of this person: by no fault of the row's. */
  private void failFor(String email) {
    jdbc.sql(
            """
            create or replace function break_down() returns trigger language plpgsql as
            $$ begin raise exception 'broken'; end $$
            """)
        .update();
    jdbc.sql(
            """
            create trigger broken before insert on referral for each row
              when (new.payload ->> 'email' = '%s') execute function break_down()
            """
                .formatted(email))
        .update();
  }

  private static List<String> people(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "listed" + COUNT.incrementAndGet() + "@example.org")
        .toList();
  }

  private static String list(List<String> emails) {
    return "first,last,email,services\n"
        + emails.stream()
            .map(email -> "Ada,Listed,%s,INITIAL_ASSESSMENT 2021-01-20\n".formatted(email))
            .collect(Collectors.joining());
  }

  private long store(String file) {
    return CurrentUser.as(
        "onondaga.staff",
        () ->
            imports.store(
                new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
                "list.csv",
                "onondaga",
                ONONDAGA));
  }

  private ImportResult get(long id) {
    return imports.get(id, ONONDAGA);
  }

  private ImportResult list() {
    return imports.list(ONONDAGA, new org.lwdb.casework.Page.Request(0, 1, null)).content().get(0);
  }

  private String corrections(long id) {
    StringWriter out = new StringWriter();
    imports.writeCorrections(id, ONONDAGA, out);
    return out.toString();
  }

  private int openedFor(List<String> emails) {
    return jdbc.sql("select count(*) from participant where email = any (?)")
        .param(emails.toArray(String[]::new))
        .query(Integer.class)
        .single();
  }
}
