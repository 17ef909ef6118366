package org.lwdb.casework.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lwdb.casework.participant.People.map;
import static org.lwdb.casework.participant.People.person;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
import org.springframework.transaction.support.TransactionTemplate;

@CaseworkTest
class IntakeTest {

  @Autowired Intake intake;
  @Autowired Participants participants;
  @Autowired Cases cases;
  @Autowired ParticipantFile file;
  @Autowired Timeline timeline;
  @Autowired MovableClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;

  @BeforeEach
  void monday() {
    clock.reset();
  }

  @Test
  void aReferralBecomesACase() {
    long referral =
        receive(
            person(
                "email", "Ada.Intake@Example.org",
                "ososId", "ny076543210",
                "dateOfBirth", "1990-02-03",
                "county", "Onondaga",
                "eligibility",
                    map(
                        "employmentStatus", "UNEMPLOYED",
                        "separationDate", "2021-01-04",
                        "separationReason", "LAYOFF",
                        "employer", "Example Diner",
                        "uiStatus", "ENTITLED",
                        "likelyToReturn", false,
                        "covidReason", "LAID_OFF",
                        "weeksUnemployed", 4,
                        "attestedOn", "2021-02-01"),
                "enrollingServices",
                    List.of(map("service", "INITIAL_ASSESSMENT", "on", "2021-01-20"))));

    assertThat(intake.isProbableDuplicate(referral)).isFalse();
    Participant participant = participants.get(intake.openCase(referral));

    assertThat(participant.caseNumber()).matches("C\\d{6,}");
    assertThat(participant.stage()).isEqualTo(Stage.REFERRED);
    assertThat(participant.openedAt()).isEqualTo(MovableClock.START);
    assertThat(participant.ososId()).isEqualTo("NY076543210");
    assertThat(participant.eligibility().employer()).isEqualTo("Example Diner");
    assertThat(participant.eligibility().likelyToReturn()).isFalse();
    assertThat(participant.eligibility().displacedHomemaker()).isNull();
    assertThat(participant.eligibility().weeksUnemployed()).isEqualTo(4);
    assertThat(participant.accountability()).isEqualTo(Accountability.WIOA_PARTICIPANT);
    assertThat(participant.accountabilitySince()).isEqualTo("2021-01-20");
    assertThat(participant.enrollingServices())
        .containsExactly(new ServiceReceived("INITIAL_ASSESSMENT", LocalDate.of(2021, 1, 20)));
    assertThat(participants.emails(participant.id())).containsExactly("ada.intake@example.org");
    assertThat(timeline.of(participant.id()))
        .extracting(Timeline.Entry::what)
        .containsExactly("Case opened", "Service recorded", "Enrolled in WIOA");
    assertThat(payload(referral)).isEmpty();
  }

  @Test
  void aServiceThatDoesNotEnrollLeavesAReportableIndividual() {
    Participant participant =
        open(
            person(
                "enrollingServices",
                List.of(map("service", "LABOR_MARKET_INFORMATION", "on", "2021-01-20"))));

    assertThat(participant.accountability()).isEqualTo(Accountability.REPORTABLE_INDIVIDUAL);
    assertThat(participant.accountabilitySince()).isEqualTo("2021-02-01");
    assertThat(participant.enrollingServices()).hasSize(1);
  }

  @Test
  void theSameAddressIsProbablyTheSamePersonHoweverItIsWritten() {
    Participant first = open(person("email", "Same.Address@example.org"));

    long again = receive(person("firstName", "Bea", "email", "same.ADDRESS@example.org"));

    assertThat(intake.isProbableDuplicate(again)).isTrue();
    assertThat(intake.duplicateOf(again)).contains(first.caseNumber());
    assertThat(intake.pair(again).referral().firstName()).isEqualTo("Bea");
    assertThat(intake.pair(again).existing().id()).isEqualTo(first.id());
  }

  @Test
  void anAddressOfBeforeACorrectionIsStillKnown() {
    Participant first = open(person("email", "before.correction@example.org"));
    file.apply(
        first.id(), ParticipantFile.Changes.of(map("email", "after.correction@example.org")));

    assertThat(isDuplicate(person("email", "before.correction@example.org"))).isTrue();
  }

  @Test
  void theSameOsosIdOrTheSameNameAndBirthDateAreProbablyTheSamePerson() {
    open(person("ososId", "NY000000077"));
    open(person("firstName", "Twin", "lastName", "Sample", "dateOfBirth", "1980-05-05"));

    assertThat(isDuplicate(person("ososId", "ny000000077"))).isTrue();
    assertThat(
            isDuplicate(
                person("firstName", "TWIN", "lastName", "sample", "dateOfBirth", "1980-05-05")))
        .isTrue();
    assertThat(
            isDuplicate(
                person("firstName", "Twin", "lastName", "Sample", "dateOfBirth", "1980-05-06")))
        .isFalse();
    assertThat(isDuplicate(person("firstName", "Twin", "lastName", "Sample"))).isFalse();
  }

