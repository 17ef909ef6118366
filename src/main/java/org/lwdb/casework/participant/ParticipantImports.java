package org.lwdb.casework.participant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.micrometer.core.annotation.Timed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.lwdb.casework.BadInput.Problem;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.Forbidden;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.Page;
import org.lwdb.casework.localarea.Boards;
import org.lwdb.casework.participant.ImportResult.Duplicate;
import org.lwdb.casework.participant.ImportResult.OpenedCase;
import org.lwdb.casework.participant.ImportResult.State;
import org.lwdb.casework.spreadsheet.BadFile;
import org.lwdb.casework.spreadsheet.Formula;
import org.lwdb.casework.spreadsheet.RowProblem;
import org.lwdb.casework.spreadsheet.Rows;
import org.lwdb.casework.spreadsheet.SpreadsheetFile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * People who are referred by the file. All rows of a file are read, checked and stored in one
 * transaction; their cases are opened after it, row by row ({@link WaitingRows}).
 */
@Service
public class ParticipantImports {

  static final int MOST_ROWS = 200_000;
  private static final int ROWS_A_STATEMENT = 1_000;

  /** Who belongs to all boards of an import sees it. */
  private static final String VISIBLE =
      " from participant_import where boards <@ cast(:boards as text[]) and boards <> '{}'";

  private final JdbcClient jdbc;
  private final JdbcClient cursor; // in a transaction: fetches a few rows at a time
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final ObjectMapper json;
  private final ObjectWriter whatIsSaid; // and nothing of what is not: a new field changes no key
  private final CaseworkSettings settings;
  private final Boards allBoards;
  private final ReferralRules rules;

