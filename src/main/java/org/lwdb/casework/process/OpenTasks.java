package org.lwdb.casework.process;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.process.ParticipantJourney.Variables;
import org.lwdb.casework.process.access.Groups;
import org.springframework.stereotype.Service;

/**
 * The tasks that wait for the signed-in person, as Tasklist shows them: the engine itself keeps to
 * the person's boards and groups.
 */
@Service
public class OpenTasks {

  /**
   * One task.
   *
   * @param caseNumber null when the task is about no case, such as a change of administrator
   * @param due null when nothing is due
   * @param path where it is worked on, in Tasklist
   */
  public record OpenTask(
      String name, String caseNumber, String board, Instant due, boolean overdue, String path) {}

  /** The first of the tasks, and how many there are. */
  public record Waiting(List<OpenTask> first, long count) {}

  private final TaskService tasks;
  private final RuntimeService runtime;
  private final Clock clock;

  OpenTasks(TaskService tasks, RuntimeService runtime, Clock clock) {
    this.tasks = tasks;
    this.runtime = runtime;
    this.clock = clock;
  }

  /** Those that the person has claimed, the most overdue first. */
  public Waiting mine(int first) {
    return waiting(tasks.createTaskQuery().taskAssignee(CurrentUser.name()), first);
  }

  /** Those that anybody of the person's groups may claim, the most overdue first. */
  public Waiting ofMyGroups(int first) {
    List<String> groups = Groups.STAFF.stream().filter(CurrentUser::hasRole).toList();
    return groups.isEmpty()
        ? new Waiting(List.of(), 0)
        : waiting(tasks.createTaskQuery().taskCandidateGroupIn(groups).taskUnassigned(), first);
  }

  private Waiting waiting(TaskQuery query, int first) {
    List<Task> found =
        query.orderByDueDate().asc().orderByTaskCreateTime().asc().listPage(0, first);
    Map<String, Object> caseNumbers = caseNumbers(found);
    Instant now = clock.instant();
    return new Waiting(
        found.stream()
            .map(
                task ->
                    new OpenTask(
                        task.getName(),
                        (String) caseNumbers.get(task.getProcessInstanceId()),
                        task.getTenantId(),
                        instant(task.getDueDate()),
                        task.getDueDate() != null && task.getDueDate().toInstant().isBefore(now),
                        "/camunda/app/tasklist/default/#/?task=" + task.getId()))
            .toList(),
        query.count());
  }

  private Map<String, Object> caseNumbers(List<Task> found) {
    if (found.isEmpty()) {
      return Map.of();
    }
    return runtime
        .createVariableInstanceQuery()
        .variableName(Variables.CASE_NUMBER)
        .processInstanceIdIn(
            found.stream().map(Task::getProcessInstanceId).distinct().toArray(String[]::new))
        .list()
        .stream()
        .filter(variable -> variable.getValue() != null)
        .collect(
            Collectors.toMap(
                VariableInstance::getProcessInstanceId,
                VariableInstance::getValue,
                (one, same) -> one));
  }

  private static Instant instant(Date date) {
    return date == null ? null : date.toInstant();
  }
}
