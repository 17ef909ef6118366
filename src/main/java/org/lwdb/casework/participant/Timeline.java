package org.lwdb.casework.participant;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.lwdb.casework.CurrentUser;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The story of each case in our own table: who, when, what, from what to what. */
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

  private final JdbcClient jdbc;
  private final Clock clock;

  Timeline(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Adds to a case's story, in the name of the current user.
   *
   * @param detail from what to what, the note, the reason; may be null
   */
  public void add(long participantId, Subject subject, String what, String detail) {
    jdbc.sql(
            """
            insert into timeline_entry (participant_id, at, who, what, detail, subject)
            values (?, ?, ?, ?, ?, ?)
            """)
        .params(
            participantId,
            Timestamp.from(clock.instant()),
            CurrentUser.name(),
            what,
            detail,
            subject.name())
        .update();
  }

  /** The story of a case, oldest first, with that of the cases it was moved from. */
  public List<Entry> of(long participantId) {
    return jdbc.sql(
            """
            with recursive cases(id) as (
              select cast(? as bigint)
              union all
              select p.moved_from from participant p join cases c on p.id = c.id
               where p.moved_from is not null)
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
