package org.lwdb.casework.process;

import java.util.Set;
import org.camunda.bpm.engine.impl.history.AbstractHistoryLevel;
import org.camunda.bpm.engine.impl.history.HistoryLevelFull;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceEntity;
import org.lwdb.casework.process.ParticipantJourney.Variables;

/**
 * What the engine's history keeps: the course of each case, its tasks and incidents; of variables
 * only those of these names; of decisions nothing, for the file has their result and the answers
 * are personal.
 */
final class CaseworkHistoryLevel extends AbstractHistoryLevel {

  static final Set<String> VARIABLES =
      Set.of(
          Variables.REFERRAL_ID,
          Variables.PARTICIPANT_ID,
          Variables.CASE_NUMBER,
          Variables.DUPLICATE_DECISION,
          Variables.ELIGIBILITY_RESULT,
          Variables.ANSWER,
          Variables.GO_ON,
          Variables.NEXT,
          Variables.CLOSED_REASON,
          OsosEntryProcess.ENTRY_ID);

  private static final Set<HistoryEventTypes> NEVER =
      Set.of(
          HistoryEventTypes.FORM_PROPERTY_UPDATE,
          HistoryEventTypes.VARIABLE_INSTANCE_UPDATE_DETAIL,
          HistoryEventTypes.DMN_DECISION_EVALUATE);

  private final HistoryLevelFull full = new HistoryLevelFull();

  @Override
  public int getId() {
    return 21;
  }

  @Override
  public String getName() {
    return "casework";
  }

  @Override
  public boolean isHistoryEventProduced(HistoryEventType eventType, Object entity) {
    if (NEVER.contains(eventType)) {
      return false;
    }
    if (entity instanceof VariableInstanceEntity variable) {
      return VARIABLES.contains(variable.getName());
    }
    return full.isHistoryEventProduced(eventType, entity);
  }
}
