package org.lwdb.casework.report;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.lwdb.casework.NewYork;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What a board's staff want to know in the morning. */
@Repository
public class DayAtTheBoards {

  private static final Duration REPORT_EXPECTED_WITHIN = Duration.ofDays(7);
  private static final Duration FAILURES_SHOWN_FOR = Duration.ofDays(7);

  /** How many things of a kind happened to cases, by the subject of the timeline. */
  public record Count(String subject, long number) {}

  /** One thing that happened to a case. */
  public record Change(
      Instant at, String caseNumber, String participant, String board, String who, String what) {}

  /**
   * What must be looked after.
   *
   * @param lastReport when Coursera's last report was imported; null: never
   * @param overdueEntries entries that OSOS should have by now
   * @param unmatchedRows rows of reports that match nobody
   * @param failedMails mails that bounced, failed, or may not have gone out, in the last seven days
   */
  public record Warnings(
      Instant lastReport,
      boolean reportMissing,
      long overdueEntries,
      long unmatchedRows,
      long failedMails) {

    public boolean none() {
      return !reportMissing && overdueEntries + unmatchedRows + failedMails == 0;
    }
  }

  private final JdbcClient jdbc;
  private final Clock clock;

  DayAtTheBoards(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Since the beginning of yesterday, New York time. */
  public Instant yesterday() {
    return NewYork.today(clock).minusDays(1).atStartOfDay(NewYork.ZONE).toInstant();
  }

  /** What changed since then, the most frequent first. */
  public List<Count> counts(Set<String> boards, Instant since) {
    return jdbc.sql(
            """
            select t.subject, count(*) as number
              from timeline_entry t join participant p on p.id = t.participant_id
             where t.at >= :since and p.board_id = any(:boards) and t.subject is not null
             group by t.subject order by number desc, t.subject
            """)
        .param("since", Timestamp.from(since))
        .param("boards", boards.toArray(String[]::new))
        .query(Count.class)
        .list();
  }

  /** The latest of it that people, learners or Coursera did, and not the application by itself. */
  public List<Change> latest(Set<String> boards, Instant since, int first) {
    return jdbc.sql(
            """
            select t.at, p.case_number, p.first_name || ' ' || p.last_name as participant,
                   p.board_id as board, t.who, t.what
              from timeline_entry t join participant p on p.id = t.participant_id
             where t.at >= :since and p.board_id = any(:boards) and t.who <> 'system'
             order by t.at desc, t.id desc limit :first
            """)
        .param("since", Timestamp.from(since))
        .param("boards", boards.toArray(String[]::new))
        .param("first", first)
        .query(
            (row, n) ->
                new Change(
                    row.getTimestamp("at").toInstant(),
                    row.getString("case_number"),
                    row.getString("participant"),
                    row.getString("board"),
                    row.getString("who"),
                    row.getString("what")))
        .list();
  }

  public Warnings warnings(Set<String> boards) {
    Instant now = clock.instant();
    LocalDate today = NewYork.today(clock);
    return jdbc.sql(
            """
            select (select max(imported_at) from coursera_report where boards && cast(:boards as text[])) as last_report,
                   (select count(*) from osos_entry
                     where board_id = any(:boards) and state in ('OPEN', 'UNDECIDED')
                       and due_on < :today) as overdue_entries,
                   (select count(*) from unmatched_row u
                      join coursera_report r on r.id = u.report_id
                     where r.boards <@ cast(:boards as text[])) as unmatched_rows,
                   (select count(*) from message
                     where board_id = any(:boards) and state in ('FAILED', 'BOUNCED')
                       and state_at >= :failuresSince) as failed_mails
            """)
        .param("boards", boards.toArray(String[]::new))
        .param("today", today)
        .param("failuresSince", Timestamp.from(now.minus(FAILURES_SHOWN_FOR)))
        .query(
            (row, n) -> {
              Timestamp last = row.getTimestamp("last_report");
              return new Warnings(
                  last == null ? null : last.toInstant(),
                  last == null || last.toInstant().isBefore(now.minus(REPORT_EXPECTED_WITHIN)),
                  row.getLong("overdue_entries"),
                  row.getLong("unmatched_rows"),
                  row.getLong("failed_mails"));
            })
        .single();
  }
}
