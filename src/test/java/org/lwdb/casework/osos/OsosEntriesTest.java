package org.lwdb.casework.osos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.Page;
import org.lwdb.casework.osos.OsosEntry.Kind;
import org.lwdb.casework.osos.OsosEntry.State;
import org.lwdb.casework.participant.Timeline;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@CaseworkTest
class OsosEntriesTest {

  private static final Page.Request FIRST_PAGE = new Page.Request(0, 500, null);

  @Autowired OsosEntries osos;
  @Autowired Timeline timeline;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @BeforeEach
  void mondayTheFirstOfFebruary() {
    clock.reset();
  }

  @Test
  void enrollmentOwesTheReferralOnceDatedWithTheFirstEnrollment() {
    long ada = participant("onondaga");
    enrollment(ada, at("2021-01-28T23:30"), null);
    enrollment(ada, at("2021-01-20T23:30"), null);

    Long id = osos.oweReferral(ada);

    OsosEntry entry = osos.get(id);
    assertThat(entry.kind()).isEqualTo(Kind.REFERRED_TO_COURSERA_ENROLLMENT);
    assertThat(entry.state()).isEqualTo(State.OPEN);
    assertThat(entry.occurredOn()).isEqualTo("2021-01-20");
    assertThat(entry.dueOn()).isEqualTo("2021-02-04");
    assertThat(entry.backlog()).isFalse();
    assertThat(osos.dueAt(id)).isEqualTo(at("2021-02-05T00:00"));
    assertThat(osos.oweReferral(ada)).isNull();
    assertThat(whatHappened(ada))
        .containsExactly("An entry is owed to OSOS: Referred to Coursera Enrollment");
  }

  @Test
  void enrollmentBeforeOsosHadTheActivityIsBacklog() {
    long dayBefore = participant("onondaga");
    enrollment(dayBefore, at("2020-12-09T23:59"), null);
    long thatDay = participant("onondaga");
    enrollment(thatDay, at("2020-12-10T00:00"), null);

    assertThat(osos.get(osos.oweReferral(dayBefore)).backlog()).isTrue();
    assertThat(osos.get(osos.oweReferral(thatDay)).backlog()).isFalse();
  }

  @Test
  void enrollmentWithoutATimeCountsFromWhenItWasFirstSeen() {
    long ada = participant("onondaga");
    enrollment(ada, null, null);

    assertThat(osos.get(osos.oweReferral(ada)).occurredOn()).isEqualTo("2021-02-01");
  }

  @Test
  void dateAheadOfOursIsTakenAsToday() {
    long ada = participant("onondaga");
    enrollment(ada, clock.instant().plus(Duration.ofDays(2)), null);

    assertThat(osos.get(osos.oweReferral(ada)).occurredOn()).isEqualTo("2021-02-01");
  }

  @Test
  void moveOwesNothingASecondTimeAndLeavesWhatIsOwedWithTheOldBoard() {
    long old = participant("onondaga");
    long course = enrollment(old, at("2021-01-20T12:00"), at("2021-01-30T12:00"));
    Long referral = osos.oweReferral(old);
    Long outcome = osos.oweOutcome(old, course);
    long moved = movedTo("suffolk", old);

    assertThat(osos.oweReferral(moved)).isNull();
    assertThat(osos.oweOutcome(moved, course)).isNull();
    assertThat(osos.get(referral).board()).isEqualTo("onondaga");
    assertThat(osos.get(outcome).participantId()).isEqualTo(old);
    Long end = osos.oweServiceEnd(moved);
    assertThat(osos.get(end).board()).isEqualTo("suffolk");
    assertThat(osos.oweServiceEnd(old)).isNull();
  }

