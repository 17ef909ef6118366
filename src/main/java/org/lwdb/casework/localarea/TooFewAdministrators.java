package org.lwdb.casework.localarea;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.lwdb.casework.NewYork;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The boards that are to be warned, once a week, of having fewer than two active administrators.
 */
@Repository
public class TooFewAdministrators {

  private final Boards boards;
  private final JdbcClient jdbc;
  private final Clock clock;

  TooFewAdministrators(Boards boards, JdbcClient jdbc, Clock clock) {
    this.boards = boards;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Those that have too few today and were not warned in this week yet, which begins on Monday. */
  public List<Board> toWarn() {
    List<String> warned =
        jdbc.sql("select board_id from too_few_administrators where week_of = ?")
            .param(week())
            .query(String.class)
            .list();
    return boards.withTooFewAdministrators(NewYork.today(clock)).stream()
        .filter(board -> !warned.contains(board.id()))
        .toList();
  }

  /** Takes it upon this transaction to warn the board; false if another has done so. */
  public boolean claim(String boardId) {
    return jdbc.sql(
                """
                insert into too_few_administrators (board_id, week_of) values (?, ?)
                on conflict do nothing
                """)
            .params(boardId, week())
            .update()
        == 1;
  }

  private LocalDate week() {
    return NewYork.today(clock).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }
}
