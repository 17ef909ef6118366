package org.lwdb.casework.process.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.Forbidden;
import org.lwdb.casework.NotFound;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before the engine's REST API and the webapps' API. Whoever works on cases may read, claim
 * tasks, send forms and start the processes that the grants name, and nothing else; operators may
 * the rest. Expressions and deployments pass for nobody. Completing and starting go the way of the
 * form, so that each value is checked.
 */
class EngineGuard extends OncePerRequestFilter {

  private static final int LARGEST_BODY = 5_000_000;

  /** What people who work on cases may, as regular expressions over method and path. */
  private static final List<String> STAFF_MAY =
      List.of(
          "GET .*",
          "OPTIONS .*",
          "POST (task|process-instance|execution|variable-instance|job|group|user|tenant)(/count)?",
          "POST task/[^/]+/(claim|unclaim|assignee|complete|submit-form|comment/create)",
          "POST process-definition/(key/)?[^/]+/(start|submit-form)",
          "POST filter/[^/]+/(list|count|singleResult)",
          "POST identity/password-policy",
          "PUT user/[^/]+/credentials");

  /** Reads that count over every board or tell of the machine. */
  private static final List<String> ONLY_OPERATORS_READ =
      List.of(
          "GET history/.*statistics.*",
          "GET history/.*report.*",
          "GET history/cleanup.*",
          "GET task/report.*",
          "GET (metrics|telemetry|schema).*");

  private static final List<String> STAFF_MAY_IN_WEBAPPS =
      List.of(
          "(GET|OPTIONS) (tasklist|welcome)/.*",
          "GET admin/auth/user/[^/]+",
          // Cockpit asks some of its questions with POST.
          "(GET|POST|OPTIONS) cockpit/.*");

  private static final List<String> NOBODY_MAY =
      List.of("POST deployment/create", "POST deployment/[^/]+/redeploy");

  private static final List<String> NOBODY_MAY_IN_WEBAPPS =
      List.of(".* admin/setup(/.*)?", "POST admin/auth/user/[^/]+/login/.*");

  private final TaskService tasks;
  private final RuntimeService runtime;
  private final ManagementService jobs;
  private final ObjectMapper json;

  EngineGuard(
      TaskService tasks, RuntimeService runtime, ManagementService jobs, ObjectMapper json) {
    this.tasks = tasks;
    this.runtime = runtime;
    this.jobs = jobs;
    this.json = json;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    HttpServletRequest passed;
    try {
      passed = checked(request);
    } catch (BadInput e) {
      refuse(response, HttpStatus.BAD_REQUEST, e);
      return;
    } catch (Forbidden e) {
      refuse(response, HttpStatus.FORBIDDEN, e);
      return;
    } catch (NotFound e) {
      refuse(response, HttpStatus.NOT_FOUND, e);
      return;
    }
    chain.doFilter(passed, response);
  }

  private HttpServletRequest checked(HttpServletRequest request) throws IOException {
    EngineCall call = EngineCall.of(request);
    checkParameters(request.getQueryString());
    checkRole(call);
    if (String.valueOf(request.getContentType()).startsWith(MediaType.MULTIPART_FORM_DATA_VALUE)) {
      return request; // An operator's file; it holds no query.
    }
    byte[] body = body(request);
    if (!call.ofWebapp() && !isOperator()) {
      checkCall(call, request, body.length == 0 ? MissingNode.getInstance() : json.readTree(body));
    }
    if (!call.ofWebapp()) {
      checkVisible(call);
    }
    EngineRequest passed = new EngineRequest(request, body);
    return goesByForm(call, body) ? passed.to("submit-form") : passed;
  }

  private static void checkParameters(String query) {
    if (query == null) {
      return;
    }
    for (String parameter : query.split("&")) {
      String[] parts = parameter.split("=", 2);
      EngineBody.checkExpression(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadInput(null, "The address is not encoded correctly.");
    }
  }

  private static byte[] body(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      throw new BadInput(null, "The body is larger than " + LARGEST_BODY + " bytes.");
    }
    try {
      return EngineBody.checked(body);
    } catch (JsonProcessingException e) {
      throw new BadInput(null, "The body is not valid JSON: " + e.getOriginalMessage() + ".");
    }
  }