  @Test
  void referralIsOwedOnceWhenBothCasesOfAMovedPersonAskAtTheSameTime() throws Exception {
    long old = participant("onondaga");
    enrollment(old, at("2021-01-20T12:00"), null);
    long moved = movedTo("suffolk", old);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Long> here = () -> osos.oweReferral(moved);
      Callable<Long> there = () -> osos.oweReferral(old);
      long owed = 0;
      for (var answer : threads.invokeAll(List.of(here, there, here, there))) {
        owed += answer.get() == null ? 0 : 1;
      }
      assertThat(owed).isEqualTo(1);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void completedCourseWaitsForADecisionAndIsInNoListUntilThen() {
    long ada = participant("onondaga");
    long course = enrollment(ada, at("2021-01-20T12:00"), at("2021-01-31T23:00"));

    Long id = osos.oweOutcome(ada, course);

    assertThat(osos.oweOutcome(ada, course)).isNull();
    assertThat(osos.get(id).state()).isEqualTo(State.UNDECIDED);
    assertThat(osos.get(id).occurredOn()).isEqualTo("2021-01-31");
    assertThat(of(ada)).isEmpty();
    assertThat(problem(() -> entered(id, "2021-02-01"))).isEqualTo("state");

    as("onondaga.staff", () -> osos.decide(id, "CREDENTIAL", " Occupational certificate ", "Seen"));

    OsosEntry entry = osos.get(id);
    assertThat(entry.kind()).isEqualTo(Kind.CREDENTIAL);
    assertThat(entry.state()).isEqualTo(State.OPEN);
    assertThat(entry.outcomeType()).isEqualTo("Occupational certificate");
    assertThat(of(ada)).extracting(OsosEntry::id).containsExactly(id);
    assertThat(problem(() -> osos.decide(id, "NONE", null, null))).isEqualTo("outcome");
    assertThat(timeline.of(ada))
        .last()
        .satisfies(
            last -> {
              assertThat(last.who()).isEqualTo("onondaga.staff");
              assertThat(last.what()).isEqualTo("Outcome for OSOS decided: Credential");
            });
  }

  @Test
  void courseThatCourseraReportsAgainInAnotherProgramOwesNoSecondOutcome() {
    long ada = participant("onondaga");
    long course = enrollment(ada, at("2021-01-20T12:00"), at("2021-01-31T12:00"));
    long again =
        jdbc.sql(
                """
                insert into enrollment (participant_id, course_id, program_slug, completed,
                                        first_seen_at, updated_at)
                select participant_id, course_id, 'next-year', true, first_seen_at, updated_at
                  from enrollment where id = ? returning id
                """)
            .param(course)
            .query(Long.class)
            .single();

    assertThat(osos.oweOutcome(ada, course)).isNotNull();
    assertThat(osos.oweOutcome(ada, again)).isNull();
  }

  @Test
  void enrollmentOfSomebodyElseOwesNothing() {
    long ada = participant("onondaga");
    long bob = participant("onondaga");
    long course = enrollment(bob, at("2021-01-20T12:00"), at("2021-01-31T12:00"));

    assertThatThrownBy(() -> osos.oweOutcome(ada, course)).isInstanceOf(NotFound.class);
  }

  @Test
  void decisionNeedsATypeAndEvidence() {
    long id = undecided(participant("onondaga"));

    assertThat(problem(() -> osos.decide(id, null, null, null))).isEqualTo("outcome");
    assertThat(problem(() -> osos.decide(id, "PERHAPS", null, null))).isEqualTo("outcome");
    assertThat(problem(() -> osos.decide(id, "CREDENTIAL", " ", "Seen"))).isEqualTo("type");
    assertThat(problem(() -> osos.decide(id, "CREDENTIAL", "License", " "))).isEqualTo("evidence");
    assertThat(problem(() -> osos.decide(id, "MEASURABLE_SKILL_GAIN", "A badge", "Seen")))
        .isEqualTo("type");
    assertThat(problem(() -> osos.decide(id, "MEASURABLE_SKILL_GAIN", "TRAINING_MILESTONE", "")))
        .isEqualTo("evidence");
    assertThat(osos.get(id).state()).isEqualTo(State.UNDECIDED);

    osos.decide(id, "MEASURABLE_SKILL_GAIN", "TRAINING_MILESTONE", "Report of the employer");
    assertThat(osos.get(id).kind()).isEqualTo(Kind.MEASURABLE_SKILL_GAIN);
  }

  @Test
  void decisionForNoneOwesNothing() {
    long ada = participant("onondaga");
    long id = undecided(ada);

    osos.decide(id, "NONE", null, null);

    assertThat(osos.get(id).state()).isEqualTo(State.NOTHING_OWED);
    assertThat(of(ada)).isEmpty();
    assertThat(problem(() -> entered(id, "2021-02-01"))).isEqualTo("state");
  }

  @Test
  void serviceEndIsOwedOnceWithTheLastDayOfLearningAndOnlyAfterAReferral() {
    long ada = participant("onondaga");
    enrollment(ada, at("2020-12-01T12:00"), at("2021-01-15T12:00"));
    assertThat(osos.oweServiceEnd(ada)).isNull();

    osos.oweReferral(ada);
    clock.advance(Duration.ofDays(90));
    Long id = osos.oweServiceEnd(ada);

    assertThat(osos.get(id).occurredOn()).isEqualTo("2021-01-15");
    assertThat(osos.oweServiceEnd(ada)).isNull();
  }

  @Test
  void enteringRecordsWhoAndWhenOnce() {
    long ada = participant("onondaga");
    long id = referral(ada, "2021-01-20T12:00");

    as("onondaga.staff", () -> osos.entered(id, LocalDate.parse("2021-02-01"), " 4711 ", "Done"));

    OsosEntry entry = osos.get(id);
    assertThat(entry.state()).isEqualTo(State.ENTERED);
    assertThat(entry.enteredOn()).isEqualTo("2021-02-01");
    assertThat(entry.enteredBy()).isEqualTo("onondaga.staff");
    assertThat(entry.confirmation()).isEqualTo("4711");
    assertThat(timeline.of(ada))
        .last()
        .extracting(Timeline.Entry::what, Timeline.Entry::detail)
        .containsExactly(
            "Entered into OSOS: Referred to Coursera Enrollment", "02/01/2021, confirmation 4711");
    assertThat(problem(() -> entered(id, "2021-02-01"))).isEqualTo("state");
  }

  @Test
  void enteringRefusesDatesThatCannotBe() {
    long id = referral(participant("onondaga"), "2021-01-20T12:00");

    assertThat(problem(() -> osos.entered(id, null, null, null))).isEqualTo("on");
    assertThat(problem(() -> entered(id, "2021-02-02"))).isEqualTo("on");
    assertThat(problem(() -> entered(id, "2021-01-19"))).isEqualTo("on");
    assertThat(osos.get(id).state()).isEqualTo(State.OPEN);
    entered(id, "2021-01-20");
  }

  @Test
  void escalationIsToldOnceAndSaysWhoSeesToIt() {
    long ada = participant("onondaga");
    long backlog = referral(ada, "2020-11-30T12:00");
    long bob = participant("onondaga");
    long late = referral(bob, "2021-01-20T12:00");

    osos.escalated(backlog);
    osos.escalated(backlog);
    osos.escalated(late);

    assertThat(timeline.of(ada))
        .extracting(Timeline.Entry::detail)
        .containsOnlyOnce("Was due on 02/04/2021, escalated to NYSDOL");
    assertThat(timeline.of(bob))
        .last()
        .extracting(Timeline.Entry::detail)
        .isEqualTo("Was due on 02/04/2021, escalated to the supervisor");
  }

  @Test
  void otherBoardsFindNothing() {
    long ada = participant("onondaga");
    long id = referral(ada, "2021-01-20T12:00");

    assertThat(osos.require(id, Set.of("onondaga", "suffolk")).id()).isEqualTo(id);
    assertThatThrownBy(() -> osos.require(id, Set.of("suffolk"))).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> osos.require(id, Set.of())).isInstanceOf(NotFound.class);
    assertThat(list(null, "onondaga", caseNumber(ada), Set.of("suffolk"))).isEmpty();
    assertThat(list(null, null, caseNumber(ada), Set.of())).isEmpty();
    assertThat(list(null, "suffolk", caseNumber(ada), Set.of("onondaga", "suffolk"))).isEmpty();
  }

