package org.lwdb.casework.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.Forbidden;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.Page;
import org.lwdb.casework.learning.People.Person;
import org.lwdb.casework.participant.Timeline;
import org.lwdb.casework.spreadsheet.BadFile;
import org.lwdb.casework.spreadsheet.RowProblem;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@CaseworkTest
class CourseraReportsTest {

  private static final Set<String> SULLIVAN = Set.of("sullivan");
  private static final Set<String> BOTH = Set.of("sullivan", "tompkins");
  private static final Page.Request FIRST_PAGE = new Page.Request(0, 50, null);
  private static final String HEADER =
      "Name,Email,External Id,Course,Course ID,Course Slug,University,Enrollment Time,"
          + "Last Course Activity Time,Overall Progress,Completed,Removed From Program,"
          + "Program Slug,Completion Time,Course Grade,Course Certificate URL";

  @Autowired CourseraReports reports;
  @Autowired Enrollments enrollments;
  @Autowired Inbox inbox;
  @Autowired Timeline timeline;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;
  @Autowired PlatformTransactionManager transactions;

  private People people;

  @BeforeEach
  void start() {
    clock.reset();
    people = new People(jdbc);
  }

  // ---- the layouts ----

  @Test
  void importsTheUsageReportOf2020() throws IOException {
    Person una = people.person("sullivan", "una.usage@example.org");
    Person uri = people.person("sullivan", "uri.usage@example.org");

    ReportResult result = importFixture("usage-2020.csv");

    assertThat(result.kind()).isEqualTo(ReportKind.USAGE);
    assertThat(result.fileName()).isEqualTo("usage-2020.csv");
    assertCounts(result, 4, 3, 1, 0);
    assertChanges(result, 2, 3, 1, 0, 0);
    assertThat(enrollments.of(una.id()))
        .containsExactly(
            new EnrollmentView(
                "crs-inventory",
                "inventory-basics",
                "Inventory Basics",
                "COURSE",
                "Example State University",
                new BigDecimal("57.73"),
                Instant.parse("2020-12-01T14:00:00Z"),
                Instant.parse("2021-01-20T15:24:27Z"),
                null,
                "71.2",
                null,
                false),
            new EnrollmentView(
                "crs-spreadsheets",
                "spreadsheets-step-by-step",
                "Spreadsheets, Step by Step",
                "COURSE",
                "Example State University",
                new BigDecimal("100.00"),
                Instant.parse("2020-12-15T09:30:00Z"),
                Instant.parse("2021-01-28T18:05:00Z"),
                Instant.parse("2021-01-28T18:05:00Z"),
                "96.5",
                null,
                false));
    assertThat(enrollments.progress(uri.id()))
        .isEqualTo(
            new Progress(
                true,
                1,
                0,
                enrollmentIds(uri).get(0),
                "Inventory Basics",
                new BigDecimal("0.00"),
                Instant.parse("2021-01-30T10:00:00Z"),
                true));
    Page<UnmatchedRow> unmatched = reports.unmatched(result.id(), SULLIVAN, FIRST_PAGE);
    assertThat(unmatched.page().totalElements()).isEqualTo(1);
    assertThat(unmatched.content().get(0).row()).isEqualTo(4);
    assertThat(unmatched.content().get(0).content())
        .containsEntry("Name", "Nemo Nobody")
        .containsEntry("Email", "nemo.nobody@example.org")
        .containsEntry("Course ID", "crs-inventory")
        .containsEntry("Enrollment Time", "2021-01-30T10:00:00")
        .doesNotContainKey("External Id");
  }

