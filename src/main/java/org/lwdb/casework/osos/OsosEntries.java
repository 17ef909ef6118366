package org.lwdb.casework.osos;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.Page;
import org.lwdb.casework.learning.EnrollmentsReplaced;
import org.lwdb.casework.osos.OsosEntry.Kind;
import org.lwdb.casework.osos.OsosEntry.State;
import org.lwdb.casework.participant.CasesMerged;
import org.lwdb.casework.participant.Text;
import org.lwdb.casework.participant.Timeline;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The entries that staff owe OSOS until it is integrated with Coursera (advisory, Additional
 * information). What is owed stays with the board where it arose: after a move to another board the
 * old one still enters it, and nothing is owed a second time.
 */
@Service("osos")
public class OsosEntries {

  private static final Set<State> ENTRIES = EnumSet.of(State.OPEN, State.ENTERED, State.CANCELLED);

  private static final String FROM =
      """
        from osos_entry e
        join participant p on p.id = e.participant_id
        left join enrollment n on n.id = e.enrollment_id
        left join course c on c.id = n.course_id
      """;

  private static final String SELECT =
      """
      select e.id, e.participant_id, p.case_number, e.board_id as board, e.kind, c.name as course,
             e.occurred_on, e.due_on, e.backlog, e.state, e.outcome_type, e.evidence,
             e.entered_on, e.entered_by, e.confirmation, e.comment, e.created_at
      """
          + FROM;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final CaseworkSettings.Osos settings;
  private final Timeline timeline;
  private final Worksheets worksheets;

