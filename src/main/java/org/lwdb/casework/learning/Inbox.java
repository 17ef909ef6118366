package org.lwdb.casework.learning;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.Page;
import org.lwdb.casework.participant.Stage;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What Coursera's reports tell the processes: kept until it is delivered, however long its case
 * does not wait for it.
 */
@Repository
public class Inbox {

  private static final String SELECT =
      """
      select n.id, n.participant_id, p.case_number, p.board_id, p.stage, n.kind, n.enrollment_id,
             n.attempts
        from learning_news n join participant p on p.id = n.participant_id
       where n.delivered_at is null
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  Inbox(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Claims news that are due, for as long as the transaction lasts: no other node gets them
   * meanwhile. Of each person only the first that is undelivered: the next one is due when that is
   * delivered.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<News> due(int limit) {
    return jdbc.sql(
            SELECT
                + """
                 and n.next_attempt_at <= ?
                 and not exists (
                   select from learning_news earlier
                    where earlier.participant_id = n.participant_id and earlier.id < n.id
                      and earlier.delivered_at is null)
                order by n.next_attempt_at, n.id
                limit ? for update of n skip locked
                """)
        .params(now(), limit)
        .query(Inbox::news)
        .list();
  }

  /**
   * The process has it, or will never need it.
   *
   * @param detail what came of it; may be null
   */
  public void delivered(long id, String detail) {
    jdbc.sql("update learning_news set delivered_at = ?, detail = ? where id = ?")
        .params(now(), detail, id)
        .update();
  }

  /** Its case does not wait for it yet, or delivering failed: again after a growing pause. */
  public void postponed(long id, String reason) {
    jdbc.sql(
            """
            update learning_news
               set attempts = attempts + 1, detail = :reason,
                   next_attempt_at = :now + case attempts
                     when 0 then interval '10 seconds'
                     when 1 then interval '1 minute'
                     when 2 then interval '5 minutes'
                     when 3 then interval '30 minutes'
                     else interval '6 hours' end
             where id = :id and delivered_at is null
            """)
        .param("reason", reason)
        .param("now", now())
        .param("id", id)
        .update();
  }

  /** The case has moved: what waited for that is due at once. */
  public void wake(long participantId) {
    jdbc.sql(
            """
            update learning_news set next_attempt_at = :now
             where participant_id = :id and delivered_at is null and next_attempt_at > :now
            """)
        .param("now", now())
        .param("id", participantId)
        .update();
  }

  /** What a case has not been told yet, in order. */
  public List<News> undelivered(long participantId) {
    return jdbc.sql(SELECT + " and n.participant_id = ? order by n.id")
        .param(participantId)
        .query(Inbox::news)
        .list();
  }

  /**
   * What the reports told of the boards' cases, the latest first.
   *
   * @param state WAITING or DELIVERED; null or blank: all
   */
  @Transactional(readOnly = true)
  public Page<ReportedNews> list(String state, Set<String> boards, Page.Request page) {
    String which =
        switch (state == null ? "" : state.strip()) {
          case "" -> "true";
          case "WAITING" -> "n.delivered_at is null";
          case "DELIVERED" -> "n.delivered_at is not null";
          default -> throw new BadInput("state", "Choose one of WAITING, DELIVERED for state.");
        };
    String from =
        """
          from learning_news n join participant p on p.id = n.participant_id
         where p.board_id = any(:boards) and\s"""
            + which;
    String[] scope = boards.toArray(String[]::new);
    String order = page.orderBy(Map.of("id", "n.id", "createdAt", "n.created_at"), "n.id desc");
    return Page.of(
        jdbc.sql(
                "select n.id, p.case_number, n.kind, n.created_at, n.delivered_at, n.attempts, n.detail"
                    + from
                    + " order by "
                    + order
                    + " limit :size offset :offset")
            .param("boards", scope)
            .param("size", page.size())
            .param("offset", page.offset())
            .query(ReportedNews.class)
            .list(),
        page,
        jdbc.sql("select count(*)" + from).param("boards", scope).query(Long.class).single());
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static News news(ResultSet row, int n) throws SQLException {
    return new News(
        row.getLong("id"),
        row.getLong("participant_id"),
        row.getString("case_number"),
        row.getString("board_id"),
        Stage.valueOf(row.getString("stage")),
        News.Kind.valueOf(row.getString("kind")),
        row.getObject("enrollment_id", Long.class),
        row.getInt("attempts"));
  }
}
