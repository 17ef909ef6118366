package org.lwdb.casework.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.participant.Timeline;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rows of the mails. In every row {@code sending_at} is set exactly when the mail went out, or
 * may have gone out: it is set before the SMTP server is spoken to, and emptied when it is known
 * that the mail was not taken.
 */
@Repository
class Outbox {

  /** After so many failures in a row a person is told; it is tried on, but rarely. */
  static final int ATTEMPTS = 8;

  /** How the detail of a mail begins of which a person has decided that it is not sent again. */
  static final String DECIDED = "It is unknown whether it went out. ";

  /** Why nothing is sent to an address that bounced. */
  static final String ADDRESS_REJECTED = "The address was rejected before. Correct it first.";

  /**
   * A mail to be written down.
   *
   * @param to the learner; null for a mail to staff
   * @param onceKey a mail with this key is written down only once; null for any number
   */
  record Draft(
      Template template,
      Addressee to,
      String board,
      String address,
      String subject,
      Map<String, ?> data,
      String onceKey) {}

  /**
   * A mail in the outbox.
   *
   * @param participantId the case it was queued for; null for a mail to staff
   */
  record Row(
      UUID id,
      Long participantId,
      Long personId,
      String board,
      Template template,
      String to,
      String subject,
      Long enrollmentId,
      Map<String, Object> data,
      Instant queuedAt,
      State state,
      int attempts,
      String claimedBy,
      Instant claimedUntil,
      Instant sendingAt) {

    /** A person has been told that it fails. */
    boolean failing() {
      return state == State.FAILED || attempts >= ATTEMPTS;
    }
  }

  private static final String SELECT =
      """
      select id, participant_id, person_id, board_id, template, to_address, subject, enrollment_id,
             data, queued_at, state, attempts, claimed_by,
             claimed_until, sending_at
        from message
      """;

  private final JdbcClient jdbc;
  private final Timeline timeline;
  private final ApplicationEventPublisher events;
  private final ObjectMapper json;
  private final Clock clock;

  Outbox(
      JdbcClient jdbc,
      Timeline timeline,
      ApplicationEventPublisher events,
      ObjectMapper json,
      Clock clock) {
    this.jdbc = jdbc;
    this.timeline = timeline;
    this.events = events;
    this.json = json;
    this.clock = clock;
  }

  /** Writes a mail down that is to be sent. */
  void queue(Draft mail, Instant sendAfter) {
    write(mail, State.QUEUED, null, sendAfter);
  }

  /** Writes a mail down that is not sent, and why. */
  void keepBack(Draft mail, State state, String reason) {
    if (write(mail, state, reason, clock.instant())) {
      tell(mail.to().participantId(), state, mail.subject(), reason);
    }
  }

  private boolean write(Draft mail, State state, String detail, Instant sendAfter) {
    Addressee to = mail.to();
    return jdbc.sql(
                """
                insert into message (id, participant_id, person_id, board_id, template, reminder,
                  to_address, subject, enrollment_id, data, once_key, queued_at, queued_by, state,
                  state_at, detail, send_after)
                values (:id, :participant, :person, :board, :template, :reminder, :to, :subject,
                  :enrollment, cast(:data as jsonb), :onceKey, :now, :by, :state, :now, :detail,
                  :sendAfter)
                on conflict (once_key) do nothing
                """)
            .param("id", UUID.randomUUID())
            .param("participant", to == null ? null : to.participantId())
            .param("person", to == null ? null : to.personId())
            .param("board", mail.board())
            .param("template", mail.template().name())
            .param("reminder", mail.template().reminder())
            .param("to", mail.address())
            .param("subject", mail.subject())
            .param(
                "enrollment", to == null || to.course() == null ? null : to.course().enrollmentId())
            .param("data", write(mail.data()))
            .param("onceKey", state == State.WITHDRAWN ? null : mail.onceKey())
            .param("now", now())
            .param("by", CurrentUser.name())
            .param("state", state.name())
            .param("detail", detail)
            .param("sendAfter", Timestamp.from(sendAfter))
            .update()
        == 1;
  }

  /** What else a mail carries: copies, and a document or null. */
  record Enclosed(List<String> cc, Enclosure enclosure) {
    static final Enclosed NOTHING = new Enclosed(List.of(), null);
  }