  OsosEntries(
      JdbcClient jdbc,
      Clock clock,
      CaseworkSettings settings,
      Timeline timeline,
      Worksheets worksheets) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.settings = settings.osos();
    this.timeline = timeline;
    this.worksheets = worksheets;
  }

  /**
   * The activity "Referred to Coursera Enrollment" is owed, dated with the first enrollment: once
   * for a person, over moves.
   *
   * @return the new entry's id, or null if it is there already
   */
  @Transactional
  public Long oweReferral(long participantId) {
    Long[] cases = lockedCases(participantId);
    if (isOwed(cases, Kind.REFERRED_TO_COURSERA_ENROLLMENT)) {
      return null;
    }
    Learning learning = learning(cases);
    return owe(
        participantId,
        Kind.REFERRED_TO_COURSERA_ENROLLMENT,
        learning.firstEnrollmentId(),
        learning.firstEnrolledAt(),
        learning.firstEnrolledAt());
  }

  /**
   * A course was completed: a person has to decide what goes into OSOS. Once for a person and a
   * course, also when Coursera reports the course again in another program.
   *
   * @return the id of the undecided entry, or null if it is there already
   */
  @Transactional
  public Long oweOutcome(long participantId, long enrollmentId) {
    Long[] cases = lockedCases(participantId);
    Completion completion =
        jdbc.sql(
                """
                select coalesce(n.enrolled_at, n.first_seen_at) as enrolled_at,
                       coalesce(n.completed_at, n.last_activity_at, n.updated_at) as completed_at,
                       exists (select from osos_entry e join enrollment o on o.id = e.enrollment_id
                                where e.participant_id = any(:cases) and o.course_id = n.course_id
                                  and (e.kind is null
                                       or e.kind in ('CREDENTIAL', 'MEASURABLE_SKILL_GAIN'))) as owed
                  from enrollment n where n.id = :enrollment and n.participant_id = any(:cases)
                """)
            .param("cases", cases)
            .param("enrollment", enrollmentId)
            .query(Completion.class)
            .optional()
            .orElseThrow(
                () ->
                    new NotFound(
                        "Enrollment " + enrollmentId + " is none of participant " + participantId));
    return completion.owed()
        ? null
        : owe(participantId, null, enrollmentId, completion.completedAt(), completion.enrolledAt());
  }

  /**
   * Learning has ended: the end of the service is owed, dated with the last day of learning, as an
   * exit is (20 CFR 677.150(c)). Once for a person, and only if the referral was owed before.
   *
   * @return the new entry's id, or null if there is nothing to end or it is there already
   */
  @Transactional
  public Long oweServiceEnd(long participantId) {
    Long[] cases = lockedCases(participantId);
    if (!isOwed(cases, Kind.REFERRED_TO_COURSERA_ENROLLMENT) || isOwed(cases, Kind.SERVICE_END)) {
      return null;
    }
    Learning learning = learning(cases);
    return owe(
        participantId, Kind.SERVICE_END, null, learning.lastActiveAt(), learning.firstEnrolledAt());
  }

  /**
   * A person's decision on a completed course. A certificate is not by itself a recognized
   * credential, so a credential and a skill gain both need evidence.
   *
   * @param outcome CREDENTIAL, MEASURABLE_SKILL_GAIN or NONE
   * @param type the credential's type in words, or the name of a {@link SkillGain}
   */
  @Transactional
  public void decide(long entryId, String outcome, String type, String evidence) {
    OsosEntry entry = locked(entryId);
    if (entry.state() != State.UNDECIDED) {
      throw new BadInput("outcome", "The outcome of this course has been decided already.");
    }
    String givenType = Text.note("type", type);
    String givenEvidence = Text.note("evidence", evidence);
    switch (outcome == null ? "" : outcome) {
      case "CREDENTIAL" -> {
        BadInput.Collector problems = new BadInput.Collector();
        problems.addIf(
            givenType == null, "type", "Name the credential, such as: occupational certificate.");
        requireEvidence(problems, givenEvidence).throwIfAny();
        decided(entry, State.OPEN, Kind.CREDENTIAL, givenType, givenEvidence);
      }
      case "MEASURABLE_SKILL_GAIN" -> {
        BadInput.Collector problems = new BadInput.Collector();
        problems.addIf(
            Arrays.stream(SkillGain.values()).noneMatch(gain -> gain.name().equals(givenType)),
            "type",
            "Choose the type of the skill gain: " + names(SkillGain.values()) + ".");
        requireEvidence(problems, givenEvidence).throwIfAny();
        decided(entry, State.OPEN, Kind.MEASURABLE_SKILL_GAIN, givenType, givenEvidence);
      }
      case "NONE" -> decided(entry, State.NOTHING_OWED, null, null, givenEvidence);
      default ->
          throw new BadInput(
              "outcome", "Choose the outcome: CREDENTIAL, MEASURABLE_SKILL_GAIN or NONE.");
    }
  }

  /**
   * The current user has typed the entry into OSOS.
   *
   * @param on the day it was typed in, New York's calendar
   * @param confirmation what OSOS showed; may be null, like the comment
   */
  @Transactional
  public void entered(long entryId, LocalDate on, String confirmation, String comment) {
    OsosEntry entry = locked(entryId);
    switch (entry.state()) {
      case OPEN -> {}
      case UNDECIDED ->
          throw new BadInput("state", "Decide the outcome of the completed course first.");
      case NOTHING_OWED -> throw new BadInput("state", "Nothing is owed to OSOS for this course.");
      case ENTERED ->
          throw new BadInput(
              "state",
              "This was entered into OSOS on "
                  + NewYork.format(entry.enteredOn())
                  + " already. Enter it once only.");
      case CANCELLED ->
          throw new BadInput("state", "This entry was canceled. Do not enter it into OSOS.");
    }
    if (on == null) {
      throw new BadInput("on", "Give the date on which this was entered into OSOS.");
    }
    new BadInput.Collector()
        .addIf(
            on.isAfter(NewYork.today(clock)),
            "on",
            "The date "
                + NewYork.format(on)
                + " lies in the future. Give the date on which this was entered into OSOS.")
        .addIf(
            on.isBefore(entry.occurredOn()),
            "on",
            "The date "
                + NewYork.format(on)
                + " is before what is entered happened, on "
                + NewYork.format(entry.occurredOn())
                + ". Give the date on which this was entered into OSOS.")
        .throwIfAny();
    String givenConfirmation = Text.note("confirmation", confirmation);
    jdbc.sql(
            """
            update osos_entry
               set state = 'ENTERED', entered_on = ?, entered_by = ?, entered_at = ?,
                   confirmation = ?, comment = ?
             where id = ?
            """)
        .params(
            on,
            CurrentUser.name(),
            now(),
            givenConfirmation,
            Text.note("comment", comment),
            entryId)
        .update();
    tell(
        entry.participantId(),
        "Entered into OSOS: " + entry.label(),
        NewYork.format(on)
            + (givenConfirmation == null ? "" : ", confirmation " + givenConfirmation));
  }

  /** The entry is overdue, and somebody is told; true the first time, later nothing changes. */
  @Transactional
  public boolean escalated(long entryId) {
    OsosEntry entry = locked(entryId);
    int first =
        jdbc.sql("update osos_entry set escalated_at = ? where id = ? and escalated_at is null")
            .params(now(), entryId)
            .update();
    if (first == 1) {
      tell(
          entry.participantId(),
          "Overdue for OSOS: " + entry.label(),
          "Was due on "
              + NewYork.format(entry.dueOn())
              + ", escalated to "
              + (entry.backlog() ? "NYSDOL" : "the supervisor"));
    }
    return first == 1;
  }

  /**
   * From here on the entry is overdue: the end of its due date in New York, or, where the setting
   * is in hours or minutes, that long after it arose.
   */
  public Instant dueAt(long entryId) {
    OsosEntry entry = get(entryId);
    return settings.dueAfter().amount() instanceof Duration
        ? settings.dueAfter().after(entry.createdAt())
        : entry.dueOn().plusDays(1).atStartOfDay(NewYork.ZONE).toInstant();
  }

  /** Nothing is to be entered after all: who decided so, and why, stands in the timeline. */
  @Transactional
  public void cancel(long entryId, String why) {
    OsosEntry entry = locked(entryId);
    String reason = Text.note("comment", why);
    if (entry.state() != State.OPEN) {
      throw new BadInput(
          "state", "Only an open entry can be canceled: this one is " + entry.state() + ".");
    }
    jdbc.sql("update osos_entry set state = 'CANCELLED', comment = ? where id = ?")
        .params(reason, entryId)
        .update();
    tell(entry.participantId(), "Not to be entered into OSOS: " + entry.label(), reason);
  }

  /**
   * Two cases of one person are about to be merged: entries of these that still wait, and that the
   * person's cases have once more. Of two alike that which has come further stays, else the kept
   * case's; and while the kept case goes on, the end of the other's service is none.
   */
  @Transactional(readOnly = true)
  public List<OsosEntry> superfluous(long kept, long other) {
    return jdbc.sql(
            SELECT
                + """
                 where e.participant_id in (:kept, :other) and e.state in ('UNDECIDED', 'OPEN')
                   and (e.participant_id = :other and e.kind = 'SERVICE_END'
                     or exists (
                       select from osos_entry same join participant q on q.id = same.participant_id
                         left join enrollment m on m.id = same.enrollment_id
                        where q.person_id <> p.person_id
                          and q.person_id in (
                            select person_id from participant where id in (:kept, :other))
                          and (e.kind in ('REFERRED_TO_COURSERA_ENROLLMENT', 'SERVICE_END')
                                 and same.kind = e.kind
                            or (e.kind is null or e.kind in ('CREDENTIAL', 'MEASURABLE_SKILL_GAIN'))
                                 and (same.kind is null
                                   or same.kind in ('CREDENTIAL', 'MEASURABLE_SKILL_GAIN'))
                                 and m.course_id = n.course_id)
                          and (same.state = 'ENTERED'
                            or same.state = 'OPEN' and e.state = 'UNDECIDED'
                            or same.state = e.state and e.participant_id = :other)))
                 order by e.id
                """)
        .param("kept", kept)
        .param("other", other)
        .query(OsosEntry.class)
        .list();
  }

  /** The entries of a case that wait for somebody, undecided ones among them. */
  public List<OsosEntry> waiting(long participantId) {
    return jdbc.sql(
            SELECT
                + " where e.participant_id = ? and e.state in ('UNDECIDED', 'OPEN') order by e.id")
        .param(participantId)
        .query(OsosEntry.class)
        .list();
  }

  /**
   * The other case's entries are the kept one's, whatever became of them; the referral is dated
   * with the first enrollment of both.
   */
  @EventListener
  void merged(CasesMerged cases) {
    jdbc.sql(
            """
            update osos_entry k
               set occurred_on = o.occurred_on, backlog = k.backlog or o.backlog
              from osos_entry o
             where k.participant_id = ? and k.state = 'OPEN' and o.participant_id = ?
               and k.kind = 'REFERRED_TO_COURSERA_ENROLLMENT' and o.kind = k.kind
               and o.occurred_on < k.occurred_on
            """)
        .params(cases.kept(), cases.other())
        .update();
    jdbc.sql("update osos_entry set participant_id = ? where participant_id = ?")
        .params(cases.kept(), cases.other())
        .update();
  }

  @EventListener
  void replaced(EnrollmentsReplaced enrollments) {
    enrollments
        .by()
        .forEach(
            (id, by) ->
                jdbc.sql("update osos_entry set enrollment_id = ? where enrollment_id = ?")
                    .params(by, id)
                    .update());
  }

  /** What to type into OSOS; for an undecided outcome, what there is to decide on. */
  public Worksheet worksheet(long entryId) {
    return worksheets.of(get(entryId));
  }

  public OsosEntry get(long entryId) {
    return jdbc.sql(SELECT + " where e.id = ?")
        .param(entryId)
        .query(OsosEntry.class)
        .optional()
        .orElseThrow(() -> notFound(entryId));
  }

  /** The entry, if it belongs to one of these boards. */
  public OsosEntry require(long entryId, Set<String> boards) {
    OsosEntry entry = get(entryId);
    if (!boards.contains(entry.board())) {
      throw notFound(entryId);
    }
    return entry;
  }

  /**
   * The entries of these boards, without outcomes that are undecided or need no entry; the longest
   * overdue first.
   *
   * @param state OPEN, ENTERED or CANCELLED, or null; board and case number may be null too
   */
  public Page<OsosEntry> list(
      String state, String board, String caseNumber, Set<String> boards, Page.Request page) {
    Set<State> states = state == null || state.isBlank() ? ENTRIES : Set.of(listed(state));
    Map<String, Object> filter =
        Map.of(
            "states",
            states.stream().map(State::name).toArray(String[]::new),
            "boards",
            boards.toArray(String[]::new),
            "board",
            board == null ? "" : board,
            "caseNumber",
            caseNumber == null ? "" : caseNumber);
    String where =
        """
         where e.state = any(:states) and e.board_id = any(:boards)
           and (:board = '' or e.board_id = :board)
           and (:caseNumber = '' or p.case_number = :caseNumber)
        """;
    String order =
        page.orderBy(
            Map.of(
                "dueOn", "e.due_on",
                "caseNumber", "p.case_number",
                "kind", "e.kind",
                "state", "e.state"),
            "(e.state = 'OPEN') desc, e.due_on");
    List<OsosEntry> content =
        jdbc.sql(SELECT + where + " order by " + order + ", e.id limit :size offset :offset")
            .params(filter)
            .param("size", page.size())
            .param("offset", page.offset())
            .query(OsosEntry.class)
            .list();
    long total =
        jdbc.sql("select count(*) " + FROM + where).params(filter).query(Long.class).single();
    return Page.of(content, page, total);
  }

  private static State listed(String state) {
    return ENTRIES.stream()
        .filter(s -> s.name().equals(state))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInput(
                    "state", "There is no state '" + state + "'. Use OPEN, ENTERED or CANCELLED."));
  }

  /** Dated today at the latest, whatever the report says: nothing can be entered before its day. */
  private Long owe(
      long participantId, Kind kind, Long enrollmentId, Instant occurredAt, Instant enrolledAt) {
    LocalDate today = NewYork.today(clock);
    LocalDate occurredOn = NewYork.dateOf(occurredAt);
    LocalDate dueOn = NewYork.dateOf(settings.dueAfter().after(clock.instant()));
    boolean backlog = NewYork.dateOf(enrolledAt).isBefore(settings.backlogBefore());
    Long id =
        jdbc.sql(
                """
                insert into osos_entry (participant_id, board_id, kind, state, enrollment_id,
                                        occurred_on, due_on, backlog, created_at)
                select p.id, p.board_id, :kind, :state, :enrollment,
                       :occurredOn, :dueOn, :backlog, :now
                  from participant p where p.id = :participant
                on conflict do nothing
                returning id
                """)
            .param("kind", kind == null ? null : kind.name())
            .param("state", kind == null ? State.UNDECIDED.name() : State.OPEN.name())
            .param("enrollment", enrollmentId)
            .param("occurredOn", occurredOn.isAfter(today) ? today : occurredOn)
            .param("dueOn", dueOn)
            .param("backlog", backlog)
            .param("now", now())
            .param("participant", participantId)
            .query(Long.class)
            .optional()
            .orElse(null);
    if (id != null) {
      OsosEntry entry = get(id);
      tell(
          participantId,
          kind == null
              ? "An outcome has to be decided for OSOS"
              : "An entry is owed to OSOS: " + entry.label(),
          (entry.course() == null ? "" : entry.course() + ", ")
              + "due on "
              + NewYork.format(dueOn)
              + (backlog ? ", backlog" : ""));
    }
    return id;
  }

  private void decided(OsosEntry entry, State state, Kind kind, String type, String evidence) {
    jdbc.sql(
            """
            update osos_entry
               set state = ?, kind = ?, outcome_type = ?, evidence = ?,
                   decided_by = ?, decided_at = ?
             where id = ?
            """)
        .params(
            state.name(),
            kind == null ? null : kind.name(),
            type,
            evidence,
            CurrentUser.name(),
            now(),
            entry.id())
        .update();
    tell(
        entry.participantId(),
        "Outcome for OSOS decided: " + (kind == null ? "none" : kind.label()),
        entry.course() + (type == null ? "" : ", " + type));
  }

  /**
   * The cases of a person, over moves, locked until the end of the transaction: what is owed once
   * for a person is looked for and added by one transaction at a time.
   */
  private Long[] lockedCases(long participantId) {
    List<Long> cases =
        jdbc.sql(
                """
                select id from participant
                 where person_id = (select person_id from participant where id = ?)
                 order by id for no key update
                """)
            .param(participantId)
            .query(Long.class)
            .list();
    if (cases.isEmpty()) {
      throw new NotFound("There is no participant " + participantId);
    }
    return cases.toArray(Long[]::new);
  }

  private boolean isOwed(Long[] cases, Kind kind) {
    return jdbc.sql(
            """
            select exists (select from osos_entry
                            where participant_id = any(?) and kind = ? and state <> 'CANCELLED')
            """)
        .params(cases, kind.name())
        .query(Boolean.class)
        .single();
  }

  private Learning learning(Long[] cases) {
    return jdbc.sql(
            """
            select id as first_enrollment_id, coalesce(enrolled_at, first_seen_at) as first_enrolled_at,
                   max(greatest(coalesce(enrolled_at, first_seen_at), last_activity_at, completed_at))
                     over () as last_active_at
              from enrollment where participant_id = any(?)
             order by 2, 1 limit 1
            """)
        .param(cases)
        .query(Learning.class)
        .optional()
        .orElseThrow(
            () -> new IllegalStateException("Nothing is owed to OSOS before the first enrollment"));
  }

  private OsosEntry locked(long entryId) {
    return jdbc.sql(SELECT + " where e.id = ? for update of e")
        .param(entryId)
        .query(OsosEntry.class)
        .optional()
        .orElseThrow(() -> notFound(entryId));
  }

  private void tell(long participantId, String what, String detail) {
    timeline.add(participantId, Timeline.Subject.OSOS, what, detail);
  }

  private Timestamp now() {
    return Timestamp.from(clock.instant());
  }

  private static BadInput.Collector requireEvidence(BadInput.Collector problems, String evidence) {
    return problems.addIf(
        evidence == null,
        "evidence",
        "Say what shows it, and where that is kept. Coursera's certificate alone does not make it.");
  }

  private static String names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).collect(Collectors.joining(", "));
  }

  private static NotFound notFound(long entryId) {
    return new NotFound("There is no OSOS entry " + entryId + ".");
  }

  private record Learning(long firstEnrollmentId, Instant firstEnrolledAt, Instant lastActiveAt) {}

  private record Completion(Instant enrolledAt, Instant completedAt, boolean owed) {}
}
