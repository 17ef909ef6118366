package org.lwdb.casework.participant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which of the waiting rows of an import would open no case now, by the rules of {@link
 * Intake#isProbableDuplicate}; in a few statements, however many rows there are.
 */
final class Forecast {

  private final JdbcClient jdbc;
  private final long importId;
  private final Set<String> rows = new HashSet<>();
  private final Set<String> people = new HashSet<>();
  private final List<Integer> identical = new ArrayList<>();
  private final List<Integer> duplicates = new ArrayList<>();

  /**
   * @param jdbc fetches rows a few at a time
   */
  Forecast(JdbcClient jdbc, long importId) {
    this.jdbc = jdbc;
    this.importId = importId;
  }

  void run() {
    rowsTakenInBefore();
    peopleWhoHaveACase();
    jdbc.sql(
            """
            select row, board_id, key, state, lower(referral ->> 'email') as email,
                   referral ->> 'ososId' as osos_id, referral ->> 'dateOfBirth' as date_of_birth,
                   lower(referral ->> 'lastName') as last_name,
                   lower(referral ->> 'firstName') as first_name
              from participant_import_row
             where import_id = ? and state in ('WAITING', 'DUPLICATE') order by board_id, row
            """)
        .param(importId)
        .query(this::compareWithEarlierRows);
    settle("IDENTICAL", identical);
    settle("DUPLICATE", duplicates);
  }

  private void rowsTakenInBefore() {
    jdbc.sql(
            """
            update participant_import_row r set state = 'IDENTICAL', case_number = e.case_number
              from participant_import_row e
             where r.import_id = ? and r.state = 'WAITING'
               and e.board_id = r.board_id and e.key = r.key
               and e.state in ('ACCEPTED', 'DUPLICATE')
            """)
        .param(importId)
        .update();
  }

  private void peopleWhoHaveACase() {
    jdbc.sql(
            """
            with person as materialized (
              select row, board_id, lower(referral ->> 'email') as email,
                     referral ->> 'ososId' as osos_id,
                     cast(referral ->> 'dateOfBirth' as date) as date_of_birth,
                     lower(referral ->> 'lastName') as last_name,
                     lower(referral ->> 'firstName') as first_name
                from participant_import_row where import_id = ? and state = 'WAITING'),
            found as (
              select r.row, r.board_id, e.participant_id
                from person r join participant_email e on e.email = r.email
              union
              select r.row, r.board_id, p.id
                from person r join participant p on p.board_id = r.board_id and p.osos_id = r.osos_id
              union
              select r.row, r.board_id, p.id
                from person r join participant p on p.board_id = r.board_id
                 and lower(p.last_name) = r.last_name and lower(p.first_name) = r.first_name
                 and p.date_of_birth = r.date_of_birth),
            known as (
              select distinct on (f.row) f.row, p.case_number
                from found f join participant p on p.id = f.participant_id and p.board_id = f.board_id
               where p.closed_reason is distinct from 'MOVED'
               order by f.row, p.closed_at is null desc,
                        p.closed_reason is distinct from 'DUPLICATE' desc, p.id desc)
            update participant_import_row r set state = 'DUPLICATE', case_number = k.case_number
              from known k where r.import_id = ? and r.row = k.row
            """)
        .params(importId, importId)
        .update();
  }

  /** Only a row that opens a case makes a later one of the same person a duplicate. */
  private void compareWithEarlierRows(ResultSet row) throws SQLException {
    String board = row.getString("board_id") + " ";
    if (!rows.add(board + row.getString("key"))) {
      identical.add(row.getInt("row"));
      return;
    }
    if (row.getString("state").equals("DUPLICATE")) {
      return;
    }
    String ososId = row.getString("osos_id");
    String born = row.getString("date_of_birth");
    List<String> marks =
        Stream.of(
                board + row.getString("email"),
                ososId == null ? null : board + "OSOS " + ososId,
                born == null
                    ? null
                    : String.join(
                        "\n", board, row.getString("last_name"), row.getString("first_name"), born))
            .filter(Objects::nonNull)
            .toList();
    if (marks.stream().anyMatch(people::contains)) {
      duplicates.add(row.getInt("row"));
    } else {
      people.addAll(marks);
    }
  }

  private void settle(String state, List<Integer> rows) {
    jdbc.sql(
            """
            update participant_import_row set state = ? where import_id = ? and row = any (?)
            """)
        .params(state, importId, rows.toArray(Integer[]::new))
        .update();
  }
}
