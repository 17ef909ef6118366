package org.lwdb.casework.report;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What waits in our own tables, over all boards, for whoever watches the application. */
@Repository
public class Backlog {

  /** The states of mails that wait, or that did not go out. */
  public static final List<String> MAIL_STATES = List.of("QUEUED", "CLAIMED", "FAILED", "BOUNCED");

  /**
   * What waits.
   *
   * @param mails how many, by those of the {@link #MAIL_STATES} that there are
   * @param oldestMailSeconds since when the mail has been due that should have gone out first; of
   *     one that was tried in vain since it was queued; 0 if none is due
   * @param unmatchedRows rows of Coursera's reports that match nobody
   * @param newsWaiting what reports told of cases and no case was told yet
   * @param oldestNewsSeconds how old the oldest of it is; 0 if there is none
   * @param fileRowsWaiting people who were referred by the file and have no case yet
   */
  public record Waiting(
      Map<String, Long> mails,
      double oldestMailSeconds,
      long unmatchedRows,
      long newsWaiting,
      double oldestNewsSeconds,
      long fileRowsWaiting) {}

  private record MailCount(String state, long mails) {}

  private final JdbcClient jdbc;
  private final Clock clock;

  Backlog(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  public Waiting now() {
    Instant now = clock.instant();
    return jdbc.sql(
            """
            select (select extract(epoch from :now - min(case attempts when 0 then send_after else queued_at end))
                      from message
                     where state in ('QUEUED', 'FAILED') and send_after < 'infinity'
                       and (attempts > 0 or send_after <= :now)) as oldest_mail,
                   (select count(*) from unmatched_row) as unmatched_rows,
                   news.waiting as news_waiting,
                   extract(epoch from :now - news.oldest) as oldest_news,
                   (select coalesce(sum(rows - accepted - refused - duplicates), 0)
                      from participant_import where finished_at is null) as file_rows
              from (select count(*) as waiting, min(created_at) as oldest
                      from learning_news where delivered_at is null) news
            """)
        .param("now", Timestamp.from(now))
        .query(
            (row, n) ->
                new Waiting(
                    mails(),
                    row.getDouble("oldest_mail"),
                    row.getLong("unmatched_rows"),
                    row.getLong("news_waiting"),
                    row.getDouble("oldest_news"),
                    row.getLong("file_rows")))
        .single();
  }

  private Map<String, Long> mails() {
    return jdbc
        .sql(
            """
            select state, count(*) as mails from message
             where state in ('QUEUED', 'FAILED') or state = 'CLAIMED' or state = 'BOUNCED'
             group by state
            """)
        .query(MailCount.class)
        .list()
        .stream()
        .collect(Collectors.toMap(MailCount::state, MailCount::mails));
  }
}
