package org.lwdb.casework.localarea;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.lwdb.casework.NewYork;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The register of each board's Coursera administrators, of whom the advisory (Action) wants two.
 */
@Repository
public class Administrators {

  /**
   * Somebody who is, was or will be a Coursera administrator.
   *
   * @param username of the account here; null for none
   * @param to the last day, included; null while none is set
   * @param active whether in office today
   */
  public record Administrator(
      String name,
      String title,
      String agency,
      String email,
      String phone,
      String username,
      LocalDate from,
      LocalDate to,
      boolean active) {}

  private final JdbcClient jdbc;
  private final Clock clock;

  Administrators(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Everybody in the board's register, the first in office first. */
  public List<Administrator> of(String boardId) {
    LocalDate today = NewYork.today(clock);
    return jdbc.sql(
            """
            select name, title, agency, email, phone, username, starts_on, ends_on,
                   starts_on <= :today and coalesce(ends_on >= :today, true) as active
              from administrator where board_id = :board order by starts_on, id
            """)
        .param("today", today)
        .param("board", boardId)
        .query(
            (row, n) ->
                new Administrator(
                    row.getString("name"),
                    row.getString("title"),
                    row.getString("agency"),
                    row.getString("email"),
                    row.getString("phone"),
                    row.getString("username"),
                    row.getObject("starts_on", LocalDate.class),
                    row.getObject("ends_on", LocalDate.class),
                    row.getBoolean("active")))
        .list();
  }

  /** How many are in office today. */
  public int activeCount(String boardId) {
    return (int) of(boardId).stream().filter(Administrator::active).count();
  }

  /** Whom learners of the board can turn to: the first of those in office today. */
  public Optional<Administrator> contact(String boardId) {
    return of(boardId).stream().filter(Administrator::active).findFirst();
  }

  /**
   * Adds an administrator to the board's register.
   *
   * @param username of the account here; may be null, as may title, agency and phone
   */
  public void add(
      String boardId,
      String name,
      String title,
      String agency,
      String email,
      String phone,
      String username,
      LocalDate from) {
    jdbc.sql(
            """
            insert into administrator
              (board_id, name, title, agency, email, phone, username, starts_on)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(boardId, name, title, agency, email, phone, username, from)
        .update();
  }
}
