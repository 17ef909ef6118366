package org.lwdb.casework.learning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.annotation.Timed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.Forbidden;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.Page;
import org.lwdb.casework.learning.RunningImport.Step;
import org.lwdb.casework.learning.RunningImports.Told;
import org.lwdb.casework.spreadsheet.BadFile;
import org.lwdb.casework.spreadsheet.RowProblem;
import org.lwdb.casework.spreadsheet.Rows;
import org.lwdb.casework.spreadsheet.SpreadsheetFile;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Imports Coursera's downloadable reports: all that is known of what learners do. An import is one
 * transaction of a few statements, however many rows the file has; a second one waits for the
 * first.
 */
@Service
public class CourseraReports {

  /** A time without a zone may be that of any zone. */
  private static final Duration ZONES = Duration.ofDays(1);

  private static final String SELECT =
      """
      select r.*, (
        select jsonb_agg(jsonb_build_object('row', p.row, 'field', p.field, 'message', p.problem)
                         order by p.row)
          from (select row, field, problem from coursera_report_row
                 where report_id = r.id order by row limit 100) p)
        as problems
        from coursera_report r
       where r.boards <@ cast(:boards as text[]) and r.boards <> '{}'
      """;

  private final JdbcClient jdbc;
  private final JdbcTemplate connections;
  private final UnmatchedRows unmatchedRows;
  private final RunningImports running;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final CaseworkSettings settings;
  private final ObjectMapper json;
  private final ApplicationEventPublisher events;

  /** Of this node: whoever waits for it holds no connection, as whoever waits for a node does. */
  private final Lock one = new ReentrantLock();

  CourseraReports(
      JdbcClient jdbc,
      JdbcTemplate connections,
      UnmatchedRows unmatchedRows,
      RunningImports running,
      PlatformTransactionManager transactions,
      Clock clock,
      CaseworkSettings settings,
      ObjectMapper json,
      ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.connections = connections;
    this.unmatchedRows = unmatchedRows;
    this.running = running;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
    this.settings = settings;
    this.json = json;
    this.events = events;
  }

