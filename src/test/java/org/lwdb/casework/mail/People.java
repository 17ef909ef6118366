package org.lwdb.casework.mail;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.UUID;
import org.lwdb.casework.MovableClock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes invented people and courses straight in the tables, each with an address of their own. */
class People {

  private final JdbcClient jdbc;

  People(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What other tests left in the outbox stays there. */
  void nobodyElseHasMail() {
    jdbc.sql(
            "update message set state = 'WITHDRAWN' where state in ('QUEUED', 'CLAIMED', 'FAILED')")
        .update();
  }

  /** Open case in Onondaga of somebody of whom only name and address are known. */
  long participant() {
    return participant("onondaga");
  }

  long participant(String board) {
    String unique = UUID.randomUUID().toString();
    return jdbc.sql(
            """
            insert into participant (case_number, board_id, stage, stage_since, first_name, last_name,
              email, accountability_since, opened_at)
            values (:number, :board, 'OUTREACH', :now, 'Ada', 'Example', :email, :today, :now)
            returning id
            """)
        .param("number", "T" + unique)
        .param("board", board)
        .param("email", unique + "@example.org")
        .param("now", Timestamp.from(MovableClock.START))
        .param("today", LocalDate.of(2021, 2, 1))
        .query(Long.class)
        .single();
  }

  /** The case that a move to another board opens; the old one is closed. */
  long moved(long from, String toBoard) {
    long to = participant(toBoard);
    jdbc.sql(
            """
            update participant n set person_id = o.person_id, moved_from = o.id, email = o.email
              from participant o where n.id = ? and o.id = ?
            """)
        .params(to, from)
        .update();
    jdbc.sql("update enrollment set participant_id = ? where participant_id = ?")
        .params(to, from)
        .update();
    close(from, "MOVED");
    return to;
  }

  void close(long id, String reason) {
    set(id, "stage", "CLOSED");
    set(id, "closed_reason", reason);
    set(id, "closed_at", Timestamp.from(MovableClock.START));
  }

  void set(long id, String column, Object value) {
    jdbc.sql("update participant set " + column + " = ? where id = ?").params(value, id).update();
  }

  String email(long id) {
    return jdbc.sql("select email from participant where id = ?")
        .param(id)
        .query(String.class)
        .single();
  }

  void administrator(String board, String name, String email, String phone) {
    jdbc.sql(
            "insert into administrator (board_id, name, email, phone, starts_on) values (?, ?, ?, ?, ?)")
        .params(board, name, email, phone, LocalDate.of(2020, 12, 1))
        .update();
  }

  /** An enrollment in a course of its own, 42 % done. */
  long enrollment(long participant, String courseName) {
    String course = UUID.randomUUID().toString();
    jdbc.sql("insert into course (id, slug, name) values (?, 'invented-course', ?)")
        .params(course, courseName)
        .update();
    return jdbc.sql(
            """
            insert into enrollment (participant_id, course_id, progress, enrolled_at, last_activity_at,
              first_seen_at, updated_at)
            values (:participant, :course, 42.7, :at, :at, :at, :at) returning id
            """)
        .param("participant", participant)
        .param("course", course)
        .param("at", Timestamp.from(MovableClock.START.minusSeconds(86_400)))
        .query(Long.class)
        .single();
  }

  void setEnrollment(long id, String column, Object value) {
    jdbc.sql("update enrollment set " + column + " = ? where id = ?").params(value, id).update();
  }
}
