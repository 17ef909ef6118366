package org.lwdb.casework.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.lwdb.casework.participant.People.map;
import static org.lwdb.casework.participant.People.person;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.MovableClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@CaseworkTest
class CasesTest {

  @Autowired Cases cases;
  @Autowired Intake intake;
  @Autowired Participants participants;
  @Autowired Timeline timeline;
  @Autowired MovableClock clock;
  @Autowired JdbcClient jdbc;

  @BeforeEach
  void monday() {
    clock.reset();
  }

  @Test
  void arrivalAtAStageIsToldOnceAndCountsFromTheFirstTime() {
    long id = open().id();
    clock.advance(Duration.ofHours(1));
    cases.enter(id, "OUTREACH");
    Instant arrival = clock.instant();
    clock.advance(Duration.ofHours(1));
    cases.enter(id, "OUTREACH");

    assertThat(participants.get(id).stage()).isEqualTo(Stage.OUTREACH);
    assertThat(participants.get(id).stageSince()).isEqualTo(arrival);
    assertThat(timeline.of(id))
        .extracting(Timeline.Entry::what, Timeline.Entry::detail)
        .containsExactly(tuple("Case opened", null), tuple("Stage changed", "Referred → Outreach"));
  }

  @ParameterizedTest
  @CsvSource({
    "REFERRED, LEARNING, true",
    "OUTREACH, INVITATION, true",
    "INVITATION, OUTREACH, false",
    "LEARNING, INVITED, false",
    "OUTREACH, REFERRED, false",
    "INVITATION, ELIGIBILITY, true",
    "LEARNING, ELIGIBILITY, false",
    "INVITED, INVITATION, true",
    "LEARNING, CLOSED, false"
  })
  void aCaseGoesOnAndBackOnlyToBeScreenedOrInvitedAgain(String from, String to, boolean allowed) {
    long id = open().id();
    cases.enter(id, from);

    if (allowed) {
      cases.enter(id, to);
    } else {
      assertThatThrownBy(() -> cases.enter(id, to)).isInstanceOf(IllegalStateException.class);
    }

    assertThat(participants.get(id).stage()).isEqualTo(Stage.valueOf(allowed ? to : from));
  }

