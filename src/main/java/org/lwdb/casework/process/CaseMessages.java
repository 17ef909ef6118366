package org.lwdb.casework.process;

import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.lwdb.casework.participant.Participant;
import org.lwdb.casework.process.access.BoundBoard;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Tells a case's process that something has happened; the message is found by the case number. */
@Component
class CaseMessages {

  private final RuntimeService runtime;

  CaseMessages(@Lazy RuntimeService runtime) {
    this.runtime = runtime;
  }

  /** Tells it with variables of the whole case; false if nothing in it waits for this. */
  boolean tell(Participant participant, String message, Map<String, Object> variables) {
    return BoundBoard.in(
        participant.board(),
        () ->
            !runtime
                .createMessageCorrelation(message)
                .processInstanceBusinessKey(participant.caseNumber())
                .setVariables(variables)
                .correlateAllWithResult()
                .isEmpty());
  }

  /** Tells it with variables of the branch that begins with this message alone. */
  boolean begin(String board, String caseNumber, String message, Map<String, Object> variables) {
    return BoundBoard.in(
        board,
        () ->
            !runtime
                .createMessageCorrelation(message)
                .processInstanceBusinessKey(caseNumber)
                .setVariablesToTriggeredScope(variables)
                .correlateAllWithResult()
                .isEmpty());
  }
}
