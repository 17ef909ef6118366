package org.lwdb.casework.administrator;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.Page;
import org.lwdb.casework.localarea.Administrators;
import org.lwdb.casework.localarea.Administrators.Administrator;
import org.lwdb.casework.localarea.BoardTimeline;
import org.lwdb.casework.participant.Text;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The changes of Coursera administrator (advisory, Action). Callers have made sure that the person
 * may do this, and that the change is one of the person's boards; each step is told to the board's
 * timeline in the same transaction.
 */
@Service
@Transactional
public class AdministratorChanges {

  /** A name under Attachment A and when it was given. */
  record Signed(Signatory by, Instant at) {}

  private static final String SELECT =
      """
      select id, board_id, kind, state, outgoing_name, outgoing_email, outgoing_phone, last_day,
             incoming_name, incoming_title, incoming_agency, incoming_email, incoming_phone,
             incoming_coursera, start_date, note, requested_by, requested_at, submitted_at,
             corrected_by, decided_by, decided_at, reason, sent_at, confirmed_by, confirmed_at,
             acknowledged_on, outgoing_ended_at, incoming_started_at
        from administrator_change
      """;

  private final ChangeRules rules;
  private final Administrators administrators;
  private final BoardTimeline timeline;
  private final JdbcClient jdbc;
  private final Clock clock;

