package org.lwdb.casework.process;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.IncidentQuery;
import org.lwdb.casework.mail.AddressRejected;
import org.lwdb.casework.mail.DeliveryUnknown;
import org.lwdb.casework.mail.Messages;
import org.lwdb.casework.mail.SendingFailed;
import org.lwdb.casework.mail.SendingRecovered;
import org.lwdb.casework.participant.Participant;
import org.lwdb.casework.participant.Participants;
import org.lwdb.casework.process.ParticipantJourney.Tasks;
import org.lwdb.casework.process.ParticipantJourney.Variables;
import org.lwdb.casework.process.access.BoundBoard;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What becomes of a mail that did not go out: a task for staff, or an incident for the operator.
 */
@Component
class MailEvents {

  /** The type of the incident that stands in Cockpit while a mail cannot be sent. */
  static final String INCIDENT = "mailNotSent";

  private final RuntimeService runtime;
  private final TaskService tasks;
  private final CaseMessages told;
  private final Messages messages;
  private final Participants participants;

  MailEvents(
      RuntimeService runtime,
      TaskService tasks,
      CaseMessages told,
      Messages messages,
      Participants participants) {
    this.runtime = runtime;
    this.tasks = tasks;
    this.told = told;
    this.messages = messages;
    this.participants = participants;
  }

  @EventListener
  void addressRejected(AddressRejected event) {
    Participant participant = participants.get(event.participantId());
    long open =
        tasks
            .createTaskQuery()
            .processInstanceBusinessKey(participant.caseNumber())
            .taskDefinitionKey(Tasks.CORRECT_ADDRESS)
            .count();
    if (open == 0) {
      told.tell(participant, ParticipantJourney.Messages.ADDRESS_REJECTED, Map.of());
    }
  }

  @EventListener
  void deliveryUnknown(DeliveryUnknown event) {
    if (event.participantId() != null) {
      Participant participant = participants.get(event.participantId());
      told.begin(
          participant.board(),
          participant.caseNumber(),
          ParticipantJourney.Messages.DELIVERY_UNKNOWN,
          Map.of(Variables.MAIL_ID, event.message().toString()));
    }
  }

  @EventListener
  void sendingFailed(SendingFailed event) {
    if (event.participantId() != null && incidents(event.message()).count() == 0) {
      whereTheCaseWaits(participants.caseNumber(event.participantId()))
          .ifPresent(
              execution ->
                  runtime.createIncident(
                      INCIDENT, execution, event.message().toString(), event.why()));
    }
  }

  @EventListener
  void sendingRecovered(SendingRecovered event) {
    incidents(event.message()).list().forEach(i -> runtime.resolveIncident(i.getId()));
    if (event.participantId() != null && messages.get(event.message()).state().equals("ACCEPTED")) {
      withdrawDecisionOn(event.message(), participants.get(event.participantId()));
    }
  }

  /** It went out after all, so nobody has to decide. */
  private void withdrawDecisionOn(UUID message, Participant participant) {
    BoundBoard.in(
        participant.board(),
        () -> {
          tasks
              .createTaskQuery()
              .processInstanceBusinessKey(participant.caseNumber())
              .taskDefinitionKey(Tasks.DECIDE_ON_UNKNOWN_MAIL)
              .list()
              .stream()
              .filter(
                  task ->
                      message.toString().equals(tasks.getVariable(task.getId(), Variables.MAIL_ID)))
              .forEach(task -> tasks.complete(task.getId()));
          return null;
        });
  }

  private IncidentQuery incidents(UUID message) {
    return runtime.createIncidentQuery().incidentType(INCIDENT).configuration(message.toString());
  }

  /** An incident belongs to an activity: the execution of one that the case waits at. */
  private Optional<String> whereTheCaseWaits(String caseNumber) {
    return Optional.ofNullable(
            runtime
                .createProcessInstanceQuery()
                .processDefinitionKey(ParticipantJourney.KEY)
                .processInstanceBusinessKey(caseNumber)
                .singleResult())
        .map(instance -> runtime.getActivityInstance(instance.getId()))
        .map(
            activity -> {
              while (activity.getChildActivityInstances().length > 0) {
                activity = activity.getChildActivityInstances()[0];
              }
              return activity.getExecutionIds()[0];
            });
  }
}
