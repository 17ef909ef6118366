package org.lwdb.casework.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.Page;
import org.lwdb.casework.learning.People.Person;
import org.lwdb.casework.learning.UnmatchedLearner.Candidate;
import org.lwdb.casework.learning.UnmatchedLearner.Sign;
import org.lwdb.casework.participant.Timeline;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whom people take the unmatched learners for is remembered, and nobody sees another board's. */
@CaseworkTest
class UnmatchedLearnersTest {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Set<String> OSWEGO = Set.of("oswego");
  private static final Set<String> ULSTER = Set.of("ulster");
  private static final Page.Request FIRST_PAGE = new Page.Request(0, 50, null);
  private static final String USAGE =
      "Name,Email,External Id,Course,Course ID,Enrollment Time,Last Course Activity Time,"
          + "Overall Progress,Completed,Program Slug\n";

  @Autowired UnmatchedLearners learners;
  @Autowired CourseraReports reports;
  @Autowired Enrollments enrollments;
  @Autowired Timeline timeline;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  private People people;
  private String unknown;

  @BeforeEach
  void start() {
    clock.reset();
    people = new People(jdbc);
    unknown = "stranger" + NUMBER.incrementAndGet() + "@example.org";
  }

  @Test
  void aLearnerIsOneLineHoweverManyRowsAndReportsThereAre() {
    send(row(unknown, "", "c1", 5) + row(unknown.toUpperCase(), "", "c2", 6), OSWEGO);
    send(row(unknown, "", "c3", 7), OSWEGO);

    assertThat(waiting(unknown)).hasSize(1);
    UnmatchedLearner learner = waiting(unknown).get(0);
    assertThat(learner.rows()).isEqualTo(3);
    assertThat(learner.courses()).containsExactly("Course c1", "Course c2", "Course c3");
    assertThat(learner.lastActivity()).isEqualTo("2021-01-07T10:00:00Z");
  }

  @Test
  void theLikeliestParticipantsOfTheSameBoardStandBesideIt() {
    Person similar = people.person("oswego", "wilhelmina@elsewhere.example.org");
    rename(similar, "Wilhelmina", "Ostrander");
    Person sameLocalPart = people.person("oswego", unknown.replace("@", "@mail."));
    Person both = people.person("oswego", unknown.replace("@", "@work."));
    rename(both, "Willhelmina", "Ostrander");
    Person elsewhere = people.person("ulster", unknown.replace("@", "@home."));
    rename(elsewhere, "Wilhelmina", "Ostrander");
    send(named("Wilhelmina Ostrander", unknown, "", "c1"), OSWEGO);

    List<Candidate> candidates = waiting(unknown).get(0).candidates();

    assertThat(candidates)
        .extracting(c -> c.participant().id())
        .containsExactly(both.id(), similar.id(), sameLocalPart.id());
    assertThat(candidates.get(0).signs()).containsExactly(Sign.LOCAL_PART, Sign.NAME);
    assertThat(candidates.get(1).signs()).containsExactly(Sign.NAME);
  }

  @Test
  void aMatchIsRememberedForTheNextFile() {
    Person person = people.person("oswego");
    send(row(unknown, "", "c1", 5), OSWEGO);

    learners.match(waiting(unknown).get(0).id(), person.caseNumber(), OSWEGO);
    assertThat(waiting(unknown)).isEmpty();
    reports.matchDueRows();
    assertThat(courses(person)).containsExactly("c1");

    assertThat(send(row(unknown, "", "c2", 6), OSWEGO).matched()).isOne();
    assertThat(courses(person)).containsExactly("c1", "c2");
    assertThat(timeline.of(person.id()))
        .extracting(Timeline.Entry::what)
        .contains("Also known by an address", "Matched with a learner of Coursera's reports");
    assertThat(source(unknown)).isEqualTo("MATCHED");
  }

