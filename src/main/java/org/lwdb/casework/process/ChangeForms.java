package org.lwdb.casework.process;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.Forbidden;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.administrator.AdministratorChange;
import org.lwdb.casework.administrator.AdministratorChanges;
import org.lwdb.casework.administrator.Kind;
import org.lwdb.casework.administrator.RequestedChange;
import org.lwdb.casework.localarea.Boards;
import org.lwdb.casework.participant.Choice;
import org.springframework.stereotype.Component;

/** What the forms of a change of administrator show, and what becomes of what is submitted. */
@Component
class ChangeForms {

  private static final String SUBMIT = "SUBMIT";
  private static final String WITHDRAW = "WITHDRAW";

  private final ChangeOfAdministrator change;
  private final AdministratorChanges changes;
  private final Boards boards;
  private final CaseworkSettings settings;

  ChangeForms(
      ChangeOfAdministrator change,
      AdministratorChanges changes,
      Boards boards,
      CaseworkSettings settings) {
    this.change = change;
    this.changes = changes;
    this.boards = boards;
    this.settings = settings;
  }

  Map<String, TaskForm> forms() {
    return Map.of(
        "change-of-administrator", new TaskForm(scope -> Map.of(), this::requested),
        "decide-on-change", new TaskForm(this::summary, this::decided),
        "correct-request", new TaskForm(this::request, this::corrected),
        "confirm-change", new TaskForm(this::summary, this::confirmed));
  }

  private Map<String, Object> requested(VariableScope scope, Submitted values) {
    ExecutionEntity instance = (ExecutionEntity) scope;
    long id = change.receive(asked(instance.getTenantId(), values));
    instance.setProcessBusinessKey(String.valueOf(id));
    return Map.of(ChangeOfAdministratorProcess.CHANGE_ID, id);
  }

  private Map<String, Object> decided(VariableScope scope, Submitted values) {
    String decision = values.required("decision", "Decide: approve, send back or refuse.");
    return Map.of(
        ChangeOfAdministratorProcess.DECISION,
        change.decided(change(scope).id(), decision, values.text("reason")).name());
  }

  private Map<String, Object> corrected(VariableScope scope, Submitted values) {
    AdministratorChange before = change(scope);
    String correction = values.required("correction", "Say whether to submit it again.");
    switch (correction) {
      case SUBMIT -> change.correct(before.id(), asked(before.board(), values));
      case WITHDRAW -> change.withdrawn(before.id());
      default -> throw new BadInput("correction", "Choose submit again, or withdraw.");
    }
    return Map.of(ChangeOfAdministratorProcess.CORRECTION, correction);
  }

  private Map<String, Object> confirmed(VariableScope scope, Submitted values) {
    String answer = values.required("answer", "Say whether NYSDOL confirmed or refused it.");
    if (!answer.equals("CONFIRMED") && !answer.equals("REFUSED")) {
      throw new BadInput("answer", "Choose confirmed or refused.");
    }
    LocalDate acknowledgedOn =
        values.text("acknowledgedOn") == null
            ? null
            : values.requiredDate("acknowledgedOn", "Give the date of NYSDOL's mail.");
    return Map.of(
        ChangeOfAdministratorProcess.CONFIRMATION,
        change.confirmed(
            change(scope).id(), answer.equals("CONFIRMED"), values.text("reason"), acknowledgedOn));
  }

  private static RequestedChange asked(String board, Submitted values) {
    String account = values.text("hasCourseraAccount");
    return new RequestedChange(
        board,
        Choice.of(Kind.class, "kind", values.required("kind", "Say what changes.")),
        new RequestedChange.Outgoing(
            values.text("outgoingEmail"), date(values, "lastDay", "Give the last day.")),
        new RequestedChange.Incoming(
            values.text("incomingName"),
            values.text("incomingTitle"),
            values.text("incomingAgency"),
            values.text("incomingEmail"),
            values.text("incomingPhone"),
            account == null ? null : account.equals("true"),
            date(values, "startDate", "Give the start date.")),
        values.text("note"));
  }

  private static LocalDate date(Submitted values, String field, String sentence) {
    return values.text(field) == null ? null : values.requiredDate(field, sentence);
  }

  /** What was asked for, to be read. */
  private Map<String, Object> summary(VariableScope scope) {
    AdministratorChange asked = change(scope);
    AdministratorChange.Outgoing outgoing = asked.outgoing();
    AdministratorChange.Incoming incoming = asked.incoming();
    Map<String, Object> shown = shown(asked);
    shown.put("outgoing", outgoing == null ? "nobody" : outgoing.name() + ", " + outgoing.email());
    shown.put(
        "lastDay",
        outgoing == null || outgoing.lastDay() == null
            ? "none"
            : NewYork.format(outgoing.lastDay()));
    shown.put("incoming", incoming == null ? "nobody" : line(incoming));
    shown.put(
        "startDate",
        incoming == null || incoming.startDate() == null
            ? "none"
            : NewYork.format(incoming.startDate()));
    shown.put("note", asked.note() == null ? "none" : asked.note());
    shown.put("requestedBy", asked.requestedBy());
    shown.put("requestedOn", NewYork.format(NewYork.dateOf(asked.submittedAt())));
    shown.put(
        "approvedOn",
        asked.decidedAt() == null ? "" : NewYork.format(NewYork.dateOf(asked.decidedAt())));
    return shown;
  }

  private static String line(AdministratorChange.Incoming incoming) {
    StringBuilder line = new StringBuilder();
    for (String part :
        new String[] {
          incoming.name(), incoming.title(), incoming.agency(), incoming.email(), incoming.phone()
        }) {
      if (part != null) {
        line.append(line.isEmpty() ? "" : ", ").append(part);
      }
    }
    return line.toString();
  }

  /** What was asked for, to be corrected. */
  private Map<String, Object> request(VariableScope scope) {
    AdministratorChange asked = change(scope);
    Map<String, Object> shown = shown(asked);
    shown.put("kind", asked.kind().name());
    if (asked.outgoing() != null) {
      put(shown, "outgoingEmail", asked.outgoing().email());
      put(shown, "lastDay", asked.outgoing().lastDay());
    }
    if (asked.incoming() != null) {
      put(shown, "incomingName", asked.incoming().name());
      put(shown, "incomingTitle", asked.incoming().title());
      put(shown, "incomingAgency", asked.incoming().agency());
      put(shown, "incomingEmail", asked.incoming().email());
      put(shown, "incomingPhone", asked.incoming().phone());
      put(shown, "hasCourseraAccount", asked.incoming().hasCourseraAccount());
      put(shown, "startDate", asked.incoming().startDate());
    }
    put(shown, "note", asked.note());
    return shown;
  }

  private Map<String, Object> shown(AdministratorChange asked) {
    Map<String, Object> shown = new HashMap<>();
    shown.put("helpAddress", settings.mail().helpAddress());
    shown.put("lwdbName", boards.require(asked.board()).lwdbName());
    shown.put("change", asked.id());
    shown.put("kindOfChange", asked.kind().label());
    shown.put("returnReason", asked.reason() == null ? "none" : asked.reason());
    return shown;
  }

  private AdministratorChange change(VariableScope scope) {
    AdministratorChange found =
        changes.get((Long) scope.getVariable(ChangeOfAdministratorProcess.CHANGE_ID));
    if (!found.board().equals(((TaskEntity) scope).getTenantId())) {
      throw new Forbidden("This belongs to another board.");
    }
    return found;
  }

  private static void put(Map<String, Object> shown, String field, Object value) {
    if (value != null) {
      shown.put(field, value.toString());
    }
  }
}