  private static void checkRole(EngineCall call) {
    if (call.matchesAny(call.ofWebapp() ? NOBODY_MAY_IN_WEBAPPS : NOBODY_MAY)) {
      throw new Forbidden("This is closed for everybody.");
    }
    if (isOperator()) {
      return;
    }
    boolean may =
        call.ofWebapp()
            ? call.matchesAny(STAFF_MAY_IN_WEBAPPS)
                && (!call.step(0).equals("cockpit") || seesCockpit())
            : call.matchesAny(STAFF_MAY) && !call.matchesAny(ONLY_OPERATORS_READ);
    if (!may) {
      throw new Forbidden("Only operators (the group camunda-admin) may do this.");
    }
  }

  private static boolean isOperator() {
    return CurrentUser.hasRole(Groups.CAMUNDA_ADMIN);
  }

  private static boolean seesCockpit() {
    return CurrentUser.hasRole(Groups.SUPERVISORS) || CurrentUser.hasRole(Groups.NYSDOL);
  }

  private static void checkCall(EngineCall call, HttpServletRequest request, JsonNode body) {
    if (call.matches("POST task/[^/]+/(claim|assignee)")
        && !body.path("userId").isNull()
        && !isOneself(body.path("userId").asText())) {
      throw new Forbidden("You can take a task for yourself only: userId is your own user name.");
    }
    if (call.matches("PUT user/.*") && !isOneself(call.step(1))) {
      throw new Forbidden("You can change your own password only.");
    }
    if (call.matches(".* (identity/groups|group(/count)?)")
        && !Stream.of(
                request.getParameter("userId"),
                request.getParameter("member"),
                body.path("member").asText(null))
            .allMatch(user -> user == null || isOneself(user))) {
      throw new Forbidden("You can see your own groups only.");
    }
    if (call.matches("POST process-definition/.*")) {
      for (String field : List.of("startInstructions", "businessKey", "caseInstanceId")) {
        if (isGiven(body.path(field))) {
          throw new Forbidden(
              "'"
                  + field
                  + "' is not taken here: a case starts at its beginning, with a number of its"
                  + " own.");
        }
      }
    }
  }

  private static boolean isOneself(String user) {
    return user.equals(CurrentUser.name());
  }

  private static boolean isGiven(JsonNode value) {
    return value.isContainerNode()
        ? !value.isEmpty()
        : !value.asText("").isEmpty() && !value.isNull();
  }

  /** A thing that the person may not see is not found, whatever is asked of it. */
  private void checkVisible(EngineCall call) {
    String id = call.step(1);
    if (id.isEmpty() || Set.of("count", "create", "report").contains(id)) {
      return;
    }
    if (call.step(0).equals("task")) {
      if (tasks.createTaskQuery().taskId(id).count() == 0) {
        throw new NotFound("There is no open task " + id + ".");
      }
      if (!call.method().equals("GET") && !mayWorkOn(id)) {
        throw new Forbidden("This task is for another group.");
      }
    } else if (call.method().equals("GET") && !isVisible(call.step(0), id)) {
      throw new NotFound("There is no " + call.step(0) + " " + id + ".");
    }
  }

  private boolean isVisible(String kind, String id) {
    return switch (kind) {
      case "process-instance" ->
          runtime.createProcessInstanceQuery().processInstanceId(id).count() > 0;
      case "execution" -> runtime.createExecutionQuery().executionId(id).count() > 0;
      case "job" -> jobs.createJobQuery().jobId(id).count() > 0;
      default -> true;
    };
  }

  private boolean mayWorkOn(String task) {
    Authentication person = SecurityContextHolder.getContext().getAuthentication();
    List<String> groups = EngineUser.groups(person);
    return isOperator()
        || (!groups.isEmpty()
            && tasks
                    .createTaskQuery()
                    .taskId(task)
                    .taskCandidateGroupIn(groups)
                    .includeAssignedTasks()
                    .count()
                > 0);
  }

  /** Only an operator's start at another place than the beginning goes without the form. */
  private boolean goesByForm(EngineCall call, byte[] body) throws IOException {
    return !call.ofWebapp()
        && (call.matches("POST task/[^/]+/complete")
            || (call.matches("POST process-definition/.*/start")
                && (body.length == 0 || !isGiven(json.readTree(body).path("startInstructions")))));
  }

  private void refuse(HttpServletResponse response, HttpStatus status, RuntimeException e)
      throws IOException {
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    json.writeValue(
        response.getOutputStream(),
        Map.of("type", e.getClass().getSimpleName(), "message", e.getMessage()));
  }
}