  /** A queued mail speaks of a change of administrator, and carries this. */
  void enclose(String onceKey, long change, Enclosed enclosed) {
    Enclosure enclosure = enclosed.enclosure();
    jdbc.sql(
            """
            update message set administrator_change_id = :change, cc = :cc,
                   attachment_name = :name, attachment = :content
             where once_key = :key
            """)
        .param("change", change)
        .param("cc", enclosed.cc().isEmpty() ? null : String.join(", ", enclosed.cc()))
        .param("name", enclosure == null ? null : enclosure.name())
        .param("content", enclosure == null ? null : enclosure.content(), Types.BINARY)
        .param("key", onceKey)
        .update();
  }

  /** What a mail carries; only mails to staff carry something. */
  Enclosed enclosed(Row mail) {
    return mail.template().staff()
        ? jdbc.sql("select cc, attachment_name, attachment from message where id = ?")
            .param(mail.id())
            .query(
                (row, n) ->
                    new Enclosed(
                        row.getString("cc") == null
                            ? List.of()
                            : List.of(row.getString("cc").split(", ")),
                        row.getString("attachment_name") == null
                            ? null
                            : new Enclosure(
                                row.getString("attachment_name"), row.getBytes("attachment"))))
            .single()
        : Enclosed.NOTHING;
  }

  /** Withdraws the document of a change; false if it went out, or may have gone out. */
  boolean takeBack(long change) {
    return jdbc.sql(
                """
                update message set state = 'WITHDRAWN', state_at = ?, once_key = null
                 where administrator_change_id = ? and template = 'ATTACHMENT_A'
                   and state in ('QUEUED', 'FAILED') and sending_at is null
                """)
            .params(now(), change)
            .update()
        > 0;
  }

  /** Which change a mail speaks of, and with which template; empty for none. */
  Optional<Map.Entry<Long, Template>> aboutChange(UUID id) {
    return jdbc.sql(
            """
            select administrator_change_id, template from message
             where id = ? and administrator_change_id is not null
            """)
        .param(id)
        .query((row, n) -> Map.entry(row.getLong(1), Template.valueOf(row.getString(2))))
        .optional();
  }

  /** What a mail said is kept nowhere: it held a secret of whoever got it. */
  void forget(UUID id) {
    jdbc.sql("update message set html = null, plain_text = null, data = '{}' where id = ?")
        .param(id)
        .update();
  }

  /** When the person's last reminder went out, or may have gone out; null if none did. */
  Instant lastReminderSent(long personId) {
    return jdbc.sql("select max(sending_at) as at from message where person_id = ? and reminder")
        .param(personId)
        .query((row, n) -> instant(row, "at"))
        .optional()
        .orElse(null);
  }

  /** The person's mails that wait for being sent; none that may have gone out already. */
  List<Row> waiting(long participantId) {
    return jdbc.sql(
            SELECT
                + """
                 where person_id = (select person_id from participant where id = ?)
                   and state in ('QUEUED', 'FAILED') and sending_at is null
                 order by id for update
                """)
        .param(participantId)
        .query(this::row)
        .list();
  }

  /**
   * Two cases turned out to be of one person: what either was sent, this person was sent, and is
   * not sent again. Which mail was queued for which case stays.
   */
  void mergePersons(long kept, long other) {
    jdbc.sql(
            """
            with mail as (
              select id, regexp_replace(once_key, '^([A-Z_]+):' || :other || '(:|$)',
                                        '\\1:' || :kept || '\\2') as key
                from message
               where person_id = :other and template in ('OUTREACH', 'CONGRATULATION'))
            update message m
               set once_key = case when not exists (
                     select from message k where k.once_key = mail.key and k.id <> m.id)
                     then mail.key end
              from mail where mail.id = m.id
            """)
        .param("kept", kept)
        .param("other", other)
        .update();
    jdbc.sql("update message set person_id = ? where person_id = ?").params(kept, other).update();
  }

  /** One enrollment has taken another's place. */
  void replaceEnrollment(long enrollment, long by) {
    jdbc.sql("update message set enrollment_id = ? where enrollment_id = ?")
        .params(by, enrollment)
        .update();
  }

