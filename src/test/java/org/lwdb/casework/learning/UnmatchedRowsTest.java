package org.lwdb.casework.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.Page;
import org.lwdb.casework.learning.People.Person;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows that match nobody wait, and what follows from them happens when they are matched. */
@CaseworkTest
class UnmatchedRowsTest {

  private static final Set<String> SULLIVAN = Set.of("sullivan");
  private static final Set<String> TOMPKINS = Set.of("tompkins");
  private static final Page.Request FIRST_PAGE = new Page.Request(0, 50, null);
  private static final String USAGE =
      "Email,External Id,Course,Course ID,Enrollment Time,Last Course Activity Time,"
          + "Overall Progress,Completed,Program Slug\n";

  @Autowired CourseraReports reports;
  @Autowired Enrollments enrollments;
  @Autowired Inbox inbox;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  private People people;

  @BeforeEach
  void start() {
    clock.reset();
    people = new People(jdbc);
  }

  @Test
  void aRowIsMatchedWhenItsAddressComes() {
    String email = unknown();
    ReportResult result = send(USAGE + row(email, "", "c1", 5, "Yes"), SULLIVAN);
    assertThat(result.unmatched()).isOne();

    Person person = people.person("sullivan", email);
    reports.matchDueRows();

    assertThat(enrollments.of(person.id())).extracting("courseId").containsExactly("c1");
    assertThat(news(person)).containsExactly("ENROLLED", "COMPLETED");
    assertThat(joinedAt(person)).isEqualTo("2021-01-04T10:00:00Z");
    assertThat(unmatched(result)).isEmpty();
    ReportResult now = reports.get(result.id(), SULLIVAN);
    assertThat(List.of(now.matched(), now.newlyJoined(), now.newlyEnrolled())).containsOnly(1);
    assertThat(now.unmatched()).isZero();
  }

  @Test
  void aRowIsMatchedWhenAnAddressIsAddedOrLearned() {
    Person person = people.person("sullivan");
    String second = unknown();
    String personal = unknown();
    send(
        USAGE + row(second, "", "c1", 5, "No") + row(personal.toUpperCase(), "", "c2", 5, "No"),
        SULLIVAN);

    people.address(person, second);
    send(USAGE + row(personal, person.caseNumber(), "c3", 5, "No"), SULLIVAN);
    reports.matchDueRows();

    assertThat(enrollments.of(person.id()))
        .extracting("courseId")
        .containsExactlyInAnyOrder("c1", "c2", "c3");
  }

  @Test
  void aRowIsMatchedWhenItsCaseMovesToTheBoard() {
    Person person = people.person("sullivan");
    ReportResult result =
        send(USAGE + row(unknown(), person.caseNumber(), "c1", 5, "No"), TOMPKINS);
    assertThat(result.unmatched()).isOne();

    Person moved = people.moved(person, "tompkins");
    reports.matchDueRows();

    assertThat(enrollments.of(moved.id())).hasSize(1);
  }

  @Test
  void aRowIsNotMatchedAcrossAWall() {
    String email = unknown();
    ReportResult result = send(USAGE + row(email, "", "c1", 5, "No"), SULLIVAN);

    Person foreign = people.person("tompkins", email);
    reports.matchDueRows();

    assertThat(enrollments.of(foreign.id())).isEmpty();
    assertThat(unmatched(result)).hasSize(1);
    assertThat(reports.get(result.id(), SULLIVAN).unmatched()).isOne();
  }

  @Test
  void aRowWhoseIdIsOfOneAndWhoseAddressOfAnotherIsRefusedThen() {
    Person one = people.person("sullivan");
    Person moving = people.person("tompkins");
    ReportResult result =
        send(USAGE + row(one.email(), moving.caseNumber(), "c1", 5, "No"), SULLIVAN);
    assertThat(result.unmatched()).isOne();

    people.moved(moving, "sullivan");
    reports.matchDueRows();

    ReportResult now = reports.get(result.id(), SULLIVAN);
    assertThat(now.refused()).isOne();
    assertThat(now.unmatched()).isZero();
    assertThat(now.problems().get(0).message()).contains(one.caseNumber());
    assertThat(enrollments.of(one.id())).isEmpty();
  }

