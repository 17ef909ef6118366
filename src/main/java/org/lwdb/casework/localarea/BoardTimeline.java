package org.lwdb.casework.localarea;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.lwdb.casework.CurrentUser;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The story of a board as such: who, when, what. */
@Repository
public class BoardTimeline {

  /** One thing that happened. */
  public record Entry(Instant at, String who, String what, String detail) {}

  private final JdbcClient jdbc;
  private final Clock clock;

  BoardTimeline(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Adds to a board's story, in the name of the current user.
   *
   * @param change the change of administrator that it belongs to
   * @param detail the dates, the reason; may be null
   */
  public void add(String boardId, long change, String what, String detail) {
    jdbc.sql(
            """
            insert into board_timeline_entry
              (board_id, administrator_change_id, at, who, what, detail)
            values (?, ?, ?, ?, ?, ?)
            """)
        .params(
            Arrays.asList(
                boardId, change, Timestamp.from(clock.instant()), CurrentUser.name(), what, detail))
        .update();
  }

  /** The story of a change of administrator, oldest first. */
  public List<Entry> ofChange(long change) {
    return jdbc.sql(
            """
            select at, who, what, detail from board_timeline_entry
             where administrator_change_id = ? order by id
            """)
        .param(change)
        .query(
            (row, n) ->
                new Entry(
                    row.getTimestamp("at").toInstant(),
                    row.getString("who"),
                    row.getString("what"),
                    row.getString("detail")))
        .list();
  }
}
