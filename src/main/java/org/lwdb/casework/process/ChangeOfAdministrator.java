package org.lwdb.casework.process;

import java.time.LocalDate;
import java.util.Map;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.Forbidden;
import org.lwdb.casework.administrator.AdministratorChange;
import org.lwdb.casework.administrator.AdministratorChanges;
import org.lwdb.casework.administrator.AttachmentA;
import org.lwdb.casework.administrator.Decision;
import org.lwdb.casework.administrator.RequestedChange;
import org.lwdb.casework.administrator.Signatory;
import org.lwdb.casework.administrator.State;
import org.lwdb.casework.participant.Choice;
import org.lwdb.casework.participant.Text;
import org.lwdb.casework.process.access.Accounts;
import org.lwdb.casework.process.access.BoundBoard;
import org.lwdb.casework.process.access.Groups;
import org.springframework.context.annotation.Lazy;
import org.springframework.retry.annotation.Backoff;
import org.springframework.retry.annotation.Retryable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people do to a change of Coursera administrator, in a task or from outside: the change and
 * its process change in one transaction, which is tried again when a job or another person moved it
 * at the same moment. Who may do what is checked here; callers have made sure that the change is
 * one of the person's boards.
 */
@Service
@Transactional
@Retryable(
    retryFor = OptimisticLockingException.class,
    backoff = @Backoff(delay = 50, random = true))
public class ChangeOfAdministrator {

  private final RuntimeService runtime;
  private final TaskService tasks;
  private final AdministratorChanges changes;
  private final AttachmentA attachment;
  private final Accounts accounts;

  ChangeOfAdministrator(
      @Lazy RuntimeService runtime,
      @Lazy TaskService tasks,
      AdministratorChanges changes,
      AttachmentA attachment,
      Accounts accounts) {
    this.runtime = runtime;
    this.tasks = tasks;
    this.changes = changes;
    this.attachment = attachment;
    this.accounts = accounts;
  }

  /** Takes a request in and starts its process: the same that the start form does. */
  public long request(RequestedChange asked) {
    long id = receive(asked);
    BoundBoard.in(
        asked.board(),
        () ->
            runtime.startProcessInstanceByKey(
                ChangeOfAdministratorProcess.KEY,
                String.valueOf(id),
                Map.of(ChangeOfAdministratorProcess.CHANGE_ID, id)));
    return id;
  }

  /** Submits a returned request again, and completes its task. */
  public void submitAgain(long id, RequestedChange asked) {
    correct(id, asked);
    complete(
        id,
        ChangeOfAdministratorProcess.CORRECT_REQUEST,
        Map.of(ChangeOfAdministratorProcess.CORRECTION, "SUBMIT"));
  }

  /** Decides a request, and completes its task. */
  public void decide(long id, String decision, String reason) {
    Decision decided = decided(id, decision, reason);
    complete(
        id,
        ChangeOfAdministratorProcess.DECIDE_ON_CHANGE,
        Map.of(ChangeOfAdministratorProcess.DECISION, decided.name()));
  }

  /**
   * Records NYSDOL's answer, and completes its task.
   *
   * @param acknowledgedOn date of NYSDOL's mail; only NYSDOL itself may leave it out
   */
  public void confirm(long id, boolean confirmed, String reason, LocalDate acknowledgedOn) {
    complete(
        id,
        ChangeOfAdministratorProcess.CONFIRM_CHANGE,
        Map.of(
            ChangeOfAdministratorProcess.CONFIRMATION,
            confirmed(id, confirmed, reason, acknowledgedOn)));
  }

  /** Withdraws a request that was not sent, and ends its process. */
  public void withdraw(long id) {
    withdrawn(id);
    BoundBoard.in(
        changes.get(id).board(),
        () -> {
          runtime
              .createMessageCorrelation(ChangeOfAdministratorProcess.CHANGE_WITHDRAWN)
              .processInstanceBusinessKey(String.valueOf(id))
              .correlateWithResult();
          return null;
        });
  }

  /** Writes a request down, for a process that is being started. */
  long receive(RequestedChange asked) {
    requireOwnAccount(asked);
    return changes.request(asked, me(asked.board()));
  }

  /** Corrects a returned request, for a task that is being completed. */
  void correct(long id, RequestedChange asked) {
    requireOwnAccount(asked);
    changes.correct(id, asked);
  }

