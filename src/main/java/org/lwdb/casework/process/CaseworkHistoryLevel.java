package org.lwdb.casework.process;

import java.util.Set;
import org.camunda.bpm.engine.impl.history.AbstractHistoryLevel;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;

/**
 * What the engine's history keeps: each process, its tasks, what failed, and what operators did.
 * The course of a case stands in our own timeline, so nobody would read a second one here; of
 * variables and decisions nothing is kept, for they stand in the file.
 */
class CaseworkHistoryLevel extends AbstractHistoryLevel {

  private static final Set<HistoryEventType> KEPT =
      Set.of(
          HistoryEventTypes.PROCESS_INSTANCE_START,
          HistoryEventTypes.PROCESS_INSTANCE_UPDATE,
          HistoryEventTypes.PROCESS_INSTANCE_MIGRATE,
          HistoryEventTypes.PROCESS_INSTANCE_END,
          HistoryEventTypes.TASK_INSTANCE_CREATE,
          HistoryEventTypes.TASK_INSTANCE_UPDATE,
          HistoryEventTypes.TASK_INSTANCE_MIGRATE,
          HistoryEventTypes.TASK_INSTANCE_COMPLETE,
          HistoryEventTypes.TASK_INSTANCE_DELETE,
          HistoryEventTypes.INCIDENT_CREATE,
          HistoryEventTypes.INCIDENT_MIGRATE,
          HistoryEventTypes.INCIDENT_UPDATE,
          HistoryEventTypes.INCIDENT_DELETE,
          HistoryEventTypes.INCIDENT_RESOLVE,
          HistoryEventTypes.JOB_FAIL,
          HistoryEventTypes.BATCH_START,
          HistoryEventTypes.BATCH_UPDATE,
          HistoryEventTypes.BATCH_END,
          HistoryEventTypes.USER_OPERATION_LOG);

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
    return KEPT.contains(eventType);
  }
}