  /** With a byte-order mark, CRLF, a line break in quotes, accents, a percent sign, 0 and 1. */
  @Test
  void importsTheLaterUsageReport() throws IOException {
    Person lena = people.person("sullivan", "lena.later@example.org");
    Person luc = people.person("sullivan", "luc.later@example.org");

    ReportResult result = importFixture("usage-later.csv");

    assertCounts(result, 2, 2, 0, 0);
    EnrollmentView done = enrollments.of(lena.id()).get(0);
    assertThat(done.name()).isEqualTo("Café Management");
    assertThat(done.partner()).isEqualTo("École Exemple");
    assertThat(done.completedAt()).isEqualTo("2021-01-31T23:10:05Z");
    assertThat(done.certificateUrl()).isEqualTo("https://coursera.example.org/verify/ABC123");
    EnrollmentView removed = enrollments.of(luc.id()).get(0);
    assertThat(removed.progress()).isEqualByComparingTo("12.5");
    assertThat(removed.removed()).isTrue();
    assertThat(enrollments.progress(luc.id()).currentCourse()).isNull();
  }

  /** The variant without For Credit, and in Latin-1. */
  @Test
  void importsTheLaterUsageReportWithBusinessUnits() throws IOException {
    Person bea = people.person("sullivan", "bea.business@example.org");

    assertCounts(importFixture("usage-later-business-unit.csv"), 1, 1, 0, 0);

    assertThat(enrollments.of(bea.id()).get(0).partner()).isEqualTo("École Exemple");
    assertThat(enrollments.of(bea.id()).get(0).grade()).isEqualTo("55");
  }

  @Test
  void importsTheCourseActivityReport() throws IOException {
    Person abe = people.person("sullivan", "abe.activity@example.org");

    ReportResult result = importFixture("course-activity-2026.csv");

    assertThat(result.kind()).isEqualTo(ReportKind.COURSE_ACTIVITY);
    assertThat(enrollments.of(abe.id()).get(0).progress()).isEqualByComparingTo("66.6");
  }

  @Test
  void columnsComeInAnyOrderAndSpelling() {
    Person person = people.person("sullivan");
    String file =
        "\"#Overall progress*\",COMPLETED,mood,program_slug,Course-ID,course,e-mail,"
            + "last course activity time,enrollment TIME\n"
            + "12,no,fine,p1,c-order,A course,"
            + person.email()
            + ",2021-01-05,2021-01-04\n";

    assertCounts(importText(file, SULLIVAN), 1, 1, 0, 0);

    assertThat(enrollments.of(person.id()).get(0).progress()).isEqualByComparingTo("12");
  }

  // ---- whose row it is ----

  @Test
  void theExternalIdWinsAndItsAddressIsKnownFromThenOn() {
    Person person = people.person("sullivan");
    String personal = "personal." + person.email();

    ReportResult first =
        importRows(row(personal.toUpperCase()).id(person.caseNumber().toLowerCase()).course("c1"));
    assertCounts(first, 1, 1, 0, 0);
    assertThat(
            jdbc.sql("select email from participant_email where participant_id = ? and source = ?")
                .params(person.id(), "COURSERA")
                .query(String.class)
                .list())
        .containsExactly(personal);

    assertCounts(importRows(row(personal).course("c2")), 1, 1, 0, 0);
    assertThat(enrollments.of(person.id())).hasSize(2);
  }

  @Test
  void anyKnownAddressMatches() {
    Person person = people.person("sullivan");
    people.address(person, "second." + person.email());

    assertCounts(importRows(row("Second." + person.email())), 1, 1, 0, 0);
    assertThat(enrollments.of(person.id())).hasSize(1);
  }

  @Test
  void anAddressLearnedFromOneRowHoldsForTheOthersOfTheFile() {
    Person person = people.person("sullivan");
    String personal = "personal." + person.email();

    assertCounts(
        importRows(row(personal).course("c1"), row(personal).id(person.caseNumber()).course("c2")),
        2,
        2,
        0,
        0);
  }

