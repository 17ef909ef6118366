package org.lwdb.casework.process;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lwdb.casework.localarea.Board;
import org.lwdb.casework.localarea.Boards;
import org.lwdb.casework.participant.Stage;
import org.lwdb.casework.report.Backlog;
import org.lwdb.casework.report.Caseload;
import org.lwdb.casework.report.Caseload.AtStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The figures of the whole application for Prometheus. They are read from the database together, at
 * most every ten seconds, beside the scrape, which waits for them a second at most and is told the
 * figures before otherwise. Figures older than a minute are none (NaN): a database that does not
 * answer must not look like a quiet one.
 */
@Component
class CaseworkMetrics implements MeterBinder {

  private static final Logger log = LoggerFactory.getLogger(CaseworkMetrics.class);
  private static final Duration KEPT = Duration.ofSeconds(10);
  private static final Duration TRUSTED = Duration.ofMinutes(1);
  private static final long PATIENCE = 1_000; // milliseconds
  private static final Duration LATE = Duration.ofMinutes(5);

  /** Jobs that wait for the job executor; those late; those that it has given up. */
  private record Jobs(long due, long overdue, long failed) {}

  private record Incidents(String type, long incidents) {}

  private record Figures(
      Instant readAt,
      Map<Stage, Long> cases,
      Map<String, Long> openCases,
      Backlog.Waiting waiting,
      Jobs jobs,
      Map<String, Long> incidents) {}

  private final Caseload caseload;
  private final Backlog backlog;
  private final Boards boards;
  private final JdbcClient jdbc;
  private final AsyncTaskExecutor executor;
  private final Clock clock;

  private Instant begunAt;
  private Future<Figures> reading;
  private Figures last;

  CaseworkMetrics(
      Caseload caseload,
      Backlog backlog,
      Boards boards,
      JdbcClient jdbc,
      @Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor,
      Clock clock) {
    this.caseload = caseload;
    this.backlog = backlog;
    this.boards = boards;
    this.jdbc = jdbc;
    this.executor = executor;
    this.clock = clock;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    each(
        registry,
        "casework.cases",
        "Cases at a stage",
        "stage",
        List.of(Stage.values()),
        (figures, stage) -> figures.cases().get(stage));
    each(
        registry,
        "casework.cases.open",
        "Cases of a board that are not closed",
        "board",
        boards.all().stream().map(Board::id).toList(),
        (figures, board) -> figures.openCases().get(board));
    each(
        registry,
        "casework.mails",
        "Mails that wait or did not go out",
        "state",
        Backlog.MAIL_STATES,
        (figures, state) -> figures.waiting().mails().get(state));
    each(
        registry,
        "casework.incidents",
        "Open incidents of the engine",
        "type",
        List.of("failedJob", MailEvents.INCIDENT),
        (figures, type) -> figures.incidents().get(type));
    one(registry, "casework.jobs.due", null, "Jobs that are due", f -> f.jobs().due());
    one(
        registry,
        "casework.jobs.overdue",
        null,
        "Jobs that are due for more than five minutes",
        f -> f.jobs().overdue());
    one(
        registry,
        "casework.jobs.failed",
        null,
        "Jobs that are not tried again by themselves",
        f -> f.jobs().failed());
    one(
        registry,
        "casework.mail.oldest",
        "seconds",
        "For how long the first mail of those that should have gone out is due",
        f -> f.waiting().oldestMailSeconds());
    one(
        registry,
        "casework.unmatched.rows",
        null,
        "Rows of Coursera's reports that match nobody",
        f -> f.waiting().unmatchedRows());
    one(
        registry,
        "casework.inbox.waiting",
        null,
        "News of reports that no case was told yet",
        f -> f.waiting().newsWaiting());
    one(
        registry,
        "casework.inbox.oldest",
        "seconds",
        "How long the oldest news of a report waits",
        f -> f.waiting().oldestNewsSeconds());
    one(
        registry,
        "casework.file.rows.waiting",
        null,
        "People of files whose case is not opened yet",
        f -> f.waiting().fileRowsWaiting());
  }

  private <T> void each(
      MeterRegistry registry,
      String name,
      String description,
      String tag,
      Collection<T> values,
      BiFunction<Figures, T, Long> figure) {
    for (T value : values) {
      Gauge.builder(name, () -> told(f -> Objects.requireNonNullElse(figure.apply(f, value), 0L)))
          .tag(tag, value.toString())
          .description(description)
          .register(registry);
    }
  }

  private void one(
      MeterRegistry registry,
      String name,
      String unit,
      String description,
      Function<Figures, Number> figure) {
    Gauge.builder(name, () -> told(figure))
        .baseUnit(unit)
        .description(description)
        .register(registry);
  }

  private Number told(Function<Figures, Number> figure) {
    Figures figures = current();
    return figures == null ? Double.NaN : figure.apply(figures);
  }

  /** What was read last; null if that is too long ago. */
  private synchronized Figures current() {
    Instant now = clock.instant();
    long patience = 0;
    if (reading == null && !within(KEPT, begunAt, now)) {
      begunAt = now;
      reading = executor.submit(this::read);
      patience = PATIENCE; // of the first figure that a scrape asks for, and of no other
    }
    if (reading != null) {
      takeWhatWasRead(patience);
    }
    return last != null && within(TRUSTED, last.readAt(), now) ? last : null;
  }

  private void takeWhatWasRead(long patience) {
    try {
      last = reading.get(patience, TimeUnit.MILLISECONDS);
      reading = null;
    } catch (TimeoutException e) {
      log.debug("The figures are still being read");
    } catch (ExecutionException e) {
      log.warn("The figures could not be read: {}", e.getCause().getClass().getName());
      reading = null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** In tests the clock goes back, too. */
  private static boolean within(Duration span, Instant one, Instant other) {
    return one != null && Duration.between(one, other).abs().compareTo(span) < 0;
  }

  private Figures read() {
    List<AtStage> counts =
        caseload.counts(boards.all().stream().map(Board::id).collect(Collectors.toSet()));
    return new Figures(
        clock.instant(),
        counts.stream().collect(groupingBy(AtStage::stage, summingLong(AtStage::cases))),
        counts.stream()
            .filter(at -> at.stage() != Stage.CLOSED)
            .collect(groupingBy(AtStage::board, summingLong(AtStage::cases))),
        backlog.now(),
        jobs(),
        incidents());
  }

  private Jobs jobs() {
    Instant now = clock.instant();
    return jdbc.sql(
            """
            select count(*) filter (where retries_ > 0) as due,
                   count(*) filter (where retries_ > 0 and coalesce(duedate_, create_time_) < :late)
                     as overdue,
                   count(*) filter (where retries_ = 0) as failed
              from act_ru_job
             where suspension_state_ = 1 and (duedate_ <= :now or duedate_ is null or retries_ = 0)
            """)
        .param("now", Timestamp.from(now))
        .param("late", Timestamp.from(now.minus(LATE)))
        .query(Jobs.class)
        .single();
  }

  private Map<String, Long> incidents() {
    return jdbc
        .sql(
            """
            select incident_type_ as type, count(*) as incidents from act_ru_incident
             group by incident_type_
            """)
        .query(Incidents.class)
        .list()
        .stream()
        .collect(Collectors.toMap(Incidents::type, Incidents::incidents));
  }
}
