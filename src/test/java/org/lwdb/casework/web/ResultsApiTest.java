package org.lwdb.casework.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lwdb.casework.report.Learners.row;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.TestHttp;
import org.lwdb.casework.report.Learners;
import org.lwdb.casework.report.Learners.Learner;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Courses of their own in two boards that other tests use too. */
@CaseworkTest
class ResultsApiTest {

  private static final String COURSES = "/api/course-results";

  @LocalServerPort int port;
  @Autowired Learners learners;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  private String course;
  private Caller supervisor;
  private Caller suffolk;
  private Caller nysdol;

  @BeforeEach
  void twoBoardsAndACourse() {
    clock.reset();
    course = "api-" + UUID.randomUUID();
    supervisor = new Caller(port, "onondaga.supervisor");
    suffolk = new Caller(port, "suffolk.supervisor");
    nysdol = new Caller(port, "nysdol");
    Learner ada = learners.learner("onondaga", "2020-12-01");
    Learner bea = learners.learner("onondaga", "2020-12-01");
    Learner cem = learners.learner("suffolk", "2020-12-01");
    learners.report(
        Set.of("onondaga", "suffolk"),
        row(ada, course, "2021-01-04", "", "2021-01-14", "12.5", false),
        row(bea, course, "2021-01-31T23:30", "", "", "", false),
        row(cem, course, "2021-01-05", "", "", "", false));
  }

  @Test
  void eachSeesTheFiguresOfTheirBoards() {
    JsonNode own = one(supervisor, COURSES);
    assertThat(own.get("slug").asText()).isEqualTo("slug-" + course);
    assertThat(own.get("name").asText()).isEqualTo("Course " + course);
    assertThat(own.get("partner").asText()).isEqualTo("Partner a");
    assertThat(own.get("enrolled").asInt()).isEqualTo(2);
    assertThat(own.get("active").asInt()).isEqualTo(1);
    assertThat(own.get("completed").asInt()).isEqualTo(1);
    assertThat(own.get("completionRate").asDouble()).isEqualTo(0.5);
    assertThat(own.get("medianDaysToComplete").asDouble()).isEqualTo(10.0);
    assertThat(own.get("learningHours").decimalValue()).isEqualByComparingTo("12.5");
    assertThat(one(suffolk, COURSES).get("enrolled").asInt()).isEqualTo(1);
    assertThat(one(suffolk, COURSES).get("medianDaysToComplete").isNull()).isTrue();
    assertThat(one(nysdol, COURSES).get("enrolled").asInt()).isEqualTo(3);
    assertThat(one(nysdol, COURSES + "?board=suffolk").get("enrolled").asInt()).isEqualTo(1);
    assertThat(one(supervisor, COURSES + "?from=2021-01-31&to=2021-01-31").get("enrolled").asInt())
        .isEqualTo(1);
    assertThat(one(supervisor, COURSES + "?from=2021-02-01")).isNull();
    assertThat(one(supervisor, COURSES + "?stage=CLOSED")).isNull();
    JsonNode partners = supervisor.get(COURSES + "/partners").with(200).json();
    assertThat(partners.findValuesAsText("partner")).contains("Partner a");
    JsonNode cohorts = supervisor.get(COURSES + "/cohorts").with(200).json();
    assertThat(cohorts.findValuesAsText("month")).contains("2021-01-01");
  }

  @ParameterizedTest
  @CsvSource({
    "onondaga.staff, 403",
    "onondaga.coursera1, 403",
    "operator, 403",
    "onondaga.supervisor, 404",
    ", 401"
  })
  void theDoorsOfResults(String username, int status) {
    for (String path : List.of(COURSES, COURSES + "/partners", COURSES + "/cohorts")) {
      new Caller(port, username).get(path + "?board=suffolk").problem(status);
    }
  }

  @Test
  void whatIsWrongIsNamedByItsField() {
    assertThat(supervisor.get(COURSES + "?from=yesterday").problem(400).fields())
        .containsExactly("from");
    assertThat(supervisor.get(COURSES + "?from=2021-02-01&to=2021-01-01").problem(400).fields())
        .containsExactly("to");
    assertThat(supervisor.get(COURSES + "?stage=LOST").problem(400).fields())
        .containsExactly("stage");
    assertThat(supervisor.get(COURSES + "?language=xx").problem(400).fields())
        .containsExactly("language");
    assertThat(supervisor.get(COURSES + "?sort=grade").problem(400).fields())
        .containsExactly("sort");
    assertThat(supervisor.get(COURSES + "?from=-999999999-01-01").problem(400).fields())
        .containsExactly("from");
  }

  @Test
  void aSpreadsheetTakesNoCourseForAFormula() {
    jdbc.sql("update course set name = '=HYPERLINK(\"x\")' where id = ?").param(course).update();
    TestHttp.Answer csv =
        new TestHttp(port).as("onondaga.supervisor").get(COURSES, "Accept", "text/csv");
    assertThat(csv.status()).isEqualTo(200);
    assertThat(csv.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
    assertThat(csv.header("Content-Disposition")).contains("course-results.csv");
    assertThat(csv.body())
        .startsWith("Course,Partner,Enrolled,")
        .contains(
            "\"'=HYPERLINK(\"\"x\"\")\",Partner a,2,1,1,1,0.5,10.0,12.50,0," + course + ",slug-");
  }

  @Test
  void excelHasNumbersAsNumbers() throws Exception {
    byte[] file = download(COURSES + "?sort=name", SheetAnswer.EXCEL);
    try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(file));
        Stream<Row> rows = workbook.getFirstSheet().openStream()) {
      assertThat(workbook.getFirstSheet().getName()).isEqualTo("Course results");
      Row row = rows.filter(r -> r.getCellAsString(10).orElse("").equals(course)).findFirst().get();
      assertThat(row.getCellText(0)).isEqualTo("Course " + course);
      for (int numeric : new int[] {2, 3, 4, 5, 6, 7, 8, 9}) {
        assertThat(row.getCell(numeric).getType()).isEqualTo(CellType.NUMBER);
      }
      assertThat(row.getCellAsNumber(2)).hasValue(BigDecimal.valueOf(2));
      assertThat(row.getCellAsNumber(6))
          .hasValueSatisfying(v -> assertThat(v).isEqualByComparingTo("0.5"));
      assertThat(row.getCellAsNumber(8))
          .hasValueSatisfying(v -> assertThat(v).isEqualByComparingTo("12.5"));
    }
  }

  private JsonNode one(Caller caller, String path) {
    return StreamSupport.stream(caller.get(path).with(200).json().spliterator(), false)
        .filter(c -> c.get("courseId").asText().equals(course))
        .findFirst()
        .orElse(null);
  }

  private byte[] download(String path, String type) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .header("Accept", type)
                    .header(
                        "Authorization",
                        "Basic "
                            + Base64.getEncoder()
                                .encodeToString("onondaga.supervisor:demo".getBytes()))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
    return answer.body();
  }
}