  /** Decides a request, for a task that is being completed. */
  Decision decided(long id, String decision, String reason) {
    Decision decided = Choice.of(Decision.class, "decision", decision);
    String why = Text.note("reason", reason);
    if (decided != Decision.APPROVE && why == null) {
      throw new BadInput("reason", "Write down the reason: the person who asked reads it.");
    }
    AdministratorChange change = changes.get(id);
    requireDecider(change);
    if (decided == Decision.APPROVE) {
      requireOwnAccount(change.board(), comingEmail(change));
    }
    changes.decide(id, decided, why, me(change.board()));
    return decided;
  }

  /** Records NYSDOL's answer, for a task that is being completed: CONFIRMED or REFUSED. */
  String confirmed(long id, boolean confirmed, String reason, LocalDate acknowledgedOn) {
    String why = Text.note("reason", reason);
    if (!confirmed && why == null) {
      throw new BadInput("reason", "Write down NYSDOL's reason: the person who asked reads it.");
    }
    if (!CurrentUser.hasRole(Groups.NYSDOL)) {
      if (!CurrentUser.hasRole(Groups.SUPERVISORS)
          && !CurrentUser.hasRole(Groups.COURSERA_ADMINISTRATORS)) {
        throw new Forbidden(
            "NYSDOL confirms a change; its answer is recorded by the board's supervisor or Coursera"
                + " administrators.");
      }
      if (acknowledgedOn == null) {
        throw new Forbidden(
            "Only NYSDOL confirms a change itself. To record its answer, give the date of its mail"
                + " as acknowledgedOn.");
      }
    }
    changes.confirm(id, confirmed, why, acknowledgedOn);
    return confirmed ? "CONFIRMED" : "REFUSED";
  }

  /** Withdraws a request, for a process that ends. */
  void withdrawn(long id) {
    AdministratorChange change = changes.get(id);
    if (!CurrentUser.name().equals(change.requestedBy())
        && !CurrentUser.hasRole(Groups.SUPERVISORS)
        && !CurrentUser.hasRole(Groups.NYSDOL)) {
      throw new Forbidden(
          "A request is withdrawn by the person who asked, by a supervisor of the board, or by"
              + " NYSDOL.");
    }
    changes.withdraw(id);
    if (change.state() == State.APPROVED && !attachment.takeBack(id)) {
      throw new BadInput(
          null, "Attachment A is being sent at this moment: the request cannot be withdrawn.");
    }
  }

  /** Never the person who asked, nor the person who is to become administrator. */
  private void requireDecider(AdministratorChange change) {
    if (!CurrentUser.hasRole(Groups.SUPERVISORS) && !CurrentUser.hasRole(Groups.NYSDOL)) {
      throw new Forbidden("A change of administrator is decided by a supervisor of the board.");
    }
    String me = CurrentUser.name();
    if (me.equals(change.requestedBy()) || me.equals(change.correctedBy())) {
      throw new Forbidden(
          "You asked for this change yourself: another supervisor of the board decides it, or"
              + " NYSDOL.");
    }
    String coming = comingEmail(change);
    if (coming != null && coming.equalsIgnoreCase(accounts.email(change.board(), me))) {
      throw new Forbidden(
          "You are to become administrator with this change: another supervisor of the board decides"
              + " it, or NYSDOL.");
    }
  }

  private void requireOwnAccount(RequestedChange asked) {
    requireOwnAccount(asked.board(), asked.incoming() == null ? null : asked.incoming().email());
  }

  private void requireOwnAccount(String board, String email) {
    if (email != null && accounts.worksElsewhere(board, email)) {
      throw new BadInput(
          "incoming.email",
          "This address belongs to an account that works elsewhere. Give another address of the"
              + " person, for an account of this board alone.");
    }
  }

  private static String comingEmail(AdministratorChange change) {
    return change.incoming() == null ? null : change.incoming().email();
  }

  private Signatory me(String board) {
    String me = CurrentUser.name();
    return new Signatory(me, accounts.name(board, me), accounts.title(board, me));
  }

  private void complete(long id, String key, Map<String, Object> variables) {
    BoundBoard.in(
        changes.get(id).board(),
        () -> {
          Task task =
              tasks
                  .createTaskQuery()
                  .processInstanceBusinessKey(String.valueOf(id))
                  .processDefinitionKey(ChangeOfAdministratorProcess.KEY)
                  .taskDefinitionKey(key)
                  .singleResult();
          tasks.complete(task.getId(), variables);
          return null;
        });
  }
}
