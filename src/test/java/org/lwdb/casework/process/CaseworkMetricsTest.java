package org.lwdb.casework.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.TestHttp;
import org.lwdb.casework.localarea.Boards;
import org.lwdb.casework.mail.SendingFailed;
import org.lwdb.casework.process.CaseDriver.TracedCase;
import org.lwdb.casework.report.Backlog;
import org.lwdb.casework.report.Caseload;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.task.support.TaskExecutorAdapter;

/** What Prometheus is told, before and after something has happened. */
@CaseworkTest
class CaseworkMetricsTest {

  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+(?:\\{.*})?) (\\S+)$");

  @Autowired CaseDriver driver;
  @Autowired Caseload caseload;
  @Autowired Backlog backlog;
  @Autowired Boards boards;
  private static final AtomicInteger TESTS = new AtomicInteger();
  private final TestHttp operator;
  private final TestHttp administrator;

  CaseworkMetricsTest(@LocalServerPort int port) {
    operator = new TestHttp(port).as("operator");
    administrator = new TestHttp(port).as("onondaga.coursera1");
  }

  /** A time of its own for each test: what was read in another one is not told. */
  @BeforeEach
  void laterThanTheOthers() {
    driver.clock.reset();
    driver.clock.advance(Duration.ofMinutes(10L * TESTS.incrementAndGet()));
  }

  @Test
  void aCaseCountsAtItsStageInItsBoardWithItsMail() {
    Map<String, Double> before = scrape();
    TracedCase traced = driver.interested();
    assertThat(changes(before, scrape()))
        .containsEntry("casework_cases{stage=\"INVITATION\"}", 1.0)
        .containsEntry("casework_cases_open{board=\"onondaga\"}", 1.0)
        .containsEntry("casework_mails{state=\"QUEUED\"}", 1.0)
        .doesNotContainKeys("casework_cases_open{board=\"suffolk\"}");

    driver.journey.close(traced.id(), "WITHDRAWN", null, null);
    assertThat(changes(before, scrape()))
        .containsEntry("casework_cases{stage=\"CLOSED\"}", 1.0)
        .doesNotContainKeys("casework_cases_open{board=\"onondaga\"}");
  }

  @Test
  void aMailIsOldFromTheMomentAtWhichItShouldHaveGoneOut() {
    TracedCase traced = driver.refer(CaseDriver.ELIGIBLE);
    message(traced, "send_after = '2000-01-01', queued_at = '1999-01-01'");
    assertThat(scrape().get("casework_mail_oldest_seconds"))
        .isCloseTo(sinceNewYear(2000), within(1.0));
    message(traced, "attempts = 1, send_after = '2030-01-01'");
    assertThat(scrape().get("casework_mail_oldest_seconds"))
        .isCloseTo(sinceNewYear(1999), within(1.0));
    Map<String, Double> before = scrape();
    message(traced, "state = 'BOUNCED'");
    Map<String, Double> after = scrape();
    assertThat(changes(before, after))
        .containsEntry("casework_mails{state=\"BOUNCED\"}", 1.0)
        .containsEntry("casework_mails{state=\"QUEUED\"}", -1.0);
    assertThat(after.get("casework_mail_oldest_seconds")).isLessThan(sinceNewYear(2000));
  }

  @Test
  void jobsAreDueThenLateThenGivenUp() {
    TracedCase traced = driver.refer(CaseDriver.ELIGIBLE);
    String timer = traced.job("NextOutreachDue").getId();
    Map<String, Double> before = scrape();
    due(timer, Duration.ofMinutes(4));
    assertThat(changes(before, scrape()))
        .containsEntry("casework_jobs_due", 1.0)
        .doesNotContainKey("casework_jobs_overdue");
    due(timer, Duration.ofMinutes(6));
    assertThat(changes(before, scrape()))
        .containsEntry("casework_jobs_due", 1.0)
        .containsEntry("casework_jobs_overdue", 1.0);
    driver.engine.getManagementService().setJobRetries(timer, 0);
    assertThat(changes(before, scrape()))
        .containsEntry("casework_jobs_failed", 1.0)
        .containsEntry("casework_incidents{type=\"failedJob\"}", 1.0)
        .doesNotContainKeys("casework_jobs_due", "casework_jobs_overdue");
    driver.engine.getManagementService().setJobRetries(timer, 1);
  }

  @Test
  void aMailThatCannotBeSentIsAnIncident() {
    TracedCase traced = driver.refer(CaseDriver.ELIGIBLE);
    Map<String, Double> before = scrape();
    driver.events.publishEvent(new SendingFailed(UUID.randomUUID(), traced.id(), "No server"));
    assertThat(changes(before, scrape()))
        .containsEntry("casework_incidents{type=\"mailNotSent\"}", 1.0);
  }

  @Test
  void aReportIsTimedAndWhatItLeavesWaitingIsCounted() {
    TracedCase traced = driver.invited();
    Map<String, Double> before = scrape();
    String email = "stranger." + UUID.randomUUID() + "@example.org";
    administrator.upload(
        "/api/coursera-reports", "usage.csv", report(traced.file().email(), email));
    administrator.upload("/api/coursera-reports", "usage.csv", "no report");
    driver.clock.advance(Duration.ofMinutes(2));
    Map<String, Double> after = scrape();
    assertThat(changes(before, after))
        .containsEntry("casework_unmatched_rows", 1.0)
        .containsEntry("casework_inbox_waiting", 1.0); // enrolled
    assertThat(after.get("casework_inbox_oldest_seconds")).isGreaterThanOrEqualTo(120);
    assertThat(counted(before, after, "casework_report_import_seconds_count", "none")).isEqualTo(1);
    assertThat(counted(before, after, "casework_report_import_seconds_count", "BadFile"))
        .isEqualTo(1);

    driver.inbox.deliverDue();
    assertThat(scrape().get("casework_inbox_waiting"))
        .isEqualTo(before.get("casework_inbox_waiting"));
  }

  @Test
  void aFileOfParticipantsIsTimedUntilItsLastCase() {
    Map<String, Double> before = scrape();
    String rows = "firstName,lastName,email\nFay,File,fay." + UUID.randomUUID() + "@example.org\n";
    String file = "people " + UUID.randomUUID() + ".csv";
    assertThat(administrator.upload("/api/participants/import", file, rows).status())
        .isEqualTo(200);
    Map<String, Double> after = scrape();
    assertThat(counted(before, after, "casework_file_read_seconds_count", "none")).isEqualTo(1);
    assertThat(changes(before, after)).containsEntry("casework_file_import_seconds_count", 1.0);
    driver
        .jdbc
        .sql(
            "update participant_import set rows = rows + 3, finished_at = null where file_name = ?")
        .param(file)
        .update();
    assertThat(changes(before, scrape())).containsEntry("casework_file_rows_waiting", 3.0);
    driver
        .jdbc
        .sql("update participant_import set rows = 1, finished_at = now() where file_name = ?")
        .param(file)
        .update();
  }

  @Test
  void theDatabaseIsNotReadForEachScrape() {
    Map<String, Double> before = scrape();
    driver.refer(CaseDriver.ELIGIBLE);
    driver.clock.advance(Duration.ofSeconds(9));
    assertThat(told().get("casework_cases{stage=\"OUTREACH\"}"))
        .isEqualTo(before.get("casework_cases{stage=\"OUTREACH\"}"));
    driver.clock.advance(Duration.ofSeconds(1));
    assertThat(changes(before, told())).containsEntry("casework_cases{stage=\"OUTREACH\"}", 1.0);
  }

  @Test
  void aDatabaseThatDoesNotAnswerHoldsNoScrapeUpAndLooksLikeNoQuietOne() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    new CaseworkMetrics(
            caseload,
            backlog,
            boards,
            driver.jdbc,
            new TaskExecutorAdapter(never -> {}),
            driver.clock)
        .bindTo(registry);
    long begin = System.nanoTime();
    assertThat(registry.getMeters())
        .hasSizeGreaterThan(50)
        .allSatisfy(
            meter ->
                assertThat(meter.measure().iterator().next().getValue()).as(name(meter)).isNaN());
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void noTagTellsOfAPerson() {
    administrator.upload("/api/coursera-reports", "usage.csv", "no report");
    Set<String> tags = new TreeSet<>();
    for (String sample : scrape().keySet()) {
      Matcher tag = Pattern.compile("[{,]([a-z]+)=").matcher(sample);
      while (sample.startsWith("casework_") && tag.find()) {
        tags.add(tag.group(1));
      }
    }
    assertThat(tags)
        .contains("board", "exception")
        .isSubsetOf("board", "class", "exception", "method", "stage", "state", "type");
  }

  /** So that nobody waits for an alert that cannot come. */
  @ParameterizedTest
  @ValueSource(strings = {"grafana-dashboard.json", "prometheus-alerts.yml"})
  void whatIsDrawnAndWatchedIsReallyTold(String file) throws IOException {
    aReportIsTimedAndWhatItLeavesWaitingIsCounted();
    aFileOfParticipantsIsTimedUntilItsLastCase();
    Set<String> told = new TreeSet<>(Set.of("up")); // by Prometheus itself
    scrape().keySet().forEach(sample -> told.add(sample.replaceAll("\\{.*", "")));
    JsonNode content =
        (file.endsWith("json") ? new ObjectMapper() : new ObjectMapper(new YAMLFactory()))
            .readTree(Path.of("docs", file).toFile());
    List<String> expressions = content.findValuesAsText("expr");
    assertThat(expressions)
        .hasSizeGreaterThan(10)
        .allSatisfy(e -> assertThat(names(e)).isNotEmpty());
    assertThat(expressions.stream().flatMap(e -> names(e).stream())).isSubsetOf(told);
  }

  /** What is neither a function nor a word of the language, nor stands in braces. */
  private static Set<String> names(String expression) {
    Matcher name =
        Pattern.compile("[a-z_]++(?! *\\()")
            .matcher(
                expression
                    .replaceAll("\\{[^}]*}|\\[[^]]*]", " ")
                    .replaceAll("\\b(by|without) *\\([^)]*\\)", " "));
    Set<String> names = new TreeSet<>();
    while (name.find()) {
      names.add(name.group());
    }
    names.removeAll(Set.of("and", "or", "unless", "by", "bool", "offset"));
    return names;
  }

  /** As it is told now, anew. */
  private Map<String, Double> scrape() {
    driver.clock.advance(Duration.ofSeconds(10));
    return told();
  }

  private Map<String, Double> told() {
    TestHttp.Answer answer = operator.get("/actuator/prometheus");
    assertThat(answer.status()).isEqualTo(200);
    Map<String, Double> samples = new HashMap<>();
    Matcher sample = SAMPLE.matcher(answer.body());
    while (sample.find()) {
      samples.put(sample.group(1), Double.valueOf(sample.group(2)));
    }
    return samples;
  }

  private static Map<String, Double> changes(
      Map<String, Double> before, Map<String, Double> after) {
    Map<String, Double> changes = new HashMap<>();
    after.forEach(
        (name, value) -> {
          double change = value - before.getOrDefault(name, 0.0);
          if (change != 0 && name.startsWith("casework_")) {
            changes.put(name, change);
          }
        });
    return changes;
  }

  private static double counted(
      Map<String, Double> before, Map<String, Double> after, String name, String exception) {
    return changes(before, after).entrySet().stream()
        .filter(change -> change.getKey().startsWith(name))
        .filter(change -> change.getKey().contains("exception=\"" + exception + "\""))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private void message(TracedCase traced, String change) {
    driver
        .jdbc
        .sql("update message set " + change + " where participant_id = ?")
        .param(traced.id())
        .update();
  }

  private void due(String job, Duration ago) {
    driver
        .jdbc
        .sql("update act_ru_job set duedate_ = ? where id_ = ?")
        .params(Timestamp.from(driver.clock.instant().minus(ago)), job)
        .update();
  }

  private double sinceNewYear(int year) {
    return Duration.between(Instant.parse(year + "-01-01T00:00:00Z"), driver.clock.instant())
        .toSeconds();
  }

  private static String report(String... emails) {
    StringBuilder report =
        new StringBuilder("Name,Email,External Id,Course,Course ID,Course Slug,");
    report.append("University,Enrollment Time,Class Start Time,Last Course Activity Time,");
    report.append("Overall Progress,Estimated Learning Hours,Completed,Removed From Program,");
    report.append("Program Slug,Program Name,Enrollment Source,Completion Time,Course Grade\n");
    for (String email : emails) {
      report.append("Some Body,").append(email).append(",,Metrics,course-metrics,metrics,");
      report.append(
          "Example University,2021-02-01T10:00:00Z,,,0,10,No,No,ny,New York,Coursera,,\n");
    }
    return report.toString();
  }

  private static String name(Meter meter) {
    return meter.getId().toString();
  }
}