  /** The person's mails that did not arrive because of the address, latest first. */
  List<Row> undeliverable(long participantId) {
    return jdbc.sql(
            SELECT
                + """
                 where person_id = (select person_id from participant where id = :participant)
                   and not jsonb_exists(data, 'sentAgain')
                   and (state = 'BOUNCED' or state = 'SUPPRESSED' and detail = :reason)
                 order by queued_at desc, id for update
                """)
        .param("participant", participantId)
        .param("reason", ADDRESS_REJECTED)
        .query(this::row)
        .list();
  }

  /** The address was corrected: whether another mail takes this one's place, and its key. */
  void decideUndeliverable(Row mail, boolean sentAgain) {
    jdbc.sql(
            """
            update message set data = data || jsonb_build_object('sentAgain', :again),
                   once_key = case when :again then null else once_key end
             where id = :id
            """)
        .param("again", sentAgain)
        .param("id", mail.id())
        .update();
  }

  /** Claims mails that are due: nobody else touches them until the lease has expired. */
  List<UUID> claim(String claimant, Instant until, int limit) {
    return jdbc.sql(
            """
            update message set state = 'CLAIMED', state_at = :now, claimed_by = :claimant,
                   claimed_until = :until
             where id in (
                   select id from message
                    where state in ('QUEUED', 'FAILED') and send_after <= :now
                    order by send_after limit :limit for update skip locked)
            returning id
            """)
        .param("now", now())
        .param("claimant", claimant)
        .param("until", Timestamp.from(until))
        .param("limit", limit)
        .query(UUID.class)
        .list();
  }

  /** Gives back what was claimed and not yet sent. */
  void release(String claimant) {
    jdbc.sql(
            """
            update message set state = case when attempts >= :attempts then 'FAILED' else 'QUEUED' end,
                   state_at = :now, claimed_until = null
             where state = 'CLAIMED' and claimed_by = :claimant and sending_at is null
            """)
        .param("attempts", ATTEMPTS)
        .param("now", now())
        .param("claimant", claimant)
        .update();
  }

  /** Claims whose lease has expired: the node that made them was killed, or hangs. */
  List<UUID> abandoned() {
    return jdbc.sql("select id from message where state = 'CLAIMED' and claimed_until < ?")
        .param(now())
        .query(UUID.class)
        .list();
  }

