package org.lwdb.casework.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.Page;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What was sent, when, and how it ended. */
@Repository
public class Messages {

  private static final String LISTED =
      """
      select m.id, m.board_id, p.case_number, m.template, m.to_address, m.cc, m.subject,
             m.queued_at, m.queued_by, m.state, m.state_at, m.detail, m.attempts,
             nullif(m.send_after, 'infinity') as send_after, m.sending_at,
             %s as plain_text, %s as html
        from message m left join participant p on p.id = m.participant_id
      """;

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

  /** Which mails of an outbox somebody looks for. */
  public enum Standing {
    WAITING("Waits to be sent", "m.state in ('QUEUED', 'CLAIMED')"),
    NOT_DELIVERED("Not delivered", "m.state in ('FAILED', 'BOUNCED')"),
    SENT("Sent", "m.state = 'ACCEPTED'"),
    NOT_SENT("Not sent on purpose", "m.state in ('SUPPRESSED', 'WITHDRAWN')");

    private final String label;
    private final String sql;

    Standing(String label, String sql) {
      this.label = label;
      this.sql = sql;
    }

    public String label() {
      return label;
    }
  }

  /**
   * A mail in a board's outbox.
   *
   * @param caseNumber null for a mail to staff
   * @param sendAfter when it goes out, while it waits
   * @param plainText as it was sent; null until then
   */
  public record Listed(
      UUID id,
      String board,
      String caseNumber,
      Template template,
      String to,
      String cc,
      String subject,
      Instant queuedAt,
      String queuedBy,
      State state,
      Instant stateAt,
      String detail,
      int attempts,
      Instant sendAfter,
      Instant sendingAt,
      String plainText,
      String html) {

    /** It failed and will be tried again: that can be at once. */
    public boolean retriable() {
      return (state == State.FAILED || state == State.QUEUED && attempts > 0) && sendingAt == null;
    }

    /** Nobody knows whether it went out: a person decides. */
    public boolean unknown() {
      return state == State.FAILED
          && sendingAt != null
          && detail != null
          && !detail.startsWith(Outbox.DECIDED);
    }
  }

  /**
   * The mails of these boards, the latest first.
   *
   * @param query part of an address, a subject or a case number; null or blank: all
   * @param standing null: all
   */
  public Page<Listed> list(String query, Standing standing, Set<String> boards, Page.Request page) {
    String words = query == null ? "" : query.strip();
    String where =
        " where m.board_id = any(:boards)"
            + (standing == null ? "" : " and " + standing.sql)
            + (words.isEmpty()
                ? ""
                : """
                   and (m.to_address ilike :query or m.subject ilike :query or m.participant_id in
                        (select id from participant where case_number ilike :exact))
                  """);
    Map<String, Object> params = new HashMap<>();
    params.put("boards", boards.toArray(String[]::new));
    if (!words.isEmpty()) {
      String literal = words.replaceAll("([\\\\%_])", "\\\\$1");
      params.put("query", "%" + literal + "%");
      params.put("exact", literal);
    }
    long total =
        jdbc.sql("select count(*) from message m" + where)
            .params(params)
            .query(Long.class)
            .single();
    return Page.of(
        jdbc.sql(
                LISTED.formatted("null", "null")
                    + where
                    + " order by m.queued_at desc, m.id limit :size offset :offset")
            .params(params)
            .param("size", page.size())
            .param("offset", page.offset())
            .query(Messages::listed)
            .list(),
        page,
        total);
  }

  /**
   * One mail, with its text.
   *
   * @throws NotFound if it is none of these boards'
   */
  public Listed read(UUID id, Set<String> boards) {
    return jdbc.sql(
            LISTED.formatted("m.plain_text", "m.html") + " where m.id = ? and m.board_id = any(?)")
        .params(id, boards.toArray(String[]::new))
        .query(Messages::listed)
        .optional()
        .orElseThrow(() -> new NotFound("There is no such mail in your boards."));
  }

  /**
   * Has a mail that failed tried again at once, and not when its pause is over.
   *
   * @throws NotFound if it is none of these boards'
   * @throws BadInput if it does not wait for another try
   */
  @Transactional
  public void retry(UUID id, Set<String> boards) {
    Listed mail = read(id, boards);
    if (!mail.retriable() || !outbox.retry(id)) {
      throw new BadInput(
          null, "“" + mail.subject() + "” does not wait for another try: " + why(mail));
    }
  }

  private static String why(Listed mail) {
    return switch (mail.state()) {
      case ACCEPTED -> "it was sent.";
      case BOUNCED ->
          "the address was rejected. Correct it in the participant’s file; it is sent again then.";
      case SUPPRESSED, WITHDRAWN -> "it was not to be sent.";
      case FAILED -> "it may have gone out already. Decide on it first.";
      case QUEUED, CLAIMED -> "it is about to be sent.";
    };
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

  private static Listed listed(ResultSet row, int n) throws SQLException {
    return new Listed(
        row.getObject("id", UUID.class),
        row.getString("board_id"),
        row.getString("case_number"),
        Template.valueOf(row.getString("template")),
        row.getString("to_address"),
        row.getString("cc"),
        row.getString("subject"),
        row.getTimestamp("queued_at").toInstant(),
        row.getString("queued_by"),
        State.valueOf(row.getString("state")),
        row.getTimestamp("state_at").toInstant(),
        row.getString("detail"),
        row.getInt("attempts"),
        Outbox.instant(row, "send_after"),
        Outbox.instant(row, "sending_at"),
        row.getString("plain_text"),
        row.getString("html"));
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
