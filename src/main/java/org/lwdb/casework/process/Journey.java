package org.lwdb.casework.process;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.osos.OsosEntries;
import org.lwdb.casework.participant.AccountProblems;
import org.lwdb.casework.participant.Cases;
import org.lwdb.casework.participant.ClosedReason;
import org.lwdb.casework.participant.Eligibility;
import org.lwdb.casework.participant.EligibilityResult;
import org.lwdb.casework.participant.Intake;
import org.lwdb.casework.participant.OutreachAnswer;
import org.lwdb.casework.participant.Participant;
import org.lwdb.casework.participant.ParticipantFile;
import org.lwdb.casework.participant.Participants;
import org.lwdb.casework.participant.Referral;
import org.lwdb.casework.participant.ServiceReceived;
import org.lwdb.casework.participant.Services;
import org.lwdb.casework.participant.Stage;
import org.lwdb.casework.process.ParticipantJourney.Messages;
import org.lwdb.casework.process.ParticipantJourney.Tasks;
import org.lwdb.casework.process.ParticipantJourney.Variables;
import org.lwdb.casework.process.access.BoundBoard;
import org.springframework.retry.annotation.Backoff;
import org.springframework.retry.annotation.Retryable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people do to a case from outside a task: the file and the process change in one transaction,
 * which is tried again when a job or another person moved the case at the same moment. Callers have
 * made sure that the case is one of the person's boards.
 */
@Service
@Transactional
@Retryable(
    retryFor = OptimisticLockingException.class,
    backoff = @Backoff(delay = 50, random = true))
public class Journey {

  /** Either the case that was opened, or the case that the person probably has already. */
  public record Started(String caseNumber, String duplicateOf) {}

  /**
   * @param newCaseNumber of the case in the receiving board; null unless the person moved
   */
  public record Closed(String newCaseNumber) {}

  /** Reasons that staff may close a case with; the others are the process's own. */
  private static final Set<ClosedReason> REASONS_OF_STAFF =
      Set.of(
          ClosedReason.WITHDRAWN, ClosedReason.MOVED, ClosedReason.DUPLICATE, ClosedReason.OTHER);

  private final RuntimeService runtime;
  private final TaskService tasks;
  private final Intake intake;
  private final Participants participants;
  private final ParticipantFile file;
  private final Cases cases;
  private final Eligibility eligibility;
  private final Services services;
  private final AccountProblems accountProblems;
  private final OsosEntries entries;
  private final Screening screening;
  private final CaseMessages told;
  private final Clock clock;

  Journey(
      RuntimeService runtime,
      TaskService tasks,
      Intake intake,
      Participants participants,
      ParticipantFile file,
      Cases cases,
      Eligibility eligibility,
      Services services,
      AccountProblems accountProblems,
      OsosEntries entries,
      Screening screening,
      CaseMessages told,
      Clock clock) {
    this.runtime = runtime;
    this.tasks = tasks;
    this.intake = intake;
    this.participants = participants;
    this.file = file;
    this.cases = cases;
    this.eligibility = eligibility;
    this.services = services;
    this.accountProblems = accountProblems;
    this.entries = entries;
    this.screening = screening;
    this.told = told;
    this.clock = clock;
  }

  /**
   * Takes a referral in and starts its process: the same that the start form does.
   *
   * @param source API, IMPORT or DEMO
   */
  public Started refer(Referral referral, String source) {
    long referralId = intake.receive(referral, source);
    String caseNumber =
        BoundBoard.in(
                referral.board(),
                () ->
                    runtime.startProcessInstanceByKey(
                        ParticipantJourney.KEY, Map.of(Variables.REFERRAL_ID, referralId)))
            .getBusinessKey();
    return new Started(
        caseNumber, caseNumber == null ? intake.duplicateOf(referralId).orElse(null) : null);
  }

  /**
   * Records what the person answered to outreach. Somebody who is not interested any more after
   * having said yes, and has not begun to learn, has declined.
   */
  public void answer(long participantId, String answer) {
    Participant participant = open(participantId);
    OutreachAnswer given = cases.recordAnswer(participantId, answer);
    boolean received =
        told.tell(participant, Messages.ANSWER_RECEIVED, Map.of(Variables.ANSWER, given.name()));
    if (!received
        && given == OutreachAnswer.NOT_INTERESTED
        && participant.stage() != Stage.LEARNING) {
      end(participant, ClosedReason.DECLINED, null);
    }
  }

  /** Decides the review that the case waits for. */
  public void decideEligibility(long participantId, String result, String reason) {
    Participant participant = open(participantId);
    Task review = task(participant, Tasks.REVIEW_ELIGIBILITY);
    if (review == null) {
      throw new BadInput(
          "result",
          "No review of eligibility is open for case "
              + participant.caseNumber()
              + ". Its result is "
              + participant.eligibilityResult()
              + "; change the answers to have it assessed again.");
    }
    eligibility.decide(participantId, result, reason);
    complete(participant.board(), review, Map.of(Variables.ELIGIBILITY_RESULT, result));
  }