  @Test
  void nobodyIsFoundAcrossBoards() {
    Participant first = open(person("ososId", "NY000000078", "dateOfBirth", "1980-05-05"));

    assertThat(
            isDuplicate(
                person(
                    "board", "suffolk",
                    "email", first.email(),
                    "ososId", "NY000000078",
                    "dateOfBirth", "1980-05-05")))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({"DECLINED, true", "DUPLICATE, true", "MOVED, false"})
  void aClosedCaseCountsUnlessThePersonMovedAway(String reason, boolean duplicate) {
    Participant closed = open(person());
    cases.close(closed.id(), reason, null);

    assertThat(isDuplicate(person("email", closed.email()))).isEqualTo(duplicate);
  }

  @Test
  void anOpenCaseIsShownBeforeAClosedOne() {
    Participant open = open(person("ososId", "NY000000079"));
    Participant closed = open(person());
    cases.close(closed.id(), "OTHER", null);

    long again = receive(person("email", closed.email(), "ososId", "NY000000079"));
    intake.isProbableDuplicate(again);

    assertThat(intake.duplicateOf(again)).contains(open.caseNumber());
  }

  @Test
  void aDecisionIsStoredWithWhoMadeItAndOnlyOnce() {
    Participant first = open(person());
    long again = receive(person("email", first.email()));
    intake.isProbableDuplicate(again);

    assertThatThrownBy(() -> intake.decide(again, "PERHAPS")).isInstanceOf(BadInput.class);
    CurrentUser.as(
        "onondaga.staff",
        () -> {
          intake.decide(again, "NEW_CASE");
          return null;
        });

    assertThat(
            jdbc.sql("select decision || ' ' || decided_by from referral where id = ?")
                .param(again)
                .query(String.class)
                .single())
        .isEqualTo("NEW_CASE onondaga.staff");
    assertThatThrownBy(() -> intake.decide(again, "SAME_PERSON"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("already");
    Participant second = participants.get(intake.openCase(again));
    assertThat(second.caseNumber()).isNotEqualTo(first.caseNumber());
    assertThat(second.personId()).isNotEqualTo(first.personId());
    assertThatThrownBy(() -> intake.openCase(again)).isInstanceOf(BadInput.class);
  }

  @Test
  void theSamePersonsReferralFillsInWhatTheCaseLacks() {
    Participant first =
        open(person("email", "first@fill.example.org", "phone", "315-555-0100", "ososId", "NY1"));
    long again =
        receive(
            person(
                "email", "Second@fill.example.org",
                "phone", "315-555-0199",
                "ososId", "NY1",
                "city", "Syracuse",
                "eligibility", map("employmentStatus", "UNEMPLOYED", "militarySpouse", true),
                "enrollingServices",
                    List.of(map("service", "CAREER_COUNSELING", "on", "2021-01-25"))));
    intake.isProbableDuplicate(again);

    assertThat(intake.addToExisting(again)).isEqualTo(first.id());

    Participant filled = participants.get(first.id());
    assertThat(filled.email()).isEqualTo("first@fill.example.org");
    assertThat(filled.phone()).isEqualTo("315-555-0100");
    assertThat(filled.city()).isEqualTo("Syracuse");
    assertThat(filled.eligibility().militarySpouse()).isTrue();
    assertThat(filled.accountability()).isEqualTo(Accountability.WIOA_PARTICIPANT);
    assertThat(participants.emails(first.id()))
        .containsExactlyInAnyOrder("first@fill.example.org", "second@fill.example.org");
    assertThat(payload(again)).isEmpty();
    assertThat(timeline.of(first.id()))
        .filteredOn(entry -> entry.what().equals("Referred again, and added to this case"))
        .singleElement()
        .extracting(Timeline.Entry::detail)
        .asString()
        .contains("City: none → Syracuse")
        .contains("Phone not taken over: 315-555-0199")
        .contains("Also known as Second@fill.example.org");
  }

  @Test
  void answersOfTwoSituationsAreNotMixed() {
    Participant employed = open(person("employmentStatus", "EMPLOYED"));
    long again =
        receive(
            person(
                "email", employed.email(),
                "employmentStatus", "UNEMPLOYED",
                "separationReason", "LAYOFF"));
    intake.isProbableDuplicate(again);
    intake.addToExisting(again);

    assertThat(participants.get(employed.id()).eligibility()).isEqualTo(employed.eligibility());
  }

  @Test
  void twoReferralsOfOnePersonAtTheSameMomentMakeOneCase() throws Exception {
    Map<String, Object> person = person();
    CountDownLatch bothReceived = new CountDownLatch(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Boolean>> opened =
          threads.invokeAll(
              List.of(
                  () -> openUnlessDuplicate(person, bothReceived),
                  () -> openUnlessDuplicate(person, bothReceived)));

      assertThat(List.of(opened.get(0).get(), opened.get(1).get()))
          .containsExactlyInAnyOrder(true, false);
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean openUnlessDuplicate(Map<String, Object> person, CountDownLatch bothReceived) {
    return transaction.execute(
        status -> {
          long referral = receive(person);
          bothReceived.countDown();
          try {
            bothReceived.await();
            if (intake.isProbableDuplicate(referral)) {
              return false;
            }
            Thread.sleep(200); // time enough for the other one to look, were it not held
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          intake.openCase(referral);
          return true;
        });
  }

  private boolean isDuplicate(Map<String, Object> person) {
    return intake.isProbableDuplicate(receive(person));
  }

  private Participant open(Map<String, Object> person) {
    return participants.get(intake.openCase(receive(person)));
  }

  private long receive(Map<String, Object> person) {
    return intake.receive(intake.read(person), "API");
  }

  private List<String> payload(long referral) {
    return jdbc.sql("select payload from referral where id = ? and payload is not null")
        .param(referral)
        .query(String.class)
        .list();
  }
}
