package org.lwdb.casework.process;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.TaskService;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.administrator.AdministratorChange;
import org.lwdb.casework.administrator.AdministratorChanges;
import org.lwdb.casework.administrator.AttachmentA;
import org.lwdb.casework.administrator.BusinessDays;
import org.lwdb.casework.administrator.Kind;
import org.lwdb.casework.localarea.Administrators.Administrator;
import org.lwdb.casework.mail.StaffMail;
import org.lwdb.casework.mail.Template;
import org.lwdb.casework.process.access.Accounts;
import org.lwdb.casework.process.access.Groups;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * What the model of a change of administrator asks and has done. Access and register follow the
 * dates, at midnight in New York, and not NYSDOL's confirmation.
 */
@Component("administratorChange")
public class ChangeSteps {

  private static final int OVERDUE_PRIORITY = 90;
  private static final int DAYS_TO_DECIDE = 1;
  private static final int DAYS_TO_ESCALATION = 2;
  private static final int DAYS_TO_CONFIRM = 3;
  private static final int DAYS_TO_SECOND_REMINDER = 7;

  private final AdministratorChanges changes;
  private final AttachmentA attachment;
  private final Accounts accounts;
  private final StaffMail mail;
  private final TaskService tasks;
  private final Clock clock;

  ChangeSteps(
      AdministratorChanges changes,
      AttachmentA attachment,
      Accounts accounts,
      StaffMail mail,
      @Lazy TaskService tasks,
      Clock clock) {
    this.changes = changes;
    this.attachment = attachment;
    this.accounts = accounts;
    this.mail = mail;
    this.tasks = tasks;
    this.clock = clock;
  }

  // The decision

  /** The board's supervisors and NYSDOL; NYSDOL alone where no supervisor may decide. */
  public String deciders(long changeId) {
    AdministratorChange change = changes.get(changeId);
    boolean supervisor =
        accounts.hasOtherSupervisor(
            change.board(),
            change.requestedBy(),
            change.incoming() == null ? null : change.incoming().email());
    return supervisor ? Groups.SUPERVISORS + "," + Groups.NYSDOL : Groups.NYSDOL;
  }

  public Date decisionDue(long changeId) {
    return afterSubmission(changeId, DAYS_TO_DECIDE);
  }

  public Date escalationDue(long changeId) {
    return afterSubmission(changeId, DAYS_TO_ESCALATION);
  }

  public void remindToDecide(long changeId) {
    AdministratorChange change = changes.get(changeId);
    List<String> to = new ArrayList<>(accounts.supervisorsEmails(change.board()));
    to.remove(accounts.email(change.board(), change.requestedBy()));
    writeToDecide(change, to.isEmpty() ? accounts.nysdolsEmails(change.board()) : to, false);
  }

  /** NYSDOL is written to, and the task lifted above the others. */
  public void escalate(long changeId) {
    AdministratorChange change = changes.get(changeId);
    writeToDecide(change, accounts.nysdolsEmails(change.board()), true);
    tasks
        .createTaskQuery()
        .processInstanceBusinessKey(String.valueOf(changeId))
        .processDefinitionKey(ChangeOfAdministratorProcess.KEY)
        .taskDefinitionKey(ChangeOfAdministratorProcess.DECIDE_ON_CHANGE)
        .list()
        .forEach(task -> tasks.setPriority(task.getId(), OVERDUE_PRIORITY));
  }

  private void writeToDecide(AdministratorChange change, List<String> to, boolean escalated) {
    mail.sendAbout(
        change.id(),
        change.board(),
        Template.CHANGE_TO_DECIDE,
        to,
        Map.of(
            "change", change.id(),
            "kind", change.kind().label(),
            "requestedOn", NewYork.dateOf(change.submittedAt()),
            "escalated", escalated));
  }

  /** Tells whoever asked that it was refused, or comes back, and why. */
  public void tellRequester(long changeId) {
    AdministratorChange change = changes.get(changeId);
    mail.sendAbout(
        changeId,
        change.board(),
        Template.CHANGE_SENT_BACK,
        requester(change),
        Map.of(
            "change", changeId,
            "kind", change.kind().label(),
            "state", change.state().name(),
            "reason", change.reason()));
  }

  /** Whoever asked, as long as that person works for the board; else null, for anybody of it. */
  public String corrector(long changeId) {
    AdministratorChange change = changes.get(changeId);
    return accounts.works(change.board(), change.requestedBy()) ? change.requestedBy() : null;
  }

