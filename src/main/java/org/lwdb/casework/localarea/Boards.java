package org.lwdb.casework.localarea;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.lwdb.casework.BadInput;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The 33 boards, as reference data: read once, since only a migration changes them. */
@Repository
public class Boards {

  private static final String SELECT =
      """
      select b.id, b.lwdb_name, array_agg(c.county order by c.county) as counties
        from board b join board_county c on c.board_id = b.id
      """;

  private final JdbcClient jdbc;
  private volatile List<Board> all;

  Boards(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public List<Board> all() {
    if (all == null) {
      all =
          List.copyOf(
              jdbc.sql(SELECT + " group by b.id order by b.lwdb_name").query(Boards::board).list());
    }
    return all;
  }

  public Optional<Board> find(String id) {
    return all().stream().filter(board -> board.id().equals(id)).findFirst();
  }

  /** The board of that id, or a refusal that names the field {@code board}. */
  public Board require(String id) {
    return find(id)
        .orElseThrow(
            () ->
                new BadInput(
                    "board",
                    "There is no board '" + id + "'. Use an id of /api/boards, such as onondaga."));
  }

  /**
   * The boards that a county belongs to: two or more for Nassau and Westchester, none for a county
   * elsewhere.
   */
  public List<Board> covering(String county) {
    return all().stream()
        .filter(board -> board.counties().stream().anyMatch(county::equalsIgnoreCase))
        .toList();
  }

  /**
   * The boards that have fewer than the two active Coursera administrators which the advisory asks
   * for.
   */
  public List<Board> withTooFewAdministrators(LocalDate on) {
    return jdbc.sql(
            SELECT
                + """
                 where (select count(*) from administrator a
                         where a.board_id = b.id and a.ended_at is null and a.starts_on <= :on
                           and (a.ends_on is null or a.ends_on >= :on)) < 2
                 group by b.id order by b.lwdb_name
                """)
        .param("on", on)
        .query(Boards::board)
        .list();
  }

  private static Board board(ResultSet row, int n) throws SQLException {
    return new Board(
        row.getString("id"),
        row.getString("lwdb_name"),
        List.of((String[]) row.getArray("counties").getArray()));
  }
}
