package org.lwdb.casework.participant;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.localarea.Board;
import org.lwdb.casework.localarea.Boards;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What happens to a case from opening to closing; each thing stands in its timeline. */
@Service("cases")
@Transactional
public class Cases {

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Boards boards;
  private final Participants participants;
  private final Timeline timeline;
  private final ApplicationEventPublisher events;

  Cases(
      JdbcClient jdbc,
      Clock clock,
      Boards boards,
      Participants participants,
      Timeline timeline,
      ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.boards = boards;
    this.participants = participants;
    this.timeline = timeline;
    this.events = events;
  }

  /**
   * The case arrives at a stage. At the same stage nothing changes. Back it goes only to be
   * screened again or invited again; any other way back is a mistake of the caller.
   *
   * @param stage the name of a {@link Stage}; a case is closed by {@link #close} alone
   */
  public void enter(long participantId, String stage) {
    Stage next = Stage.valueOf(stage);
    Stage before = replaceStage(participantId, next);
    if (next == before) {
      return;
    }
    if (next == Stage.CLOSED || !next.mayFollow(before)) {
      throw new IllegalStateException(
          "Case "
              + participants.caseNumber(participantId)
              + " cannot go from "
              + before
              + " to "
              + next);
    }
    timeline.add(
        participantId,
        Timeline.Subject.STAGE,
        "Stage changed",
        before.label() + " → " + next.label());
    events.publishEvent(new StageChanged(participantId, next));
  }

  /** Returns the stage before; whether it may follow that is the caller's to decide. */
  private Stage replaceStage(long participantId, Stage next) {
    return jdbc.sql(
            """
            update participant p
               set stage = :next,
                   stage_since = case before.stage when :next then p.stage_since else :now end
              from (select id, stage from participant where id = :id for no key update) before
             where p.id = before.id
            returning before.stage
            """)
        .param("next", next.name())
        .param("now", now())
        .param("id", participantId)
        .query(Stage.class)
        .optional()
        .orElseThrow(() -> new NotFound("There is no such participant."));
  }

  /**
   * Closes the case, once.
   *
   * @param reason the name of a {@link ClosedReason}
   * @param note may be null
   */
  public void close(long participantId, String reason, String note) {
    ClosedReason closedReason = Choice.of(ClosedReason.class, "reason", reason);
    String text = Text.note("note", note);
    requireOpen(participants.lock(participantId));
    setStage(participantId, Stage.CLOSED);
    jdbc.sql("update participant set closed_at = ?, closed_reason = ? where id = ?")
        .params(now(), closedReason.name(), participantId)
        .update();
    timeline.add(
        participantId,
        Timeline.Subject.CLOSED,
        "Case closed",
        text == null ? closedReason.label() : closedReason.label() + ": " + text);
  }

  /**
   * Opens a case in the board that the person moves to, with the history: the learning record and
   * its undelivered news go over, everything else is copied. County and city go along only where
   * they lie in the receiving board's area: otherwise they are what the move has changed, and are
   * asked anew. Eligibility is assessed anew. The case here is not closed by this.
   *
   * @return the id of the new case
   */
  public long move(long participantId, String toBoard) {
    // A report that is being imported would leave what it brings with the old case.
    jdbc.sql("select pg_advisory_xact_lock_shared(hashtext('coursera-report'))")
        .query()
        .listOfRows();
    Participant participant = participants.lock(participantId);
    requireOpen(participant);
    Board to =
        boards
            .find(Text.note("toBoard", toBoard))
            .orElseThrow(
                () ->
                    new BadInput(
                        "toBoard",
                        "There is no such board to move to. Use an id of /api/boards, such as"
                            + " onondaga."));
    if (to.id().equals(participant.board())) {
      throw new BadInput(
          "toBoard", "The case is in this board already. Choose the board the person moved to.");
    }
    boolean countyStays =
        participant.county() != null && to.counties().contains(participant.county());
    long newId =
        jdbc.sql(
                """
                insert into participant (
                  case_number, board_id, stage, stage_since, opened_at, moved_from, county, city,
                  person_id, first_name, last_name, email, phone, language, osos_id, date_of_birth,
                  employment_status, separation_date, separation_reason, employer, ui_status,
                  likely_to_return, business_loss_cause, displaced_homemaker, military_spouse,
                  covid_reason, weeks_unemployed, attested_on, documents_seen,
                  outreach_answer, answered_at, invited_on, joined_at, checked_in_at,
                  accountability, accountability_since, mails_stopped_at)
                select 'C' || nextval('case_number_seq'), :board, 'REFERRED', :now, :now, id,
                  case when :countyStays then county end, case when :countyStays then city end,
                  person_id, first_name, last_name, email, phone, language, osos_id, date_of_birth,
                  employment_status, separation_date, separation_reason, employer, ui_status,
                  likely_to_return, business_loss_cause, displaced_homemaker, military_spouse,
                  covid_reason, weeks_unemployed, attested_on, documents_seen,
                  outreach_answer, answered_at, invited_on, joined_at, checked_in_at,
                  accountability, accountability_since, mails_stopped_at
                 from participant where id = :from
                returning id
                """)
            .param("board", to.id())
            .param("now", now())
            .param("countyStays", countyStays)
            .param("from", participantId)
            .query(Long.class)
            .single();
    jdbc.sql(
            """
            insert into participant_email (participant_id, email, source, added_at)
            select ?, email, source, added_at from participant_email where participant_id = ?
            """)
        .params(newId, participantId)
        .update();
    jdbc.sql(
            """
            insert into service_received
              (participant_id, service, received_on, enrolling, recorded_by, recorded_at)
            select ?, service, received_on, enrolling, recorded_by, recorded_at
              from service_received where participant_id = ? order by id
            """)
        .params(newId, participantId)
        .update();
    events.publishEvent(new CaseMoved(participantId, newId));
    timeline.add(
        participantId,
        Timeline.Subject.REFERRAL,
        "Moved to another board",
        to.lwdbName() + ", case " + participants.caseNumber(newId));
    timeline.add(
        newId,
        Timeline.Subject.REFERRAL,
        "Case opened",
        "Moved from "
            + boards.require(participant.board()).lwdbName()
            + ", case "
            + participant.caseNumber());
    return newId;
  }