  @Test
  void whoIsKnownByAnExternalIdAloneIsRememberedByIt() {
    Person person = people.person("oswego");
    String id = "HR-" + person.caseNumber();
    send(row("", id, "c1", 5), OSWEGO);

    learners.match(waiting(id).get(0).id(), person.caseNumber(), OSWEGO);
    reports.matchDueRows();
    send(row("", id.toLowerCase(), "c2", 6), OSWEGO);

    assertThat(courses(person)).containsExactly("c1", "c2");
  }

  @Test
  void anExternalIdThatStandsForSeveralPeopleMatchesNobody() {
    Person person = people.person("oswego");
    String id = "NONE-" + person.caseNumber();
    send(named("Ann One", "", id, "c1") + named("Bob Two", "", id, "c2"), OSWEGO);
    long learner = waiting(id).get(0).id();

    assertThatThrownBy(() -> learners.match(learner, person.caseNumber(), OSWEGO))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("several people");
  }

  @Test
  void anIdOfOneAndAnAddressOfAnotherIsShownAndDecided() {
    Person byId = people.person("oswego");
    Person byAddress = people.person("oswego");
    ReportResult result = send(row(byAddress.email(), byId.caseNumber(), "c1", 5), OSWEGO);
    assertThat(result.refused()).isOne();

    UnmatchedLearner learner = waiting(byAddress.email()).get(0);
    assertThat(learner.contradicts()).isEqualTo(byAddress.caseNumber());
    assertThat(learner.candidates())
        .extracting(c -> c.participant().id(), c -> c.signs().get(0))
        .contains(
            org.assertj.core.groups.Tuple.tuple(byId.id(), Sign.CASE_NUMBER),
            org.assertj.core.groups.Tuple.tuple(byAddress.id(), Sign.ADDRESS));

    learners.match(learner.id(), byAddress.caseNumber(), OSWEGO);
    reports.matchDueRows();

    ReportResult now = reports.get(result.id(), OSWEGO);
    assertThat(List.of(now.matched(), now.unmatched(), now.refused())).containsExactly(1, 0, 0);
    assertThat(now.problems()).isEmpty();
    assertThat(courses(byAddress)).containsExactly("c1");
    assertThat(send(row(byAddress.email(), byId.caseNumber(), "c2", 6), OSWEGO).matched()).isOne();
    assertThat(send(row("", byId.caseNumber(), "c3", 6), OSWEGO).matched()).isOne();
    assertThat(courses(byAddress)).containsExactly("c1", "c2");
    assertThat(courses(byId)).as("the id alone is still the other's").containsExactly("c3");
  }

  @Test
  void aKnownAddressBesideAnotherBoardsCaseNumberIsShownAndDecided() {
    Person here = people.person("oswego");
    Person there = people.person("ulster");
    send(row(here.email(), there.caseNumber(), "c1", 5), OSWEGO);

    UnmatchedLearner learner = waiting(here.email()).get(0);
    assertThat(learner.candidates())
        .extracting(c -> c.participant().id())
        .containsExactly(here.id());
    learners.match(learner.id(), here.caseNumber(), OSWEGO);
    reports.matchDueRows();

    assertThat(courses(here)).containsExactly("c1");
    assertThat(courses(there)).isEmpty();
  }

  @Test
  void aContradictionThatComesUpLaterKeepsItsPlaceAmongTheRefusedRows() {
    Person one = people.person("oswego");
    Person moving = people.person("ulster");
    ReportResult result =
        send(
            "Nobody,,,Course,c1,,,5,No,p1\n" + row(one.email(), moving.caseNumber(), "c1", 5),
            OSWEGO);
    assertThat(List.of(result.unmatched(), result.refused())).containsExactly(1, 1);

    people.moved(moving, "oswego");
    reports.matchDueRows();

    ReportResult now = reports.get(result.id(), OSWEGO);
    assertThat(List.of(now.unmatched(), now.refused())).containsExactly(0, 2);
    assertThat(now.problems()).extracting("row").containsExactly(1, 2);
    assertThat(waiting(one.email()).get(0).contradicts()).isEqualTo(one.caseNumber());
  }

