package org.lwdb.casework.process.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.TestHttp;
import org.lwdb.casework.TestHttp.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Attacks on the engine's APIs. */
@CaseworkTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineGuardTest {

  /** Would stop the attacked engine's JVM, or at least say so; no attack must get so far. */
  private static final String ATTACK = "${''.getClass().forName('java.lang.Runtime')}";

  private static final String WEBAPPS = "/camunda/api/engine/engine/default";

  @LocalServerPort int port;
  @Autowired RepositoryService repository;
  @Autowired RuntimeService runtime;
  @Autowired TaskService tasks;
  @Autowired AuthorizationService authorizations;
  @Autowired IdentityService identity;
  @Autowired FilterService filters;
  SampleProcess sample;
  Task task;
  TestHttp browser;
  String[] token;
  TestHttp staff;
  TestHttp operator;

  @BeforeAll
  void signIn() {
    browser = new TestHttp(port).signIn("onondaga.staff", "demo");
    token = WallsTest.tokenFor(browser, WEBAPPS);
  }

  @BeforeEach
  void deploy() {
    sample = new SampleProcess(repository, runtime, tasks, authorizations);
    sample.deploy();
    task = sample.start("onondaga");
    staff = new TestHttp(port).as("onondaga.staff");
    operator = new TestHttp(port).as("operator");
  }

  @AfterEach
  void undeploy() {
    sample.undeploy();
  }

  // CVE-2026-77226: whoever reaches Admin's setup makes an administrator.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/camunda/api/admin/setup/default/user/create",
        "/camunda/api/admin/%73etup/default/user/create",
        "/camunda/api/admin/setup/default/user/create/",
        "/camunda/api/admin//setup/default/user/create",
        "/camunda/api/admin/auth/../setup/default/user/create",
        "/camunda/api/admin/setup;x=1/default/user/create"
      })
  void adminsSetupIsClosedForEverybody(String path) {
    String user =
        """
        {"profile": {"id": "intruder", "firstName": "I", "lastName": "N", "email": "i@example.org"},
         "credentials": {"password": "Long-enough-1!"}}
        """;
    TestHttp nobody = new TestHttp(port);
    TestHttp signedIn = nobody.signIn("operator", "demo");
    String[] operatorsToken = WallsTest.tokenFor(signedIn, WEBAPPS);
    for (Answer answer :
        List.of(
            nobody.post(path, user),
            staff.post(path, user),
            operator.post(path, user),
            signedIn.post(path, user, operatorsToken))) {
      assertThat(answer.status()).isIn(400, 403);
    }
    assertThat(identity.createUserQuery().userId("intruder").count()).isZero();
  }

  @Test
  void adminsSetupPathIs403ForEverybody() {
    for (TestHttp anybody : List.of(new TestHttp(port), staff, operator)) {
      assertThat(anybody.post("/camunda/api/admin/setup/default/user/create", "{}").status())
          .isEqualTo(403);
      assertThat(anybody.get("/camunda/app/admin/default/setup/").status()).isEqualTo(403);
    }
  }

  // CVE-2026-109432: expressions nested in queries.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'assigneeExpression': '#'}",
        "{'orQueries': [{'assigneeExpression': '#'}]}",
        "{'orQueries': [{'assignee\\u0045xpression': '#'}]}",
        "{'orQueries': [{'\\u0061\\u0073signeeExpression': '#'}]}",
        "{'orQueries': [{'dueBeforeExpression': '#'}, {'assignee': 'x'}]}",
        "{'orQueries': [{'candidateGroupsExpression': ['#']}]}",
        "{'orQueries': [{'assigneeExpression': '${currentUser()}', 'ownerExpression': '#'}]}",
        "{'assigneeExpression': ' ${currentUser()}'}",
        "{'assigneeExpression': '${currentUser()}#'}"
      })
  void anExpressionIsRefusedAtAnyDepth(String body) {
    String attack = body.replace("#", ATTACK).replace("''", "\\\"\\\"").replace('\'', '"');
    for (TestHttp person : List.of(staff, operator)) {
      for (String path :
          List.of(
              "/engine-rest/task", "/engine-rest/task/count", "/engine-rest/engine/default/task")) {
        refusedExpression(person.post(path, attack));
      }
    }
    refusedExpression(browser.post(WEBAPPS + "/task", attack, token));
  }

  @Test
  void anExpressionIsRefusedInUtf16AsWell() throws Exception {
    byte[] body =
        "{\"orQueries\": [{\"assigneeExpression\": \"${1}\"}]}"
            .getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
    var request =
        java.net.http.HttpRequest.newBuilder(
                java.net.URI.create("http://127.0.0.1:" + port + "/engine-rest/task"))
            .header("Content-Type", "application/json")
            .header(
                "Authorization",
                "Basic "
                    + java.util.Base64.getEncoder()
                        .encodeToString("onondaga.staff:demo".getBytes()))
            .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    var response =
        java.net.http.HttpClient.newHttpClient()
            .send(request, java.net.http.HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("expressions are not evaluated");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/task?assigneeExpression=%24%7B1%7D",
        "/task?assignee%45xpression=%24%7B1%7D",
        "/task/count?dueBeforeExpression=%24%7B1%7D"
      })
  void anExpressionIsRefusedInTheAddress(String path) {
    refusedExpression(staff.get("/engine-rest" + path));
    refusedExpression(operator.get(WEBAPPS + path));
  }

  @Test
  void aSavedFilterCarriesNoExpression() {
    String filter =
        """
        {"resourceType": "Task", "name": "evil", "owner": "%s", "properties": {},
         "query": {"orQueries": [{"assigneeExpression": "${1}"}]}}
        """;
    refusedExpression(operator.post("/engine-rest/filter/create", filter.formatted("operator")));
    assertThat(
            staff.post("/engine-rest/filter/create", filter.formatted("onondaga.staff")).status())
        .isIn(400, 403);
    Filter mine = filters.createFilterQuery().filterName("My tasks").singleResult();
    refusedExpression(
        staff.post(
            "/engine-rest/filter/" + mine.getId() + "/list",
            "{\"orQueries\": [{\"assigneeExpression\": \"${1}\"}]}"));
    assertThat(filters.createFilterQuery().filterName("evil").count()).isZero();
  }

  @Test
  void tasklistsOwnTwoExpressionsPass() {
    assertThat(
            staff
                .post(
                    "/engine-rest/task",
                    "{\"orQueries\": [{\"assigneeExpression\": \"${currentUser()}\","
                        + " \"candidateGroupsExpression\": \"${currentUserGroups()}\"}]}")
                .status())
        .isEqualTo(200);
  }

  // What changes the engine is for operators.

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT    | /process-instance/{i}/variables/participantId | {\"value\": 1}",
        "POST   | /process-instance/{i}/variables | {\"modifications\": {\"a\": {\"value\": 1}}}",
        "POST   | /process-instance/{i}/modification | {\"instructions\": []}",
        "DELETE | /process-instance/{i} |",
        "PUT    | /process-instance/{i}/suspended | {\"suspended\": true}",
        "POST   | /process-instance/delete | {\"processInstanceIds\": []}",
        "PUT    | /task/{t}/variables/participantId | {\"value\": 1}",
        "POST   | /task/{t}/variables | {\"modifications\": {}}",
        "DELETE | /task/{t}/variables/a |",
        "PUT    | /task/{t}/localVariables/a | {\"value\": 1}",
        "POST   | /task/{t}/localVariables/a/data | {}",
        "PUT    | /task/{t} | {\"name\": \"other\"}",
        "DELETE | /task/{t} |",
        "POST   | /task/{t}/delegate | {\"userId\": \"onondaga.staff\"}",
        "POST   | /task/{t}/resolve | {}",
        "POST   | /task/{t}/bpmnError | {\"errorCode\": \"x\"}",
        "POST   | /task/{t}/bpmnEscalation | {\"escalationCode\": \"x\"}",
        "POST   | /task/{t}/identity-links | {\"userId\": \"onondaga.staff\", \"type\": \"candidate\"}",
        "POST   | /task/create | {\"name\": \"mine\"}",
        "POST   | /execution/{i}/signal | {}",
        "PATCH  | /execution/{i}/localVariables | {\"modifications\": {}}",
        "POST   | /execution/{i}/messageSubscriptions/x/trigger | {}",
        "POST   | /message | {\"messageName\": \"x\"}",
        "POST   | /signal | {\"name\": \"x\"}",
        "POST   | /condition | {}",
        "POST   | /job/x/execute | {}",
        "PUT    | /job/x/retries | {\"retries\": 1}",
        "PUT    | /job/x/duedate | {}",
        "DELETE | /incident/x |",
        "PUT    | /incident/x/annotation | {}",
        "POST   | /external-task/fetchAndLock | {}",
        "POST   | /migration/generate | {}",
        "POST   | /migration/execute | {}",
        "POST   | /modification/execute | {}",
        "POST   | /decision-definition/key/x/evaluate | {}",
        "PUT    | /process-definition/key/access-sample/suspended | {\"suspended\": true}",
        "DELETE | /process-definition/key/access-sample |",
        "POST   | /process-definition/{i}/restart | {}",
        "PUT    | /batch/x/suspended | {}",
        "POST   | /user/create | {}",
        "PUT    | /user/operator/profile | {}",
        "PUT    | /user/operator/credentials | {\"password\": \"x\"}",
        "PUT    | /group/camunda-admin/members/onondaga.staff | {}",
        "PUT    | /tenant/suffolk/user-members/onondaga.staff | {}",
        "POST   | /authorization/create | {}",
        "POST   | /identity/verify | {\"username\": \"operator\", \"password\": \"demo\"}",
        "POST   | /filter/create | {}",
        "POST   | /history/process-instance/delete | {}",
        "POST   | /history/cleanup | {}",
        "GET    | /metrics |",
        "GET    | /telemetry/data |"
      })
  void staffChangeNothingPastTheForms(String method, String path, String body) {
    String address = path.replace("{t}", task.getId()).replace("{i}", task.getProcessInstanceId());
    Answer answer = staff.send(method, "/engine-rest" + address, body);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json().path("message").asText()).isNotEmpty();
    assertThat(browser.send(method, WEBAPPS + address, body, token).status()).isEqualTo(403);
  }

  @Test
  void nobodyDeploys() {
    for (TestHttp anybody : List.of(staff, operator)) {
      assertThat(
              anybody
                  .send(
                      "POST",
                      "/engine-rest/deployment/create",
                      "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a.bpmn\"\r\n\r\n<a/>\r\n--x--",
                      "Content-Type",
                      "multipart/form-data; boundary=x")
                  .status())
          .isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"startInstructions\": [{\"type\": \"startBeforeActivity\", \"activityId\": \"second\"}]}",
        "{\"businessKey\": \"C100001\"}",
        "{\"caseInstanceId\": \"x\"}"
      })
  void aCaseStartsAtItsBeginningWithANumberOfItsOwn(String body) {
    for (String door : List.of("/start", "/submit-form")) {
      assertThat(
              staff.post("/engine-rest/process-definition/key/access-sample" + door, body).status())
          .isEqualTo(403);
    }
    assertThat(runtime.createProcessInstanceQuery().processDefinitionKey("access-sample").count())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "submit-form", "st%61rt", "start/"})
  void bothDoorsOfAStartLeadThroughTheForm(String door) {
    Answer answer =
        staff.post(
            "/engine-rest/process-definition/key/access-sample/" + door,
            "{\"variables\": {\"a\": {\"value\": 1}}, \"businessKey\": null, \"withVariablesInReturn\": true}");
    assertThat(answer.status()).isEqualTo(200);
    // The engine's plain start would answer the variables; the form's does not.
    assertThat(answer.json().has("variables")).isFalse();
  }

  @Test
  void aTaskIsTakenForOneselfOnly() {
    String claim = "/engine-rest/task/" + task.getId() + "/claim";
    assertThat(staff.post(claim, "{\"userId\": \"onondaga.supervisor\"}").status()).isEqualTo(403);
    assertThat(staff.post(claim, "{}").status()).isEqualTo(403);
    assertThat(staff.post(claim, "{\"userId\": \"onondaga.staff\"}").status()).isEqualTo(204);
    assertThat(sample.taskOf(task.getProcessInstanceId()).getAssignee())
        .isEqualTo("onondaga.staff");
    assertThat(staff.post("/engine-rest/task/" + task.getId() + "/unclaim", "").status())
        .isEqualTo(204);
  }

  @Test
  void whatIsNoJsonIsRefused() {
    assertThat(staff.post("/engine-rest/task", "{\"a\": ").status()).isEqualTo(400);
    assertThat(
            staff
                .post(
                    "/engine-rest/task/" + task.getId() + "/claim",
                    "{\"userId\": \"onondaga.supervisor\", \"userId\": \"onondaga.staff\"}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void camundasOwnSignInIsClosed() {
    assertThat(
            staff
                .send(
                    "POST",
                    "/camunda/api/admin/auth/user/default/login/tasklist",
                    "username=operator&password=demo",
                    "Content-Type",
                    "application/x-www-form-urlencoded")
                .status())
        .isEqualTo(403);
  }

  @Test
  void camundasWebappsKnowWhoHasSignedIn() {
    browser.get("/camunda/app/tasklist/default/");
    Answer answer = browser.get("/camunda/api/admin/auth/user/default");
    assertThat(answer.json().path("userId").asText()).isEqualTo("onondaga.staff");
    assertThat(answer.json().path("authorizedApps").toString())
        .contains("tasklist")
        .doesNotContain("cockpit", "\"admin\"");
  }

  private static void refusedExpression(Answer answer) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("message").asText()).contains("expressions are not evaluated");
  }
}
