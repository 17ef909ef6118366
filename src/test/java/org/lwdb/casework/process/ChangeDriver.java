package org.lwdb.casework.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.administrator.AdministratorChange;
import org.lwdb.casework.administrator.AdministratorChanges;
import org.lwdb.casework.administrator.Kind;
import org.lwdb.casework.administrator.RequestedChange;
import org.lwdb.casework.administrator.RequestedChange.Incoming;
import org.lwdb.casework.administrator.RequestedChange.Outgoing;
import org.lwdb.casework.localarea.Administrators;
import org.lwdb.casework.localarea.BoardTimeline;
import org.lwdb.casework.mail.MessageView;
import org.lwdb.casework.mail.Messages;
import org.lwdb.casework.mail.Sender;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Drives changes of administrator as people and timers do, in a board that has two administrators,
 * a supervisor and local staff, all of them of that test alone.
 */
@TestComponent
public class ChangeDriver {

  private static final AtomicInteger TEAMS = new AtomicInteger();

  final ProcessEngine engine;
  final ChangeOfAdministrator change;
  final AdministratorChanges changes;
  final Administrators administrators;
  final BoardTimeline timeline;
  final Messages messages;
  final Sender sender;
  final ShortBoards shortBoards;
  final JdbcClient jdbc;
  final MovableClock clock;