  /**
   * Locks a mail for the length of the transaction; a reminder with all reminders of that person,
   * so that two nodes do not send two at once.
   */
  Row lock(UUID id) {
    return jdbc
        .sql(
            SELECT
                + """
                 where id = :id or reminder and person_id =
                       (select person_id from message where id = :id and reminder)
                 order by id for update
                """)
        .param("id", id)
        .query(this::row)
        .list()
        .stream()
        .filter(row -> row.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** From here on, until it is settled, it may have gone out. */
  void sending(UUID id, String to, Composer.Body body, Instant leaseUntil) {
    jdbc.sql(
            """
            update message set sending_at = :now, claimed_until = :until, to_address = :to,
                   html = :html, plain_text = :text
             where id = :id
            """)
        .param("now", now())
        .param("until", Timestamp.from(leaseUntil))
        .param("to", to)
        .param("html", body.html())
        .param("text", body.plainText())
        .param("id", id)
        .update();
  }

  /** It is sent later, through no fault of its own. */
  void postpone(Row mail, Instant sendAfter) {
    settle(mail, State.QUEUED, null, mail.attempts(), sendAfter);
  }

  /**
   * The mail was not taken, and is tried again; after {@link #ATTEMPTS} a person is told.
   *
   * @param why a sentence without personal data
   * @param detail what the server said
   */
  void failed(Row mail, String why, String detail, Instant retryAt) {
    int attempts = mail.attempts() + 1;
    settle(mail, State.QUEUED, detail, attempts, retryAt);
    if (attempts == ATTEMPTS) { // once, however long it goes on
      tell(mail.participantId(), State.FAILED, mail.subject(), why);
    }
    if (attempts >= ATTEMPTS) {
      events.publishEvent(new SendingFailed(mail.id(), mail.participantId(), why));
    }
  }

  /** Nobody knows whether it went out: it is never sent again unless a person says so. */
  void unknown(Row mail, String why) {
    if (mail.failing()) {
      events.publishEvent(new SendingRecovered(mail.id(), mail.participantId()));
    }
    jdbc.sql(
            """
            update message set state = 'FAILED', state_at = ?, detail = ?, send_after = 'infinity',
                   claimed_until = null
             where id = ?
            """)
        .params(now(), why, mail.id())
        .update();
    tell(mail.participantId(), State.FAILED, mail.subject(), why);
    events.publishEvent(new DeliveryUnknown(mail.id(), mail.participantId()));
  }

  /** The mail has come to its end. */
  void end(Row mail, State state, String detail) {
    settle(mail, state, detail, mail.attempts(), null);
    tell(mail.participantId(), state, mail.subject(), detail);
  }

  /** A failed mail is due at once; false if it is not one that waits for another try. */
  boolean retry(UUID id) {
    return jdbc.sql(
                """
                update message set send_after = :now
                 where id = :id and state in ('QUEUED', 'FAILED') and attempts > 0
                   and sending_at is null
                """)
            .param("now", now())
            .param("id", id)
            .update()
        == 1;
  }

  /** A mail of which nobody knows whether it went out. */
  Optional<Row> findUnknown(UUID id) {
    return jdbc.sql(
            SELECT + " where id = ? and state = 'FAILED' and sending_at is not null for update")
        .param(id)
        .query(this::row)
        .optional();
  }

  /** What a person decided about a mail of which nobody knows whether it went out. */
  void decideUnknown(Row mail, boolean sendAgain) {
    if (sendAgain) {
      settle(mail, State.QUEUED, CurrentUser.name() + " had it sent again.", 0, clock.instant());
    } else {
      jdbc.sql("update message set detail = ? where id = ?")
          .params(DECIDED + CurrentUser.name() + " decided not to send it again.", mail.id())
          .update();
      events.publishEvent(new SendingRecovered(mail.id(), mail.participantId()));
    }
  }

  private void settle(Row mail, State state, String detail, int attempts, Instant sendAfter) {
    State settled = state == State.QUEUED && attempts >= ATTEMPTS ? State.FAILED : state;
    jdbc.sql(
            """
            update message set state = :state, state_at = :now, detail = :detail,
                   attempts = :attempts,
                   send_after = coalesce(cast(:sendAfter as timestamptz), send_after),
                   sending_at = case when :state = 'ACCEPTED' then sending_at end,
                   once_key = case when :state <> 'WITHDRAWN' then once_key end,
                   claimed_until = null
             where id = :id
            """)
        .param("state", settled.name())
        .param("now", now())
        .param("detail", detail)
        .param("attempts", attempts)
        .param("sendAfter", sendAfter == null ? null : Timestamp.from(sendAfter))
        .param("id", mail.id())
        .update();
    if (mail.failing() && settled != State.FAILED) {
      events.publishEvent(new SendingRecovered(mail.id(), mail.participantId()));
    }
  }

  private void tell(Long participantId, State state, String subject, String detail) {
    if (participantId != null) {
      timeline.add(
          participantId,
          Timeline.Subject.MESSAGE,
          state.told,
          detail == null ? subject : subject + ": " + detail);
    }
  }

  private Row row(ResultSet row, int n) throws SQLException {
    return new Row(
        row.getObject("id", UUID.class),
        row.getObject("participant_id", Long.class),
        row.getObject("person_id", Long.class),
        row.getString("board_id"),
        Template.valueOf(row.getString("template")),
        row.getString("to_address"),
        row.getString("subject"),
        row.getObject("enrollment_id", Long.class),
        read(row.getString("data")),
        row.getTimestamp("queued_at").toInstant(),
        State.valueOf(row.getString("state")),
        row.getInt("attempts"),
        row.getString("claimed_by"),
        instant(row, "claimed_until"),
        instant(row, "sending_at"));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }

  private String write(Map<String, ?> data) {
    try {
      return json.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private Map<String, Object> read(String data) {
    try {
      return json.readValue(data, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Timestamp now() {
    return Timestamp.from(clock.instant());
  }
}
