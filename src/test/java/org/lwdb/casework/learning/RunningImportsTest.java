package org.lwdb.casework.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.learning.RunningImport.Step;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** An import tells the people of its boards how far it is, though it is one transaction. */
@CaseworkTest
class RunningImportsTest {

  private static final Set<String> ORANGE = Set.of("orange");

  @Autowired CourseraReports reports;
  @Autowired RunningImports running;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired MovableClock clock;

  private String file;

  @BeforeEach
  void start() {
    clock.reset();
    file =
        "Email,Course,Course ID,Enrollment Time,Last Course Activity Time,Overall Progress,"
            + "Completed,Program Slug\n"
            + new People(jdbc).person("orange").email()
            + ",Course,c1,2021-01-04,2021-01-05,5,No,p1\n";
  }

  @Test
  void whileAnotherNodeImportsItWaits() {
    CompletableFuture<ReportResult> started =
        whileLocked(
            "select pg_advisory_xact_lock(hashtext('coursera-report'))",
            () ->
                await()
                    .untilAsserted(
                        () ->
                            assertThat(running.list(ORANGE))
                                .containsExactly(
                                    new RunningImport(
                                        "report.csv",
                                        null,
                                        "system",
                                        MovableClock.START,
                                        Step.WAITING,
                                        0))));

    assertThat(started.join().newlyEnrolled()).isOne();
    assertThat(running.list(ORANGE)).isEmpty();
  }

  @Test
  void itsStepIsSeenByThePeopleOfItsBoardAlone() {
    CompletableFuture<ReportResult> started =
        whileLocked(
            "lock table participant_email in access exclusive mode",
            () -> {
              await()
                  .untilAsserted(
                      () ->
                          assertThat(running.list(ORANGE))
                              .extracting(RunningImport::step, RunningImport::kind)
                              .containsExactly(tuple(Step.MATCHING, ReportKind.USAGE)));
              assertThat(running.list(Set.of("orange", "ulster"))).hasSize(1);
              assertThat(running.list(Set.of("ulster"))).isEmpty();
              assertThat(running.list(Set.of())).isEmpty();
            });

    assertThat(started.join().newlyEnrolled()).isOne();
  }

  @Test
  void ofTheSameFileFromTwoBrowsersTheSecondIsUnchanged() {
    List<CompletableFuture<ReportResult>> both =
        Stream.generate(() -> CompletableFuture.supplyAsync(this::send)).limit(2).toList();

    assertThat(both)
        .extracting(result -> result.join().newlyEnrolled(), result -> result.join().unchanged())
        .containsExactlyInAnyOrder(tuple(1, 0), tuple(0, 1));
  }

  /** To PostgreSQL the end of a connection is what the end of a node is. */
  @Test
  void ofAnImportThatIsKilledNothingStandsAndAgainItIsWhole() {
    file = file.replace(",c1,", ",killed,");
    int reportsBefore = count("coursera_report where boards = '{orange}'");
    CompletableFuture<ReportResult> started =
        whileLocked(
            "lock table enrollment in share mode",
            () -> {
              String waiting =
                  "select pid from pg_locks where not granted and relation = 'enrollment'::regclass";
              await().until(() -> !jdbc.sql(waiting).query().listOfRows().isEmpty());
              assertThat(running.list(ORANGE))
                  .extracting(RunningImport::step)
                  .containsExactly(Step.MERGING);
              jdbc.sql("select pg_terminate_backend(pid) from (" + waiting + ") as killed")
                  .query()
                  .listOfRows();
            });

    assertThat(started).failsWithin(Duration.ofSeconds(30));
    assertThat(count("course where id = 'killed'")).isZero();
    assertThat(count("enrollment where course_id = 'killed'")).isZero();
    assertThat(count("coursera_report where boards = '{orange}'")).isEqualTo(reportsBefore);
    assertThat(running.list(ORANGE)).isEmpty();

    ReportResult again = send();
    assertThat(List.of(again.newlyJoined(), again.newlyEnrolled())).containsOnly(1);
    assertThat(count("enrollment where course_id = 'killed'")).isOne();
  }

  @Test
  void whatAKilledNodeLeftBehindIsNotShown() {
    jdbc.sql(
            """
            insert into running_import (id, file_name, boards, imported_by, started_at, step,
              percent, seen_at)
            values (gen_random_uuid(), 'old.csv', '{orange}', 'x', now(), 'READING', 10,
              clock_timestamp() - interval '11 s')
            """)
        .update();

    assertThat(running.list(ORANGE)).isEmpty();
  }

  private CompletableFuture<ReportResult> whileLocked(String lock, Runnable look) {
    return transaction.execute(
        status -> {
          if (lock.startsWith("select")) {
            jdbc.sql(lock).query().listOfRows();
          } else {
            jdbc.sql(lock).update();
          }
          CompletableFuture<ReportResult> started = CompletableFuture.supplyAsync(this::send);
          look.run();
          return started;
        });
  }

  private int count(String rows) {
    return jdbc.sql("select count(*) from " + rows).query(Integer.class).single();
  }

  private ReportResult send() {
    return reports.importReport(
        new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), "report.csv", ORANGE);
  }
}