  public Date correctionDue(long changeId) {
    return Date.from(BusinessDays.after(clock.instant(), DAYS_TO_DECIDE));
  }

  // Attachment A and NYSDOL

  /** Has Attachment A sent, with copies to whoever asked and to the supervisors. */
  public void sendAttachmentA(long changeId) {
    AdministratorChange change = changes.get(changeId);
    Set<String> copies = new LinkedHashSet<>(requester(change));
    copies.addAll(accounts.supervisorsEmails(change.board()));
    attachment.send(changeId, List.copyOf(copies));
  }

  public Date confirmationDue(long changeId) {
    return afterDecision(changeId, DAYS_TO_CONFIRM);
  }

  public Date secondReminderDue(long changeId) {
    return afterDecision(changeId, DAYS_TO_SECOND_REMINDER);
  }

  public void remindToConfirm(long changeId) {
    AdministratorChange change = changes.get(changeId);
    List<String> to = new ArrayList<>(accounts.nysdolsEmails(change.board()));
    to.addAll(accounts.supervisorsEmails(change.board()));
    mail.sendAbout(
        changeId,
        change.board(),
        Template.CHANGE_TO_CONFIRM,
        to,
        Map.of(
            "change", changeId,
            "kind", change.kind().label(),
            "sentOn", NewYork.dateOf(change.decidedAt())));
  }

  public void inEffect(long changeId) {
    changes.inEffect(changeId);
  }

  // Access and register

  /** Somebody leaves, and the last day is today or past. */
  public boolean endsAtOnce(long changeId) {
    AdministratorChange change = changes.get(changeId);
    return change.endIsDue() && !change.outgoing().lastDay().isAfter(NewYork.today(clock));
  }

  /** Somebody leaves, on a day that is to come. */
  public boolean endsLater(long changeId) {
    return changes.get(changeId).endIsDue() && !endsAtOnce(changeId);
  }

  /** The end of the last day. */
  public Date lastDayOver(long changeId) {
    return midnight(changes.get(changeId).outgoing().lastDay().plusDays(1));
  }

  public void endAccess(long changeId) {
    AdministratorChange change = changes.get(changeId);
    Administrator leaving = changes.concerned(changeId);
    changes.outgoingEnded(changeId);
    accounts.endAdministrator(change.board(), leaving.username());
  }

  /** Somebody comes, or is corrected, and the start date is today, past, or not given. */
  public boolean beginsAtOnce(long changeId) {
    AdministratorChange change = changes.get(changeId);
    return change.beginIsDue()
        && (change.incoming().startDate() == null
            || !change.incoming().startDate().isAfter(NewYork.today(clock)));
  }

  public boolean beginsLater(long changeId) {
    return changes.get(changeId).beginIsDue() && !beginsAtOnce(changeId);
  }

  public Date startDateComes(long changeId) {
    return midnight(changes.get(changeId).incoming().startDate());
  }

  public void beginAccess(long changeId) {
    AdministratorChange change = changes.get(changeId);
    if (change.kind() == Kind.CORRECT) {
      correct(change);
      return;
    }
    AdministratorChange.Incoming coming = change.incoming();
    Accounts.Begun begun =
        accounts.beginAdministrator(change.board(), coming.name(), coming.email());
    changes.incomingStarted(changeId, begun.username());
    mail.sendAbout(
        changeId,
        change.board(),
        Template.ADMINISTRATOR_BEGINS,
        List.of(coming.email()),
        begun.link() == null
            ? Map.of("change", changeId, "startDate", coming.startDate())
            : Map.of(
                "change", changeId,
                "startDate", coming.startDate(),
                "username", begun.username(),
                "link", begun.link()));
  }

  private void correct(AdministratorChange change) {
    Administrator before = changes.concerned(change.id());
    changes.incomingStarted(change.id(), null);
    if (change.incoming().email() != null && before.username() != null) {
      accounts.correctEmail(change.board(), before.username(), change.incoming().email());
    }
  }

  private List<String> requester(AdministratorChange change) {
    String email = accounts.email(change.board(), change.requestedBy());
    return email == null ? List.of() : List.of(email);
  }

  private Date afterSubmission(long changeId, int days) {
    return Date.from(BusinessDays.after(changes.get(changeId).submittedAt(), days));
  }

  private Date afterDecision(long changeId, int days) {
    return Date.from(BusinessDays.after(changes.get(changeId).decidedAt(), days));
  }

  private static Date midnight(LocalDate day) {
    return Date.from(day.atStartOfDay(NewYork.ZONE).toInstant());
  }
}
