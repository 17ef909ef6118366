package org.lwdb.casework.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.lwdb.casework.NotFound;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What was sent, when, and how it ended. */
@Repository
public class Messages {

  private final JdbcClient jdbc;
  private final Outbox outbox;

  Messages(JdbcClient jdbc, Outbox outbox) {
    this.jdbc = jdbc;
    this.outbox = outbox;
  }

  /**
   * The mails of a case, oldest first, with those of the cases it was moved from, and of those that
   * were merged into it.
   */
  public List<MessageView> of(long participantId) {
    return jdbc.sql(
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
            select id, template, to_address, cc, subject, queued_at, state, state_at, detail
              from message
             where participant_id in (select id from cases) order by queued_at, id
            """)
        .param(participantId)
        .query(Messages::view)
        .list();
  }

  /** The mails about a change of administrator, oldest first. */
  public List<MessageView> ofChange(long change) {
    return jdbc.sql(
            """
            select id, template, to_address, cc, subject, queued_at, state, state_at, detail
              from message where administrator_change_id = ? order by queued_at, id
            """)
        .param(change)
        .query(Messages::view)
        .list();
  }

  /**
   * @throws NotFound if there is no such mail
   */
  public MessageView get(UUID id) {
    return jdbc.sql(
            """
            select id, template, to_address, cc, subject, queued_at, state, state_at, detail
              from message where id = ?
            """)
        .param(id)
        .query(Messages::view)
        .optional()
        .orElseThrow(() -> new NotFound("There is no such mail."));
  }

  /**
   * What a person decided about a mail of which nobody knows whether it went out.
   *
   * @throws NotFound if there is no such mail
   */
  @Transactional
  public void resolveUnknown(UUID id, boolean sendAgain) {
    outbox.decideUnknown(
        outbox
            .findUnknown(id)
            .orElseThrow(() -> new NotFound("There is no mail of which this is unknown.")),
        sendAgain);
  }

  private static MessageView view(ResultSet row, int n) throws SQLException {
    return new MessageView(
        row.getObject("id", UUID.class),
        row.getString("template"),
        row.getString("to_address"),
        row.getString("cc"),
        row.getString("subject"),
        row.getTimestamp("queued_at").toInstant(),
        row.getString("state"),
        row.getTimestamp("state_at").toInstant(),
        row.getString("detail"));
  }
}