  AdministratorChanges(
      ChangeRules rules,
      Administrators administrators,
      BoardTimeline timeline,
      JdbcClient jdbc,
      Clock clock) {
    this.rules = rules;
    this.administrators = administrators;
    this.timeline = timeline;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Writes down what is asked for; its id. */
  public long request(RequestedChange asked, Signatory by) {
    oneAtATime(asked.board());
    Administrators.Entry leaving = rules.check(asked, null);
    long id =
        jdbc.sql(
                """
                insert into administrator_change (board_id, kind, state, requested_by,
                  requested_by_name, requested_by_title, requested_at, submitted_at)
                values (?, ?, 'REQUESTED', ?, ?, ?, ?, ?) returning id
                """)
            .params(
                asked.board(),
                asked.kind().name(),
                by.username(),
                by.name(),
                by.title(),
                now(),
                now())
            .query(Long.class)
            .single();
    write(id, asked, leaving);
    tell(get(id), "Change of Coursera administrator requested", asked.kind().label());
    return id;
  }

  /** Submits a returned request again: its deadlines begin anew. */
  public void correct(long id, RequestedChange asked) {
    AdministratorChange before = locked(id);
    require(before, "correct", State.RETURNED);
    oneAtATime(before.board());
    write(id, asked, rules.check(asked, before));
    jdbc.sql(
            """
            update administrator_change set state = 'REQUESTED', submitted_at = ?,
                   corrected_by = ?, round = round + 1
             where id = ?
            """)
        .params(now(), CurrentUser.name(), id)
        .update();
    tell(before, "Request corrected and submitted again", null);
  }

  private void write(long id, RequestedChange asked, Administrators.Entry leaving) {
    RequestedChange.Incoming incoming = asked.incoming();
    Map<String, Object> values = new HashMap<>();
    values.put("id", id);
    values.put("kind", asked.kind().name());
    values.put("administrator", leaving == null ? null : leaving.id());
    values.put("name", leaving == null ? null : leaving.administrator().name());
    values.put("email", leaving == null ? null : leaving.administrator().email());
    values.put("phone", leaving == null ? null : leaving.administrator().phone());
    values.put("lastDay", asked.outgoing() == null ? null : asked.outgoing().lastDay());
    values.put("inName", incoming == null ? null : incoming.name());
    values.put("inTitle", incoming == null ? null : incoming.title());
    values.put("inAgency", incoming == null ? null : incoming.agency());
    values.put("inEmail", incoming == null ? null : incoming.email());
    values.put("inPhone", incoming == null ? null : incoming.phone());
    values.put("inCoursera", incoming == null ? null : incoming.hasCourseraAccount());
    values.put("startDate", incoming == null ? null : incoming.startDate());
    values.put("note", Text.note("note", asked.note()));
    jdbc.sql(
            """
            update administrator_change
               set kind = :kind,
                   administrator_id = case when outgoing_ended_at is null then :administrator
                                      else administrator_id end,
                   outgoing_name = case when outgoing_ended_at is null then :name
                                   else outgoing_name end,
                   outgoing_email = case when outgoing_ended_at is null then :email
                                    else outgoing_email end,
                   outgoing_phone = case when outgoing_ended_at is null then :phone
                                    else outgoing_phone end,
                   last_day = :lastDay, incoming_name = :inName, incoming_title = :inTitle,
                   incoming_agency = :inAgency, incoming_email = :inEmail,
                   incoming_phone = :inPhone, incoming_coursera = :inCoursera,
                   start_date = :startDate, note = :note
             where id = :id
            """)
        .params(values)
        .update();
  }

  /** Decides a request; what it asks for is checked once more before it is approved. */
  public void decide(long id, Decision decided, String reason, Signatory by) {
    AdministratorChange change = locked(id);
    require(change, "decide", State.REQUESTED);
    if (decided == Decision.APPROVE) {
      oneAtATime(change.board());
      rules.check(asked(change), change);
    }
    State state =
        switch (decided) {
          case APPROVE -> State.APPROVED;
          case REFUSE -> State.REFUSED;
          case RETURN -> State.RETURNED;
        };
    jdbc.sql(
            """
            update administrator_change
               set state = ?, decided_by = ?, decided_by_name = ?, decided_by_title = ?,
                   decided_at = ?, reason = ?
             where id = ?
            """)
        .params(
            Arrays.asList(state.name(), by.username(), by.name(), by.title(), now(), reason, id))
        .update();
    tell(
        change,
        switch (decided) {
          case APPROVE -> "Change approved";
          case REFUSE -> "Change refused";
          case RETURN -> "Request sent back for correction";
        },
        reason);
  }

  /** Keeps Attachment A as it is sent. */
  void attach(long id, byte[] attachment) {
    jdbc.sql("update administrator_change set attachment_a = ? where id = ?")
        .params(attachment, id)
        .update();
  }

  /** The mail server has Attachment A. */
  public void sent(long id) {
    AdministratorChange change = locked(id);
    jdbc.sql(
            """
            update administrator_change set sent_at = ?,
                   state = case when state = 'APPROVED' then 'SENT' else state end
             where id = ?
            """)
        .params(now(), id)
        .update();
    tell(change, "Attachment A sent to NYSDOL", null);
  }

  /** The mail with Attachment A did not go out, or nobody knows whether it did. */
  public void notSent(long id, String why) {
    tell(get(id), "Attachment A could not be sent", why);
  }

  /**
   * NYSDOL has confirmed, or refused; a refusal sends the request back.
   *
   * @param acknowledgedOn date of NYSDOL's mail, where the board records it; else null
   */
  public void confirm(long id, boolean confirmed, String reason, LocalDate acknowledgedOn) {
    AdministratorChange change = locked(id);
    require(change, "confirm", State.APPROVED, State.SENT);
    if (acknowledgedOn != null) {
      new BadInput.Collector()
          .addIf(
              acknowledgedOn.isAfter(NewYork.today(clock)),
              "acknowledgedOn",
              "The date of NYSDOL's mail lies in the future: check it.")
          .addIf(
              acknowledgedOn.isBefore(NewYork.dateOf(change.decidedAt())),
              "acknowledgedOn",
              "The date of NYSDOL's mail lies before the approval, which was on "
                  + NewYork.format(NewYork.dateOf(change.decidedAt()))
                  + ": check it.")
          .throwIfAny();
    }
    jdbc.sql(
            """
            update administrator_change
               set state = :state, reason = :reason, acknowledged_on = :acknowledged,
                   confirmed_by = case when :confirmed then :by end,
                   confirmed_at = case when :confirmed then cast(:now as timestamptz) end
             where id = :id
            """)
        .param("state", (confirmed ? State.CONFIRMED : State.RETURNED).name())
        .param("reason", reason)
        .param("acknowledged", acknowledgedOn)
        .param("confirmed", confirmed)
        .param("by", CurrentUser.name())
        .param("now", now())
        .param("id", id)
        .update();
    String mail =
        acknowledgedOn == null ? "" : "NYSDOL's mail of " + NewYork.format(acknowledgedOn);
    tell(
        change,
        confirmed ? "NYSDOL confirmed the change" : "NYSDOL refused the change",
        reason == null ? mail : mail.isEmpty() ? reason : mail + ": " + reason);
  }

  /** The one who leaves is in office no more. */
  public void outgoingEnded(long id) {
    AdministratorChange change = locked(id);
    administrators.end(administratorOf(id), change.outgoing().lastDay(), id);
    jdbc.sql("update administrator_change set outgoing_ended_at = ? where id = ?")
        .params(now(), id)
        .update();
    tell(
        change,
        "Coursera administrator has left: " + change.outgoing().name(),
        "Last day " + NewYork.format(change.outgoing().lastDay()) + ", access ended");
  }

  /**
   * The one who comes is in office; of a correction, the entry is corrected.
   *
   * @param username of the account; null for a correction
   */
  public void incomingStarted(long id, String username) {
    AdministratorChange change = locked(id);
    AdministratorChange.Incoming coming = change.incoming();
    if (change.kind() == Kind.CORRECT) {
      long entry = administratorOf(id);
      administrators.correct(
          entry, coming.name(), coming.title(), coming.agency(), coming.email(), coming.phone());
      tell(
          change,
          "Register of Coursera administrators corrected: "
              + administrators.get(entry).administrator().name(),
          null);
    } else {
      administrators.add(
          change.board(),
          coming.name(),
          coming.title(),
          coming.agency(),
          coming.email(),
          coming.phone(),
          username,
          coming.startDate(),
          id);
      tell(
          change,
          "New Coursera administrator: " + coming.name(),
          "From " + NewYork.format(coming.startDate()) + ", access begun");
    }
    jdbc.sql("update administrator_change set incoming_started_at = ? where id = ?")
        .params(now(), id)
        .update();
  }

  /** It is confirmed, and both dates have come. */
  public void inEffect(long id) {
    jdbc.sql("update administrator_change set state = 'IN_EFFECT' where id = ?").param(id).update();
    tell(get(id), "Change in effect", null);
  }

  /** Withdraws a request that was not sent. */
  public void withdraw(long id) {
    AdministratorChange change = locked(id);
    require(change, "withdraw", State.REQUESTED, State.RETURNED, State.APPROVED);
    if (change.state() == State.APPROVED
        && (change.outgoingEndedAt() != null || change.incomingStartedAt() != null)) {
      throw new BadInput(
          null,
          "This change is in effect already, though its mail waits for the mail server. Ask for a"
              + " new change instead.");
    }
    jdbc.sql("update administrator_change set state = 'WITHDRAWN' where id = ?").param(id).update();
    tell(change, "Request withdrawn", null);
  }

  /** Whoever leaves, or whose entry is corrected, as the register has it now. */
  @Transactional(readOnly = true)
  public Administrator concerned(long id) {
    return administrators.get(administratorOf(id)).administrator();
  }

  @Transactional(readOnly = true)
  public AdministratorChange get(long id) {
    return find(id, "").orElseThrow(() -> notFound(id));
  }

  /** The change, if it belongs to one of these boards. */
  @Transactional(readOnly = true)
  public AdministratorChange require(long id, Set<String> boards) {
    return find(id, "").filter(c -> boards.contains(c.board())).orElseThrow(() -> notFound(id));
  }

  /**
   * The PDF that was sent.
   *
   * @throws NotFound as long as the change is not approved
   */
  @Transactional(readOnly = true)
  public byte[] attachmentA(long id) {
    return jdbc.sql(
            """
            select attachment_a from administrator_change
             where id = ? and attachment_a is not null
            """)
        .param(id)
        .query(byte[].class)
        .optional()
        .orElseThrow(
            () ->
                new NotFound(
                    "There is no Attachment A of change " + id + " yet: it is made on approval."));
  }

  /**
   * The changes of these boards, the latest first.
   *
   * @param states where they stand
   */
  @Transactional(readOnly = true)
  public Page<AdministratorChange> list(Set<State> states, Set<String> boards, Page.Request page) {
    Map<String, Object> filter =
        Map.of(
            "boards",
            boards.toArray(String[]::new),
            "states",
            states.stream().map(State::name).toArray(String[]::new));
    String where = " where board_id = any(:boards) and state = any(:states) ";
    String order =
        page.orderBy(
            Map.of(
                "requestedAt", "requested_at", "state", "state", "board", "board_id", "id", "id"),
            "id desc");
    List<AdministratorChange> content =
        jdbc.sql(SELECT + where + "order by " + order + ", id limit :size offset :offset")
            .params(filter)
            .param("size", page.size())
            .param("offset", page.offset())
            .query(AdministratorChanges::change)
            .list();
    long total =
        jdbc.sql("select count(*) from administrator_change" + where)
            .params(filter)
            .query(Long.class)
            .single();
    return Page.of(content, page, total);
  }

  /** Who asked, and when it was submitted for the last time. */
  Signed requested(long id) {
    return signed(id, "requested", "submitted_at");
  }

  Signed decided(long id) {
    return signed(id, "decided", "decided_at");
  }

  /** How often it was submitted. */
  int round(long id) {
    return jdbc.sql("select round from administrator_change where id = ?")
        .param(id)
        .query(Integer.class)
        .single();
  }

  private Signed signed(long id, String what, String at) {
    return jdbc.sql(
            "select %1$s_by, %1$s_by_name, %1$s_by_title, %2$s from administrator_change where id = ?"
                .formatted(what, at))
        .param(id)
        .query(
            (row, n) ->
                new Signed(
                    new Signatory(row.getString(1), row.getString(2), row.getString(3)),
                    row.getTimestamp(4).toInstant()))
        .single();
  }

  /** What a stored request asks for. */
  private static RequestedChange asked(AdministratorChange change) {
    AdministratorChange.Outgoing outgoing = change.outgoing();
    AdministratorChange.Incoming incoming = change.incoming();
    return new RequestedChange(
        change.board(),
        change.kind(),
        outgoing == null
            ? null
            : new RequestedChange.Outgoing(outgoing.email(), outgoing.lastDay()),
        incoming == null
            ? null
            : new RequestedChange.Incoming(
                incoming.name(),
                incoming.title(),
                incoming.agency(),
                incoming.email(),
                incoming.phone(),
                incoming.hasCourseraAccount(),
                incoming.startDate()),
        change.note());
  }

  private long administratorOf(long id) {
    return jdbc.sql("select administrator_id from administrator_change where id = ?")
        .param(id)
        .query(Long.class)
        .single();
  }

  /** The rules count over all of a board's changes: one transaction at a time. */
  private void oneAtATime(String board) {
    jdbc.sql("select 1 from board where id = ? for no key update")
        .param(board)
        .query(Integer.class)
        .optional()
        .orElseThrow(() -> new BadInput("board", "There is no board '" + board + "'."));
  }

  private static void require(AdministratorChange change, String what, State... states) {
    if (!Arrays.asList(states).contains(change.state())) {
      throw new BadInput(
          null,
          "There is nothing to "
              + what
              + " any more: change "
              + change.id()
              + " is "
              + change.state()
              + ".");
    }
  }

  private AdministratorChange locked(long id) {
    return find(id, " for update").orElseThrow(() -> notFound(id));
  }

  private Optional<AdministratorChange> find(long id, String how) {
    return jdbc.sql(SELECT + " where id = ?" + how)
        .param(id)
        .query(AdministratorChanges::change)
        .optional();
  }

  private void tell(AdministratorChange change, String what, String detail) {
    timeline.add(
        change.board(), change.id(), what, detail == null || detail.isEmpty() ? null : detail);
  }

  private Timestamp now() {
    return Timestamp.from(clock.instant());
  }

  private static NotFound notFound(long id) {
    return new NotFound("There is no change of administrator " + id + ".");
  }

  private static AdministratorChange change(ResultSet row, int n) throws SQLException {
    Kind kind = Kind.valueOf(row.getString("kind"));
    return new AdministratorChange(
        row.getLong("id"),
        row.getString("board_id"),
        kind,
        State.valueOf(row.getString("state")),
        kind == Kind.ADD
            ? null
            : new AdministratorChange.Outgoing(
                row.getString("outgoing_name"),
                row.getString("outgoing_email"),
                row.getString("outgoing_phone"),
                row.getObject("last_day", LocalDate.class)),
        kind == Kind.REMOVE
            ? null
            : new AdministratorChange.Incoming(
                row.getString("incoming_name"),
                row.getString("incoming_title"),
                row.getString("incoming_agency"),
                row.getString("incoming_email"),
                row.getString("incoming_phone"),
                row.getObject("incoming_coursera", Boolean.class),
                row.getObject("start_date", LocalDate.class)),
        row.getString("note"),
        row.getString("requested_by"),
        instant(row, "requested_at"),
        instant(row, "submitted_at"),
        row.getString("corrected_by"),
        row.getString("decided_by"),
        instant(row, "decided_at"),
        row.getString("reason"),
        instant(row, "sent_at"),
        row.getString("confirmed_by"),
        instant(row, "confirmed_at"),
        row.getObject("acknowledged_on", LocalDate.class),
        instant(row, "outgoing_ended_at"),
        instant(row, "incoming_started_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