  @Test
  void listBeginsWithTheLongestOverdueAndCanBeFilteredSortedAndPaged() {
    // A board that no other test uses.
    Set<String> tompkins = Set.of("tompkins");
    long ada = participant("tompkins");
    long entered = referral(ada, "2021-01-20T12:00");
    entered(entered, "2021-02-01");
    clock.advance(Duration.ofDays(2));
    long later = referral(participant("tompkins"), "2021-01-20T12:00");
    clock.advance(Duration.ofDays(-1));
    long sooner = referral(participant("tompkins"), "2021-01-20T12:00");

    assertThat(list(null, null, null, tompkins))
        .extracting(OsosEntry::id, OsosEntry::state)
        .containsExactly(
            tuple(sooner, State.OPEN), tuple(later, State.OPEN), tuple(entered, State.ENTERED));
    assertThat(list("ENTERED", "tompkins", caseNumber(ada), tompkins)).hasSize(1);
    Page<OsosEntry> second =
        osos.list("OPEN", null, null, tompkins, new Page.Request(1, 1, "dueOn,desc"));
    assertThat(second.content()).extracting(OsosEntry::id).containsExactly(sooner);
    assertThat(second.page()).isEqualTo(new Page.Numbers(1, 1, 2, 2));
    assertThat(problem(() -> list("UNDECIDED", null, null, tompkins))).isEqualTo("state");
  }