  /**
   * Records what the person answered to outreach.
   *
   * @param answer the name of an {@link OutreachAnswer}
   */
  public OutreachAnswer recordAnswer(long participantId, String answer) {
    OutreachAnswer given = Choice.of(OutreachAnswer.class, "answer", answer);
    jdbc.sql("update participant set outreach_answer = ?, answered_at = ? where id = ?")
        .params(given.name(), now(), participantId)
        .update();
    timeline.add(
        participantId, Timeline.Subject.ANSWER, "Answer to outreach recorded", given.label());
    return given;
  }

  /** Records that Coursera's invitation was sent on that day. */
  public void invited(long participantId, LocalDate sentOn) {
    Participant participant = participants.lock(participantId);
    LocalDate openedOn = NewYork.dateOf(participant.openedAt());
    if (sentOn == null) {
      throw new BadInput("sentOn", "Give the day on which the invitation was sent.");
    }
    if (sentOn.isAfter(NewYork.today(clock))) {
      throw new BadInput(
          "sentOn", "The invitation cannot have been sent in the future: check the date.");
    }
    if (sentOn.isBefore(openedOn)) {
      throw new BadInput(
          "sentOn",
          "The invitation cannot have been sent before the case was opened on "
              + NewYork.format(openedOn)
              + ": check the date.");
    }
    jdbc.sql("update participant set invited_on = ? where id = ?")
        .params(sentOn, participantId)
        .update();
    timeline.add(
        participantId,
        Timeline.Subject.INVITATION,
        "Invitation to Coursera sent",
        NewYork.format(sentOn));
  }

  /**
   * Stops our mails to the person at once, in every case of the person: a link in an old mail holds
   * after a move too.
   */
  public void stopMails(long participantId) {
    jdbc.sql(
            """
            update participant set mails_stopped_at = ?
             where person_id = (select person_id from participant where id = ?)
               and mails_stopped_at is null
            returning id
            """)
        .params(now(), participantId)
        .query(Long.class)
        .list()
        .forEach(id -> timeline.add(id, Timeline.Subject.CONTACT, "Mails stopped", null));
  }

  /** The learning loop has looked at the case. */
  public void learningChecked(long participantId) {
    jdbc.sql("update participant set learning_checked_at = ? where id = ?")
        .params(now(), participantId)
        .update();
  }

  /**
   * Staff have checked in with the learner.
   *
   * @param note may be null
   */
  public void checkedIn(long participantId, String note) {
    String text = Text.note("note", note);
    jdbc.sql("update participant set checked_in_at = ? where id = ?")
        .params(now(), participantId)
        .update();
    timeline.add(participantId, Timeline.Subject.LEARNING, "Checked in with the learner", text);
  }

  /**
   * Keeps what a person writes down about a case.
   *
   * @param note checked like every text; nothing is kept of a blank one
   */
  public void note(long participantId, Timeline.Subject subject, String what, String note) {
    String text = Text.note("note", note);
    if (text != null) {
      timeline.add(participantId, subject, what, text);
    }
  }

  private void setStage(long participantId, Stage stage) {
    jdbc.sql("update participant set stage = ?, stage_since = ? where id = ?")
        .params(stage.name(), now(), participantId)
        .update();
  }

  private static void requireOpen(Participant participant) {
    if (participant.closedAt() != null) {
      throw new BadInput(
          null,
          "Case "
              + participant.caseNumber()
              + " was closed on "
              + NewYork.format(NewYork.dateOf(participant.closedAt()))
              + " already.");
    }
  }

  private Timestamp now() {
    return Timestamp.from(clock.instant());
  }
}