  ParticipantImports(
      JdbcClient jdbc,
      DataSource dataSource,
      PlatformTransactionManager transactions,
      Clock clock,
      ObjectMapper json,
      CaseworkSettings settings,
      Boards allBoards,
      ReferralRules rules) {
    this.jdbc = jdbc;
    JdbcTemplate inParts = new JdbcTemplate(dataSource);
    inParts.setFetchSize(ROWS_A_STATEMENT);
    this.cursor = JdbcClient.create(inParts);
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
    this.json = json;
    this.whatIsSaid =
        json.copy().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL).writer();
    this.settings = settings;
    this.allBoards = allBoards;
    this.rules = rules;
  }

  /**
   * Stores a file's rows, to be opened; the same file again is the same import.
   *
   * @param board of the rows that name none; null if each has to
   * @param boards those that rows may be of
   * @return the import's id
   * @throws BadFile if it cannot be read, or is no list of participants: nothing is stored
   */
  @Timed(value = "casework.file.read", description = "Files of participants, read and stored")
  public long store(InputStream content, String fileName, String board, Set<String> boards) {
    return read(
        content,
        file ->
            transaction.execute(
                status ->
                    insert(file, file.digest(), fileName, board, boards)
                        .orElseGet(() -> find(file.digest(), board, boards))));
  }

  /**
   * What a file would come to: it is stored, compared with the cases and with itself, and all of
   * that is undone.
   */
  public ImportResult dryRun(
      InputStream content, String fileName, String board, Set<String> boards) {
    return read(
        content,
        file ->
            transaction.execute(
                status -> {
                  status.setRollbackOnly();
                  String digest = "dry run " + UUID.randomUUID();
                  long id = insert(file, digest, fileName, board, boards).orElseThrow();
                  new Forecast(cursor, id).run();
                  return get(id, boards).ofDryRun();
                }));
  }

  /** The imports of these boards' people, the latest first, without their rows. */
  public Page<ImportResult> list(Set<String> boards, Page.Request page) {
    String[] scope = boards.toArray(String[]::new);
    String order =
        page.orderBy(
            Map.of(
                "id", "id", "importedAt", "imported_at", "fileName", "file_name", "rows", "rows"),
            "id desc");
    return Page.of(
        jdbc.sql("select *" + VISIBLE + " order by " + order + " limit :size offset :offset")
            .param("boards", scope)
            .param("size", page.size())
            .param("offset", page.offset())
            .query(ParticipantImports::result)
            .list(),
        page,
        jdbc.sql("select count(*)" + VISIBLE).param("boards", scope).query(Long.class).single());
  }

  /** One import with its rows, as many as are done. */
  public ImportResult get(long id, Set<String> boards) {
    ImportResult result = require(id, boards, ParticipantImports::result);
    List<RowProblem> problems = new ArrayList<>();
    List<OpenedCase> cases = new ArrayList<>();
    List<Duplicate> duplicates = new ArrayList<>();
    jdbc.sql(
            """
            select row, state, case_number, problems from participant_import_row
             where import_id = ? and state <> 'WAITING' order by row
            """)
        .param(id)
        .query(
            row -> {
              int number = row.getInt("row");
              String caseNumber = row.getString("case_number");
              String state = row.getString("state");
              switch (state) {
                case "ACCEPTED" -> cases.add(new OpenedCase(number, caseNumber));
                case "REFUSED" ->
                    problems(row)
                        .forEach(p -> problems.add(new RowProblem(number, p.field(), p.message())));
                default ->
                    duplicates.add(new Duplicate(number, caseNumber, state.equals("IDENTICAL")));
              }
            });
    return result.with(problems, cases, duplicates);
  }

  /**
   * Writes the refused rows of an import as CSV, with their own columns and one that says what to
   * correct. The corrected file can be imported as it is.
   */
  public void writeCorrections(long id, Set<String> boards, Writer out) {
    List<String> headers =
        require(id, boards, (row, n) -> List.of((String[]) row.getArray("columns").getArray()));
    ReferralColumns columns = ReferralColumns.known(headers);
    try (CsvWriter csv = CsvWriter.builder().quoteStrategy(QuoteStrategies.ALWAYS).build(out)) {
      csv.writeRecord(guarded(headers, ReferralColumns.WHAT_TO_CORRECT));
      transaction.executeWithoutResult(
          status ->
              cursor
                  .sql(
                      """
                      select cells, problems from participant_import_row
                       where import_id = ? and cells is not null order by row
                      """)
                  .param(id)
                  .query(
                      row -> {
                        csv.writeRecord(
                            guarded(
                                List.of((String[]) row.getArray("cells").getArray()),
                                problems(row).stream()
                                    .map(problem -> columns.sentence(problem))
                                    .collect(Collectors.joining(" "))));
                      }));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empties what was refused too long ago for anybody to correct it. */
  public void forget() {
    jdbc.sql(
            """
            update participant_import_row set cells = null
             where cells is not null
               and import_id in (select id from participant_import where imported_at < ?)
            """)
        .param(Timestamp.from(settings.retention().importRows().before(clock.instant())))
        .update();
  }

  private static <T> T read(InputStream content, Function<SpreadsheetFile, T> work) {
    try (SpreadsheetFile file = SpreadsheetFile.of(content)) {
      return work.apply(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The new import's id; empty if the same file is there already, or just being stored. */
  private Optional<Long> insert(
      SpreadsheetFile file, String digest, String fileName, String board, Set<String> boards) {
    if (boards.isEmpty()) {
      throw new Forbidden("Participants are imported by the people of a board.");
    }
    try (Rows rows = file.rows()) {
      ReferralColumns columns = ReferralColumns.of(rows.headers(), board == null);
      Optional<Long> id =
          jdbc.sql(
                  """
                  insert into participant_import
                    (boards, board_id, file_name, digest, columns, ignored_columns, imported_by,
                     imported_at)
                  values (?, ?, ?, ?, ?, ?, ?, ?)
                  on conflict do nothing returning id
                  """)
              .params(
                  sorted(boards),
                  board,
                  shorten(fileName),
                  digest,
                  columns.headers().toArray(String[]::new),
                  columns.ignored().toArray(String[]::new),
                  CurrentUser.name(),
                  Timestamp.from(clock.instant()))
              .query(Long.class)
              .optional();
      if (id.isPresent()) {
        ReferralCells cells = new ReferralCells(NewYork.today(clock), allBoards.all());
        fill(id.get(), rows, new ReferralReader(columns, cells, rules, boards, board));
      }
      return id;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long find(String digest, String board, Set<String> boards) {
    return jdbc.sql(
            """
            select id from participant_import
             where digest = ? and boards = cast(? as text[]) and board_id is not distinct from ?
            """)
        .params(digest, sorted(boards), board)
        .query(Long.class)
        .single();
  }

  private void fill(long id, Rows rows, ReferralReader reader) {
    List<Map<String, Object>> read = new ArrayList<>();
    int refused = 0;
    for (String[] cells = rows.next(); cells != null; cells = rows.next()) {
      if (rows.number() > MOST_ROWS) {
        throw new BadFile(
            "The file has more than "
                + MOST_ROWS
                + " rows. Split it, and send the parts one after the other.");
      }
      ReferralReader.Row row = reader.read(cells);
      boolean accepted = row.problems().isEmpty();
      Map<String, Object> values = new HashMap<>();
      values.put("row", rows.number());
      values.put("state", accepted ? "WAITING" : "REFUSED");
      if (accepted) {
        values.put("board_id", row.referral().board());
        values.put("key", key(row.referral()));
        values.put("referral", row.referral());
      } else {
        values.put("cells", row.kept());
        values.put("problems", row.problems());
        refused++;
      }
      read.add(values);
      if (read.size() == ROWS_A_STATEMENT) {
        insert(id, read);
      }
    }
    insert(id, read);
    jdbc.sql(
            """
            update participant_import
               set rows = :rows, refused = :refused,
                   finished_at = case when :rows = :refused then imported_at end
             where id = :id
            """)
        .param("rows", rows.number())
        .param("refused", refused)
        .param("id", id)
        .update();
  }

  private void insert(long id, List<Map<String, Object>> rows) {
    jdbc.sql(
            """
            insert into participant_import_row
              (import_id, row, board_id, key, state, referral, cells, problems)
            select :id, row, board_id, key, state, referral, cells, problems
              from jsonb_to_recordset(cast(:rows as jsonb))
                as r(row int, board_id text, key text, state text, referral jsonb, cells text[],
                     problems jsonb)
            """)
        .param("id", id)
        .param("rows", write(rows))
        .update();
    rows.clear();
  }

  /** Equal for rows that say the same, however their cells are written. */
  private String key(Referral referral) {
    try {
      String said = whatIsSaid.writeValueAsString(referral).toLowerCase(Locale.ROOT);
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(said.getBytes(StandardCharsets.UTF_8)));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // texts and dates can be written, and every Java has it
    }
  }

  private <T> T require(long id, Set<String> boards, RowMapper<T> mapper) {
    return jdbc.sql("select *" + VISIBLE + " and id = :id")
        .param("boards", boards.toArray(String[]::new))
        .param("id", id)
        .query(mapper)
        .optional()
        .orElseThrow(() -> new NotFound("There is no such import."));
  }

  private static ImportResult result(ResultSet row, int n) throws SQLException {
    int accepted = row.getInt("accepted");
    int refused = row.getInt("refused");
    int duplicates = row.getInt("duplicates");
    return new ImportResult(
        row.getLong("id"),
        row.getTimestamp("finished_at") == null ? State.RUNNING : State.DONE,
        row.getString("file_name"),
        row.getTimestamp("imported_at").toInstant(),
        row.getString("imported_by"),
        row.getInt("rows"),
        accepted + refused + duplicates,
        accepted,
        refused,
        duplicates,
        List.of((String[]) row.getArray("ignored_columns").getArray()),
        List.of(),
        List.of(),
        List.of());
  }

  private List<Problem> problems(ResultSet row) throws SQLException {
    try {
      return json.readValue(row.getString("problems"), new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // PostgreSQL's jsonb can be read
    }
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // texts, numbers and dates can be written
    }
  }

  private static List<String> guarded(List<String> cells, String last) {
    return Stream.concat(cells.stream(), Stream.of(last)).map(Formula::guarded).toList();
  }

  private static String[] sorted(Set<String> boards) {
    return boards.stream().sorted().toArray(String[]::new);
  }

  /** The name for the list of imports: of a path the last part. */
  private static String shorten(String fileName) {
    String name =
        fileName == null
            ? ""
            : fileName.replaceAll(".*[/\\\\]", "").replaceAll("\\p{Cntrl}", "").strip();
    return name.isEmpty() ? "participants" : name.substring(0, Math.min(name.length(), 200));
  }
}
