package org.lwdb.casework.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lwdb.casework.learning.CourseraReports;
import org.lwdb.casework.learning.ReportResult;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A usage report of a million rows, against the bare COPY of its texts. */
@CaseworkBenchmark
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(1800)
class ReportImportBenchmark {

  private static final int ROWS = Integer.getInteger("benchmark.rows", 1_000_000);
  private static final UsageReportFile REPORT = new UsageReportFile(ROWS, ROWS / 10, 4_000);
  private static final String BARE_COPY = "bare COPY into a logged table of texts";

  @Autowired CourseraReports reports;
  @Autowired DataSource dataSource;
  @Autowired JdbcClient jdbc;
  @Autowired Statements statements;

  private Path folder;
  private Path first;
  private Path second;

  @BeforeAll
  void peopleAndFiles(@TempDir Path temporary) throws IOException {
    folder = temporary;
    first = folder.resolve("usage-1.csv");
    second = folder.resolve("usage-2.csv");
    REPORT.write(first, 0);
    REPORT.write(second, 100);
    jdbc.sql(
            """
            insert into participant (case_number, board_id, stage, stage_since, first_name,
              last_name, email, phone, language, county, city, accountability_since, opened_at)
            select 'B' || 100000 + n, 'broome-tioga', 'INVITED', '2021-01-04', 'First' || n % 997,
                   'Learner' || n, 'Person' || n || '.Learner@Example.org', '315-555-0100', 'en',
                   'Broome', 'Binghamton', '2021-01-04', '2021-01-04'
              from generate_series(0, ?) as n
            """)
        .param(REPORT.people() - 1)
        .update();
    jdbc.sql(
            """
            insert into participant_email (participant_id, email, source, added_at)
            select id, lower(email), 'REFERRAL', opened_at from participant
             where board_id = 'broome-tioga'
            """)
        .update();
    tidyUp();
    bareCopy();
  }

  @Test
  @Order(1)
  void firstImport(BenchmarkTable table) {
    Duration before = bareCopy();
    statements.reset();
    long wal = wal();
    Imported ours = doImport(first);
    long written = wal() - wal;
    table.note(statements.perCase("The first import", 1));
    Duration after = bareCopy();

    assertThat(ours.result.matched()).isEqualTo(ROWS);
    assertThat(ours.result.newlyEnrolled()).isBetween(ROWS * 98 / 100, ROWS);
    table.seconds(
        "usage report of " + ROWS + " rows, first import until committed",
        BARE_COPY,
        mean(before, after),
        seconds(ours.time),
        4.0);
    table.note(
        "First import: %s, CPU %s, WAL %d MB, %s"
            .formatted(ours.time, ours.cpu, written >> 20, ours.result));
  }

  @Test
  @Order(2)
  void oneRowInAHundredChanged(BenchmarkTable table) {
    tidyUp();
    Duration before = bareCopy();
    statements.reset();
    long wal = wal();
    Imported ours = doImport(second);
    long written = wal() - wal;
    table.note(statements.perCase("One row in a hundred changed", 1));
    Duration after = bareCopy();

    assertThat(ours.result.updated()).isBetween(ROWS / 120, ROWS / 80);
    table.seconds(
        "the same with one row in a hundred changed, until committed",
        BARE_COPY,
        mean(before, after),
        seconds(ours.time),
        2.0);
    table.note(
        "One row in a hundred changed: %s, CPU %s, WAL %d kB, %d bytes for each changed enrollment, %s"
            .formatted(
                ours.time,
                ours.cpu,
                written >> 10,
                written / Math.max(1, ours.result.updated()),
                ours.result));
  }

  /** The same rows, the first one at the end: another digest, and nothing new. */
  @Test
  @Order(3)
  void theSameRowsInAnotherOrder(BenchmarkTable table) throws IOException {
    Path turned = folder.resolve("usage-3.csv");
    try (var lines = Files.lines(second);
        var out = Files.newBufferedWriter(turned)) {
      String[] kept = new String[1];
      int[] n = new int[1];
      lines.forEach(
          line -> {
            if (n[0]++ == 1) {
              kept[0] = line;
            } else {
              write(out, line);
            }
          });
      write(out, kept[0]);
    }
    tidyUp();
    long wal = wal();
    Imported ours = doImport(turned);
    long written = wal() - wal;

    assertThat(ours.result.updated() + ours.result.newlyEnrolled()).isZero();
    table.note("The same rows in another order: %s, WAL %d kB".formatted(ours.time, written >> 10));
  }

  private static void write(java.io.Writer out, String line) {
    try {
      out.append(line).append("\r\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Imported(Duration time, Duration cpu, ReportResult result) {}

  private Imported doImport(Path file) {
    ReportResult[] result = new ReportResult[1];
    Duration cpu = cpu();
    Duration time =
        Measured.time(
            () -> {
              try (InputStream in = Files.newInputStream(file)) {
                result[0] = reports.importReport(in, "usage.csv", Set.of("broome-tioga"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    cpu = cpu().minus(cpu);
    return new Imported(time, cpu, result[0]);
  }

  /** What this JVM and PostgreSQL have used; on a busy machine it says more than the time. */
  private Duration cpu() {
    ProcessHandle backend =
        ProcessHandle.of(jdbc.sql("select pg_backend_pid()").query(Long.class).single())
            .orElseThrow();
    return Stream.concat(
            Stream.of(ProcessHandle.current()), backend.parent().orElseThrow().descendants())
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** As it is after a week: what was written before is on the disk. */
  private void tidyUp() {
    jdbc.sql("vacuum analyze").update();
    jdbc.sql("checkpoint").update();
  }

  private Duration bareCopy() {
    String columns =
        IntStream.rangeClosed(1, 28)
            .mapToObj(n -> "c" + n + " text")
            .collect(Collectors.joining(","));
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        InputStream in = new BufferedInputStream(Files.newInputStream(first), 1 << 16)) {
      statement.execute("create table bare_copy (" + columns + ")");
      Duration time =
          Measured.time(
              () -> {
                try {
                  connection
                      .unwrap(PGConnection.class)
                      .getCopyAPI()
                      .copyIn("copy bare_copy from stdin (format csv, header)", in, 1 << 16);
                } catch (SQLException | IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      statement.execute("drop table bare_copy");
      statement.execute("checkpoint");
      return time;
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private long wal() {
    return jdbc.sql("select pg_current_wal_lsn() - '0/0'").query(Long.class).single();
  }

  private static double mean(Duration one, Duration other) {
    return (seconds(one) + seconds(other)) / 2;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
