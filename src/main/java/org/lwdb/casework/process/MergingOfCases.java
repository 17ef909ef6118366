package org.lwdb.casework.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.mail.Letters;
import org.lwdb.casework.osos.OsosEntries;
import org.lwdb.casework.osos.OsosEntry;
import org.lwdb.casework.participant.AccountProblems;
import org.lwdb.casework.participant.ClosedReason;
import org.lwdb.casework.participant.Duplicates;
import org.lwdb.casework.participant.Intake;
import org.lwdb.casework.participant.Participant;
import org.lwdb.casework.participant.ParticipantFile;
import org.lwdb.casework.participant.Participants;
import org.lwdb.casework.participant.Services;
import org.lwdb.casework.participant.SideBySide;
import org.lwdb.casework.process.ParticipantJourney.Messages;
import org.lwdb.casework.process.ParticipantJourney.Tasks;
import org.lwdb.casework.process.ParticipantJourney.Variables;
import org.lwdb.casework.process.access.BoundBoard;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.retry.annotation.Backoff;
import org.springframework.retry.annotation.Retryable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people decide about cases and referrals that look like one person: files, mails, entries and
 * processes change in one transaction, which is tried again like {@link Journey}'s. Callers have
 * made sure that the cases are of the person's boards.
 */
@Service
@Transactional
@Retryable(
    retryFor = {
      OptimisticLockingException.class,
      ConcurrencyFailureException.class,
      UnexpectedRollbackException.class
    },
    backoff = @Backoff(delay = 50, random = true))
public class MergingOfCases {

  private final Journey journey;
  private final Duplicates duplicates;
  private final Participants participants;
  private final SideBySide sideBySide;
  private final Services services;
  private final AccountProblems accountProblems;
  private final Intake intake;
  private final Letters letters;
  private final OsosEntries entries;
  private final CaseMessages told;
  private final RuntimeService runtime;
  private final TaskService tasks;
  private final FormService forms;

  MergingOfCases(
      Journey journey,
      Duplicates duplicates,
      Participants participants,
      SideBySide sideBySide,
      Services services,
      AccountProblems accountProblems,
      Intake intake,
      Letters letters,
      OsosEntries entries,
      CaseMessages told,
      RuntimeService runtime,
      TaskService tasks,
      FormService forms) {
    this.journey = journey;
    this.duplicates = duplicates;
    this.participants = participants;
    this.sideBySide = sideBySide;
    this.services = services;
    this.accountProblems = accountProblems;
    this.intake = intake;
    this.letters = letters;
    this.entries = entries;
    this.told = told;
    this.runtime = runtime;
    this.tasks = tasks;
    this.forms = forms;
  }

  /**
   * Merges a case into another of the same board and person. The kept case gets all that the other
   * has; of contact data and answers only the fields named here. The other is closed as a
   * duplicate, if it is not closed already, and points to the kept one.
   *
   * @param fromOther the fields, as JSON names them, in which the other case is right
   * @throws BadInput when it makes no sense, or when the fields do not go together
   */
  public void merge(long keptId, long otherId, Set<String> fromOther) {
    duplicates.beginMerge(keptId, otherId);
    Participant kept = participants.get(keptId);
    Participant other = participants.get(otherId);
    ParticipantFile.Changes chosen = chosen(kept, other, fromOther);
    entries.superfluous(keptId, otherId).forEach(entry -> end(entry, kept, other));
    letters.withdraw(otherId);
    if (other.closedAt() == null) {
      journey.close(
          otherId, ClosedReason.DUPLICATE.name(), "merged into case " + kept.caseNumber(), null);
    }
    List<OsosEntry> waiting = entries.waiting(otherId);
    duplicates.merge(keptId, otherId);
    waiting.forEach(entry -> showAsOf(kept, entry));
    services.countAsParticipant(keptId);
    if (other.mailsStopped() && !kept.mailsStopped()) {
      journey.stopMails(keptId);
    }
    accountProblems
        .goOver(otherId, keptId)
        .forEach(
            problem ->
                told.begin(
                    kept.board(),
                    kept.caseNumber(),
                    Messages.ACCOUNT_PROBLEM_REPORTED,
                    Map.of(Variables.ACCOUNT_PROBLEM_ID, problem)));
    if (!chosen.values().isEmpty()) {
      journey.correct(keptId, chosen);
    }
  }

  /**
   * Decides on a referral that waits, as Tasklist does.
   *
   * @param decision the name of an {@link Intake.Decision}
   */
  public void decide(long referralId, String decision, Set<String> boards) {
    String board = intake.requireWaiting(referralId, boards);
    BoundBoard.in(
        board,
        () -> {
          Task task =
              tasks
                  .createTaskQuery()
                  .taskDefinitionKey(Tasks.DECIDE_ON_DUPLICATE)
                  .processVariableValueEquals(Variables.REFERRAL_ID, referralId)
                  .singleResult();
          if (task == null) {
            throw new BadInput("decision", "Somebody has decided on this duplicate already.");
          }
          forms.submitTaskForm(task.getId(), Map.of(Variables.DUPLICATE_DECISION, decision));
          return null;
        });
  }

  private ParticipantFile.Changes chosen(
      Participant kept, Participant other, Set<String> fromOther) {
    Map<String, Object> has = sideBySide.values(kept);
    Map<String, Object> gets = sideBySide.values(other);
    Map<String, Object> changes = new HashMap<>();
    for (String field : fromOther) {
      if (!gets.containsKey(field)) {
        throw new BadInput(
            field, "There is no field " + field + " to choose: load the page again.");
      }
      if (!Objects.equals(has.get(field), gets.get(field))) {
        changes.put(field, gets.get(field));
      }
    }
    return ParticipantFile.Changes.of(changes);
  }

  /** Its task is settled as a person would: nothing is owed twice. */
  private void end(OsosEntry entry, Participant kept, Participant other) {
    String why =
        "Cases %s and %s are of one person and were merged: this is owed once."
            .formatted(kept.caseNumber(), other.caseNumber());
    boolean undecided = entry.state() == OsosEntry.State.UNDECIDED;
    BoundBoard.in(
        entry.board(),
        () -> {
          Task task =
              tasks
                  .createTaskQuery()
                  .processInstanceBusinessKey(String.valueOf(entry.id()))
                  .processDefinitionKey(OsosEntryProcess.KEY)
                  .taskDefinitionKey(
                      undecided
                          ? OsosEntryProcess.DECIDE_OUTCOME
                          : OsosEntryProcess.ENTER_INTO_OSOS)
                  .singleResult();
          forms.submitTaskForm(
              task.getId(),
              undecided
                  ? Map.of("outcome", "NONE", "evidence", why)
                  : Map.of("result", "CANCELLED", "comment", why));
          return null;
        });
  }

  /** Tasklist shows an entry with the number of its case. */
  private void showAsOf(Participant kept, OsosEntry entry) {
    BoundBoard.in(
        entry.board(),
        () -> {
          runtime
              .createProcessInstanceQuery()
              .processInstanceBusinessKey(String.valueOf(entry.id()))
              .processDefinitionKey(OsosEntryProcess.KEY)
              .list()
              .forEach(
                  process ->
                      runtime.setVariable(
                          process.getId(), OsosEntryProcess.CASE_NUMBER, kept.caseNumber()));
          return null;
        });
  }
}