  @Test
  void anIdOfOneAndAnAddressOfAnotherIsRefused() {
    Person one = people.person("sullivan");
    Person other = people.person("sullivan");

    ReportResult result =
        importRows(row(other.email()).id(one.caseNumber()), row(one.email()).course("c2"));

    assertCounts(result, 2, 1, 0, 1);
    assertThat(result.problems())
        .containsExactly(
            new RowProblem(
                1,
                "External Id",
                "The external id is that of one participant, but the e-mail address is known for"
                    + " case "
                    + other.caseNumber()
                    + ". Find out whose row it is, and match it, or correct the external id or the"
                    + " address in Coursera."));
    assertThat(enrollments.of(other.id())).isEmpty();
    assertThat(enrollments.of(one.id())).hasSize(1);
  }

  @Test
  void anExternalIdOfNobodyFallsBackToTheAddress() {
    Person person = people.person("sullivan");

    assertCounts(importRows(row(person.email()).id("HR-4711")), 1, 1, 0, 0);
    assertCounts(importRows(row(person.email()).id(person.email()).course("c2")), 1, 1, 0, 0);
  }

  @Test
  void ofSeveralCasesTheOpenOneCountsElseTheNewest() {
    Person closed = people.person("sullivan");
    Person open = people.personLater("sullivan", closed.email());
    people.close(closed, "WITHDRAWN");

    importRows(row(closed.email()));
    assertThat(enrollments.of(open.id())).hasSize(1);

    people.close(open, "WITHDRAWN");
    importRows(row(closed.email()).course("c2"));
    assertThat(enrollments.of(open.id())).hasSize(2);
    assertThat(enrollments.of(closed.id())).isEmpty();
  }

  @Test
  void rowsOfAMovedCaseAreThoseOfItsSuccessor() {
    Person first = people.person("sullivan");
    Person second = people.moved(first, "tompkins");
    Person third = people.moved(second, "sullivan");

    assertCounts(
        importRows(row("").id(first.caseNumber()), row(first.email()).course("c2")), 2, 2, 0, 0);
    assertThat(enrollments.of(third.id())).hasSize(2);

    ReportResult elsewhere =
        importText(HEADER + "\n" + row(first.email()).id(second.caseNumber()), Set.of("tompkins"));
    assertCounts(elsewhere, 1, 0, 1, 0);
  }

  @Test
  void aClosedCaseKeepsItsLearning() {
    Person person = people.person("sullivan");
    people.close(person, "LEARNING_ENDED");

    importRows(row(person.email()).completed("2021-01-20T10:00:00Z"));

    assertThat(news(person)).containsExactly("ENROLLED", "COMPLETED");
  }

  /** No foreign key sees to it. */
  @Test
  void noEnrollmentIsWithoutItsParticipantOrItsCourse() {
    Person person = people.person("sullivan");
    importRows(row(person.email()).course("kept"), row("nobody@example.org").course("nobodys"));

    for (String delete :
        List.of(
            "delete from course where id = 'kept'",
            "delete from participant where id = " + person.id())) {
      assertThatThrownBy(() -> jdbc.sql(delete).update())
          .isInstanceOf(DataIntegrityViolationException.class)
          .hasMessageContaining("has enrollments");
    }
    assertThat(
            jdbc.sql(
                    """
                    select count(*) from enrollment e
                     where not exists (select from participant p where p.id = e.participant_id)
                        or not exists (select from course c where c.id = e.course_id)
                    """)
                .query(Integer.class)
                .single())
        .isZero();
  }

  // ---- walls ----

  @Test
  void aBoardsFileTouchesAndCountsOnlyItsOwnParticipants() {
    Person own = people.person("sullivan");
    Person foreign = people.person("tompkins");

    ReportResult result =
        importRows(
            row(own.email()),
            row(foreign.email()),
            row(own.email()).id(foreign.caseNumber()).course("c2"));

    assertCounts(result, 3, 1, 2, 0);
    assertThat(enrollments.of(foreign.id())).isEmpty();
    assertThat(enrollments.of(own.id())).extracting("courseId").containsExactly("c1");

    ReportResult ofBoth = importText(HEADER + "\n" + row(foreign.email()) + row(own.email()), BOTH);
    assertCounts(ofBoth, 2, 2, 0, 0);
    assertThat(enrollments.of(foreign.id())).hasSize(1);
  }