  @Test
  void worksheetOfTheReferralKeepsToTheOrderAndTheLimitsOfOsos() {
    long ada = participant("onondaga");
    jdbc.sql(
            """
            update participant set osos_id = 'NY012345678', first_name = ?, last_name = ?, city = ?,
                   date_of_birth = '1990-02-03' where id = ?
            """)
        .params("A".repeat(21), "B".repeat(21), "C".repeat(41), ada)
        .update();
    long id = referral(ada, "2020-12-01T12:00");

    List<Worksheet.Line> lines = CurrentUser.as("onondaga.staff", () -> osos.worksheet(id)).lines();

    assertThat(lines)
        .containsExactly(
            new Worksheet.Line("OSOS customer ID", "NY012345678"),
            new Worksheet.Line("First name", "A".repeat(20)),
            new Worksheet.Line("Last name", "B".repeat(20)),
            new Worksheet.Line("Date of birth", "02/03/1990"),
            new Worksheet.Line("City", "C".repeat(40)),
            new Worksheet.Line("Activity", "Referred to Coursera Enrollment"),
            new Worksheet.Line("Level", "L1"),
            new Worksheet.Line("Enrolling", "No"),
            new Worksheet.Line("Date", "12/01/2020"),
            new Worksheet.Line("Office", "Onondaga"),
            new Worksheet.Line("Staff", "onondaga.staff"),
            new Worksheet.Line(
                "Comment",
                "Coursera case "
                    + caseNumber(ada)
                    + ". Enrolled before 12/10/2020, when OSOS did not have the activity yet."));
  }

  @Test
  void worksheetOfAnOutcomeShowsWhatToDecideOnAndThenWhatToType() {
    long ada = participant("onondaga");
    long id = undecided(ada);

    assertThat(values(id, "Course", "Completed on", "Grade"))
        .containsExactly("Invented Course", "01/31/2021", "97.5");

    osos.decide(id, "MEASURABLE_SKILL_GAIN", "SKILLS_PROGRESSION", "Exam passed");
    assertThat(values(id, "Measurable skill gain type", "Measurable skill gain date", "Evidence"))
        .containsExactly("Skills progression", "01/31/2021", "Exam passed");
  }

  @Test
  void worksheetOfTheEndSaysWhenAndHowItEnded() {
    long ada = participant("onondaga");
    enrollment(ada, at("2021-01-10T12:00"), at("2021-01-31T12:00"));
    enrollment(ada, at("2021-01-12T12:00"), null);
    osos.oweReferral(ada);

    assertThat(values(osos.oweServiceEnd(ada), "Actual start", "Actual end", "Outcome"))
        .containsExactly("01/10/2021", "01/31/2021", "1 of 2 courses completed");
  }

