package org.lwdb.casework.participant;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.lwdb.casework.CurrentUser;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The story of each case in our own table: who, when, what, from what to what. What a transaction
 * adds is written at its end, in one go.
 */
@Repository
public class Timeline {

  /** What kind of thing changed, for figures. */
  public enum Subject {
    REFERRAL,
    ELIGIBILITY,
    STAGE,
    ANSWER,
    CONTACT,
    SERVICE,
    MESSAGE,
    INVITATION,
    LEARNING,
    ACCOUNT,
    OSOS,
    CLOSED
  }

  /** One thing that happened. */
  public record Entry(Instant at, String who, String what, String detail) {}

  /** What a transaction has added and not written yet, in its order. */
  private final class Added implements TransactionSynchronization {
    private final List<Object[]> rows = new ArrayList<>();

    @Override
    public void beforeCommit(boolean readOnly) {
      write();
    }

    @Override
    public void suspend() {
      TransactionSynchronizationManager.unbindResource(Timeline.this);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(Timeline.this, this);
    }

    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResource(Timeline.this);
    }

    private void write() {
      jdbc.batchUpdate(INSERT, rows);
      rows.clear();
    }
  }

  private static final String INSERT =
      """
      insert into timeline_entry (participant_id, at, who, what, detail, subject)
      values (?, ?, ?, ?, ?, ?)
      """;

  private final JdbcTemplate jdbc;
  private final Clock clock;

  Timeline(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Adds to a case's story, in the name of the current user.
   *
   * @param detail from what to what, the note, the reason; may be null
   */
  @Transactional
  public void add(long participantId, Subject subject, String what, String detail) {
    added()
        .rows
        .add(
            new Object[] {
              participantId,
              Timestamp.from(clock.instant()),
              CurrentUser.name(),
              what,
              detail,
              subject.name()
            });
  }

  private Added added() {
    Added added = (Added) TransactionSynchronizationManager.getResource(this);
    if (added == null) {
      added = new Added();
      TransactionSynchronizationManager.bindResource(this, added);
      TransactionSynchronizationManager.registerSynchronization(added);
    }
    return added;
  }

  /**
   * The story of a case, oldest first, with that of the cases it was moved from, and of those that
   * were merged into it.
   */
  public List<Entry> of(long participantId) {
    if (TransactionSynchronizationManager.getResource(this) instanceof Added added) {
      added.write();
    }
    return JdbcClient.create(jdbc)
        .sql(
            """
            with recursive cases(id) as (
              select cast(? as bigint)
              union all
              select before.id
                from cases c cross join lateral (
                     select p.moved_from as id from participant p
                      where p.id = c.id and p.moved_from is not null
                     union all
                     select p.id from participant p where p.merged_into = c.id) before)
            select at, who, what, detail from timeline_entry
             where participant_id in (select id from cases) order by id
            """)
        .param(participantId)
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