  @Test
  void thatAnAddressIsKnownInAnotherBoardIsNoConflictAndCannotBeFoundOut() {
    Person own = people.person("sullivan");
    Person foreign = people.person("tompkins");

    assertCounts(importRows(row(foreign.email()).id(own.caseNumber())), 1, 1, 0, 0);
    assertThat(enrollments.of(own.id())).hasSize(1);

    assertCounts(
        importText(
            HEADER + "\n" + row(foreign.email()).id(people.person("tompkins").caseNumber()), BOTH),
        1,
        0,
        0,
        1);
  }

  @Test
  void anImportIsFoundOnlyByWhoeverHasAllItsBoards() {
    Person person = people.person("sullivan");
    ReportResult own = importRows(row(person.email()));
    ReportResult ofBoth = importText(HEADER + "\n" + row(person.email()).course("c2"), BOTH);

    assertThat(ids(reports.list(SULLIVAN, FIRST_PAGE)))
        .contains(own.id())
        .doesNotContain(ofBoth.id());
    assertThat(ids(reports.list(BOTH, FIRST_PAGE))).contains(own.id(), ofBoth.id());
    assertThat(reports.list(Set.of(), FIRST_PAGE).page().totalElements()).isZero();
    assertThatThrownBy(() -> reports.get(ofBoth.id(), SULLIVAN)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> reports.unmatched(own.id(), Set.of("tompkins"), FIRST_PAGE))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> importText(HEADER + "\n", Set.of())).isInstanceOf(Forbidden.class);
  }

  // ---- what changes ----

  @Test
  void whatIsNewIsToldOnceAndInOrder() {
    Person person = people.person("sullivan");

    assertChanges(
        importRows(row(person.email()).course("new-c1"), row(person.email()).course("new-c2")),
        1,
        2,
        0,
        0,
        0);
    assertThat(news(person)).containsExactly("ENROLLED");

    assertChanges(
        importRows(
            row(person.email()).course("new-c1").completed("2021-01-20T10:00:00Z"),
            row(person.email()).course("new-c2"),
            row(person.email()).course("new-c3")),
        0,
        1,
        1,
        1,
        1);
    assertThat(news(person)).containsExactly("ENROLLED", "COMPLETED");
    assertThat(inbox.undelivered(person.id()).get(1).enrollmentId())
        .isEqualTo(enrollmentIds(person).get(0));
    assertThat(timeline.of(person.id()))
        .extracting(Timeline.Entry::who, Timeline.Entry::what, Timeline.Entry::detail)
        .containsExactly(
            tuple("coursera", "Enrolled in 2 courses", "Course new-c1; Course new-c2"),
            tuple("coursera", "Enrolled in a course", "Course new-c3"),
            tuple("coursera", "Completed a course", "Course new-c1"));
  }

  @Test
  void theSameFileAgainChangesNothingAndSaysSo() {
    Person person = people.person("sullivan");
    String file =
        HEADER + "\n" + row(person.email()) + row("nobody@example.org") + row("").course("c2");
    clock.advance(Duration.ofMinutes(1));
    ReportResult first = importText(file, SULLIVAN);
    String version = versions(person);

    clock.advance(Duration.ofMinutes(1));
    ReportResult again = importText(file, SULLIVAN);

    assertThat(again.id()).isNotEqualTo(first.id());
    assertCounts(again, 3, 1, 1, 1);
    assertChanges(again, 0, 0, 0, 0, 1);
    assertThat(again.problems()).isEqualTo(first.problems());
    assertThat(reports.unmatched(again.id(), SULLIVAN, FIRST_PAGE).content()).hasSize(1);
    assertThat(versions(person)).isEqualTo(version);
    assertThat(news(person)).hasSize(1);
  }

  @Test
  void theSameFileAgainFindsWhoHasComeSince() {
    Person person = people.person("sullivan");
    Person late = new Person(0, null, "late." + person.email());
    String file = HEADER + "\n" + row(person.email()) + row(late.email());
    assertCounts(importText(file, SULLIVAN), 2, 1, 1, 0);

    people.personLater("sullivan", late.email());
    clock.advance(Duration.ofMinutes(2));

    ReportResult again = importText(file, SULLIVAN);
    assertCounts(again, 2, 2, 0, 0);
    assertChanges(again, 0, 0, 0, 0, 2);
  }

  @Test
  void theSameRowsInAnotherOrderTouchNothing() {
    Person person = people.person("sullivan");
    importRows(
        row(person.email()).activity("2021-01-10T10:00:00Z").progress("10"),
        row(person.email()).course("c2").completed("2021-01-20T10:00:00Z"));
    String version = versions(person);

    clock.advance(Duration.ofMinutes(1));
    assertChanges(
        importRows(
            row(person.email()).course("c2").completed("2021-01-20T10:00:00Z"),
            row(person.email()).activity("2021-01-10T10:00:00Z").progress("10")),
        0,
        0,
        0,
        0,
        2);
    assertThat(versions(person)).isEqualTo(version);
  }

  @Test
  void anOlderFileTakesNothingBack() {
    Person person = people.person("sullivan");
    importRows(
        row(person.email())
            .course("renamed-" + person.id())
            .name("New name")
            .completed("2021-01-20T10:00:00Z")
            .grade("90")
            .certificate("https://coursera.example.org/1"));

    ReportResult older =
        importRows(
            row(person.email())
                .course("renamed-" + person.id())
                .name("Old name")
                .activity("2021-01-10T10:00:00Z")
                .progress("40")
                .grade("30")
                .removed("Yes"));

    assertChanges(older, 0, 0, 0, 0, 1);
    EnrollmentView course = enrollments.of(person.id()).get(0);
    assertThat(course.name()).isEqualTo("New name");
    assertThat(course.progress()).isEqualByComparingTo("100");
    assertThat(course.completedAt()).isEqualTo("2021-01-20T10:00:00Z");
    assertThat(course.grade()).isEqualTo("90");
    assertThat(course.removed()).isFalse();
  }

  @Test
  void aLaterFileRenamesRemovesAndKeepsWhatItLeavesOut() {
    Person person = people.person("sullivan");
    importRows(
        row(person.email())
            .course("renamed-" + person.id())
            .name("Old name")
            .activity("2021-01-10T10:00:00Z")
            .progress("40")
            .grade("30")
            .certificate("https://coursera.example.org/1"));

    importRows(
        row(person.email())
            .course("renamed-" + person.id())
            .name("New name")
            .activity("2021-01-10T10:00:00Z")
            .progress("40")
            .removed("Yes"));

    EnrollmentView course = enrollments.of(person.id()).get(0);
    assertThat(course.name()).isEqualTo("New name");
    assertThat(course.removed()).isTrue();
    assertThat(course.grade()).isEqualTo("30");
    assertThat(course.certificateUrl()).isEqualTo("https://coursera.example.org/1");
  }

  @Test
  void ofRepeatedRowsTheLatestActivityCountsAndACompletionStays() {
    Person person = people.person("sullivan");

    ReportResult result =
        importRows(
            row(person.email()).activity("2021-01-12T10:00:00Z").progress("30"),
            row(person.email()).activity("2021-01-14T10:00:00Z").progress("50"),
            row(person.email()).activity("2021-01-14T10:00:00Z").progress("55"),
            row(person.email()).completed("2021-01-13T10:00:00Z"));

    assertCounts(result, 4, 4, 0, 0);
    assertChanges(result, 1, 1, 1, 0, 0);
    EnrollmentView course = enrollments.of(person.id()).get(0);
    assertThat(course.progress()).isEqualByComparingTo("55");
    assertThat(course.lastActivityAt()).isEqualTo("2021-01-14T10:00:00Z");
    assertThat(course.completedAt()).isEqualTo("2021-01-13T10:00:00Z");
  }

  @Test
  void rowsInOneFileOrInManyAndInAnyOrderEndTheSame() {
    Person once = people.person("sullivan");
    Person split = people.person("sullivan");
    Person backwards = people.person("sullivan");
    List<String[]> rows =
        List.of(
            new String[] {"2021-01-14T10:00:00Z", "80", "Yes"},
            new String[] {"2021-01-16T10:00:00Z", "40", "No"},
            new String[] {"", "0", "No"},
            new String[] {"2021-01-16T10:00:00Z", "35", "Yes"});

    importRows(rows.stream().map(r -> repeated(once, r)).toArray(Row[]::new));
    for (int i = 0; i < rows.size(); i++) {
      importRows(repeated(split, rows.get(i)));
      importRows(repeated(backwards, rows.get(rows.size() - 1 - i)));
    }

    assertThat(enrollments.of(split.id())).isEqualTo(enrollments.of(once.id()));
    assertThat(enrollments.of(backwards.id())).isEqualTo(enrollments.of(once.id()));
    assertThat(enrollments.of(once.id()).get(0).progress()).isEqualByComparingTo("40");
  }

  /** Both are held up in the middle of their work, until neither can go on by itself. */
  @Test
  void twoImportsAtOnceWaitForEachOther() throws Exception {
    Person person = people.person("sullivan");
    Row one = row(person.email()).course("c1");
    Row two = row(person.email()).course("c2");
    ExecutorService browsers = Executors.newFixedThreadPool(2);
    try {
      List<Future<ReportResult>> results =
          new TransactionTemplate(transactions)
              .execute(
                  status -> {
                    jdbc.sql("select id from participant where id = ? for update")
                        .param(person.id())
                        .query(Long.class)
                        .single();
                    List<Future<ReportResult>> started =
                        List.of(
                            browsers.submit(() -> importRows(one, two)),
                            browsers.submit(() -> importRows(two, one)));
                    await().until(this::waiting, is(1)); // the other one waits for this one's end
                    return started;
                  });
      assertThat(results.get(0).get().newlyEnrolled() + results.get(1).get().newlyEnrolled())
          .isEqualTo(2);
      assertThat(results.get(0).get().unchanged() + results.get(1).get().unchanged()).isEqualTo(2);
    } finally {
      browsers.shutdown();
    }
    assertThat(news(person)).containsExactly("ENROLLED");
  }

  @Test
  void anImportIsDoneInTheNameOfWhoSentIt() {
    ReportResult result =
        CurrentUser.as("sullivan.coursera1", () -> importText(HEADER + "\n", SULLIVAN));

    assertThat(result.importedBy()).isEqualTo("sullivan.coursera1");
    assertThat(result.importedAt()).isEqualTo(MovableClock.START);
    assertCounts(result, 0, 0, 0, 0);
  }

  // ---- bad rows and bad files ----

  @Test
  void aBadRowIsRefusedWithItsFieldAndTheOthersGoIn() {
    Person person = people.person("sullivan");

    ReportResult result =
        importRows(
            row(""),
            row(person.email()).course(""),
            row(person.email()).course("c1").activity("31.12.2020"),
            row(person.email()).course("c1").activity("2021-02-03T00:00:00Z"),
            row(person.email()).course("c1").progress("many"),
            row(person.email()).course("c1").removed("perhaps"),
            row(person.email()).course("c".repeat(301)),
            row(person.email()).name("Comma, without quotation marks"),
            row(person.email()).course("good"));

    assertCounts(result, 9, 1, 0, 8);
    assertThat(result.problems())
        .extracting(RowProblem::row, RowProblem::field)
        .containsExactly(
            tuple(1, "Email"),
            tuple(2, "Course ID"),
            tuple(3, "Last Course Activity Time"),
            tuple(4, "Last Course Activity Time"),
            tuple(5, "Overall Progress"),
            tuple(6, "Removed From Program"),
            tuple(7, "Course ID"),
            tuple(8, null));
    assertThat(result.problems().get(3).message())
        .isEqualTo("'Last Course Activity Time' lies in the future: '2021-02-03T00:00:00Z'.");
    assertThat(enrollments.of(person.id())).extracting("courseId").containsExactly("good");
    assertThat(
            jdbc.sql(
                    """
                    select content ->> 'Last Course Activity Time' from coursera_report_row
                     where report_id = ? and row = 3
                    """)
                .param(result.id())
                .query(String.class)
                .single())
        .isEqualTo("31.12.2020");
  }

  @Test
  void ofManyRefusedRowsTheFirstHundredAreListedAndAllAreKept() {
    ReportResult result =
        importRows(
            Stream.generate(() -> row("x@example.org").progress("many"))
                .limit(150)
                .toArray(Row[]::new));

    assertCounts(result, 150, 0, 0, 150);
    assertThat(result.problems()).hasSize(100);
    assertThat(
            jdbc.sql("select count(*) from coursera_report_row where report_id = ?")
                .param(result.id())
                .query(Integer.class)
                .single())
        .isEqualTo(150);
  }

  @Test
  void aFileThatWasCutOffLosesOnlyItsLastRow() {
    Person person = people.person("sullivan");
    String whole = HEADER + "\n" + row(person.email()) + row(person.email()).course("c2");

    ReportResult result = importText(whole.substring(0, whole.length() - 80), SULLIVAN);

    assertCounts(result, 2, 1, 0, 1);
    assertThat(result.problems().get(0).message()).contains("cut off");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                       | The file is empty.
          '  '                     | The file has no headers
          First,Second             | This is none of Coursera's reports that can be imported. Expected are the headers Email, Course, Course ID
          First,Second             | found were First, Second.
          Name;Email;External Id   | found were Name, Email, External Id.
          PK\u0003\u0004zip        | This Excel or zip file is damaged
          a\u0000b                 | not a text file
          Email,Course,Course ID,Enrollment Time,Last Course Activity Time,Overall Progress,Program Slug | The column 'Completed' is missing.
          Email,Course,Course ID,Enrollment Time,Last Course Activity Time,Overall Progress,Program Slug,Completed,E-Mail | The column 'Email' is there twice
          Email,Course,Course ID,Enrollment Time,Last Course Activity Time,Overall Progress,Program Slug,Completed\\n1,2,3\\n"4,5 | The file cannot be read from row 2 on
          """)
  void whatIsNoReportIsRefusedWithASentence(String file, String sentence) {
    assertThatThrownBy(() -> importText(file.replace("\\n", "\n"), SULLIVAN))
        .isInstanceOf(BadFile.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void whatIsInNoKnownEncodingIsRefusedAndNothingIsKept() {
    Person person = people.person("sullivan");
    byte[] file =
        (HEADER + "\n" + row(person.email()) + row(person.email()).name("\u00ff"))
            .getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < file.length; i++) {
      file[i] = file[i] == (byte) 0xff ? (byte) 0x81 : file[i]; // no character in Windows-1252
    }

    assertThatThrownBy(() -> importBytes(file, SULLIVAN))
        .isInstanceOf(BadFile.class)
        .hasMessageContaining("not a text file in UTF-8 or Latin-1");
    assertThat(enrollments.of(person.id())).isEmpty();
  }

  // ---- how the tests speak ----

  private static void assertCounts(
      ReportResult result, int rows, int matched, int unmatched, int refused) {
    assertThat(List.of(result.rows(), result.matched(), result.unmatched(), result.refused()))
        .as("rows, matched, unmatched, refused")
        .containsExactly(rows, matched, unmatched, refused);
  }

  private static void assertChanges(
      ReportResult result, int joined, int enrolled, int completed, int updated, int unchanged) {
    assertThat(
            List.of(
                result.newlyJoined(),
                result.newlyEnrolled(),
                result.newlyCompleted(),
                result.updated(),
                result.unchanged()))
        .as("joined, enrolled, completed, updated, unchanged")
        .containsExactly(joined, enrolled, completed, updated, unchanged);
  }

  /** How many transactions wait for another one. */
  private int waiting() {
    return jdbc.sql("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
        .query(Integer.class)
        .single();
  }

  private List<String> news(Person person) {
    return inbox.undelivered(person.id()).stream().map(n -> n.kind().name()).toList();
  }

  private List<Long> enrollmentIds(Person person) {
    return jdbc.sql("select id from enrollment where participant_id = ? order by id")
        .param(person.id())
        .query(Long.class)
        .list();
  }

  /** Which transaction wrote each enrollment and its course last: unchanged if none did. */
  private String versions(Person person) {
    return jdbc.sql(
            """
            select string_agg(e.xmin || '/' || e.xmax || '/' || c.xmin || '/' || c.xmax, ' '
                     order by e.id)
              from enrollment e join course c on c.id = e.course_id where e.participant_id = ?
            """)
        .param(person.id())
        .query(String.class)
        .single();
  }

  private static List<Long> ids(Page<ReportResult> page) {
    return page.content().stream().map(ReportResult::id).toList();
  }

  private ReportResult importFixture(String name) throws IOException {
    try (InputStream file = getClass().getResourceAsStream("/coursera/" + name)) {
      return reports.importReport(file, "C:\\Downloads\\" + name, SULLIVAN);
    }
  }

  private ReportResult importRows(Row... rows) {
    StringBuilder file = new StringBuilder(HEADER).append('\n');
    for (Row row : rows) {
      file.append(row);
    }
    return importText(file.toString(), SULLIVAN);
  }

  private ReportResult importText(String text, Set<String> boards) {
    return importBytes(text.getBytes(StandardCharsets.UTF_8), boards);
  }

  private ReportResult importBytes(byte[] file, Set<String> boards) {
    return reports.importReport(new ByteArrayInputStream(file), "report.csv", boards);
  }

  private static Row repeated(Person person, String[] values) {
    return row(person.email()).activity(values[0]).progress(values[1]).removed(values[2]);
  }

  private static Row row(String email) {
    return new Row(email);
  }

  /** A row of a report, in a course that has just begun unless it says something else. */
  private static final class Row {
    private final String email;
    private String id = "";
    private String course = "c1";
    private String name;
    private String activity = "2021-01-05T10:00:00Z";
    private String progress = "5";
    private String completed = "";
    private String removed = "No";
    private String grade = "";
    private String certificate = "";

    Row(String email) {
      this.email = email;
    }

    Row id(String value) {
      id = value;
      return this;
    }

    Row course(String value) {
      course = value;
      return this;
    }

    Row name(String value) {
      name = value;
      return this;
    }

    Row activity(String value) {
      activity = value;
      return this;
    }

    Row progress(String value) {
      progress = value;
      return this;
    }

    Row completed(String at) {
      completed = at;
      activity = at;
      progress = "100";
      return this;
    }

    Row removed(String value) {
      removed = value;
      return this;
    }

    Row grade(String value) {
      grade = value;
      return this;
    }

    Row certificate(String value) {
      certificate = value;
      return this;
    }

    @Override
    public String toString() {
      return String.join(
              ",",
              "Lea Learner",
              email,
              id,
              name == null ? "Course " + course : name,
              course,
              "slug-" + course,
              "Example College",
              "2021-01-04T10:00:00Z",
              activity,
              progress,
              completed.isEmpty() ? "No" : "Yes",
              removed,
              "p1",
              completed,
              grade,
              certificate)
          + "\n";
    }
  }
}
