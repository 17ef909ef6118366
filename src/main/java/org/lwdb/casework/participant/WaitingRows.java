package org.lwdb.casework.participant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lwdb.casework.BadInput.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The rows of imported files that wait for their case. */
@Repository
@Transactional
public class WaitingRows {

  /** A row that fails by no fault of its own is tried so often, with pauses, and then refused. */
  private static final int ATTEMPTS = 3;

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private static final Problem GIVEN_UP =
      new Problem(
          null,
          "This row could not be taken in, though nothing is wrong with it: tell your operator, and"
              + " send it again.");

  /** What became of a row. */
  public enum Outcome {
    ACCEPTED,
    DUPLICATE,
    IDENTICAL
  }

  /**
   * A row whose case is to be opened.
   *
   * @param key equal for rows that say the same
   */
  public record Waiting(int row, String key, Referral referral) {}

  /**
   * @param by in whose name they are opened
   * @param rows those of a board one after the other, in the order of the file
   * @param takenIn the cases of rows that said the same and were taken in before, by their keys
   */
  public record Batch(String by, List<Waiting> rows, Map<String, String> takenIn) {}

  /**
   * @param caseNumber the case that was opened, or that the person (probably) has already
   */
  public record Settled(Waiting waiting, Outcome outcome, String caseNumber) {}

  private final JdbcClient jdbc;
  private final Clock clock;
  private final ObjectMapper json;
  private final Timer finished;