  /**
   * Imports a file; only participants of these boards are touched, rows of all others match nobody.
   *
   * @throws BadFile when the file is none of the reports, or cannot be read: nothing is stored
   */
  @Timed(value = "casework.report.import", description = "Imports of Coursera's reports")
  public ReportResult importReport(InputStream file, String fileName, Set<String> boards) {
    if (boards.isEmpty()) {
      throw new Forbidden("Reports are imported by the people of a board.");
    }
    String[] scope = boards.stream().sorted().toArray(String[]::new);
    RunningImport waiting =
        new RunningImport(
            shorten(fileName), null, CurrentUser.name(), clock.instant(), Step.WAITING, 0);
    try (SpreadsheetFile report = SpreadsheetFile.of(file);
        Told told = running.begin(waiting, scope)) {
      one.lock();
      try {
        matchDueRows();
        long id =
            transaction.execute(status -> importOnce(report, waiting.fileName(), scope, told));
        return get(id, boards);
      } finally {
        one.unlock();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The imports of these boards' people, the latest first. */
  public Page<ReportResult> list(Set<String> boards, Page.Request page) {
    String order =
        page.orderBy(
            Map.of(
                "id", "id", "importedAt", "imported_at", "fileName", "file_name", "rows", "rows"),
            "id desc");
    String[] scope = boards.toArray(String[]::new);
    return Page.of(
        jdbc.sql(SELECT + " order by " + order + " limit :size offset :offset")
            .param("boards", scope)
            .param("size", page.size())
            .param("offset", page.offset())
            .query(this::result)
            .list(),
        page,
        jdbc.sql(
                "select count(*) from coursera_report where boards <@ cast(:boards as text[]) and boards <> '{}'")
            .param("boards", scope)
            .query(Long.class)
            .single());
  }

  /** One import. */
  public ReportResult get(long id, Set<String> boards) {
    return jdbc.sql(SELECT + " and r.id = :id")
        .param("boards", boards.toArray(String[]::new))
        .param("id", id)
        .query(this::result)
        .optional()
        .orElseThrow(() -> new NotFound("There is no such report."));
  }

  /** The rows of an import that matched nobody, as the file has them. */
  public Page<UnmatchedRow> unmatched(long id, Set<String> boards, Page.Request page) {
    get(id, boards);
    return unmatchedRows.of(id, page);
  }

  private long importOnce(SpreadsheetFile file, String fileName, String[] boards, Told told) {
    oneAtATime();
    Instant now = clock.instant();
    return importedBefore(file.digest(), boards, now)
        .map(id -> repeat(id, fileName, now))
        .orElseGet(() -> importNow(file, fileName, boards, now, told));
  }

  private long importNow(
      SpreadsheetFile file, String fileName, String[] boards, Instant now, Told told) {
    Staging staging = new Staging(json, now.plus(ZONES), told::read);
    ReportKind kind =
        connections.execute((ConnectionCallback<ReportKind>) c -> load(staging, file, c, told));
    told.step(Step.MATCHING, kind);
    Matching.Counts strange = new Matching(jdbc, boards, now).run();
    int refused = staging.refused() + strange.conflicts();
    int matched = staging.rows() - refused - strange.unmatched();
    told.step(Step.MERGING, kind);
    Merging.Counts counts = merge(kind, matched, now);
    long id =
        jdbc.sql(
                """
                insert into coursera_report (kind, file_name, digest, boards, imported_by,
                  imported_at, rows, matched, unmatched, refused, newly_joined, newly_enrolled,
                  newly_completed, updated, unchanged)
                values (:kind, :fileName, :digest, :boards, :by, :now, :rows, :matched, :unmatched,
                  :refused, :joined, :enrolled, :completed, :updated, :unchanged)
                returning id
                """)
            .param("kind", kind.name())
            .param("fileName", fileName)
            .param("digest", file.digest())
            .param("boards", boards)
            .param("by", CurrentUser.name())
            .param("now", Timestamp.from(now))
            .param("rows", staging.rows())
            .param("matched", matched)
            .param("unmatched", strange.unmatched())
            .param("refused", refused)
            .param("joined", counts.joined())
            .param("enrolled", counts.enrolled())
            .param("completed", counts.completed())
            .param("updated", counts.updated())
            .param("unchanged", counts.unchanged())
            .query(Long.class)
            .single();
    keepRefused(id);
    keepUnmatched(id, strange, boards, now);
    return id;
  }

  private static ReportKind load(
      Staging staging, SpreadsheetFile file, Connection connection, Told told) throws SQLException {
    try (Rows rows = file.rows()) {
      ReportReader reader = new ReportReader(rows);
      told.step(Step.READING, reader.kind());
      staging.load(reader, connection);
      return reader.kind();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Merging.Counts merge(ReportKind kind, int rows, Instant now) {
    if (kind == ReportKind.MEMBERSHIP) {
      return new Merging.Counts(new Memberships(jdbc, now).run(), 0, 0, 0, 0);
    }
    Merging merging = new Merging(jdbc, now);
    Merging.Counts counts = merging.run(rows);
    Optional.ofNullable(merging.changed()).ifPresent(events::publishEvent);
    return counts;
  }

  private void keepRefused(long reportId) {
    jdbc.sql(
            """
            insert into coursera_report_row (report_id, row, field, problem, content)
            select ?, row, field, problem, cast(content as jsonb)
              from staged where problem is not null
            """)
        .param(reportId)
        .update();
  }

  private void keepUnmatched(long reportId, Matching.Counts strange, String[] boards, Instant now) {
    if (strange.unmatched() + strange.conflicts() > 0) {
      unmatchedRows.keep(reportId, boards, now);
    }
    if (strange.conflicts() > 0) {
      unmatchedRows.refuseConflicts(reportId);
    }
  }

  /**
   * Matches rows that earlier imports could not match, now that an address or a case number has
   * come to be known; does nothing while an import runs, which begins with it.
   */
  public void matchDueRows() {
    if (one.tryLock()) {
      try {
        while (Boolean.TRUE.equals(transaction.execute(status -> matchDueRowsOfOneReport()))) {
          // the next one
        }
      } finally {
        one.unlock();
      }
    }
  }

  /** Deletes rows that nobody was found for, whatever they say. */
  void forgetUnmatchedRows() {
    unmatchedRows.forget(settings.retention().unmatchedRows().before(clock.instant()));
  }

  private boolean matchDueRowsOfOneReport() {
    if (unmatchedRows.reportWithDueRows() == null) {
      return false;
    }
    oneAtATime();
    Long id = unmatchedRows.reportWithDueRows();
    if (id == null) {
      return false;
    }
    Instant now = clock.instant();
    ReportKind kind =
        jdbc.sql("select kind from coursera_report where id = ?")
            .param(id)
            .query(ReportKind.class)
            .single();
    String[] boards =
        jdbc.sql("select unnest(boards) from coursera_report where id = ?")
            .param(id)
            .query(String.class)
            .list()
            .toArray(String[]::new);
    int due = unmatchedRows.stageDue(id);
    int refused = unmatchedRows.dueConflicts(id);
    Matching.Counts strange = new Matching(jdbc, boards, now).run();
    int matched = due - strange.unmatched() - strange.conflicts();
    Merging.Counts counts = merge(kind, matched, now);
    unmatchedRows.settleDue(id);
    if (strange.conflicts() > 0) {
      unmatchedRows.refuseConflicts(id);
    }
    jdbc.sql(
            """
            update coursera_report
               set matched = matched + :matched, refused = refused + :refused,
                   unmatched = unmatched - :matched - :refused,
                   newly_joined = newly_joined + :joined,
                   newly_enrolled = newly_enrolled + :enrolled,
                   newly_completed = newly_completed + :completed,
                   updated = updated + :updated, unchanged = unchanged + :unchanged
             where id = :id
            """)
        .param("id", id)
        .param("matched", matched)
        .param("refused", strange.conflicts() - refused)
        .param("joined", counts.joined())
        .param("enrolled", counts.enrolled())
        .param("completed", counts.completed())
        .param("updated", counts.updated())
        .param("unchanged", counts.unchanged())
        .update();
    return true;
  }

  /** Imports wait for each other until the end of the transaction, on all nodes. */
  private void oneAtATime() {
    jdbc.sql("select pg_advisory_xact_lock(hashtext('coursera-report'))").query().listOfRows();
    jdbc.sql("set local work_mem = '256MB'").update();
    jdbc.sql("set local jit = off").update(); // takes longer than it saves
  }

  /** The latest import of the same file for the same boards whose unmatched rows are still here. */
  private Optional<Long> importedBefore(String digest, String[] boards, Instant now) {
    return jdbc.sql(
            """
            select id from coursera_report
             where digest = :digest and boards = cast(:boards as text[]) and imported_at > :since
             order by id desc limit 1
            """)
        .param("digest", digest)
        .param("boards", boards)
        .param("since", Timestamp.from(settings.retention().unmatchedRows().before(now)))
        .query(Long.class)
        .optional();
  }

  /** The same file again changes nothing, and says so. */
  private long repeat(long before, String fileName, Instant now) {
    long id =
        jdbc.sql(
                """
                insert into coursera_report (kind, file_name, digest, boards, imported_by,
                  imported_at, rows, matched, unmatched, refused, newly_joined, newly_enrolled,
                  newly_completed, updated, unchanged)
                select kind, :fileName, digest, boards, :by, :now, rows, matched, unmatched,
                       refused, 0, 0, 0, 0, newly_enrolled + updated + unchanged
                  from coursera_report where id = :before
                returning id
                """)
            .param("fileName", fileName)
            .param("by", CurrentUser.name())
            .param("now", Timestamp.from(now))
            .param("before", before)
            .query(Long.class)
            .single();
    jdbc.sql(
            """
            insert into coursera_report_row (report_id, row, field, problem, content)
            select ?, row, field, problem, content from coursera_report_row where report_id = ?
            """)
        .params(id, before)
        .update();
    unmatchedRows.handOver(before, id);
    return id;
  }

  private ReportResult result(ResultSet row, int n) throws SQLException {
    String problems = row.getString("problems");
    return new ReportResult(
        row.getLong("id"),
        ReportKind.valueOf(row.getString("kind")),
        row.getString("file_name"),
        row.getTimestamp("imported_at").toInstant(),
        row.getString("imported_by"),
        row.getInt("rows"),
        row.getInt("matched"),
        row.getInt("unmatched"),
        row.getInt("refused"),
        row.getInt("newly_joined"),
        row.getInt("newly_enrolled"),
        row.getInt("newly_completed"),
        row.getInt("updated"),
        row.getInt("unchanged"),
        problems == null ? List.of() : read(problems, new TypeReference<List<RowProblem>>() {}));
  }

  private <T> T read(String text, TypeReference<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // PostgreSQL's jsonb can be read
    }
  }

  /** The name for the list of imports: of a path the last part. */
  private static String shorten(String fileName) {
    String name =
        fileName == null
            ? ""
            : fileName.replaceAll(".*[/\\\\]", "").replaceAll("\\p{Cntrl}", "").strip();
    return name.isEmpty() ? "report" : name.substring(0, Math.min(name.length(), 200));
  }
}
