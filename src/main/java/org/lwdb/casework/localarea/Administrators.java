package org.lwdb.casework.localarea;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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

  /** An entry of the register, and the board that it belongs to. */
  public record Entry(long id, String board, Administrator administrator) {}

  private static final String SELECT =
      """
      select id, board_id, name, title, agency, email, phone, username, starts_on, ends_on,
             starts_on <= :today and ended_at is null and coalesce(ends_on >= :today, true)
               as active
        from administrator
      """;

  private static final String NOT_LEFT = " ended_at is null and coalesce(ends_on >= :today, true) ";

  private final JdbcClient jdbc;
  private final Clock clock;

  Administrators(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Everybody in the board's register, the first in office first. */
  public List<Administrator> of(String boardId) {
    return query(" where board_id = :board order by starts_on, id", "board", boardId)
        .map(Entry::administrator)
        .toList();
  }

  /** Everybody in the register of these boards, board by board. */
  public List<Entry> of(Set<String> boardIds) {
    return query(
            " where board_id = any(:boards) order by board_id, starts_on, id",
            "boards",
            boardIds.toArray(String[]::new))
        .toList();
  }

  /** Who has this address and is in office, or will be, in any board. */
  public List<Entry> withEmail(String email) {
    return query(" where lower(email) = lower(:email) and" + NOT_LEFT, "email", email).toList();
  }

  /** Who of this board is in office, or will be. */
  public List<Entry> serving(String boardId) {
    return query(
            " where board_id = :board and" + NOT_LEFT + "order by starts_on, id", "board", boardId)
        .toList();
  }

  /** Whether this account's person is in office, or will be, in any board. */
  public boolean serves(String username) {
    return query(" where username = :username and" + NOT_LEFT, "username", username)
        .findAny()
        .isPresent();
  }

  public Entry get(long id) {
    return query(" where id = :id", "id", id).findFirst().orElseThrow();
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
   * @param change the change that brings the person; null: an operator's entry
   */
  public void add(
      String boardId,
      String name,
      String title,
      String agency,
      String email,
      String phone,
      String username,
      LocalDate from,
      Long change) {
    jdbc.sql(
            """
            insert into administrator
              (board_id, name, title, agency, email, phone, username, starts_on, came_with)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(Arrays.asList(boardId, name, title, agency, email, phone, username, from, change))
        .update();
  }

  /** The office ends with a change: not active from this moment on, whatever the last day. */
  public void end(long id, LocalDate lastDay, long change) {
    jdbc.sql("update administrator set ends_on = ?, left_with = ?, ended_at = ? where id = ?")
        .params(lastDay, change, Timestamp.from(clock.instant()), id)
        .update();
  }

  /** Corrects an entry; null leaves a value as it is. */
  public void correct(
      long id, String name, String title, String agency, String email, String phone) {
    jdbc.sql(
            """
            update administrator set name = coalesce(?, name), title = coalesce(?, title),
                   agency = coalesce(?, agency), email = coalesce(?, email),
                   phone = coalesce(?, phone)
             where id = ?
            """)
        .params(Arrays.asList(name, title, agency, email, phone, id))
        .update();
  }

  private Stream<Entry> query(String where, String parameter, Object value) {
    return jdbc
        .sql(SELECT + where)
        .param("today", NewYork.today(clock))
        .param(parameter, value)
        .query(Administrators::entry)
        .list()
        .stream();
  }

  private static Entry entry(ResultSet row, int n) throws SQLException {
    return new Entry(
        row.getLong("id"),
        row.getString("board_id"),
        new Administrator(
            row.getString("name"),
            row.getString("title"),
            row.getString("agency"),
            row.getString("email"),
            row.getString("phone"),
            row.getString("username"),
            row.getObject("starts_on", LocalDate.class),
            row.getObject("ends_on", LocalDate.class),
            row.getBoolean("active")));
  }
}
