package org.lwdb.casework.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lwdb.casework.participant.People.person;

import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.springframework.beans.factory.annotation.Autowired;

@CaseworkTest
class ServicesTest {

  @Autowired Services services;
  @Autowired Intake intake;
  @Autowired Participants participants;
  @Autowired Timeline timeline;
  @Autowired MovableClock clock;

  private long id;

  @BeforeEach
  void aReportableIndividual() {
    clock.reset();
    id = People.open(intake, participants, person()).id();
  }

  @Test
  void anEnrollingServiceMakesAParticipantSinceTheEarliestOne() {
    assertThat(record("INITIAL_ASSESSMENT", "2021-01-25")).isTrue();
    assertThat(record("CAREER_COUNSELING", "2021-01-30")).isTrue();
    assertThat(participants.get(id).accountability()).isEqualTo(Accountability.WIOA_PARTICIPANT);
    assertThat(participants.get(id).accountabilitySince()).isEqualTo("2021-01-25");

    record("COMPREHENSIVE_ASSESSMENT", "2021-01-10");

    assertThat(participants.get(id).accountabilitySince()).isEqualTo("2021-01-10");
    assertThat(timeline.of(id)).last().extracting("detail").isEqualTo("01/25/2021 → 01/10/2021");
  }

  @ParameterizedTest
  @CsvSource({
    "REFERRED_TO_COURSERA_ENROLLMENT",
    "SELF_SERVICE",
    "INFORMATION_ONLY",
    "LABOR_MARKET_INFORMATION",
    "JOB_FAIR"
  })
  void anotherServiceIsRecordedAndChangesNoStatus(String service) {
    assertThat(record(service, "2021-01-25")).isFalse();

    assertThat(participants.get(id).enrollingServices())
        .containsExactly(new ServiceReceived(service, LocalDate.of(2021, 1, 25)));
    assertThat(participants.get(id).accountability())
        .isEqualTo(Accountability.REPORTABLE_INDIVIDUAL);
    assertThat(participants.get(id).accountabilitySince()).isEqualTo("2021-02-01");
  }

  @Test
  void theSameServiceOfTheSameDayIsRecordedOnce() {
    record("INITIAL_ASSESSMENT", "2021-01-25");
    assertThat(record("initial_assessment", "2021-01-25")).isTrue();

    assertThat(participants.get(id).enrollingServices()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "TEA, 2021-01-25, service",
    ", 2021-01-25, service",
    "INITIAL_ASSESSMENT, 2021-02-02, on",
    "INITIAL_ASSESSMENT, , on"
  })
  void whatCannotBeIsRefused(String service, LocalDate on, String field) {
    assertThatThrownBy(() -> services.record(id, new ServiceReceived(service, on)))
        .isInstanceOfSatisfying(
            BadInput.class,
            e ->
                assertThat(e.problems())
                    .extracting(BadInput.Problem::field)
                    .containsExactly(field));
  }

  private boolean record(String service, String on) {
    boolean enrolling = services.record(id, new ServiceReceived(service, LocalDate.parse(on)));
    services.countAsParticipant(id);
    return enrolling;
  }
}
