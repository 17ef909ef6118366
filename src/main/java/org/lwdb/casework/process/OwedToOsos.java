package org.lwdb.casework.process;

import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.User;
import org.lwdb.casework.mail.StaffMail;
import org.lwdb.casework.mail.Template;
import org.lwdb.casework.osos.OsosEntries;
import org.lwdb.casework.osos.OsosEntry;
import org.lwdb.casework.process.access.BoundBoard;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Starts the process of each entry that is owed to OSOS, in the transaction that owes it, and
 * escalates what is overdue.
 */
@Component("ososEntries")
public class OwedToOsos {

  private static final int OVERDUE_PRIORITY = 90;

  private final OsosEntries entries;
  private final StaffMail mail;
  private final RuntimeService runtime;
  private final TaskService tasks;
  private final IdentityService identity;

  OwedToOsos(
      OsosEntries entries,
      StaffMail mail,
      @Lazy RuntimeService runtime,
      @Lazy TaskService tasks,
      @Lazy IdentityService identity) {
    this.entries = entries;
    this.mail = mail;
    this.runtime = runtime;
    this.tasks = tasks;
    this.identity = identity;
  }

  public void oweReferral(long participantId) {
    start(entries.oweReferral(participantId));
  }

  public void oweOutcome(long participantId, long enrollmentId) {
    start(entries.oweOutcome(participantId, enrollmentId));
  }

  public void oweServiceEnd(long participantId) {
    start(entries.oweServiceEnd(participantId));
  }

  public boolean isUndecided(long entryId) {
    return entries.get(entryId).state() == OsosEntry.State.UNDECIDED;
  }

  public boolean isNothingOwed(long entryId) {
    return entries.get(entryId).state() == OsosEntry.State.NOTHING_OWED;
  }

  public Date dueAt(long entryId) {
    return Date.from(entries.dueAt(entryId));
  }

  /**
   * Writes to the board's supervisors, of the backlog to NYSDOL, and lifts the task above the
   * others.
   */
  public void escalate(long entryId) {
    OsosEntry entry = entries.get(entryId);
    if (entries.escalated(entryId)) {
      writeTo(entry);
    }
    tasks
        .createTaskQuery()
        .processInstanceBusinessKey(String.valueOf(entryId))
        .processDefinitionKey(OsosEntryProcess.KEY)
        .list()
        .forEach(task -> tasks.setPriority(task.getId(), OVERDUE_PRIORITY));
  }

  private void writeTo(OsosEntry entry) {
    var recipients =
        identity.createUserQuery().memberOfGroup(entry.backlog() ? "nysdol" : "supervisors");
    if (!entry.backlog()) {
      recipients.memberOfTenant(entry.board());
    }
    List<String> addresses =
        recipients.list().stream()
            .map(User::getEmail)
            .filter(address -> address != null && !address.isBlank())
            .toList();
    mail.send(
        entry.board(),
        Template.OSOS_OVERDUE,
        addresses,
        Map.of(
            "caseNumber",
            entry.caseNumber(),
            "activity",
            entry.label(),
            "dueOn",
            entry.dueOn(),
            "backlog",
            entry.backlog()));
  }

  private void start(Long entryId) {
    if (entryId != null) {
      OsosEntry entry = entries.get(entryId);
      BoundBoard.in(
          entry.board(),
          () ->
              runtime.startProcessInstanceByKey(
                  OsosEntryProcess.KEY,
                  entryId.toString(),
                  Map.of(
                      OsosEntryProcess.ENTRY_ID,
                      entryId,
                      OsosEntryProcess.CASE_NUMBER,
                      entry.caseNumber())));
    }
  }
}
