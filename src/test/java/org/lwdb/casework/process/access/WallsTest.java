package org.lwdb.casework.process.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.Forbidden;
import org.lwdb.casework.TestHttp;
import org.lwdb.casework.TestHttp.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The walls between boards, through the engine's REST API and the webapps' API. */
@CaseworkTest
class WallsTest {

  private static final String START = "/process-definition/key/" + SampleProcess.KEY;

  @LocalServerPort int port;
  @Autowired RepositoryService repository;
  @Autowired RuntimeService runtime;
  @Autowired TaskService tasks;
  @Autowired AuthorizationService authorizations;
  @Autowired IdentityService identity;
  SampleProcess sample;
  TestHttp staff;
  TestHttp suffolk;
  TestHttp supervisor;
  TestHttp nysdol;

  @BeforeEach
  void deploy() {
    sample = new SampleProcess(repository, runtime, tasks, authorizations);
    sample.deploy();
    TestHttp http = new TestHttp(port);
    staff = http.as("onondaga.staff");
    suffolk = http.as("suffolk.staff");
    supervisor = http.as("onondaga.supervisor");
    nysdol = http.as("nysdol");
  }

  @AfterEach
  void undeploy() {
    sample.undeploy();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/engine-rest", "/camunda/api/engine/engine/default"})
  void eachSeesTheTasksOfTheOwnBoards(String api) {
    String onondagas = sample.start("onondaga").getId();
    String suffolks = sample.start("suffolk").getId();

    String query = api + "/task?processDefinitionKey=" + SampleProcess.KEY;
    assertThat(ids(staff.get(query))).containsExactly(onondagas);
    assertThat(ids(suffolk.get(query))).containsExactly(suffolks);
    assertThat(ids(nysdol.get(query))).containsExactlyInAnyOrder(onondagas, suffolks);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/form-variables", "/comment", "/form", "/identity-links", "/variables"})
  void anotherBoardsTaskIsNotFound(String what) {
    Task suffolks = sample.start("suffolk");
    assertThat(suffolk.get("/engine-rest/task/" + suffolks.getId()).status()).isEqualTo(200);
    assertThat(staff.get("/engine-rest/task/" + suffolks.getId() + what).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/claim", "/unclaim", "/assignee", "/complete", "/submit-form", "/comment/create"})
  void nothingCanBeDoneToAnotherBoardsTask(String action) {
    Task suffolks = sample.start("suffolk");
    Answer answer =
        staff.post(
            "/engine-rest/task/" + suffolks.getId() + action, "{\"userId\": \"onondaga.staff\"}");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().path("message").asText())
        .isEqualTo("There is no open task " + suffolks.getId() + ".");
    Task after = sample.taskOf(suffolks.getProcessInstanceId());
    assertThat(after.getId()).isEqualTo(suffolks.getId());
    assertThat(after.getAssignee()).isNull();
  }

  @Test
  void anotherBoardsInstanceIsNotFoundAndNotCounted() {
    Task suffolks = sample.start("suffolk");
    String instance = "/engine-rest/process-instance/" + suffolks.getProcessInstanceId();
    for (String path :
        List.of(
            instance,
            instance + "/activity-instances",
            instance + "/variables",
            "/engine-rest/execution/" + suffolks.getExecutionId() + "/localVariables")) {
      assertThat(supervisor.get(path).status()).as(path).isEqualTo(404);
    }
    assertThat(
            supervisor
                .get(
                    "/engine-rest/process-instance/count?processDefinitionKey=" + SampleProcess.KEY)
                .json()
                .path("count")
                .asInt())
        .isZero();
    assertThat(
            nysdol
                .get(
                    "/engine-rest/process-instance/count?processDefinitionKey=" + SampleProcess.KEY)
                .json()
                .path("count")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  void anotherBoardsPeopleCannotBeGuessed() {
    for (String path :
        List.of(
            "/identity/groups?userId=suffolk.staff",
            "/group?member=suffolk.staff",
            "/group/count?member=suffolk.staff")) {
      assertThat(staff.get("/engine-rest" + path).status()).as(path).isEqualTo(403);
    }
    assertThat(staff.post("/engine-rest/group", "{\"member\": \"suffolk.staff\"}").status())
        .isEqualTo(403);
    assertThat(staff.post("/engine-rest/group", "{\"member\": \"onondaga.staff\"}").json())
        .hasSize(1);
    assertThat(ids(staff.get("/engine-rest/user"))).containsExactly("onondaga.staff");
    assertThat(staff.get("/engine-rest/user/suffolk.staff/profile").status()).isIn(403, 404);
    assertThat(ids(staff.get("/engine-rest/tenant"))).containsExactly("onondaga");
    assertThat(ids(staff.get("/engine-rest/tenant?userMember=suffolk.staff"))).isEmpty();
  }

  @Test
  void theApplicationWorksForABoardWhoeverIsSignedIn() {
    Task suffolks = sample.start("suffolk");
    identity.setAuthentication("onondaga.staff", List.of("local-staff"), List.of("onondaga"));
    try {
      assertThat(tasks.createTaskQuery().taskId(suffolks.getId()).count()).isZero();
      assertThat(BoundBoard.in("suffolk", () -> sample.start("suffolk").getTenantId()))
          .isEqualTo("suffolk");
      assertThat(
              BoundBoard.in(
                  "suffolk", () -> tasks.createTaskQuery().taskId(suffolks.getId()).count()))
          .isEqualTo(1);
      assertThat(tasks.createTaskQuery().taskId(suffolks.getId()).count()).isZero();
    } finally {
      identity.clearAuthentication();
    }
  }

  @Test
  void cockpitShowsASupervisorTheOwnBoardOnly() {
    sample.start("suffolk");
    Task own = sample.start("onondaga");
    Answer answer =
        supervisor.get(
            "/camunda/api/cockpit/plugin/base/default/process-definition/"
                + own.getProcessDefinitionId()
                + "/called-process-definitions");
    assertThat(answer.status()).isEqualTo(200);
    String definitions =
        "/engine-rest/process-definition/" + own.getProcessDefinitionId() + "/statistics";
    assertThat(supervisor.get(definitions).json().path(0).path("instances").asInt()).isEqualTo(1);
    assertThat(nysdol.get(definitions).json().path(0).path("instances").asInt()).isEqualTo(2);
    assertThat(
            staff
                .get("/camunda/api/cockpit/plugin/base/default/process-definition/statistics")
                .status())
        .isEqualTo(403);
  }

  @Test
  void theEnginesHistoryIsClosedToTheBoards() {
    String definition = sample.start("suffolk").getProcessDefinitionId();
    for (TestHttp person : List.of(staff, supervisor, nysdol)) {
      for (String api : List.of("/engine-rest", "/camunda/api/engine/engine/default")) {
        assertThat(
                person
                    .get(api + "/history/process-definition/" + definition + "/statistics")
                    .status())
            .isEqualTo(403);
        assertThat(
                person
                    .get(
                        api
                            + "/history/process-instance/report?reportType=duration&periodUnit=month")
                    .status())
            .isEqualTo(403);
      }
      assertThat(person.get("/engine-rest/history/process-instance").json()).isEmpty();
    }
    assertThat(
            new TestHttp(port)
                .as("operator")
                .get("/engine-rest/history/process-definition/" + definition + "/statistics")
                .status())
        .isEqualTo(200);
  }

  @Test
  void aCaseBelongsToTheBoardOfWhoStartsIt() {
    Answer answer = staff.post("/engine-rest" + START + "/submit-form", "{\"variables\": {}}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(instance(answer).getTenantId()).isEqualTo("onondaga");
  }

  @Test
  void nobodyStartsACaseInAnotherBoard() {
    Answer answer = staff.post("/engine-rest" + START + "/submit-form", board("suffolk"));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json().path("message").asText())
        .isEqualTo("You do not work for the board 'suffolk'. Choose one of your own boards.");
    assertThat(runtime.createProcessInstanceQuery().processDefinitionKey(SampleProcess.KEY).count())
        .isZero();
  }

  @Test
  void aPersonOfSeveralBoardsSaysWhich() {
    Answer unclear = nysdol.post("/engine-rest" + START + "/submit-form", "{\"variables\": {}}");
    assertThat(unclear.status()).isEqualTo(400);
    assertThat(unclear.json().path("message").asText()).contains("say which board");
    Answer clear = nysdol.post("/engine-rest" + START + "/submit-form", board("yonkers"));
    assertThat(instance(clear).getTenantId()).isEqualTo("yonkers");
  }

  @Test
  void thereIsNoCaseWithoutABoard() {
    assertThatThrownBy(() -> runtime.startProcessInstanceByKey(SampleProcess.KEY))
        .isInstanceOf(Forbidden.class);
    Answer operators =
        new TestHttp(port).as("operator").post("/engine-rest" + START + "/start", board("suffolk"));
    assertThat(operators.status()).isEqualTo(403);
    assertThat(runtime.createProcessInstanceQuery().withoutTenantId().count()).isZero();
  }

  @Test
  void aTaskIsForItsGroups() {
    Task first = sample.start("onondaga");
    assertThat(complete(staff, first.getId(), "{}").status()).isEqualTo(204);
    Task second = sample.taskOf(first.getProcessInstanceId());
    Answer refused = complete(staff, second.getId(), "{}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("message").asText())
        .isEqualTo("This task is for another group.");
    assertThat(complete(supervisor, second.getId(), "{}").status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/engine-rest", "/camunda/api/engine/engine/default"})
  void aRefusalIsItsSentenceAloneAndLeavesTheTaskOpen(String api) {
    Task task = sample.start("onondaga");
    TestHttp browser = new TestHttp(port).signIn("onondaga.staff", "demo");
    String[] token = tokenFor(browser, api);
    for (String action : List.of("/complete", "/submit-form")) {
      Answer bad =
          browser.post(api + "/task/" + task.getId() + action, refusing("BadInput"), token);
      assertThat(bad.status()).isEqualTo(400);
      assertThat(bad.json().path("message").asText())
          .isEqualTo("The date lies in the future. Correct it.");
      Answer forbidden =
          browser.post(api + "/task/" + task.getId() + action, refusing("Forbidden"), token);
      assertThat(forbidden.status()).isEqualTo(403);
      Answer notFound =
          browser.post(api + "/task/" + task.getId() + action, refusing("NotFound"), token);
      assertThat(notFound.status()).isEqualTo(404);
      assertThat(notFound.json().path("message").asText()).isEqualTo("There is no case C1.");
    }
    assertThat(sample.taskOf(task.getProcessInstanceId()).getId()).isEqualTo(task.getId());
  }

  @Test
  void theStandardFiltersWork() {
    Task task = sample.start("onondaga");
    tasks.setAssignee(task.getId(), "onondaga.staff");
    String waiting = sample.start("onondaga").getId();
    for (TestHttp person : List.of(staff, supervisor, nysdol)) {
      assertThat(person.get("/engine-rest/filter").json().findValuesAsText("name"))
          .contains("My tasks", "My group's tasks", "Overdue tasks", "All tasks");
    }
    assertThat(listOf("My tasks", staff)).contains(task.getId()).doesNotContain(waiting);
    assertThat(listOf("My group's tasks", staff)).contains(waiting).doesNotContain(task.getId());
    assertThat(listOf("My group's tasks", new TestHttp(port).as("onondaga.coursera1")))
        .doesNotContain(waiting);
    assertThat(listOf("Overdue tasks", staff)).doesNotContain(waiting);
    assertThat(listOf("All tasks", suffolk)).doesNotContain(waiting, task.getId());
  }

  private List<String> listOf(String filter, TestHttp person) {
    for (var one : person.get("/engine-rest/filter").json()) {
      if (one.path("name").asText().equals(filter)) {
        return ids(
            person.post(
                "/engine-rest/filter/" + one.path("id").asText() + "/list",
                "{\"sorting\": [{\"sortBy\": \"created\", \"sortOrder\": \"desc\"}]}"));
      }
    }
    throw new AssertionError("No filter " + filter);
  }

  private static Answer complete(TestHttp person, String task, String body) {
    return person.post("/engine-rest/task/" + task + "/complete", body);
  }

  static String[] tokenFor(TestHttp browser, String api) {
    if (api.startsWith("/camunda")) {
      return new String[] {
        "X-XSRF-TOKEN", browser.get("/camunda/app/tasklist/default/").header("X-XSRF-TOKEN")
      };
    }
    return new String[] {"X-CSRF-TOKEN", browser.token("/desk")};
  }

  private static String refusing(String how) {
    return "{\"variables\": {\"refuse\": {\"value\": \"" + how + "\"}}}";
  }

  private static String board(String board) {
    return "{\"variables\": {\"board\": {\"value\": \"" + board + "\"}}}";
  }

  private ProcessInstance instance(Answer started) {
    return runtime
        .createProcessInstanceQuery()
        .processInstanceId(started.json().path("id").asText())
        .singleResult();
  }

  private static List<String> ids(Answer answer) {
    List<String> ids = new ArrayList<>();
    answer.json().forEach(one -> ids.add(one.path("id").asText()));
    return ids;
  }
}
