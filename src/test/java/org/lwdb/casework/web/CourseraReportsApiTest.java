package org.lwdb.casework.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lwdb.casework.spreadsheet.Workbooks.excel;
import static org.lwdb.casework.spreadsheet.Workbooks.zip;
import static org.lwdb.casework.web.Caller.newEmail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@CaseworkTest
class CourseraReportsApiTest {

  @Autowired MovableClock clock;
  private final Caller administrator;
  private final Caller suffolk;

  CourseraReportsApiTest(@LocalServerPort int port) {
    administrator = new Caller(port, "onondaga.coursera1");
    suffolk = new Caller(port, "suffolk.coursera1");
  }

  @BeforeEach
  void resetClock() {
    clock.reset();
  }

  @Test
  void anImportShowsInTheEnrollmentsAndTheSameFileChangesNothing() {
    String email = newEmail();
    String caseNumber = administrator.refer(email);
    String file = UsageReport.of(email, newEmail());
    JsonNode result =
        administrator.upload("/api/coursera-reports", "usage.csv", file).with(200).json();
    assertThat(result.get("kind").asText()).isEqualTo("USAGE");
    assertThat(result.get("rows").asInt()).isEqualTo(2);
    assertThat(result.get("matched").asInt()).isOne();
    assertThat(result.get("unmatched").asInt()).isOne();
    assertThat(result.get("newlyEnrolled").asInt()).isOne();
    assertThat(result.get("problems")).isEmpty();

    JsonNode enrollment =
        administrator
            .get("/api/participants/" + caseNumber + "/enrollments")
            .with(200)
            .json()
            .get(0);
    assertThat(enrollment.get("courseId").asText()).isEqualTo("baking-1");
    assertThat(enrollment.get("slug").asText()).isEqualTo("baking-basics");
    assertThat(enrollment.get("name").asText()).isEqualTo("Baking Basics");
    assertThat(enrollment.get("kind").asText()).isEqualTo("COURSE");
    assertThat(enrollment.get("partner").asText()).isEqualTo("Example University");
    assertThat(enrollment.get("progress").asDouble()).isEqualTo(57.73);
    assertThat(enrollment.get("enrolledAt").asText()).isEqualTo("2021-01-10T12:00:00Z");
    assertThat(enrollment.get("lastActivityAt").asText()).isEqualTo("2021-01-20T12:00:00Z");
    assertThat(enrollment.get("completedAt").isNull()).isTrue();
    assertThat(enrollment.get("grade").asText()).isEqualTo("81.5");
    assertThat(enrollment.get("certificateUrl").isNull()).isTrue();
    assertThat(enrollment.get("removed").asBoolean()).isFalse();

    String path = "/api/coursera-reports/" + result.get("id").asLong();
    assertThat(administrator.get(path).with(200).json().get("rows").asInt()).isEqualTo(2);
    assertThat(
            administrator
                .get(path + "/unmatched")
                .with(200)
                .json()
                .at("/page/totalElements")
                .asInt())
        .isOne();
    assertThat(administrator.get("/api/coursera-reports?size=1").json().get("content")).hasSize(1);
    suffolk.get(path).problem(404);
    suffolk.get(path + "/unmatched").problem(404);

    JsonNode again =
        administrator.upload("/api/coursera-reports", "usage.csv", file).with(200).json();
    assertThat(again.get("newlyEnrolled").asInt()).isZero();
    assertThat(again.get("unchanged").asInt()).isOne();
  }

  @Test
  void whatWaitsForItsCaseStandsInTheInboxOfItsBoard() {
    String email = newEmail();
    String caseNumber = administrator.refer(email);
    administrator.upload("/api/coursera-reports", "usage.csv", UsageReport.of(email)).with(200);

    assertThat(inbox(administrator, "?state=WAITING&size=500", caseNumber))
        .containsExactly("ENROLLED");
    assertThat(inbox(administrator, "?size=500", caseNumber)).hasSize(1);
    assertThat(inbox(administrator, "?state=DELIVERED&size=500", caseNumber)).isEmpty();
    assertThat(inbox(suffolk, "?size=500", caseNumber)).isEmpty();
    administrator.get("/api/coursera-reports/inbox?state=LOST").problem(400);
  }

  private static List<String> inbox(Caller caller, String query, String caseNumber) {
    JsonNode news =
        caller.get("/api/coursera-reports/inbox" + query).with(200).json().get("content");
    return StreamSupport.stream(news.spliterator(), false)
        .filter(one -> one.get("caseNumber").asText().equals(caseNumber))
        .map(one -> one.get("kind").asText())
        .toList();
  }

  @Test
  void aBoardsFileTouchesNobodyElsesParticipants() {
    String email = newEmail();
    String caseNumber = administrator.refer(email);
    JsonNode result =
        suffolk
            .upload("/api/coursera-reports", "usage.csv", UsageReport.of(email))
            .with(200)
            .json();
    assertThat(result.get("matched").asInt()).isZero();
    assertThat(administrator.get("/api/participants/" + caseNumber + "/enrollments").json())
        .isEmpty();
  }

  @Test
  void aFileThatIsNoReportIsRefusedWithWhatIsWrong() {
    JsonNode problem =
        administrator
            .upload("/api/coursera-reports", "menu.csv", "Dish,Price\r\nSoup,3\r\n")
            .problem(422)
            .json();
    assertThat(problem.get("errors").get(0).fieldNames())
        .toIterable()
        .containsExactly("row", "field", "message");
    assertThat(problem.get("detail").asText()).contains("Course ID", "Dish");
    administrator.upload("/api/coursera-reports", "empty.csv", "").problem(422);
    administrator.upload("/api/coursera-reports", "x.csv", "\0\1\2\0").problem(422);
  }

  @Test
  void aReportComesAsAWorkbookOrInAZipToo() {
    String email = newEmail();
    administrator.refer(email);
    String[][] rows =
        UsageReport.of(email).lines().map(line -> line.split(",", -1)).toArray(String[][]::new);

    byte[] workbook = excel(rows);
    assertThat(
            administrator
                .upload("/api/coursera-reports", "report.csv", workbook)
                .with(200)
                .json()
                .get("newlyEnrolled")
                .asInt())
        .isOne();
    assertThat(
            administrator
                .upload("/api/coursera-reports", "report.xlsx", zip("report", workbook))
                .with(200)
                .json()
                .get("unchanged")
                .asInt())
        .isOne();

    for (int length : List.of(3, 100, workbook.length / 2, workbook.length - 1)) {
      administrator
          .upload("/api/coursera-reports", "report.xlsx", Arrays.copyOf(workbook, length))
          .problem(422);
    }
  }

  @Test
  void anUploadWithoutItsFileIsRefused() {
    assertThat(
            administrator
                .send(
                    "POST",
                    "/api/coursera-reports",
                    "multipart/form-data; boundary=b",
                    "--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--b--\r\n")
                .problem(400)
                .fields())
        .containsExactly("file");
    administrator
        .send("POST", "/api/coursera-reports", "multipart/form-data; boundary=b", "--b\r\nCont")
        .problem(400);
    administrator
        .send("POST", "/api/coursera-reports", "multipart/form-data", "no boundary")
        .problem(400);
  }
}
