package org.lwdb.casework.process.access;

import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.Forbidden;
import org.lwdb.casework.NotFound;

/** A small process for the tests of the doors: a task for staff, then one for supervisors. */
class SampleProcess {

  static final String KEY = "access-sample";

  private final RepositoryService repository;
  private final RuntimeService runtime;
  private final TaskService tasks;
  private final AuthorizationService authorizations;
  private String deployment;

  SampleProcess(
      RepositoryService repository,
      RuntimeService runtime,
      TaskService tasks,
      AuthorizationService authorizations) {
    this.repository = repository;
    this.runtime = runtime;
    this.tasks = tasks;
    this.authorizations = authorizations;
  }

  void deploy() {
    deployment =
        repository
            .createDeployment()
            .addModelInstance(
                "sample.bpmn",
                Bpmn.createExecutableProcess(KEY)
                    .camundaHistoryTimeToLive(1)
                    .startEvent()
                    .userTask("first")
                    .name("First")
                    .camundaCandidateGroups("local-staff,supervisors,nysdol")
                    .camundaTaskListenerClass("complete", Refusing.class)
                    .userTask("second")
                    .name("Second")
                    .camundaCandidateGroups("supervisors")
                    .endEvent()
                    .done())
            .deploy()
            .getId();
    for (String group : Groups.STAFF) {
      Authorization grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
      grant.setGroupId(group);
      grant.setResource(Resources.PROCESS_DEFINITION);
      grant.setResourceId(KEY);
      grant.addPermission(Permissions.CREATE_INSTANCE);
      authorizations.saveAuthorization(grant);
    }
  }

  void undeploy() {
    authorizations
        .createAuthorizationQuery()
        .resourceId(KEY)
        .list()
        .forEach(a -> authorizations.deleteAuthorization(a.getId()));
    repository.deleteDeployment(deployment, true);
  }

  /** Starts a case of the board and returns its first task. */
  Task start(String board) {
    String instance = BoundBoard.in(board, () -> runtime.startProcessInstanceByKey(KEY)).getId();
    return taskOf(instance);
  }

  Task taskOf(String instance) {
    return tasks.createTaskQuery().processInstanceId(instance).singleResult();
  }

  /** Refuses as the forms do, if the variable {@code refuse} says so. */
  public static class Refusing implements TaskListener {
    @Override
    public void notify(DelegateTask task) {
      switch (String.valueOf(task.getVariable("refuse"))) {
        case "BadInput" -> throw new BadInput("date", "The date lies in the future. Correct it.");
        case "Forbidden" -> throw new Forbidden("Your role may not decide this.");
        case "NotFound" -> throw new NotFound("There is no case C1.");
        default -> Map.of();
      }
    }
  }
}