  private List<String> values(long id, String... labels) {
    List<Worksheet.Line> lines = osos.worksheet(id).lines();
    return List.of(labels).stream()
        .map(
            label ->
                lines.stream()
                    .filter(line -> line.label().equals(label))
                    .findFirst()
                    .orElseThrow()
                    .value())
        .toList();
  }

  private void entered(long id, String on) {
    osos.entered(id, LocalDate.parse(on), null, null);
  }

  private List<OsosEntry> of(long participantId) {
    return list(null, null, caseNumber(participantId), Set.of("onondaga"));
  }

  private List<OsosEntry> list(String state, String board, String caseNumber, Set<String> boards) {
    return osos.list(state, board, caseNumber, boards, FIRST_PAGE).content();
  }

  private List<String> whatHappened(long participantId) {
    return timeline.of(participantId).stream().map(Timeline.Entry::what).toList();
  }

  private static String problem(ThrowingCallable work) {
    BadInput refusal = org.assertj.core.api.Assertions.catchThrowableOfType(BadInput.class, work);
    assertThat(refusal).isNotNull();
    return refusal.problems().get(0).field();
  }

  private static void as(String user, Runnable work) {
    CurrentUser.as(
        user,
        () -> {
          work.run();
          return null;
        });
  }

  private static Instant at(String newYorkTime) {
    return java.time.LocalDateTime.parse(newYorkTime).atZone(NewYork.ZONE).toInstant();
  }

  private long referral(long participantId, String enrolledAt) {
    enrollment(participantId, at(enrolledAt), null);
    return osos.oweReferral(participantId);
  }

  private long undecided(long participantId) {
    return osos.oweOutcome(
        participantId, enrollment(participantId, at("2021-01-20T12:00"), at("2021-01-31T12:00")));
  }

  private long participant(String board) {
    return jdbc.sql(
            """
            insert into participant (case_number, board_id, stage, stage_since, first_name,
              last_name, email, accountability_since, opened_at)
            values ('C' || nextval('case_number_seq'), ?, 'LEARNING', ?, 'Ada', 'Example',
              gen_random_uuid() || '@example.org', '2021-02-01', ?)
            returning id
            """)
        .params(board, Timestamp.from(clock.instant()), Timestamp.from(clock.instant()))
        .query(Long.class)
        .single();
  }

  private long movedTo(String board, long old) {
    long moved = participant(board);
    jdbc.sql(
            """
            update participant set moved_from = :old,
                   person_id = (select person_id from participant where id = :old)
             where id = :moved
            """)
        .param("old", old)
        .param("moved", moved)
        .update();
    jdbc.sql("update enrollment set participant_id = ? where participant_id = ?")
        .params(moved, old)
        .update();
    return moved;
  }

  private String caseNumber(long participantId) {
    return jdbc.sql("select case_number from participant where id = ?")
        .param(participantId)
        .query(String.class)
        .single();
  }

  private long enrollment(long participantId, Instant enrolledAt, Instant completedAt) {
    String course = java.util.UUID.randomUUID().toString();
    jdbc.sql("insert into course (id, name) values (?, 'Invented Course')").param(course).update();
    return jdbc.sql(
            """
            insert into enrollment (participant_id, course_id, enrolled_at, last_activity_at,
              completed, completed_at, grade, first_seen_at, updated_at)
            values (?, ?, ?, ?, ?, ?, '97.5', ?, ?) returning id
            """)
        .params(
            participantId,
            course,
            timestamp(enrolledAt),
            timestamp(enrolledAt),
            completedAt != null,
            timestamp(completedAt),
            timestamp(clock.instant()),
            timestamp(clock.instant()))
        .query(Long.class)
        .single();
  }

  private static Timestamp timestamp(Instant instant) {
    return instant == null ? null : Timestamp.from(instant);
  }
}