  @Test
  void whoIsIgnoredIsIgnoredInTheNextFileToo() {
    send(row(unknown, "", "c1", 5), OSWEGO);
    learners.ignore(waiting(unknown).get(0).id(), "A colleague who tries it out", OSWEGO);
    send(row(unknown, "", "c1", 8), OSWEGO);

    assertThat(waiting(unknown)).isEmpty();
    UnmatchedLearner ignored = learners.list(unknown, true, OSWEGO, FIRST_PAGE).content().get(0);
    assertThat(ignored.ignored().reason()).isEqualTo("A colleague who tries it out");

    learners.stopIgnoring(ignored.id(), OSWEGO);
    assertThat(waiting(unknown)).hasSize(1);
  }

  @Test
  void ignoringNeedsAReason() {
    send(row(unknown, "", "c1", 5), OSWEGO);
    long id = waiting(unknown).get(0).id();

    assertThatThrownBy(() -> learners.ignore(id, " ", OSWEGO)).isInstanceOf(BadInput.class);
  }

  @Test
  void nobodySeesOrTouchesAnotherBoardsLearners() {
    Person here = people.person("oswego");
    Person there = people.person("ulster");
    send(row(unknown, "", "c1", 5), OSWEGO);
    long id = waiting(unknown).get(0).id();

    assertThat(learners.list(unknown, false, ULSTER, FIRST_PAGE).content()).isEmpty();
    for (Set<String> boards : List.of(ULSTER, Set.<String>of())) {
      assertThatThrownBy(() -> learners.get(id, boards)).isInstanceOf(NotFound.class);
      assertThatThrownBy(() -> learners.match(id, there.caseNumber(), boards))
          .isInstanceOf(NotFound.class);
      assertThatThrownBy(() -> learners.ignore(id, "why", boards)).isInstanceOf(NotFound.class);
      assertThatThrownBy(() -> learners.stopIgnoring(id, boards)).isInstanceOf(NotFound.class);
    }
    assertThatThrownBy(() -> learners.match(id, there.caseNumber(), OSWEGO))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> learners.match(id, there.caseNumber(), Set.of("oswego", "ulster")))
        .as("the report was imported for Oswego alone")
        .isInstanceOf(NotFound.class);
    send(row(unknown, "", "c1", 5), Set.of("oswego", "ulster"));
    assertThat(waiting(unknown)).as("of Oswego's own report alone").hasSize(1);
    assertThat(here).isNotNull();
  }

  private List<UnmatchedLearner> waiting(String query) {
    return learners.list(query, false, OSWEGO, FIRST_PAGE).content();
  }

  private List<String> courses(Person person) {
    return enrollments.of(person.id()).stream().map(EnrollmentView::courseId).toList();
  }

  private void rename(Person person, String first, String last) {
    jdbc.sql("update participant set first_name = ?, last_name = ? where id = ?")
        .params(first, last, person.id())
        .update();
  }

  private String source(String email) {
    return jdbc.sql("select source from participant_email where email = ?")
        .param(email)
        .query(String.class)
        .single();
  }

  private static String row(String email, String id, String course, int day) {
    return "Some Body,%s,%s,Course %s,%s,2021-01-04T10:00:00Z,2021-01-%02dT10:00:00Z,%d,No,p1\n"
        .formatted(email, id, course, course, day, day);
  }

  private static String named(String name, String email, String id, String course) {
    return row(email, id, course, 5).replace("Some Body", name);
  }

  private ReportResult send(String rows, Set<String> boards) {
    return reports.importReport(
        new ByteArrayInputStream((USAGE + rows).getBytes(StandardCharsets.UTF_8)),
        "report.csv",
        boards);
  }
}
