package org.lwdb.casework.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.Set;
import java.util.function.IntFunction;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.participant.ParticipantImports;
import org.lwdb.casework.process.CasesFromFiles;
import org.lwdb.casework.process.InboxDelivery;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Many cases at once, against the bare engine doing next to nothing. */
@CaseworkBenchmark
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(1800)
class JourneyBenchmark {

  private static final int CASES = Integer.getInteger("benchmark.cases", 20_000);
  private static final int WARM_UP = Math.max(100, CASES / 20);
  private static final int THREADS = Integer.getInteger("benchmark.threads", 4);

  private static final String HEADER =
      "First name,Last name,Email,Date of birth,County,Employment status,Separation reason,"
          + "UI status,Likely to return,Displaced homemaker,Military spouse,COVID reason\n";
  private static final String ANSWERS = "UNEMPLOYED,LAYOFF,ENTITLED,false,false,false,LAID_OFF";

  @Autowired JdbcClient jdbc;
  @Autowired ParticipantImports imports;
  @Autowired CasesFromFiles casesFromFiles;
  @Autowired InboxDelivery inbox;
  @Autowired JobExecutor executor;
  @Autowired MovableClock clock;
  @Autowired Statements statements;

  private BareEngine bare;
  private int people;

  @BeforeAll
  void bareEngine(@Autowired EmbeddedPostgres postgres, @Autowired HikariDataSource pool) {
    executor.shutdown();
    bare = new BareEngine(postgres, pool, executor, clock, THREADS);
  }

  @AfterAll
  void close() {
    bare.close();
  }

  @Test
  @Order(1)
  void participants(BenchmarkTable table) {
    compare(
        table,
        "participants of a CSV until their case waits for its answer",
        "start → async no-op → user task",
        bare::startToUserTask,
        cases -> Measured.time(() -> refer(cases)));
    assertThat(count("participant where stage = 'OUTREACH'"))
        .isEqualTo(count("message where template = 'OUTREACH' and state = 'QUEUED'"))
        .isEqualTo(people);
  }

  @Test
  @Order(2)
  void transitions(BenchmarkTable table) {
    IntFunction<Duration> enrolled =
        cases -> {
          enrolled(cases);
          return Measured.time(() -> inbox.deliverDue());
        };
    invited(WARM_UP + CASES);
    compare(
        table,
        "transitions from the inbox until each case has moved",
        "correlation by business key → no-op → end",
        bare::correlate,
        enrolled);
    assertThat(count("participant where stage = 'LEARNING'")).isEqualTo(WARM_UP + CASES);
    assertThat(count("osos_entry")).isEqualTo(WARM_UP + CASES);
  }

  @Test
  @Order(3)
  void reminders(BenchmarkTable table) {
    int missing = WARM_UP + CASES - count("participant where stage = 'LEARNING'");
    invited(missing);
    enrolled(missing);
    inbox.deliverDue();
    postponeTimers();
    clock.advance(Period.ofDays(8));
    DueJobs jobs = new DueJobs(executor, jdbc);
    IntFunction<Duration> reminded =
        cases -> {
          dueTimers(cases);
          return Measured.time(() -> jobs.execute(clock.instant()));
        };
    compare(
        table,
        "reminders due at once until decided and queued",
        "due timer → no-op → end",
        bare::fireTimers,
        reminded);
    assertThat(count("message where template = 'REMIND_NEVER_STARTED'")).isEqualTo(WARM_UP + CASES);
  }

  /** Warms both up, then half of the baseline, ours, the other half. */
  private void compare(
      BenchmarkTable table,
      String measure,
      String against,
      IntFunction<Duration> baseline,
      IntFunction<Duration> ours) {
    baseline.apply(WARM_UP);
    ours.apply(WARM_UP);
    Duration before = baseline.apply(CASES / 2);
    statements.reset();
    Duration taken = ours.apply(CASES);
    table.note(statements.perCase("Our " + measure, CASES));
    Duration after = baseline.apply(CASES - CASES / 2);
    table.perSecond(
        CASES + " " + measure,
        "bare engine: " + against,
        CASES / seconds(before.plus(after)),
        CASES / seconds(taken),
        0.7);
    table.note("%s: baseline %s, ours %s, baseline %s".formatted(measure, before, taken, after));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /** From a CSV, as a board sends it. */
  private void refer(int cases) {
    StringBuilder csv = new StringBuilder(HEADER);
    for (int i = 0; i < cases; i++) {
      int n = people++;
      csv.append(
          "First%d,Last%d,person%d@example.org,%s,Onondaga,%s%n"
              .formatted(n % 997, n, n, LocalDate.of(1960, 1, 1).plusDays(n % 14_000), ANSWERS));
    }
    imports.store(
        new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)),
        "people.csv",
        "onondaga",
        Set.of("onondaga"));
    casesFromFiles.openDue();
  }

  /** So many cases that wait for their enrollment, because a report showed that they joined. */
  private void invited(int cases) {
    int missing = cases - count("participant where stage = 'OUTREACH'");
    if (missing > 0) {
      refer(missing);
    }
    jdbc.sql(
            """
            insert into learning_news (participant_id, kind, created_at, next_attempt_at)
            select id, 'JOINED', :now, :now from participant where stage = 'OUTREACH'
             order by id limit :cases
            """)
        .param("now", Timestamp.from(clock.instant()))
        .param("cases", cases)
        .update();
    inbox.deliverDue();
  }

  /** A report shows that so many of the invited have enrolled: what its import leaves behind. */
  private void enrolled(int cases) {
    jdbc.sql("insert into course (id, name) values ('c', 'Course') on conflict do nothing")
        .update();
    jdbc.sql(
            """
            with enrolled as (
              insert into enrollment (participant_id, course_id, enrolled_at, first_seen_at, updated_at)
              select id, 'c', :now, :now, :now from participant where stage = 'INVITED'
               order by id limit :cases
              returning participant_id)
            insert into learning_news (participant_id, kind, created_at, next_attempt_at)
            select participant_id, 'ENROLLED', :now, :now from enrolled
            """)
        .param("now", Timestamp.from(clock.instant()))
        .param("cases", cases)
        .update();
  }

  private void postponeTimers() {
    jdbc.sql("update act_ru_job set duedate_ = '2100-01-01'").update();
  }

  private void dueTimers(int cases) {
    jdbc.sql(
            """
            update act_ru_job set duedate_ = :now
             where id_ in (select id_ from act_ru_job where handler_cfg_ = 'NextLookDue'
                            and duedate_ > '2099-01-01' limit :cases)
            """)
        .param("now", Timestamp.from(clock.instant()))
        .param("cases", cases)
        .update();
  }

  private int count(String rows) {
    return jdbc.sql("select count(*) from " + rows).query(Integer.class).single();
  }
}
