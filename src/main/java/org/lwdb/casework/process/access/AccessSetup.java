package org.lwdb.casework.process.access;

import static org.camunda.bpm.engine.authorization.Authorization.ANY;
import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GRANT;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.TaskPermissions;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.PasswordPolicy;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.task.TaskQuery;
import org.lwdb.casework.CannotStart;
import org.lwdb.casework.localarea.Board;
import org.lwdb.casework.localarea.Boards;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes at every start what is missing of it: a tenant for each board, the groups, what each group
 * may do, Tasklist's filters, and the first operator. What an operator has added stays.
 */
@Component
class AccessSetup implements InitializingBean {

  /** The processes that a person starts; every other one is started by the application. */
  private static final List<String> STARTED_BY_STAFF =
      List.of("participant-journey", "change-of-coursera-administrator");

  private final IdentityService identity;
  private final AuthorizationService authorizations;
  private final FilterService filters;
  private final TaskService tasks;
  private final Boards boards;
  private final OperatorSettings operator;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  AccessSetup(
      IdentityService identity,
      AuthorizationService authorizations,
      FilterService filters,
      TaskService tasks,
      Boards boards,
      OperatorSettings operator,
      JdbcClient jdbc,
      TransactionTemplate transaction) {
    this.identity = identity;
    this.authorizations = authorizations;
    this.filters = filters;
    this.tasks = tasks;
    this.boards = boards;
    this.operator = operator;
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  @Override
  public void afterPropertiesSet() {
    transaction.executeWithoutResult(
        status -> {
          oneNodeAtATime();
          makeGroups();
          makeTenants();
          grant();
          makeFilters();
          makeOperator();
        });
  }

  private void oneNodeAtATime() {
    jdbc.sql("select 1 from pg_advisory_xact_lock(hashtext('casework access setup'))")
        .query(Integer.class)
        .single();
  }

  private void makeGroups() {
    makeGroup(Groups.LOCAL_STAFF, "Local staff");
    makeGroup(Groups.COURSERA_ADMINISTRATORS, "Coursera administrators");
    makeGroup(Groups.SUPERVISORS, "Supervisors");
    makeGroup(Groups.NYSDOL, "NYSDOL");
    makeGroup(Groups.CAMUNDA_ADMIN, "Operators");
  }

  private void makeGroup(String id, String name) {
    if (identity.createGroupQuery().groupId(id).count() == 0) {
      Group group = identity.newGroup(id);
      group.setName(name);
      group.setType(id.equals(Groups.CAMUNDA_ADMIN) ? "SYSTEM" : "WORKFLOW");
      identity.saveGroup(group);
    }
  }

  private void makeTenants() {
    for (Board board : boards.all()) {
      if (identity.createTenantQuery().tenantId(board.id()).count() == 0) {
        Tenant tenant = identity.newTenant(board.id());
        tenant.setName(board.lwdbName());
        identity.saveTenant(tenant);
      }
      if (identity.createTenantQuery().tenantId(board.id()).groupMember(Groups.NYSDOL).count()
          == 0) {
        identity.createTenantGroupMembership(board.id(), Groups.NYSDOL);
      }
    }
  }

  private void grant() {
    for (String group : Groups.STAFF) {
      grant(group, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
      grant(group, Resources.APPLICATION, "welcome", Permissions.ACCESS);
      grant(
          group,
          Resources.PROCESS_DEFINITION,
          ANY,
          ProcessDefinitionPermissions.READ,
          ProcessDefinitionPermissions.READ_INSTANCE);
      for (String key : STARTED_BY_STAFF) {
        grant(
            group,
            Resources.PROCESS_DEFINITION,
            key,
            Permissions.READ,
            Permissions.CREATE_INSTANCE);
      }
      grant(group, Resources.PROCESS_INSTANCE, ANY, Permissions.CREATE);
      // Of their own boards; which of them a person may work on, the guard asks.
      grant(
          group,
          Resources.TASK,
          ANY,
          TaskPermissions.READ,
          TaskPermissions.TASK_WORK,
          TaskPermissions.TASK_ASSIGN);
    }
    for (String group : List.of(Groups.SUPERVISORS, Groups.NYSDOL)) {
      // Never READ_HISTORY: the engine's history statistics count over every board.
      grant(group, Resources.APPLICATION, "cockpit", Permissions.ACCESS);
      grant(group, Resources.DECISION_DEFINITION, ANY, Permissions.READ);
    }
    for (Resource resource : Resources.values()) {
      grant(Groups.CAMUNDA_ADMIN, resource, ANY, Permissions.ALL);
    }
  }

  private void grant(String group, Resource resource, String id, Permission... permissions) {
    Authorization grant =
        authorizations
            .createAuthorizationQuery()
            .authorizationType(AUTH_TYPE_GRANT)
            .groupIdIn(group)
            .resourceType(resource)
            .resourceId(id)
            .singleResult();
    if (grant == null) {
      grant = authorizations.createNewAuthorization(AUTH_TYPE_GRANT);
      grant.setGroupId(group);
      grant.setResource(resource);
      grant.setResourceId(id);
    }
    for (Permission permission : permissions) {
      grant.addPermission(permission);
    }
    authorizations.saveAuthorization(grant);
  }

  private void makeFilters() {
    makeFilter(
        1,
        "My tasks",
        "Tasks that you have claimed",
        tasks.createTaskQuery().taskAssigneeExpression("${currentUser()}"));
    makeFilter(
        2,
        "My group's tasks",
        "Tasks that wait for somebody of your group to claim them",
        tasks
            .createTaskQuery()
            .taskCandidateGroupInExpression("${currentUserGroups()}")
            .taskUnassigned());
    makeFilter(
        3,
        "Overdue tasks",
        "Tasks of your boards whose due date has passed",
        tasks.createTaskQuery().dueBeforeExpression("${now()}"));
    makeFilter(4, "All tasks", "Every open task of your boards", tasks.createTaskQuery());
  }

  private void makeFilter(int priority, String name, String description, TaskQuery query) {
    Filter filter = filters.createTaskFilterQuery().filterName(name).singleResult();
    if (filter == null) {
      filter =
          filters
              .newTaskFilter(name)
              .setQuery(query)
              .setProperties(
                  Map.of(
                      "description",
                      description,
                      "priority",
                      priority,
                      "color",
                      "#1d4f7c",
                      "refresh",
                      true,
                      "showUndefinedVariable",
                      false,
                      "variables",
                      List.of(Map.of("name", "caseNumber", "label", "Case"))));
      filters.saveFilter(filter);
    }
    for (String group : Groups.STAFF) {
      grant(group, Resources.FILTER, filter.getId(), Permissions.READ);
    }
  }

  /**
   * Without a direct member of camunda-admin, anybody could make an administrator through Admin's
   * setup (CVE-2026-77226). The setup is closed as well; this is the second lock.
   */
  private void makeOperator() {
    if (identity.createUserQuery().memberOfGroup(Groups.CAMUNDA_ADMIN).count() > 0) {
      return;
    }
    if (!operator.given()) {
      throw new CannotStart(
          "The group camunda-admin has no member: give the first operator's name and password as"
              + " CASEWORK_OPERATOR_USERNAME and CASEWORK_OPERATOR_PASSWORD.");
    }
    if (identity.createUserQuery().userId(operator.username()).count() == 0) {
      User user = identity.newUser(operator.username());
      user.setFirstName("Operator");
      user.setLastName(operator.username());
      user.setPassword(operator.password());
      PasswordPolicy policy = identity.getPasswordPolicy();
      if (policy != null
          && !identity.checkPasswordAgainstPolicy(policy, operator.password(), user).isValid()) {
        throw new CannotStart(
            "The password in CASEWORK_OPERATOR_PASSWORD is too weak: use ten characters or more with"
                + " upper and lower case, a digit and a special character, and not the user name.");
      }
      identity.saveUser(user);
    }
    identity.createMembership(operator.username(), Groups.CAMUNDA_ADMIN);
  }
}
