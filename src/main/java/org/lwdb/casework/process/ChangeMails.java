package org.lwdb.casework.process;

import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Execution;
import org.lwdb.casework.administrator.AdministratorChanges;
import org.lwdb.casework.mail.DeliveryUnknown;
import org.lwdb.casework.mail.MailAccepted;
import org.lwdb.casework.mail.SendingFailed;
import org.lwdb.casework.mail.StaffMail;
import org.lwdb.casework.process.access.BoundBoard;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What becomes of the mail with Attachment A: the change is sent, or an incident stands in Cockpit.
 */
@Component
class ChangeMails {

  private final StaffMail mail;
  private final AdministratorChanges changes;
  private final RuntimeService runtime;

  ChangeMails(StaffMail mail, AdministratorChanges changes, RuntimeService runtime) {
    this.mail = mail;
    this.changes = changes;
    this.runtime = runtime;
  }

  @EventListener
  void accepted(MailAccepted event) {
    mail.attachmentAOf(event.message())
        .ifPresent(
            change -> {
              changes.sent(change);
              runtime
                  .createIncidentQuery()
                  .incidentType(MailEvents.INCIDENT)
                  .configuration(event.message().toString())
                  .list()
                  .forEach(incident -> runtime.resolveIncident(incident.getId()));
            });
  }

  @EventListener
  void failed(SendingFailed event) {
    if (event.participantId() == null) {
      notSent(event.message(), event.why());
    }
  }

  /** It is not sent again by itself: whoever asked can send the document by hand. */
  @EventListener
  void unknown(DeliveryUnknown event) {
    if (event.participantId() == null) {
      notSent(
          event.message(),
          "It is unknown whether the mail went out. Ask NYSDOL, or send the document by hand.");
    }
  }

  private void notSent(UUID message, String why) {
    mail.attachmentAOf(message)
        .filter(change -> noIncident(message))
        .ifPresent(
            change -> {
              changes.notSent(change, why);
              BoundBoard.in(
                  changes.get(change).board(),
                  () -> {
                    waiting(change)
                        .forEach(
                            one ->
                                runtime.createIncident(
                                    MailEvents.INCIDENT, one.getId(), message.toString(), why));
                    return null;
                  });
            });
  }

  private boolean noIncident(UUID message) {
    return runtime
            .createIncidentQuery()
            .incidentType(MailEvents.INCIDENT)
            .configuration(message.toString())
            .count()
        == 0;
  }

  /** Where the change waits for NYSDOL. */
  private List<Execution> waiting(long change) {
    return runtime
        .createExecutionQuery()
        .processDefinitionKey(ChangeOfAdministratorProcess.KEY)
        .processInstanceBusinessKey(String.valueOf(change))
        .activityId(ChangeOfAdministratorProcess.CONFIRM_CHANGE)
        .list();
  }
}