  ChangeDriver(
      ProcessEngine engine,
      ChangeOfAdministrator change,
      AdministratorChanges changes,
      Administrators administrators,
      BoardTimeline timeline,
      Messages messages,
      Sender sender,
      ShortBoards shortBoards,
      JdbcClient jdbc,
      MovableClock clock) {
    this.engine = engine;
    this.change = change;
    this.changes = changes;
    this.administrators = administrators;
    this.timeline = timeline;
    this.messages = messages;
    this.sender = sender;
    this.shortBoards = shortBoards;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** New people in a board that no other test uses, whoever was there before having left. */
  public Team team(String board) {
    jdbc.sql("update administrator set ends_on = '2020-12-31' where board_id = ?")
        .param(board)
        .update();
    jdbc.sql("update administrator_change set state = 'WITHDRAWN' where board_id = ?")
        .param(board)
        .update();
    var identity = engine.getIdentityService();
    identity
        .createUserQuery()
        .memberOfTenant(board)
        .list()
        .forEach(user -> identity.deleteTenantUserMembership(board, user.getId()));
    Team team = new Team(board, TEAMS.incrementAndGet());
    team.person("staff", "local-staff");
    team.person("supervisor", "supervisors");
    for (String one : List.of("carl", "cora")) {
      team.person(one, "coursera-administrators");
      administrators.add(
          board,
          one.equals("carl") ? "Carl Leaver" : "Cora Stayer",
          "Administrator",
          "Career Center",
          team.email(one),
          "315-555-0142",
          team.user(one),
          LocalDate.of(2021, 1, 4),
          null);
    }
    return team;
  }

  /** The people of a board. */
  public class Team {
    final String board;
    private final int number;

    Team(String board, int number) {
      this.board = board;
      this.number = number;
    }

    public String user(String who) {
      return who.equals("nysdol") || who.contains(".") ? who : who + number + "." + board;
    }

    public String email(String who) {
      return user(who) + "@example.org";
    }

    void person(String who, String group) {
      var identity = engine.getIdentityService();
      User user = identity.newUser(user(who));
      user.setFirstName(who);
      user.setLastName("Tester");
      user.setEmail(email(who));
      user.setPassword("demo");
      identity.saveUser(user);
      identity.createMembership(user(who), group);
      identity.createTenantUserMembership(board, user(who));
    }

    /** Does something as one of them, with the groups and boards of this moment. */
    <T> T as(String who, Supplier<T> work) {
      return SignedIn.as(user(who), engine, work);
    }

    String dana() {
      return "dana" + number + "." + board + "@example.org";
    }

    Incoming incoming(String email, String startDate) {
      return new Incoming(
          "Dana Comer",
          "Career advisor",
          "Career Center",
          email,
          "315-555-0143",
          false,
          date(startDate));
    }

    RequestedChange replace(String lastDay, String startDate) {
      return new RequestedChange(
          board,
          Kind.REPLACE,
          new Outgoing(email("carl"), date(lastDay)),
          incoming(dana(), startDate),
          null);
    }

    RequestedChange remove(String who, String lastDay) {
      return new RequestedChange(
          board, Kind.REMOVE, new Outgoing(email(who), date(lastDay)), null, null);
    }

    RequestedChange add(String startDate) {
      return new RequestedChange(board, Kind.ADD, null, incoming(dana(), startDate), null);
    }

    TracedChange request(String who, RequestedChange asked) {
      return new TracedChange(this, as(who, () -> change.request(asked)));
    }

    public TracedChange approved(String lastDay, String startDate) {
      TracedChange traced = request("staff", replace(lastDay, startDate));
      traced.decide("supervisor", "APPROVE", null);
      return traced;
    }

    List<String> active() {
      return administrators.of(board).stream()
          .filter(Administrators.Administrator::active)
          .map(Administrators.Administrator::name)
          .toList();
    }

    List<String> groups(String username) {
      return engine.getIdentityService().createGroupQuery().groupMember(username).list().stream()
          .map(group -> group.getId())
          .toList();
    }

    boolean belongs(String username) {
      return engine
              .getIdentityService()
              .createTenantQuery()
              .tenantId(board)
              .userMember(username)
              .count()
          > 0;
    }
  }

  private static LocalDate date(String text) {
    return text == null ? null : LocalDate.parse(text);
  }

  /** One change, and what happens to it. */
  public class TracedChange {
    final Team team;
    final long id;
    private final String instance;

    TracedChange(Team team, long id) {
      this.team = team;
      this.id = id;
      this.instance =
          engine
              .getHistoryService()
              .createHistoricProcessInstanceQuery()
              .processInstanceBusinessKey(String.valueOf(id))
              .processDefinitionKey(ChangeOfAdministratorProcess.KEY)
              .singleResult()
              .getId();
    }

    public AdministratorChange now() {
      return changes.get(id);
    }

    void decide(String who, String decision, String reason) {
      team.as(
          who,
          () -> {
            change.decide(id, decision, reason);
            return null;
          });
    }

    void confirm(String who, boolean confirmed, String reason, String acknowledgedOn) {
      team.as(
          who,
          () -> {
            change.confirm(id, confirmed, reason, date(acknowledgedOn));
            return null;
          });
    }

    void withdraw(String who) {
      team.as(
          who,
          () -> {
            change.withdraw(id);
            return null;
          });
    }

    void submitAgain(String who, RequestedChange asked) {
      team.as(
          who,
          () -> {
            change.submitAgain(id, asked);
            return null;
          });
    }

    public Task task(String key) {
      Task task =
          engine
              .getTaskService()
              .createTaskQuery()
              .processInstanceId(instance)
              .taskDefinitionKey(key)
              .singleResult();
      assertThat(task).as("task " + key + " of " + tasks()).isNotNull();
      return task;
    }

    List<String> tasks() {
      return engine.getTaskService().createTaskQuery().processInstanceId(instance).list().stream()
          .map(Task::getTaskDefinitionKey)
          .toList();
    }

    List<String> candidates(String key) {
      return engine.getTaskService().getIdentityLinksForTask(task(key).getId()).stream()
          .filter(link -> link.getGroupId() != null)
          .map(link -> link.getGroupId())
          .toList();
    }

    void submit(String who, String key, Map<String, Object> values) {
      team.as(
          who,
          () -> {
            engine.getFormService().submitTaskForm(task(key).getId(), values);
            return null;
          });
    }

    /** Moves the clock to the timer's moment, as New York has it, and fires it. */
    void fire(String timer, String at) {
      Job job =
          engine.getManagementService().createJobQuery().processInstanceId(instance).list().stream()
              .filter(one -> activityOf(one).equals(timer))
              .findFirst()
              .orElseThrow(() -> new AssertionError("No job at " + timer + ", only " + timers()));
      clock.set(job.getDuedate().toInstant());
      assertThat(LocalDateTime.ofInstant(job.getDuedate().toInstant(), NewYork.ZONE))
          .as(timer)
          .hasToString(at);
      engine.getManagementService().executeJob(job.getId());
    }

    List<String> timers() {
      return engine
          .getManagementService()
          .createJobQuery()
          .processInstanceId(instance)
          .list()
          .stream()
          .map(this::activityOf)
          .toList();
    }

    private String activityOf(Job job) {
      return engine
          .getManagementService()
          .createJobDefinitionQuery()
          .jobDefinitionId(job.getJobDefinitionId())
          .singleResult()
          .getActivityId();
    }

    Set<String> passed() {
      return engine
          .getHistoryService()
          .createHistoricActivityInstanceQuery()
          .processInstanceId(instance)
          .finished()
          .list()
          .stream()
          .map(HistoricActivityInstance::getActivityId)
          .collect(Collectors.toSet());
    }

    void hasEnded() {
      assertThat(
              engine
                  .getRuntimeService()
                  .createProcessInstanceQuery()
                  .processInstanceId(instance)
                  .count())
          .as("still at " + tasks() + timers())
          .isZero();
    }

    public List<MessageView> mails(String template) {
      return messages.ofChange(id).stream().filter(m -> m.template().equals(template)).toList();
    }

    /** Where the link leads with which the new administrator chooses a password. */
    public String passwordPath() {
      String link =
          jdbc.sql(
                  """
                  select data ->> 'link' from message
                   where administrator_change_id = ? and template = 'ADMINISTRATOR_BEGINS'
                  """)
              .param(id)
              .query(String.class)
              .single();
      return URI.create(link).getPath();
    }

    /** How each of its mails ended. */
    List<String> states() {
      return messages.ofChange(id).stream().map(MessageView::state).toList();
    }

    List<String> story() {
      return timeline.ofChange(id).stream().map(BoardTimeline.Entry::what).toList();
    }

    void sendMails() {
      while (sender.sendDue() > 0) {
        // One round sends a part of them.
      }
    }
  }
}
