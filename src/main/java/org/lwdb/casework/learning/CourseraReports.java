package org.lwdb.casework.learning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.Forbidden;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.Page;
import org.lwdb.casework.spreadsheet.BadFile;
import org.lwdb.casework.spreadsheet.RowProblem;
import org.lwdb.casework.spreadsheet.Rows;
import org.lwdb.casework.spreadsheet.SpreadsheetFile;
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
                 where report_id = r.id and problem <> 'UNMATCHED' order by row limit 100) p)
        as problems
        from coursera_report r
       where r.boards <@ cast(:boards as text[]) and r.boards <> '{}'
      """;

  private final JdbcClient jdbc;
  private final JdbcTemplate connections;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final ObjectMapper json;

  CourseraReports(
      JdbcClient jdbc,
      JdbcTemplate connections,
      PlatformTransactionManager transactions,
      Clock clock,
      ObjectMapper json) {
    this.jdbc = jdbc;
    this.connections = connections;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
    this.json = json;
  }

  /**
   * Imports a file; only participants of these boards are touched, rows of all others match nobody.
   *
   * @throws BadFile when the file is none of the reports, or cannot be read: nothing is stored
   */
  public ReportResult importReport(InputStream file, String fileName, Set<String> boards) {
    if (boards.isEmpty()) {
      throw new Forbidden("Reports are imported by the people of a board.");
    }
    String[] scope = boards.stream().sorted().toArray(String[]::new);
    try (SpreadsheetFile report = SpreadsheetFile.of(file)) {
      long id = transaction.execute(status -> importOnce(report, shorten(fileName), scope));
      return get(id, boards);
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
    ReportResult report = get(id, boards);
    String order = page.orderBy(Map.of("row", "row"), "row");
    return Page.of(
        jdbc.sql(
                """
                select row, content from coursera_report_row
                 where report_id = :id and problem = 'UNMATCHED'
                 order by """
                    + " "
                    + order
                    + " limit :size offset :offset")
            .param("id", id)
            .param("size", page.size())
            .param("offset", page.offset())
            .query(
                (row, n) ->
                    new UnmatchedRow(
                        row.getInt("row"),
                        read(row.getString("content"), new TypeReference<>() {})))
            .list(),
        page,
        report.unmatched());
  }

  private long importOnce(SpreadsheetFile file, String fileName, String[] boards) {
    jdbc.sql("select pg_advisory_xact_lock(hashtext('coursera-report'))").query().listOfRows();
    jdbc.sql("set local work_mem = '64MB'").update();
    Instant now = clock.instant();
    return importedBefore(file.digest(), boards)
        .map(id -> repeat(id, fileName, now))
        .orElseGet(() -> importNow(file, fileName, boards, now));
  }

  private long importNow(SpreadsheetFile file, String fileName, String[] boards, Instant now) {
    Staging staging = new Staging(json, now.plus(ZONES));
    ReportKind kind =
        connections.execute((ConnectionCallback<ReportKind>) c -> load(staging, file, c));
    new Matching(jdbc, boards, now).run();
    Merging.Counts counts = new Merging(jdbc, now).run();
    long id =
        jdbc.sql(
                """
                insert into coursera_report (kind, file_name, digest, boards, imported_by,
                  imported_at, rows, matched, unmatched, refused, newly_joined, newly_enrolled,
                  newly_completed, updated, unchanged)
                select :kind, :fileName, :digest, :boards, :by, :now, :rows,
                       coalesce(sum(rows) filter (
                         where participant_id is not null and other_case is null), 0),
                       coalesce(sum(rows) filter (where participant_id is null), 0),
                       :refused + coalesce(sum(rows) filter (where other_case is not null), 0),
                       :joined, :enrolled, :completed, :updated, :unchanged
                  from person
                returning id
                """)
            .param("kind", kind.name())
            .param("fileName", fileName)
            .param("digest", file.digest())
            .param("boards", boards)
            .param("by", CurrentUser.name())
            .param("now", Timestamp.from(now))
            .param("rows", staging.rows())
            .param("refused", staging.refused())
            .param("joined", counts.joined())
            .param("enrolled", counts.enrolled())
            .param("completed", counts.completed())
            .param("updated", counts.updated())
            .param("unchanged", counts.unchanged())
            .query(Long.class)
            .single();
    keepRows(id);
    return id;
  }

  private static ReportKind load(Staging staging, SpreadsheetFile file, Connection connection)
      throws SQLException {
    try (Rows rows = file.rows()) {
      ReportReader reader = new ReportReader(rows);
      if (reader.kind() == ReportKind.MEMBERSHIP || reader.kind() == ReportKind.SPECIALIZATION) {
        throw new BadFile(
            "Nothing is read from " + reader.kind().inWords() + " yet. Send the usage report.");
      }
      staging.load(reader, connection);
      return reader.kind();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keepRows(long reportId) {
    jdbc.sql(
            """
            insert into coursera_report_row (report_id, row, field, problem, content)
            select :id, row, field, problem, content from staged where problem is not null
            union all
            select :id, s.row,
                   case when p.other_case is not null then 'External Id' end,
                   case when p.other_case is null then 'UNMATCHED'
                     else 'The external id is that of one participant, but the e-mail address is'
                       || ' known for case ' || p.other_case || '. Find out whose row it is, and'
                       || ' correct the external id or the address in Coursera.' end,
                   jsonb_strip_nulls(jsonb_build_object(
                     'Name', nullif(s.name, ''), 'Email', nullif(s.email, ''),
                     'External Id', nullif(s.external_id, ''), 'Course', s.course,
                     'Course ID', s.course_id, 'Course Slug', s.slug, 'University', s.partner,
                     'Enrollment Time', s.enrolled_at at time zone 'UTC',
                     'Last Course Activity Time', s.last_activity_at at time zone 'UTC',
                     'Overall Progress', s.progress, 'Learning Hours', s.learning_hours,
                     'Completed', s.completed, 'Removed From Program', s.removed,
                     'Program Slug', nullif(s.program_slug, ''),
                     'Completion Time', s.completed_at at time zone 'UTC',
                     'Course Grade', s.grade, 'Course Certificate URL', s.certificate_url))
              from staged s join person p using (external_id, email)
             where s.problem is null and (p.participant_id is null or p.other_case is not null)
            """)
        .param("id", reportId)
        .update();
  }

  /**
   * The latest import of the same file for the same boards, unless a case or an address has come
   * since then that its rows might match now.
   */
  private Optional<Long> importedBefore(String digest, String[] boards) {
    return jdbc.sql(
            """
            select id from coursera_report r
             where digest = :digest and boards = cast(:boards as text[])
               and not exists (
                 select from participant p
                  where p.board_id = any (:boards) and p.opened_at >= r.imported_at)
               and not exists (
                 select from participant_email e join participant p on p.id = e.participant_id
                  where p.board_id = any (:boards) and e.added_at >= r.imported_at
                    and e.source <> 'COURSERA')
             order by id desc limit 1
            """)
        .param("digest", digest)
        .param("boards", boards)
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
