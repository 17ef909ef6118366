package org.lwdb.casework.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lwdb.casework.participant.People.map;
import static org.lwdb.casework.participant.People.person;

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
import org.lwdb.casework.NewYork;
import org.springframework.beans.factory.annotation.Autowired;

@CaseworkTest
class EligibilityTest {

  @Autowired Eligibility eligibility;
  @Autowired Intake intake;
  @Autowired Participants participants;
  @Autowired Timeline timeline;
  @Autowired MovableClock clock;

  @BeforeEach
  void monday() {
    clock.reset();
  }

  @Test
  void theTableIsToldWhatIsKnown() {
    long id =
        open(
            "dateOfBirth", "2003-02-02", // 18 tomorrow
            "county", "Onondaga",
            "employmentStatus", "SELF_EMPLOYED",
            "separationReason", "BUSINESS_ENDED",
            "uiStatus", "NOT_ENTITLED",
            "likelyToReturn", false,
            "businessLossCause", "COVID",
            "displacedHomemaker", false,
            "militarySpouse", true,
            "covidReason", "SELF_EMPLOYED_LOSS",
            "weeksUnemployed", 12);

    assertThat(eligibility.facts(id))
        .isEqualTo(
            map(
                "age",
                17,
                "inBoardArea",
                true,
                "partnershipOpen",
                true,
                "longTermUnemployedWeeks",
                27,
                "employmentStatus",
                "SELF_EMPLOYED",
                "separationReason",
                "BUSINESS_ENDED",
                "uiStatus",
                "NOT_ENTITLED",
                "likelyToReturn",
                false,
                "businessLossCause",
                "COVID",
                "displacedHomemaker",
                false,
                "militarySpouse",
                true,
                "covidReason",
                "SELF_EMPLOYED_LOSS",
                "weeksUnemployed",
                12));
  }

  @Test
  void whatIsNotKnownIsThereAsNull() {
    assertThat(eligibility.facts(open()))
        .hasSize(13)
        .containsEntry("age", null)
        .containsEntry("inBoardArea", null)
        .containsEntry("employmentStatus", null)
        .containsEntry("weeksUnemployed", null);
  }

  @Test
  void aPersonIsOfAgeOnTheBirthdayInNewYork() {
    long id = open("dateOfBirth", "2003-02-02");
    clock.set(LocalDate.of(2021, 2, 2).atStartOfDay(NewYork.ZONE).toInstant());

    assertThat(eligibility.facts(id)).containsEntry("age", 18);
  }

  @ParameterizedTest
  @CsvSource({
    "onondaga, Erie, false",
    "hempstead-long-beach, Nassau, true",
    "oyster-bay, Nassau, true",
    "yonkers, Westchester, true",
    "yonkers, Putnam, false"
  })
  void aCountyThatBoardsShareCountsAsInsideOfEach(String board, String county, boolean inside) {
    assertThat(eligibility.facts(open("board", board, "county", county)))
        .containsEntry("inBoardArea", inside);
  }

  @ParameterizedTest
  @CsvSource({"2020-11-16, false", "2020-11-17, true", "2022-11-23, true", "2022-11-24, false"})
  void thePartnershipIsOpenFromItsFirstToItsLastDay(LocalDate today, boolean open) {
    long id = open();
    clock.set(today.atTime(23, 0).atZone(NewYork.ZONE).toInstant());

    assertThat(eligibility.facts(id)).containsEntry("partnershipOpen", open);
  }

  @Test
  void theFirstMatchDecidesAndEveryBasisOfThatResultIsKept() {
    long id = open();

    String result =
        eligibility.record(
            id,
            List.of(
                map("result", "ELIGIBLE", "basis", "DISLOCATED_WORKER_A"),
                map("result", "ELIGIBLE", "basis", "COVID_LAYOFF"),
                map("result", "REVIEW", "basis", "LONG_TERM_UNEMPLOYED")),
            3);

    Participant participant = participants.get(id);
    assertThat(result).isEqualTo("ELIGIBLE");
    assertThat(participant.eligibilityResult()).isEqualTo(EligibilityResult.ELIGIBLE);
    assertThat(participant.eligibilityBases())
        .containsExactly("DISLOCATED_WORKER_A", "COVID_LAYOFF");
    assertThat(participant.eligibilityVersion()).isEqualTo(3);
    assertThat(participant.eligibilityAt()).isEqualTo(clock.instant());
    assertThat(timeline.of(id))
        .last()
        .extracting("detail")
        .isEqualTo("ELIGIBLE: DISLOCATED_WORKER_A, COVID_LAYOFF (table version 3)");
  }

  @Test
  void whatMatchesAfterAnotherResultIsNoBasis() {
    long id = open();

    eligibility.record(
        id,
        List.of(
            map("result", "NOT_ELIGIBLE", "basis", "UNDER_18"),
            map("result", "ELIGIBLE", "basis", "COVID_LAYOFF"),
            map("result", "NOT_ELIGIBLE", "basis", "NO_LINK")),
        1);

    assertThat(participants.get(id).eligibilityBases()).containsExactly("UNDER_18");
  }

  @Test
  void aPersonDecidesWithAReasonUntilTheAnswersAreAssessedAgain() {
    long id = open();
    eligibility.record(id, List.of(map("result", "REVIEW", "basis", "LONG_TERM_UNEMPLOYED")), 1);

    CurrentUser.as(
        "onondaga.staff",
        () -> {
          eligibility.decide(id, "ELIGIBLE", "Letter of the former employer seen.");
          return null;
        });

    Participant decided = participants.get(id);
    assertThat(decided.eligibilityResult()).isEqualTo(EligibilityResult.ELIGIBLE);
    assertThat(decided.eligibilityBases()).containsExactly("LONG_TERM_UNEMPLOYED");
    assertThat(decided.overrideReason()).isEqualTo("Letter of the former employer seen.");
    assertThat(decided.overrideBy()).isEqualTo("onondaga.staff");
    assertThat(timeline.of(id))
        .last()
        .extracting("who", "detail")
        .containsExactly(
            "onondaga.staff", "REVIEW → ELIGIBLE: Letter of the former employer seen.");

    eligibility.record(id, List.of(map("result", "PENDING", "basis", null)), 1);

    assertThat(participants.get(id).overrideReason()).isNull();
    assertThat(participants.get(id).eligibilityBases()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"PENDING, a reason", "SURE, a reason", "ELIGIBLE, ' '", "ELIGIBLE,"})
  void aDecisionIsYesOrNoWithAReason(String result, String reason) {
    long id = open();

    assertThatThrownBy(() -> eligibility.decide(id, result, reason)).isInstanceOf(BadInput.class);
    assertThat(participants.get(id).eligibilityResult()).isNull();
  }

  private long open(Object... values) {
    return People.open(intake, participants, person(values)).id();
  }
}
