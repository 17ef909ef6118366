package org.lwdb.casework.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.learning.People.Person;
import org.lwdb.casework.participant.Timeline;
import org.lwdb.casework.spreadsheet.RowProblem;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reports of memberships and of specializations. */
@CaseworkTest
class MembershipsTest {

  private static final Set<String> BOARD = Set.of("sullivan");
  private static final String MEMBERSHIP =
      "Email,External Id,Program Slug,Member State,Join Date,Invitation Date,"
          + "Latest Program Activity Date\n";
  private static final String SPECIALIZATION =
      "Email,External Id,Specialization,Specialization Slug,Enrollment Time,"
          + "Last Specialization Activity Time,# Completed Courses,# Courses in Specialization,"
          + "Completed,Removed From Program,Program Slug,Specialization Completion Time,"
          + "Specialization Certificate URL\n";

  @Autowired CourseraReports reports;
  @Autowired Enrollments enrollments;
  @Autowired Inbox inbox;
  @Autowired Timeline timeline;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  private People people;

  @BeforeEach
  void start() {
    clock.reset();
    people = new People(jdbc);
  }

  @Test
  void whoHasJoinedIsToldOnceWithTheEarliestDate() {
    Person person = people.person("sullivan");

    ReportResult first =
        send(MEMBERSHIP + person.email() + ",,p1,Member,2021-01-05,2020-12-28,2021-01-20");
    assertThat(first.kind()).isEqualTo(ReportKind.MEMBERSHIP);
    assertThat(List.of(first.rows(), first.matched(), first.newlyJoined())).containsOnly(1);
    assertThat(List.of(first.newlyEnrolled(), first.updated(), first.unchanged())).containsOnly(0);

    ReportResult earlier =
        send(MEMBERSHIP + person.email() + ",,p2,Member,2021-01-04,2020-12-27,2021-01-20");
    assertThat(earlier.newlyJoined()).isZero();

    assertThat(news(person)).containsExactly("JOINED");
    assertThat(dates(person)).containsValue(LocalDate.of(2020, 12, 27));
    assertThat(timeline.of(person.id()))
        .extracting(Timeline.Entry::what, Timeline.Entry::detail)
        .containsExactlyInAnyOrder(
            tuple("Membership in Coursera's program changed", "Member (p1)"),
            tuple("Membership in Coursera's program changed", "Member (p2)"),
            tuple("Invited, as the membership report says", "12/27/2020"),
            tuple("Joined Coursera", "01/04/2021"));
  }

  @Test
  void anInvitationIsRecordedIfThereIsNone() {
    Person unknown = people.person("sullivan");
    Person recorded = people.person("sullivan");
    jdbc.sql("update participant set invited_on = '2021-01-08' where id = ?")
        .param(recorded.id())
        .update();

    send(
        MEMBERSHIP
            + unknown.email()
            + ",,p1,Invited,,2021-01-11T03:00:00Z,\n"
            + recorded.email()
            + ",,p1,Invited,,2021-01-11,\n");

    assertThat(dates(unknown)).containsEntry("invited_on", LocalDate.of(2021, 1, 10)); // New York's
    assertThat(dates(recorded)).containsEntry("invited_on", LocalDate.of(2021, 1, 8));
    assertThat(news(unknown)).isEmpty();
  }

  @Test
  void removedFromTheProgramIsShownAndNotTakenBackByAnOlderFile() {
    Person person = people.person("sullivan");
    String removed = MEMBERSHIP + person.email() + ",,p1,Removed,2021-01-05,2020-12-28,2021-01-20";
    String before = MEMBERSHIP + person.email() + ",,p1,Member,2021-01-05,2020-12-28,2021-01-10";

    send(removed);
    send(before);

    assertThat(state(person)).isEqualTo("REMOVED");
    assertThat(timeline.of(person.id()))
        .extracting(Timeline.Entry::detail)
        .contains("Removed (p1)");

    send(MEMBERSHIP + person.email() + ",,p1,Member,2021-01-05,2020-12-28,2021-01-25");
    assertThat(state(person)).isEqualTo("MEMBER");
    assertThat(timeline.of(person.id()))
        .extracting(Timeline.Entry::detail)
        .contains("Removed → Member (p1)");
  }