  @Test
  void aCaseIsClosedOnce() {
    long id = open().id();
    cases.close(id, "WITHDRAWN", " Found a job. ");

    Participant closed = participants.get(id);
    assertThat(closed.stage()).isEqualTo(Stage.CLOSED);
    assertThat(closed.closedAt()).isEqualTo(clock.instant());
    assertThat(closed.closedReason()).isEqualTo(ClosedReason.WITHDRAWN);
    assertThat(timeline.of(id)).last().extracting("detail").isEqualTo("Withdrew: Found a job.");
    assertThatThrownBy(() -> cases.close(id, "OTHER", null))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("closed on 02/01/2021");
    assertThatThrownBy(() -> cases.enter(id, "LEARNING")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aReasonIsOneOfTheListAndANoteHoldsNoSocialSecurityNumber() {
    long id = open().id();

    assertThatThrownBy(() -> cases.close(id, "BORED", null))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("WITHDRAWN");
    assertThatThrownBy(() -> cases.close(id, "OTHER", "SSN 123-45-6789"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("Social Security");
    assertThat(participants.get(id).closedAt()).isNull();
  }

  @Test
  void aMoveTakesTheHistoryAlong() {
    Participant here =
        open(
            "phone", "315-555-0100",
            "county", "Onondaga",
            "city", "Syracuse",
            "employmentStatus", "UNEMPLOYED",
            "enrollingServices", List.of(map("service", "INITIAL_ASSESSMENT", "on", "2021-01-20")));
    cases.enter(here.id(), "OUTREACH");
    cases.recordAnswer(here.id(), "INTERESTED");
    cases.invited(here.id(), LocalDate.of(2021, 2, 1));
    jdbc.sql("update participant set joined_at = ? where id = ?")
        .params(Timestamp.from(clock.instant()), here.id())
        .update();
    learns(here.id());

    long thereId = cases.move(here.id(), "suffolk");

    Participant there = participants.get(thereId);
    assertThat(there.board()).isEqualTo("suffolk");
    assertThat(there.stage()).isEqualTo(Stage.REFERRED);
    assertThat(there.movedFrom()).isEqualTo(here.id());
    assertThat(there.personId()).isEqualTo(here.personId());
    assertThat(there.caseNumber()).isNotEqualTo(here.caseNumber());
    assertThat(there.phone()).isEqualTo("315-555-0100");
    assertThat(there.eligibility()).isEqualTo(here.eligibility());
    assertThat(there.eligibilityResult()).isNull();
    assertThat(there.outreachAnswer()).isEqualTo(OutreachAnswer.INTERESTED);
    assertThat(there.invitedOn()).isEqualTo("2021-02-01");
    assertThat(there.joinedAt()).isEqualTo(clock.instant());
    assertThat(there.accountability()).isEqualTo(Accountability.WIOA_PARTICIPANT);
    assertThat(there.accountabilitySince()).isEqualTo("2021-01-20");
    assertThat(there.enrollingServices()).isEqualTo(here.enrollingServices());
    assertThat(participants.emails(thereId)).containsExactly(here.email());
    assertThat(count("enrollment", thereId)).isOne();
    assertThat(count("enrollment", here.id())).isZero();
    assertThat(count("learning_news", thereId)).isOne();
    assertThat(count("learning_news", here.id())).as("the delivered one stays").isOne();
    assertThat(participants.get(here.id()).closedAt()).isNull();
    assertThat(timeline.of(here.id()))
        .last()
        .extracting("detail")
        .isEqualTo("Suffolk, case " + there.caseNumber());
    assertThat(timeline.of(thereId))
        .last()
        .extracting("detail")
        .isEqualTo("Moved from Onondaga, case " + here.caseNumber());
  }

  @Test
  void theCountyGoesAlongOnlyIntoABoardOfTheSameCounty() {
    Participant onondaga = open("county", "Onondaga", "city", "Syracuse");
    Participant nassau =
        open("board", "hempstead-long-beach", "county", "Nassau", "city", "Glen Cove");

    Participant moved = participants.get(cases.move(onondaga.id(), "suffolk"));
    Participant next = participants.get(cases.move(nassau.id(), "oyster-bay"));

    assertThat(moved.county()).isNull();
    assertThat(moved.city()).isNull();
    assertThat(next.county()).isEqualTo("Nassau");
    assertThat(next.city()).isEqualTo("Glen Cove");
  }

  @ParameterizedTest
  @CsvSource({"onondaga", "atlantis", ","})
  void aMoveGoesToAnotherBoard(String board) {
    long id = open().id();

    assertThatThrownBy(() -> cases.move(id, board))
        .isInstanceOfSatisfying(
            BadInput.class, e -> assertThat(e.problems().get(0).field()).isEqualTo("toBoard"));
  }

  @ParameterizedTest
  @CsvSource({"2021-02-02, future", "2021-01-31, before the case was opened", ", Give the day"})
  void anInvitationIsSentBetweenTheOpeningOfTheCaseAndToday(LocalDate sentOn, String problem) {
    long id = open().id();

    assertThatThrownBy(() -> cases.invited(id, sentOn))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(problem);
  }

  @Test
  void whoStopsOurMailsStopsThemInEveryCase() {
    Participant here = open();
    long there = cases.move(here.id(), "suffolk");
    Instant stopped = clock.instant();

    CurrentUser.as(
        CurrentUser.LEARNER,
        () -> {
          cases.stopMails(here.id());
          clock.advance(Duration.ofDays(1));
          cases.stopMails(here.id());
          return null;
        });

    assertThat(participants.get(there).mailsStopped()).isTrue();
    assertThat(participants.get(here.id()).mailsStoppedAt()).isEqualTo(stopped);
    assertThat(timeline.of(here.id()))
        .filteredOn(entry -> entry.what().equals("Mails stopped"))
        .singleElement()
        .extracting("who")
        .isEqualTo("learner");
  }

  @Test
  void anAnswerIsOneOfTheThree() {
    long id = open().id();
    cases.recordAnswer(id, "CALL_ME");

    assertThat(participants.get(id).outreachAnswer()).isEqualTo(OutreachAnswer.CALL_ME);
    assertThat(participants.get(id).answeredAt()).isEqualTo(clock.instant());
    assertThatThrownBy(() -> cases.recordAnswer(id, "YES")).isInstanceOf(BadInput.class);
  }

  @Test
  void lookingAtACaseAndCheckingInAreRemembered() {
    long id = open().id();
    cases.learningChecked(id);
    cases.checkedIn(id, "Needs a quieter place to study.");

    assertThat(participants.get(id).learningCheckedAt()).isEqualTo(clock.instant());
    assertThat(participants.get(id).checkedInAt()).isEqualTo(clock.instant());
    assertThat(timeline.of(id))
        .last()
        .extracting("detail")
        .isEqualTo("Needs a quieter place to study.");
  }

  private Participant open(Object... values) {
    return People.open(intake, participants, person(values));
  }

  private void learns(long id) {
    jdbc.sql(
            """
            insert into course (id, name) values ('move-course', 'A course') on conflict do nothing
            """)
        .update();
    jdbc.sql(
            """
            insert into enrollment (participant_id, course_id, first_seen_at, updated_at)
            select id, 'move-course', opened_at, opened_at from participant where id = ?
            """)
        .param(id)
        .update();
    jdbc.sql(
            """
            insert into learning_news (participant_id, kind, created_at, next_attempt_at, delivered_at)
            select id, kind, opened_at, opened_at, case when kind = 'JOINED' then opened_at end
              from participant, (values ('JOINED'), ('ENROLLED')) as news(kind) where id = ?
            """)
        .param(id)
        .update();
  }

  private long count(String table, long id) {
    return jdbc.sql("select count(*) from " + table + " where participant_id = ?")
        .param(id)
        .query(Long.class)
        .single();
  }
}
