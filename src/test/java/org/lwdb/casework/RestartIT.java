package org.lwdb.casework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The embedded default in a JVM of its own, killed at the worst moments: nothing that was answered
 * is lost, nothing is done twice.
 */
class RestartIT {

  private static final Path LOG = Path.of("target", "restart-it.log");

  /** Maven's ends with a separator: that would be the working folder, with the models once more. */
  private static final String CLASS_PATH =
      System.getProperty("java.class.path").replaceFirst(File.pathSeparator + "$", "");

  private static final String BEING_MADE = "The demo data is being made: ";
  private static final String READY = "The demo data is ready.";

  private static final int LISTED = 200;
  private static final int COURSES = 20;

  @TempDir Path data;
  private int port;
  private Process application;
  private String disturbed; // the import whose cases are being opened when the kill comes

  @BeforeEach
  void emptyLog() throws IOException {
    Files.createDirectories(LOG.getParent());
    Files.deleteIfExists(LOG);
  }

  @AfterEach
  void leaveNothingRunning() throws Exception {
    if (application != null) {
      kill();
    }
    for (ProcessHandle postgres : postgresOfTheData()) {
      postgres.destroy();
      postgres.onExit().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  @Timeout(value = 6, unit = TimeUnit.MINUTES)
  void aKillLosesNothingAndRepeatsNothing() throws Throwable {
    try {
      killedWhileTheDemoDataIsMade();
      startedAgainTheDemoDataIsThereOnce();
      String second = takeIn("second@example.org");
      assertThat(stage(second)).isEqualTo("OUTREACH");
      String first = takeIn("first@example.org");
      String undisturbed = send("suffolk.staff", list());
      within(90).until(() -> done("suffolk.staff", undisturbed) == LISTED);
      killedWhileTheInboxDeliversAndAListIsTakenIn(first, second);
      startedAgainBothCasesGoOn(first, second);
      startedAgainTheListIsTakenInOnce(undisturbed);
      killedWhileAReportIsImported();
      startedAgainTheReportIsImportedAsIfNothingHadBeen();
      stoppedItLeavesNothingRunning();
    } catch (Exception | AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n\nThe application's last words:\n" + tail(), e);
    }
  }

  private void killedWhileTheDemoDataIsMade() throws Exception {
    start();
    within(90).until(() -> log().contains(BEING_MADE) && !mailsTo("").isEmpty());
    kill();
    assertThat(log()).doesNotContain(READY);
  }

  private void startedAgainTheDemoDataIsThereOnce() throws Exception {
    start();
    awaitReadiness();
    Matcher announced = Pattern.compile(BEING_MADE + "(\\d+) people").matcher(log());
    assertThat(announced.find()).isTrue();
    int people = Integer.parseInt(announced.group(1));
    assertThat(people).isGreaterThanOrEqualTo(40);
    JsonNode cases = get("nysdol", "/api/participants?size=500");
    assertThat(cases.at("/page/totalElements").asInt()).as("cases").isEqualTo(people);
    assertThat(new HashSet<>(cases.get("content").findValuesAsText("email"))).hasSize(people);
    assertThat(log()).containsOnlyOnce(READY);
  }

  /**
   * The first case's mail is held back (unless it was sent already), the second case's delivery is
   * held up half-way: by rows and a table that the test keeps locked until the application is
   * killed. So are the cases of a list, in the middle of a batch.
   */
  private void killedWhileTheInboxDeliversAndAListIsTakenIn(String first, String second)
      throws Exception {
    try (Connection locks = database();
        Statement statement = locks.createStatement()) {
      locks.setAutoCommit(false);
      within(30).until(() -> holdsMail(statement, first));
      statement.execute("lock table osos_entry in share mode");

      TestHttp.Answer imported =
          new TestHttp(port)
              .as("onondaga.coursera1")
              .upload("/api/coursera-reports", "usage.csv", report("second@example.org"));
      assertThat(imported.status()).as(imported.body()).isEqualTo(200);
      assertThat(imported.json().get("newlyEnrolled").asInt()).isOne();

      within(30).until(() -> isWaitedFor(statement, "osos_entry"));
      disturbed = send("onondaga.staff", list());
      within(60).until(() -> done("onondaga.staff", disturbed) > 0);
      statement.execute("lock table participant_email in share mode");
      within(30).until(() -> isWaitedFor(statement, "participant_email"));
      assertThat(done("onondaga.staff", disturbed)).isLessThan(LISTED);
      kill();
      assertThat(single(statement, undelivered(second))).as("undelivered news").isEqualTo("1");
    }
  }

  private void startedAgainBothCasesGoOn(String first, String second) throws Exception {
    start();
    awaitReadiness();
    assertThat(stage(first)).isEqualTo("OUTREACH");
    within(30)
        .untilAsserted(
            () -> {
              JsonNode mails = get("onondaga.staff", "/api/messages?caseNumber=" + first);
              assertThat(mails.findValuesAsText("template")).containsExactly("OUTREACH");
              assertThat(mails.findValuesAsText("state")).containsExactly("ACCEPTED");
            });
    assertThat(mailsTo("first@example.org")).hasSize(1);

    within(30).untilAsserted(() -> assertThat(stage(second)).isEqualTo("LEARNING"));
    assertThat(
            get("onondaga.staff", "/api/osos-entries?caseNumber=" + second)
                .get("content")
                .findValuesAsText("kind"))
        .containsExactly("REFERRED_TO_COURSERA_ENROLLMENT");
    assertThat(get("onondaga.staff", "/api/participants/" + second + "/enrollments")).hasSize(1);
    assertThat(
            get("onondaga.staff", "/api/participants/" + second + "/timeline")
                .findValuesAsText("what"))
        .containsOnlyOnce("Enrolled in a course");

    TestHttp.Answer answered =
        new TestHttp(port)
            .as("onondaga.staff")
            .post("/api/participants/" + first + "/answer", "{\"answer\": \"INTERESTED\"}");
    assertThat(answered.status()).as(answered.body()).isBetween(200, 299);
    assertThat(stage(first)).isEqualTo("INVITATION");
    assertThat(
            get("onondaga.coursera1", "/engine-rest/task?processInstanceBusinessKey=" + first)
                .findValuesAsText("name"))
        .containsExactly("Invite in Coursera");
  }

  private void startedAgainTheListIsTakenInOnce(String undisturbed) throws Exception {
    within(90).until(() -> done("onondaga.staff", disturbed) == LISTED);
    try (Connection connection = database();
        Statement statement = connection.createStatement()) {
      List<String> expected = cameOf(statement, undisturbed, "suffolk");
      assertThat(expected).hasSize(LISTED + 1);
      assertThat(expected.get(LISTED)).isEqualTo("%s cases, 1 to decide".formatted(LISTED - 3));
      assertThat(cameOf(statement, disturbed, "onondaga")).isEqualTo(expected);
    }
  }

  /** What became of each row, its case, its story, its mails and its process; and all of them. */
  private static List<String> cameOf(Statement statement, String importId, String board)
      throws SQLException {
    String rows =
        """
        select concat_ws(' | ', r.row, r.state, r.referral, r.problems, p.email, p.stage,
                 p.eligibility_result,
                 (select string_agg(what, ', ' order by id) from timeline_entry
                   where participant_id = p.id and subject is distinct from 'MESSAGE'),
                 (select string_agg(template, ', ') from message where participant_id = p.id),
                 (select count(*) from act_ru_execution
                   where business_key_ = p.case_number and parent_id_ is null))
          from participant_import_row r
          left join participant p on p.case_number = r.case_number and r.state = 'ACCEPTED'
         where r.import_id = %s order by r.row
        """
            .formatted(importId);
    List<String> came = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(rows)) {
      while (result.next()) {
        came.add(result.getString(1));
      }
    }
    came.add(
        single(
            statement,
            """
            select (select count(*) from participant where board_id = '%1$s' and last_name like 'Listed%%')
                   || ' cases, ' ||
                   (select count(*) from referral where board_id = '%1$s' and source = 'IMPORT'
                     and participant_id is null) || ' to decide'
            """
                .formatted(board)));
    return came;
  }

  /** People of whom nothing is known but their names and addresses; three rows open no case. */
  private static String list() {
    StringBuilder list = new StringBuilder("first,last,email\n");
    for (int i = 1; i <= LISTED - 3; i++) {
      list.append("Ada,Listed%d,listed%d@example.org\n".formatted(i, i));
    }
    return list
        + "Ada,Refused,no address\nBea,Doubtful,listed7@example.org\n"
        + "Ada,Listed1,listed1@example.org\n";
  }

  /** The id of the import, whose cases are being opened then. */
  private String send(String username, String list) {
    TestHttp.Answer answer =
        new TestHttp(port)
            .as(username)
            .upload(
                "/api/participants/import",
                "list.csv",
                list.getBytes(StandardCharsets.UTF_8),
                "Prefer",
                "respond-async");
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.json().get("id").asText();
  }

  /** How many rows of the import are done; one of them is refused at once. */
  private int done(String username, String importId) {
    JsonNode result = get(username, "/api/participants/imports/" + importId);
    int done = result.get("done").asInt();
    return done == 1 ? 0 : done;
  }

  /** It is held up where it writes enrollments: what it has read, matched and named goes, too. */
  private void killedWhileAReportIsImported() throws Exception {
    try (Connection locks = database();
        Statement statement = locks.createStatement()) {
      locks.setAutoCommit(false);
      statement.execute("lock table enrollment in share mode");
      int sentTo = port;
      CompletableFuture<TestHttp.Answer> importing =
          CompletableFuture.supplyAsync(
              () ->
                  new TestHttp(sentTo)
                      .as("onondaga.coursera1")
                      .upload("/api/coursera-reports", "many.csv", manyCourses()));
      within(60).until(() -> isWaitedFor(statement, "enrollment"));
      assertThat(
              get("onondaga.coursera1", "/api/coursera-reports/running").findValuesAsText("step"))
          .containsExactly("MERGING");
      kill();
      assertThat(importing).failsWithin(Duration.ofSeconds(30));
    }
  }

  private void startedAgainTheReportIsImportedAsIfNothingHadBeen() throws Exception {
    start();
    awaitReadiness();
    try (Connection connection = database();
        Statement statement = connection.createStatement()) {
      assertThat(learned(statement, "onondaga")).as("left by the kill").isEmpty();
      assertThat(single(statement, "select count(*) from course where id like 'many-%'"))
          .isEqualTo("0");
      JsonNode undisturbed = importManyCourses("suffolk.coursera1");
      JsonNode again = importManyCourses("onondaga.coursera1");
      assertThat(undisturbed.get("newlyEnrolled").asInt()).isEqualTo((LISTED - 3) * COURSES);
      for (String count : List.of("rows", "matched", "unmatched", "newlyEnrolled", "updated")) {
        assertThat(again.get(count)).as(count).isEqualTo(undisturbed.get(count));
      }
      assertThat(learned(statement, "onondaga"))
          .hasSize((LISTED - 3) * COURSES)
          .isEqualTo(learned(statement, "suffolk"));
    }
  }

  private JsonNode importManyCourses(String username) {
    TestHttp.Answer imported =
        new TestHttp(port).as(username).upload("/api/coursera-reports", "many.csv", manyCourses());
    assertThat(imported.status()).as(imported.body()).isEqualTo(200);
    return imported.json();
  }

  /** What the people of the list have learned, with what is told of it. */
  private static List<String> learned(Statement statement, String board) throws SQLException {
    List<String> learned = new ArrayList<>();
    try (ResultSet result =
        statement.executeQuery(
            """
            select concat_ws(' | ', p.email, p.joined_at, e.course_id, e.progress, e.enrolled_at,
                     e.last_activity_at, e.completed, e.completed_at,
                     (select count(*) from learning_news
                       where participant_id = p.id and kind = 'COMPLETED' and enrollment_id = e.id))
              from participant p join enrollment e on e.participant_id = p.id
             where p.board_id = '%s' and p.last_name like 'Listed%%' and e.course_id like 'many-%%'
             order by p.email, e.course_id
            """
                .formatted(board))) {
      while (result.next()) {
        learned.add(result.getString(1));
      }
    }
    return learned;
  }

  /** Some courses of each of the list, every fifth of them completed. */
  private static String manyCourses() {
    StringBuilder report =
        new StringBuilder(
            "Email,Course,Course ID,Enrollment Time,Last Course Activity Time,Overall Progress,"
                + "Completed,Program Slug\n");
    for (int person = 1; person <= LISTED - 3; person++) {
      for (int course = 1; course <= COURSES; course++) {
        boolean completed = (person + course) % 5 == 0;
        report.append(
            "listed%d@example.org,Course %d,many-%d,2021-02-01T12:00:%02dZ,2021-02-02T12:00:00Z,%d,%s,ny\n"
                .formatted(
                    person,
                    course,
                    course,
                    course,
                    completed ? 100 : course,
                    completed ? "Yes" : "No"));
      }
    }
    return report.toString();
  }

  private void stoppedItLeavesNothingRunning() throws Exception {
    assertThat(postgresOfTheData()).hasSize(1);
    application.destroy();
    assertThat(application.waitFor(20, TimeUnit.SECONDS)).as("stopped within 20 s").isTrue();
    assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
    assertThat(postgresOfTheData()).isEmpty();
    assertThat(log()).containsOnlyOnce(READY);
  }

  private void start() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    ProcessBuilder jvm =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            CLASS_PATH,
            TestCaseworkApplication.class.getName());
    jvm.environment().put("CASEWORK_DATA", data.toString());
    jvm.environment().put("SERVER_PORT", String.valueOf(port));
    jvm.environment().put("CASEWORK_MAIL_QUIET_HOURS", "");
    jvm.environment().put("CASEWORK_MAIL_QUIET_DAYS", "");
    jvm.redirectErrorStream(true);
    jvm.redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()));
    application = jvm.start();
  }

  private void awaitReadiness() {
    within(90)
        .untilAsserted(
            () ->
                assertThat(new TestHttp(port).get("/actuator/health/readiness").status())
                    .isEqualTo(200));
  }

  /** Waits for what comes in time, and not for an application that has ended. */
  private ConditionFactory within(int seconds) {
    return await()
        .atMost(Duration.ofSeconds(seconds))
        .pollInterval(Duration.ofMillis(100))
        .failFast("The application has ended.", () -> !application.isAlive());
  }

  /** As kill -9 does. */
  private void kill() throws InterruptedException {
    application.destroyForcibly().waitFor();
  }

  private String takeIn(String email) {
    String person =
        """
        {"firstName": "Ada", "lastName": "%s", "email": "%s", "dateOfBirth": "1990-02-03",
         "county": "Onondaga", "city": "Syracuse",
         "eligibility": {"employmentStatus": "UNEMPLOYED", "separationReason": "LAYOFF",
           "separationDate": "2021-01-04", "uiStatus": "ENTITLED", "likelyToReturn": false,
           "displacedHomemaker": false, "militarySpouse": false, "covidReason": "LAID_OFF"}}
        """
            .formatted(email.substring(0, email.indexOf('@')), email);
    TestHttp.Answer answer =
        new TestHttp(port).as("onondaga.staff").post("/api/participants", person);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.json().get("eligibilityResult").asText()).isEqualTo("ELIGIBLE");
    return answer.json().get("caseNumber").asText();
  }

  private static String report(String email) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return """
        Email,Course,Course ID,Enrollment Time,Last Course Activity Time,Overall Progress,\
        Completed,Program Slug
        %s,Baking Basics,baking-1,%s,%s,10,No,new-york
        """
        .formatted(email, now.minus(2, ChronoUnit.HOURS), now.minus(1, ChronoUnit.HOURS));
  }

  private String stage(String caseNumber) {
    return get("onondaga.staff", "/api/participants/" + caseNumber).get("stage").asText();
  }

  private JsonNode get(String username, String path) {
    TestHttp.Answer answer = new TestHttp(port).as(username).get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  /** Keeps the mail as it is; false while it is being sent. */
  private static boolean holdsMail(Statement statement, String caseNumber) throws SQLException {
    String state =
        single(
            statement,
            "select state from message where participant_id = "
                + "(select id from participant where case_number = '%s') for update"
                    .formatted(caseNumber));
    if (state.equals("CLAIMED")) {
      statement.getConnection().rollback();
      return false;
    }
    assertThat(state).isIn("QUEUED", "ACCEPTED");
    return true;
  }

  private static boolean isWaitedFor(Statement statement, String table) throws SQLException {
    return !"0"
        .equals(
            single(
                statement,
                "select count(*) from pg_locks where not granted and relation = '%s'::regclass"
                    .formatted(table)));
  }

  private static String undelivered(String caseNumber) {
    return "select count(*) from learning_news where delivered_at is null and participant_id ="
        + " (select id from participant where case_number = '%s')".formatted(caseNumber);
  }

  private static String single(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  /** The application's own database, which outlives a kill of it. */
  private Connection database() throws IOException, SQLException {
    String port = Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3).strip();
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres");
  }

  private List<ProcessHandle> postgresOfTheData() {
    return ProcessHandle.allProcesses()
        .filter(
            process -> {
              String command = process.info().commandLine().orElse("");
              return command.contains("postgres") && command.contains(data.toString());
            })
        .filter(process -> !process.equals(application.toHandle()))
        .toList();
  }

  private List<Path> mailsTo(String address) throws IOException {
    Path mails = data.resolve("mails");
    if (!Files.exists(mails)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(mails)) {
      return files.filter(file -> file.getFileName().toString().contains(address)).toList();
    }
  }

  private static String log() throws IOException {
    return Files.exists(LOG) ? Files.readString(LOG) : "";
  }

  private static String tail() throws IOException {
    List<String> lines = log().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
  }
}
