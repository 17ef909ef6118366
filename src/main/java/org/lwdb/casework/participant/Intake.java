package org.lwdb.casework.participant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.Page;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How a referred person becomes a case, or is found to have one. */
@Service("intake")
@Transactional
public class Intake {

  /** What a person decides about a probable duplicate. */
  public enum Decision {
    NEW_CASE,
    SAME_PERSON
  }

  /** A referral and the case that its person probably has already. */
  public record Pair(Referral referral, Participant existing) {}

  /** A pair that waits for a person's decision. */
  public record Waiting(long referralId, Instant receivedAt, String receivedBy, Pair pair) {}

  private record Row(String payload, Long duplicateOf, Long participantId) {}

  /** Fields of a referral that are not filled in one by one when it is added to a case. */
  private static final Set<String> NOT_FILLED =
      Set.of("board", "email", "language", "enrollingServices");

  private final JdbcClient jdbc;
  private final Clock clock;
  private final ObjectMapper json;
  private final ReferralRules rules;
  private final Participants participants;
  private final Services services;
  private final Timeline timeline;

  Intake(
      JdbcClient jdbc,
      Clock clock,
      ObjectMapper json,
      ReferralRules rules,
      Participants participants,
      Services services,
      Timeline timeline) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.json = json;
    this.rules = rules;
    this.participants = participants;
    this.services = services;
    this.timeline = timeline;
  }

  /**
   * Reads and checks a referral given as named values: JSON, a form, a row. The answers stand in
   * {@code eligibility} or beside the other fields.
   *
   * @throws BadInput with everything that is wrong
   */
  public Referral read(Map<String, Object> values) {
    return rules.read(values);
  }

  /**
   * Takes a referral in, until its case is opened or it is added to one.
   *
   * @param source FORM, API, IMPORT or DEMO
   * @return the referral's id
   * @throws BadInput with everything that is wrong
   */
  public long receive(Referral referral, String source) {
    Referral checked = rules.check(referral);
    return jdbc.sql(
            """
            insert into referral (board_id, received_at, received_by, source, payload)
            values (?, ?, ?, ?, cast(? as jsonb)) returning id
            """)
        .params(
            checked.board(),
            Timestamp.from(clock.instant()),
            CurrentUser.name(),
            source,
            write(checked))
        .query(Long.class)
        .single();
  }

  /**
   * Whether the person probably has a case in the same board: one with the same e-mail address (any
   * that is known), the same OSOS ID, or the same name and birth date. It is remembered which.
   *
   * <p>Closed cases count, for the person who decides may want to look at what came of them; an
   * open one comes first. A case that was closed as MOVED does not: that person's case is with
   * another board now, and who comes back to this board needs a case here.
   *
   * <p>Until the transaction ends, other referrals of this person to the board wait here, so that
   * two at the same moment see each other. The case has to be opened in the same transaction.
   */
  public boolean isProbableDuplicate(long referralId) {
    Referral referral = payload(row(referralId));
    jdbc.sql(
            """
            select pg_advisory_xact_lock(sign)
              from (select distinct hashtextextended(:board || ' ' || lower(sign), 0) as sign
                      from unnest(array[cast(:email as text), :ososId,
                             :firstName || ' ' || :lastName || ' ' || :dateOfBirth]) as sign
                     where sign is not null
                     order by sign) person
            """)
        .param("board", "intake " + referral.board())
        .param("email", referral.email())
        .param("ososId", referral.ososId())
        .param("firstName", referral.firstName())
        .param("lastName", referral.lastName())
        .param("dateOfBirth", Objects.toString(referral.dateOfBirth(), null))
        .query()
        .listOfRows();
    Optional<Long> existing =
        jdbc.sql(
                """
                select p.id from participant p
                 where p.board_id = :board and p.merged_into is null
                   and p.closed_reason is distinct from 'MOVED'
                   and p.id in (
                     select participant_id from participant_email where email = :email
                     union
                     select id from participant where board_id = :board and osos_id = :ososId
                     union
                     select id from participant
                      where board_id = :board and date_of_birth = :dateOfBirth
                        and lower(last_name) = lower(:lastName)
                        and lower(first_name) = lower(:firstName))
                 order by p.closed_at is null desc, p.closed_reason is distinct from 'DUPLICATE' desc,
                          p.id desc
                 limit 1
                """)
            .param("board", referral.board())
            .param("email", referral.email().toLowerCase(Locale.ROOT))
            .param("ososId", referral.ososId())
            .param("lastName", referral.lastName())
            .param("firstName", referral.firstName())
            .param("dateOfBirth", referral.dateOfBirth())
            .query(Long.class)
            .optional();
    existing.ifPresent(
        id ->
            jdbc.sql("update referral set duplicate_of = ? where id = ?")
                .params(id, referralId)
                .update());
    return existing.isPresent();
  }

  /** What the person who decides compares. */
  @Transactional(readOnly = true)
  public Pair pair(long referralId) {
    Row row = row(referralId);
    return new Pair(payload(row), participants.get(existing(row)));
  }

  /**
   * Stores what a person decided about a probable duplicate, once.
   *
   * @param decision the name of a {@link Decision}
   */
  public Decision decide(long referralId, String decision) {
    Decision decided = Choice.of(Decision.class, "decision", decision);
    existing(row(referralId));
    int updated =
        jdbc.sql(
                """
                update referral set decision = ?, decided_by = ?, decided_at = ?
                 where id = ? and decision is null
                """)
            .params(decided.name(), CurrentUser.name(), Timestamp.from(clock.instant()), referralId)
            .update();
    if (updated == 0) {
      throw new BadInput("decision", "Somebody has decided on this duplicate already.");
    }
    return decided;
  }

  /**
   * Opens the person's case; the referral's own copy of the data is emptied.
   *
   * @return the participant's id
   */
  public long openCase(long referralId) {
    Row row = row(referralId);
    Referral referral = payload(row);
    long id = participants.insert(referral);
    participants.addEmail(id, referral.email(), "REFERRAL");
    timeline.add(
        id,
        Timeline.Subject.REFERRAL,
        "Case opened",
        row.duplicateOf() == null
            ? null
            : "A new case, beside " + participants.caseNumber(row.duplicateOf()));
    receive(referral.enrollingServices(), id);
    settle(referralId, id);
    return id;
  }

  /**
   * Adds the referral to the case that its person has: the address becomes known, services are
   * recorded, and what the case lacks is filled in. What the case has already stays, and what was
   * given otherwise stands in the timeline. Answers are filled in only where both speak of the same
   * employment: those of two situations are not mixed. The referral's own copy is emptied.
   *
   * @return the participant's id
   */
  public long addToExisting(long referralId) {
    Row row = row(referralId);
    Referral referral = payload(row);
    Participant participant = participants.lock(existing(row));
    EligibilityAnswers has = participant.eligibility();
    boolean answersFit =
        has.employmentStatus() == referral.eligibility().employmentStatus()
            || (has.employmentStatus() == null && has.separationReason() == null);
    Map<String, Object> merged = ReferralFields.of(participant.asReferral(), json);
    List<String> told = new ArrayList<>();
    ReferralFields.of(referral, json)
        .forEach(
            (name, value) -> {
              Object before = merged.get(name);
              if (value == null || value.equals(before) || NOT_FILLED.contains(name)) {
                return;
              }
              if (before == null && (answersFit || !ReferralFields.ANSWERS.contains(name))) {
                merged.put(name, value);
                told.add(ReferralFields.change(name, null, value));
              } else {
                told.add(
                    Text.label(name) + " not taken over: " + ReferralFields.shown(name, value));
              }
            });
    participants.update(participant.id(), rules.read(merged));
    participants.addEmail(participant.id(), referral.email(), "REFERRAL");
    if (!referral.email().equalsIgnoreCase(participant.email())) {
      told.add("Also known as " + referral.email());
    }
    timeline.add(
        participant.id(),
        Timeline.Subject.REFERRAL,
        "Referred again, and added to this case",
        told.isEmpty() ? null : String.join("; ", told));
    receive(referral.enrollingServices(), participant.id());
    settle(referralId, participant.id());
    return participant.id();
  }

  /** The referrals to these boards that wait for a person's decision, the oldest first. */
  @Transactional(readOnly = true)
  public Page<Waiting> waiting(Set<String> boards, Page.Request page) {
    record Undecided(long id, Instant at, String by, String payload, long existing) {}
    String from =
        """
          from referral
         where board_id = any (:boards) and duplicate_of is not null and decision is null
           and payload is not null
        """;
    String[] scope = boards.toArray(String[]::new);
    List<Undecided> undecided =
        jdbc.sql(
                "select id, received_at, received_by, payload, duplicate_of"
                    + from
                    + " order by id limit :size offset :offset")
            .param("boards", scope)
            .param("size", page.size())
            .param("offset", page.offset())
            .query(
                (row, n) ->
                    new Undecided(
                        row.getLong("id"),
                        row.getTimestamp("received_at").toInstant(),
                        row.getString("received_by"),
                        row.getString("payload"),
                        row.getLong("duplicate_of")))
            .list();
    Map<Long, Participant> existing =
        participants.all(undecided.stream().map(Undecided::existing).toList());
    return Page.of(
        undecided.stream()
            .map(
                u ->
                    new Waiting(
                        u.id(),
                        u.at(),
                        u.by(),
                        new Pair(readPayload(u.payload()), existing.get(u.existing()))))
            .toList(),
        page,
        jdbc.sql("select count(*)" + from).param("boards", scope).query(Long.class).single());
  }

  /** The board of a referral that waits for a decision, if it is one of these. */
  @Transactional(readOnly = true)
  public String requireWaiting(long referralId, Set<String> boards) {
    return jdbc.sql(
            """
            select board_id from referral
             where id = ? and board_id = any (?) and duplicate_of is not null
            """)
        .params(referralId, boards.toArray(String[]::new))
        .query(String.class)
        .optional()
        .orElseThrow(() -> new NotFound("There is no such referral in your boards."));
  }

  /** The number of the case that the person probably has already. */
  @Transactional(readOnly = true)
  public Optional<String> duplicateOf(long referralId) {
    return Optional.ofNullable(row(referralId).duplicateOf()).map(participants::caseNumber);
  }

  private void receive(List<ServiceReceived> received, long participantId) {
    received.forEach(service -> services.record(participantId, service));
    if (!received.isEmpty()) {
      services.countAsParticipant(participantId);
    }
  }

  private Row row(long referralId) {
    return jdbc.sql("select payload, duplicate_of, participant_id from referral where id = ?")
        .param(referralId)
        .query(
            (row, n) ->
                new Row(
                    row.getString("payload"),
                    row.getObject("duplicate_of", Long.class),
                    row.getObject("participant_id", Long.class)))
        .optional()
        .orElseThrow(() -> new NotFound("There is no such referral."));
  }

  private static long existing(Row row) {
    if (row.duplicateOf() == null) {
      throw new BadInput("decision", "There is nothing to decide: no such person has a case.");
    }
    return row.duplicateOf();
  }

  private void settle(long referralId, long participantId) {
    jdbc.sql("update referral set payload = null, participant_id = ? where id = ?")
        .params(participantId, referralId)
        .update();
  }

  private Referral payload(Row row) {
    if (row.payload() == null) {
      throw new BadInput(null, "This referral has its case already.");
    }
    return readPayload(row.payload());
  }

  private Referral readPayload(String payload) {
    try {
      return json.readValue(payload, Referral.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored referral cannot be read", e);
    }
  }

  private String write(Referral referral) {
    try {
      return json.writeValueAsString(referral);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A referral cannot be stored", e);
    }
  }
}
