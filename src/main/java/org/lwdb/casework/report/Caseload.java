package org.lwdb.casework.report;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.participant.Stage;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Where the boards' cases stand, and what does not reach their people. */
@Repository
public class Caseload {

  /** How many cases of a board stand at a stage; only where there are some. */
  public record AtStage(String board, Stage stage, long cases) {}

  /** How many cases stand at a stage. */
  public record StageCount(Stage stage, String label, long cases) {}

  /**
   * Mails that did not go out and wait for somebody.
   *
   * @param state FAILED, or BOUNCED for an address that was rejected
   * @param since the day on which the oldest of them did not go out
   */
  public record FailedMails(String state, long mails, LocalDate since) {}

  private final JdbcClient jdbc;

  Caseload(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** By board and stage. */
  public List<AtStage> counts(Set<String> boards) {
    return jdbc.sql(
            """
            select board_id as board, stage, count(*) as cases from participant
             where board_id = any(?) group by board_id, stage
            """)
        .param(boards.toArray(String[]::new))
        .query(AtStage.class)
        .list();
  }

  /** Of all these boards together: every stage, in the order of the journey. */
  public List<StageCount> byStage(Set<String> boards) {
    Map<Stage, Long> cases =
        counts(boards).stream()
            .collect(Collectors.groupingBy(AtStage::stage, Collectors.summingLong(AtStage::cases)));
    return Arrays.stream(Stage.values())
        .map(stage -> new StageCount(stage, stage.label(), cases.getOrDefault(stage, 0L)))
        .toList();
  }

  /**
   * The mails that failed, and those to a rejected address that nobody has corrected yet; a closed
   * case needs none any more.
   */
  public List<FailedMails> failedMails(Set<String> boards) {
    return jdbc.sql(
            """
            select m.state, count(*) as mails, min(m.state_at) as since
              from message m left join participant p on p.id = m.participant_id
             where m.board_id = any(?) and m.state in ('FAILED', 'BOUNCED')
               and (m.state = 'FAILED' or not jsonb_exists(m.data, 'sentAgain')
                                          and p.stage is distinct from 'CLOSED')
             group by m.state order by m.state desc
            """)
        .param(boards.toArray(String[]::new))
        .query(
            (row, n) ->
                new FailedMails(
                    row.getString("state"),
                    row.getLong("mails"),
                    NewYork.dateOf(row.getTimestamp("since").toInstant())))
        .list();
  }
}