  @Test
  void theSameFileAgainAnswersAtOnceThatAllIsUnchanged() {
    String email = unknown();
    String file = USAGE + row(email, "", "c1", 5, "No") + row(unknown(), "", "c1", 5, "No");
    send(file, SULLIVAN);
    people.person("sullivan", email);

    ReportResult again = send(file, SULLIVAN);

    assertThat(List.of(again.rows(), again.matched(), again.unmatched())).containsExactly(2, 1, 1);
    assertThat(List.of(again.newlyEnrolled(), again.updated())).containsOnly(0);
    assertThat(again.unchanged()).isOne();
    assertThat(unmatched(again)).hasSize(1);
  }

  @Test
  void aWeeklyFileDoesNotPileUp() {
    String email = unknown();
    ReportResult first = send(USAGE + row(email, "", "c1", 5, "No"), SULLIVAN);
    ReportResult second = send(USAGE + row(email, "", "c1", 12, "No"), SULLIVAN);
    ReportResult older = send(USAGE + row(email, "", "c1", 8, "Yes"), SULLIVAN);
    ReportResult elsewhere = send(USAGE + row(email, "", "c1", 13, "No"), TOMPKINS);

    assertThat(unmatched(first)).isEmpty();
    assertThat(unmatched(second)).hasSize(1);
    assertThat(unmatched(older)).as("says something that the later one does not").hasSize(1);
    assertThat(reports.unmatched(elsewhere.id(), TOMPKINS, FIRST_PAGE).content()).hasSize(1);

    Person person = people.person("sullivan", email);
    reports.matchDueRows();
    assertThat(enrollments.of(person.id()).get(0).progress()).isEqualByComparingTo("12");
    assertThat(enrollments.of(person.id()).get(0).completedAt()).isEqualTo("2021-01-08T10:00:00Z");
  }

  @Test
  void whatNobodyWasFoundForIsForgotten() {
    String email = unknown();
    String file = USAGE + row(email, "", "c1", 5, "No");
    ReportResult result = send(file, SULLIVAN);

    clock.advance(Period.ofDays(179));
    reports.forgetUnmatchedRows();
    assertThat(unmatched(result)).hasSize(1);

    clock.advance(Duration.ofDays(2));
    reports.forgetUnmatchedRows();
    assertThat(unmatched(result)).isEmpty();

    Person person = people.person("sullivan", email);
    reports.matchDueRows();
    assertThat(enrollments.of(person.id())).isEmpty();
    assertThat(send(file, SULLIVAN).newlyEnrolled()).as("the file is read anew").isOne();
  }

  @Test
  void rowsOfMembersAndSpecializationsAreKeptAsTheyAre() {
    String email = unknown();
    ReportResult members =
        send(
            "Email,Member State,Invitation Date,Join Date,Program Slug\n"
                + email
                + ",Member,2020-12-28,2021-01-04,p1\n",
            SULLIVAN);

    assertThat(unmatched(members).get(0).content())
        .containsEntry("Member State", "MEMBER")
        .containsEntry("Join Date", "2021-01-04T00:00:00")
        .doesNotContainKeys("Course", "Overall Progress");

    Person person = people.person("sullivan", email);
    reports.matchDueRows();
    assertThat(news(person)).containsExactly("JOINED");
    assertThat(joinedAt(person)).isEqualTo("2021-01-04T00:00:00Z");
  }

  private String unknown() {
    return "unknown." + people.person("yonkers").email();
  }

  private static String row(String email, String id, String course, int day, String completed) {
    String activity = "2021-01-%02dT10:00:00Z".formatted(day);
    return "%s,%s,Course %s,%s,2021-01-04T10:00:00Z,%s,%d,%s,p1\n"
        .formatted(email, id, course, course, activity, day, completed);
  }

  private ReportResult send(String file, Set<String> boards) {
    return reports.importReport(
        new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), "report.csv", boards);
  }

  private List<UnmatchedRow> unmatched(ReportResult result) {
    return reports.unmatched(result.id(), SULLIVAN, FIRST_PAGE).content();
  }

  private List<String> news(Person person) {
    return inbox.undelivered(person.id()).stream().map(n -> n.kind().name()).toList();
  }

  private Instant joinedAt(Person person) {
    return jdbc.sql("select joined_at from participant where id = ?")
        .param(person.id())
        .query((row, n) -> row.getTimestamp(1).toInstant())
        .single();
  }
}