  WaitingRows(JdbcClient jdbc, Clock clock, ObjectMapper json, MeterRegistry metrics) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.json = json;
    this.finished =
        Timer.builder("casework.file.import")
            .description("Files of participants, from their arrival to their last case")
            .register(metrics);
  }

  /** The imports that have rows to be opened now, the oldest first. */
  @Transactional(readOnly = true)
  public List<Long> imports() {
    return jdbc.sql(
            """
            select id from participant_import i
             where finished_at is null
               and exists (
                 select from participant_import_row
                  where import_id = i.id and state = 'WAITING'
                    and (try_after is null or try_after <= ?))
             order by id
            """)
        .param(Timestamp.from(clock.instant()))
        .query(Long.class)
        .list();
  }

  /**
   * Claims the import's next rows until the end of the transaction. Nobody else opens cases from
   * files in their boards meanwhile, so that the same row is never taken in by two imports at once.
   *
   * @param wait whether to wait for another node that works on the import, or leave it to that
   */
  public Batch claim(long importId, int most, boolean wait) {
    Optional<String> by =
        jdbc.sql(
                "select imported_by from participant_import where id = ? for update"
                    + (wait ? "" : " skip locked"))
            .param(importId)
            .query(String.class)
            .optional();
    if (by.isEmpty()) {
      return new Batch(null, List.of(), Map.of());
    }
    // The same few statements for each row: planning them took longer than running them.
    jdbc.sql("set local plan_cache_mode = force_generic_plan").update();
    List<Waiting> rows =
        jdbc.sql(
                """
                select row, key, referral from participant_import_row
                 where import_id = ? and state = 'WAITING'
                   and (try_after is null or try_after <= ?)
                 order by board_id, row limit ?
                """)
            .params(importId, Timestamp.from(clock.instant()), most)
            .query(
                (row, n) ->
                    new Waiting(
                        row.getInt("row"),
                        row.getString("key"),
                        read(row.getString("referral"), Referral.class)))
            .list();
    rows.stream()
        .map(waiting -> waiting.referral().board())
        .distinct()
        .forEach(
            board ->
                jdbc.sql("select count(*) from pg_advisory_xact_lock(hashtextextended(?, 0))")
                    .param("participant-import " + board)
                    .query(Long.class)
                    .single());
    return new Batch(by.get(), rows, rows.isEmpty() ? Map.of() : takenIn(rows));
  }

  /** The case of each key for which a row of one of the boards was taken in before. */
  private Map<String, String> takenIn(List<Waiting> rows) {
    Map<String, String> cases = new HashMap<>();
    jdbc.sql(
            """
            select key, case_number from participant_import_row
             where board_id = any (:boards) and key = any (:keys)
               and state in ('ACCEPTED', 'DUPLICATE')
            """)
        .param("boards", rows.stream().map(w -> w.referral().board()).toArray(String[]::new))
        .param("keys", rows.stream().map(Waiting::key).toArray(String[]::new))
        .query(
            row -> {
              cases.put(row.getString("key"), row.getString("case_number"));
            });
    return cases;
  }

  /**
   * Has the statements planned anew that look for people: plans made while there were a few cases
   * read all of them each time, and PostgreSQL itself looks only once a minute.
   */
  public void analyzeCases() {
    jdbc.sql("analyze participant, participant_email").update();
  }

  /**
   * Writes down what became of claimed rows; what stood in them is emptied, since it is in the
   * cases now.
   */
  public void settle(long importId, List<Settled> rows) {
    jdbc.sql(
            """
            update participant_import_row r
               set state = s.state, case_number = s.case_number, referral = null
              from unnest(cast(:rows as int[]), cast(:states as text[]), cast(:cases as text[]))
                as s(row, state, case_number)
             where r.import_id = :id and r.row = s.row
            """)
        .param("id", importId)
        .param("rows", rows.stream().map(s -> s.waiting().row()).toArray(Integer[]::new))
        .param("states", rows.stream().map(s -> s.outcome().name()).toArray(String[]::new))
        .param("cases", rows.stream().map(Settled::caseNumber).toArray(String[]::new))
        .update();
    int accepted = (int) rows.stream().filter(s -> s.outcome() == Outcome.ACCEPTED).count();
    count(importId, accepted, 0, rows.size() - accepted);
  }

  /** Refuses a claimed row; it stands in the file of corrections then. */
  public void refuse(long importId, Waiting waiting, List<Problem> problems) {
    List<String> columns =
        List.of(
            jdbc.sql("select columns from participant_import where id = ?")
                .param(importId)
                .query((row, n) -> (String[]) row.getArray("columns").getArray())
                .single());
    jdbc.sql(
            """
            update participant_import_row
               set state = 'REFUSED', referral = null, cells = ?, problems = cast(? as jsonb)
             where import_id = ? and row = ?
            """)
        .params(
            cells(waiting.referral(), ReferralColumns.known(columns)),
            write(problems),
            importId,
            waiting.row())
        .update();
    count(importId, 0, 1, 0);
  }

  /** The case could not be opened by no fault of the row: it is tried again later, or given up. */
  public void failed(long importId, Waiting waiting) {
    int attempts =
        jdbc.sql(
                """
                update participant_import_row
                   set attempts = attempts + 1, try_after = ?
                 where import_id = ? and row = ? and state = 'WAITING' returning attempts
                """)
            .params(Timestamp.from(clock.instant().plus(PAUSE)), importId, waiting.row())
            .query(Integer.class)
            .optional()
            .orElse(0);
    if (attempts >= ATTEMPTS) {
      refuse(importId, waiting, List.of(GIVEN_UP));
    }
  }

  private void count(long importId, int accepted, int refused, int duplicates) {
    jdbc.sql(
            """
            update participant_import i
               set accepted = accepted + :accepted, refused = refused + :refused,
                   duplicates = duplicates + :duplicates,
                   finished_at = case when not exists (
                     select from participant_import_row
                      where import_id = i.id and state = 'WAITING') then cast(:now as timestamptz) end
             where id = :id
            returning extract(epoch from finished_at - imported_at)
            """)
        .param("accepted", accepted)
        .param("refused", refused)
        .param("duplicates", duplicates)
        .param("now", Timestamp.from(clock.instant()))
        .param("id", importId)
        .query(Double.class)
        .optional()
        .ifPresent(seconds -> finished.record(Duration.ofMillis((long) (seconds * 1000))));
  }

  /** The row's cells as they might have been written. */
  private String[] cells(Referral referral, ReferralColumns columns) {
    Map<String, Object> values = ReferralFields.of(referral, json);
    values.put(
        "enrollingServices",
        referral.enrollingServices().stream()
            .map(service -> service.service() + " " + service.on())
            .collect(Collectors.joining("; ")));
    return columns.fields().stream()
        .map(field -> Objects.toString(values.get(field), ""))
        .toArray(String[]::new);
  }

  private <T> T read(String text, Class<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored row cannot be read", e);
    }
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A row cannot be stored", e);
    }
  }
}