  /** Records that the invitation was sent in Coursera's console: only of the eligible. */
  public void recordInvitation(long participantId, LocalDate sentOn) {
    Participant participant = open(participantId);
    if (participant.eligibilityResult() != EligibilityResult.ELIGIBLE) {
      throw new BadInput(
          null,
          "Case "
              + participant.caseNumber()
              + " is not eligible (yet): complete the answers, or decide the review, before inviting.");
    }
    cases.invited(participantId, sentOn);
    Task invite = task(participant, Tasks.INVITE_IN_COURSERA);
    Task goOn = task(participant, Tasks.DECIDE_HOW_TO_GO_ON);
    if (invite != null) {
      complete(participant.board(), invite, Map.of());
    } else if (goOn != null) {
      complete(
          participant.board(),
          goOn,
          Map.of(
              Variables.GO_ON,
              "INVITED_AGAIN",
              Variables.WAITING_SINCE,
              Date.from(clock.instant())));
    } else {
      told.tell(participant, Messages.INVITATION_RECORDED, Map.of());
    }
  }

  /**
   * Records a service; an enrolling one makes the person a WIOA participant, also after the case is
   * closed.
   */
  public boolean recordService(long participantId, ServiceReceived service) {
    boolean enrolling = services.record(participantId, service);
    if (enrolling
        && !told.tell(
            participants.get(participantId), Messages.ENROLLING_SERVICE_RECORDED, Map.of())) {
      services.countAsParticipant(participantId);
    }
    return enrolling;
  }

  public void reportAccountProblem(long participantId, String kind, String description) {
    Participant participant = open(participantId);
    long problem = accountProblems.report(participantId, kind, description);
    told.begin(
        participant.board(),
        participant.caseNumber(),
        Messages.ACCOUNT_PROBLEM_REPORTED,
        Map.of(Variables.ACCOUNT_PROBLEM_ID, problem));
  }

  /** Stops our mails to the person at once, also for a closed case. */
  public void stopMails(long participantId) {
    cases.stopMails(participantId);
    told.tell(participants.get(participantId), Messages.MAILS_STOPPED, Map.of());
  }

  /**
   * Closes a case for a reason of staff's.
   *
   * @param toBoard the receiving board, which goes with MOVED alone
   */
  public Closed close(long participantId, String reason, String note, String toBoard) {
    Participant participant = open(participantId);
    ClosedReason closedReason =
        REASONS_OF_STAFF.stream()
            .filter(r -> r.name().equals(reason))
            .findFirst()
            .orElseThrow(
                () ->
                    new BadInput(
                        "reason", "Choose one of WITHDRAWN, MOVED, DUPLICATE, OTHER for reason."));
    if (toBoard != null && closedReason != ClosedReason.MOVED) {
      throw new BadInput("toBoard", "A receiving board goes with the reason MOVED alone.");
    }
    Long moved = toBoard == null ? null : cases.move(participantId, toBoard);
    end(participant, closedReason, note);
    if (moved == null) {
      return new Closed(null);
    }
    BoundBoard.in(
        toBoard,
        () ->
            runtime
                .createMessageCorrelation(Messages.CASE_MOVED_HERE)
                .setVariable(Variables.PARTICIPANT_ID, moved)
                .correlateStartMessage());
    return new Closed(participants.caseNumber(moved));
  }

  /**
   * Corrects contact data and answers. Answers that matter are assessed again: before the
   * invitation by the process, later in the file alone.
   */
  public void correct(long participantId, ParticipantFile.Changes changes) {
    ParticipantFile.Outcome outcome = file.apply(participantId, changes);
    Participant participant = participants.get(participantId);
    if (outcome.emailChanged()) {
      told.tell(participant, Messages.ADDRESS_CORRECTED, Map.of());
    }
    if (outcome.answersChanged()) {
      screening.again(participantId);
    }
  }

  /** Records that an entry was typed into OSOS, and completes its task. */
  public void enteredIntoOsos(long entryId, LocalDate on, String confirmation, String comment) {
    entries.entered(entryId, on, confirmation, comment);
    String board = entries.get(entryId).board();
    Task enter =
        task(
            board, String.valueOf(entryId), OsosEntryProcess.KEY, OsosEntryProcess.ENTER_INTO_OSOS);
    if (enter != null) {
      complete(board, enter, Map.of());
    }
  }

  private void end(Participant participant, ClosedReason reason, String note) {
    cases.close(participant.id(), reason.name(), note);
    told.tell(
        participant, Messages.CLOSED_BY_STAFF, Map.of(Variables.CLOSED_REASON, reason.name()));
  }

  private Participant open(long participantId) {
    Participant participant = participants.get(participantId);
    if (participant.stage() == Stage.CLOSED) {
      throw new BadInput(
          null,
          "Case " + participant.caseNumber() + " is closed. Take the person in again to go on.");
    }
    return participant;
  }

  private Task task(Participant participant, String task) {
    return task(participant.board(), participant.caseNumber(), ParticipantJourney.KEY, task);
  }

  private Task task(String board, String businessKey, String process, String task) {
    return BoundBoard.in(
        board,
        () ->
            tasks
                .createTaskQuery()
                .processInstanceBusinessKey(businessKey)
                .processDefinitionKey(process)
                .taskDefinitionKey(task)
                .singleResult());
  }

  private void complete(String board, Task task, Map<String, Object> variables) {
    BoundBoard.in(
        board,
        () -> {
          tasks.complete(task.getId(), variables);
          return null;
        });
  }
}
