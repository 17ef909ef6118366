package org.lwdb.casework.learning;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicInteger;
import org.lwdb.casework.MovableClock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Invented participants for tests of reports, each with a name of its own. */
final class People {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  record Person(long id, String caseNumber, String email) {}

  private final JdbcClient jdbc;

  People(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Person person(String board) {
    return person(board, "learner" + NUMBER.incrementAndGet() + "@example.org");
  }

  Person person(String board, String email) {
    return open(board, email, null, MovableClock.START);
  }

  /** A case that was opened later for the same address. */
  Person personLater(String board, String email) {
    return open(board, email, null, MovableClock.START.plusSeconds(60));
  }

  /** The case that somebody's case was moved to, which is closed by it. */
  Person moved(Person from, String board) {
    close(from, "MOVED");
    return open(board, from.email(), from.id(), MovableClock.START.plusSeconds(60));
  }

  void close(Person person, String reason) {
    jdbc.sql(
            """
            update participant set stage = 'CLOSED', closed_at = ?, closed_reason = ? where id = ?
            """)
        .params(Timestamp.from(MovableClock.START), reason, person.id())
        .update();
  }

  void address(Person person, String email) {
    addAddress(person.id(), email, "STAFF", MovableClock.START);
  }

  private Person open(String board, String email, Long movedFrom, Instant openedAt) {
    Person person =
        jdbc.sql(
                """
                insert into participant (case_number, board_id, stage, stage_since, first_name,
                  last_name, email, accountability_since, opened_at, moved_from, person_id)
                values ('C' || nextval('case_number_seq'), ?, 'INVITED', ?, 'Lea', 'Learner', ?, ?,
                  ?, ?, coalesce((select person_id from participant where id = ?),
                                 nextval('person_seq')))
                returning id, case_number, email
                """)
            .params(
                board,
                Timestamp.from(openedAt),
                email,
                LocalDate.of(2021, 1, 4),
                Timestamp.from(openedAt),
                movedFrom,
                movedFrom)
            .query(Person.class)
            .single();
    addAddress(person.id(), email, "REFERRAL", openedAt);
    return person;
  }

  private void addAddress(long id, String email, String source, Instant at) {
    jdbc.sql("insert into participant_email values (?, ?, ?, ?)")
        .params(id, email.toLowerCase(), source, Timestamp.from(at))
        .update();
  }
}