  @Test
  void whoWasRemovedIsNotAskedToEnroll() {
    Person person = people.person("sullivan");

    assertThat(
            send(MEMBERSHIP + person.email() + ",,p1,Removed,2021-01-05,2020-12-28,2021-01-20")
                .newlyJoined())
        .isOne();

    assertThat(news(person)).isEmpty();
  }

  @Test
  void aMembershipStaysWithThePersonOverAMove() {
    Person person = people.person("sullivan");
    send(MEMBERSHIP + person.email() + ",,p1,Member,2021-01-05,2020-12-28,2021-01-20");
    assertThat(state(person)).isEqualTo("MEMBER");

    assertThat(
            jdbc.sql(
                    """
                    select count(*) from membership m join participant p using (person_id)
                     where p.case_number = ?
                    """)
                .param(person.caseNumber())
                .query(Integer.class)
                .single())
        .isOne();
  }

  @Test
  void aSpecializationIsAnEnrollmentBesideItsCourses() {
    Person person = people.person("sullivan");

    ReportResult result =
        send(
            SPECIALIZATION
                + person.email()
                + ",,Small Business,small-business,2021-01-04,2021-01-20,1,4,No,No,p1,,");
    assertThat(result.kind()).isEqualTo(ReportKind.SPECIALIZATION);
    assertThat(result.newlyEnrolled()).isOne();
    EnrollmentView begun = enrollments.of(person.id()).get(0);
    assertThat(begun.kind()).isEqualTo("SPECIALIZATION");
    assertThat(begun.slug()).isEqualTo("small-business");
    assertThat(begun.progress()).isEqualByComparingTo("25");
    assertThat(begun.completedAt()).isNull();

    ReportResult completed =
        send(
            SPECIALIZATION
                + person.email()
                + ",,Small Business,small-business,2021-01-04,2021-01-28,4,4,Yes,No,p1,"
                + "2021-01-28T18:05:00Z,https://coursera.example.org/verify/S1");
    assertThat(List.of(completed.updated(), completed.newlyCompleted())).containsOnly(1);
    EnrollmentView done = enrollments.of(person.id()).get(0);
    assertThat(done.progress()).isEqualByComparingTo("100");
    assertThat(done.completedAt()).isEqualTo("2021-01-28T18:05:00Z");
    assertThat(done.certificateUrl()).isEqualTo("https://coursera.example.org/verify/S1");
    assertThat(news(person)).containsExactly("ENROLLED", "COMPLETED");
  }

  @Test
  void badRowsAreRefusedWithTheirField() {
    Person person = people.person("sullivan");

    ReportResult members =
        send(
            MEMBERSHIP
                + person.email()
                + ",,p1,,2021-01-05,,\n"
                + person.email()
                + ",,p1,Member,soon,,\n");
    ReportResult specializations =
        send(
            SPECIALIZATION
                + person.email()
                + ",,Small Business,,2021-01-04,,1,4,No,No,p1,,\n"
                + person.email()
                + ",,Small Business,s,2021-01-04,,one,4,No,No,p1,,\n");

    assertThat(members.problems())
        .extracting(RowProblem::row, RowProblem::field)
        .containsExactly(tuple(1, "Member State"), tuple(2, "Join Date"));
    assertThat(specializations.problems())
        .extracting(RowProblem::row, RowProblem::field)
        .containsExactly(tuple(1, "Specialization Slug"), tuple(2, "# Completed Courses"));
    assertThat(dates(person)).containsEntry("joined_at", null);
  }

  private ReportResult send(String file) {
    return reports.importReport(
        new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), "report.csv", BOARD);
  }

  private List<String> news(Person person) {
    return inbox.undelivered(person.id()).stream().map(n -> n.kind().name()).toList();
  }

  private Map<String, Object> dates(Person person) {
    Map<String, Object> dates =
        jdbc.sql("select invited_on, joined_at from participant where id = ?")
            .param(person.id())
            .query()
            .singleRow();
    dates.computeIfPresent("invited_on", (name, date) -> ((java.sql.Date) date).toLocalDate());
    return dates;
  }

  private String state(Person person) {
    return jdbc.sql(
            "select state from membership join participant p using (person_id) where p.id = ?")
        .param(person.id())
        .query(String.class)
        .single();
  }
}
