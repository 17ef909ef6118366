package org.lwdb.casework.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lwdb.casework.participant.People.map;
import static org.lwdb.casework.participant.People.person;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.participant.EligibilityAnswers.EmploymentStatus;
import org.lwdb.casework.participant.ParticipantFile.Changes;
import org.lwdb.casework.participant.ParticipantFile.Outcome;
import org.springframework.beans.factory.annotation.Autowired;

@CaseworkTest
class ParticipantFileTest {

  @Autowired ParticipantFile file;
  @Autowired Intake intake;
  @Autowired Participants participants;
  @Autowired Timeline timeline;
  @Autowired MovableClock clock;

  @BeforeEach
  void monday() {
    clock.reset();
  }

  @Test
  void whatIsLeftOutStaysAndWhatIsNullIsEmptied() {
    Participant before =
        open("phone", "315-555-0100", "city", "Syracuse", "employmentStatus", "UNEMPLOYED");

    Outcome outcome = apply(before, map("phone", "315-555-0199", "city", null));

    Participant after = participants.get(before.id());
    assertThat(outcome).isEqualTo(new Outcome(false, false));
    assertThat(after.phone()).isEqualTo("315-555-0199");
    assertThat(after.city()).isNull();
    assertThat(after.firstName()).isEqualTo(before.firstName());
    assertThat(after.eligibility()).isEqualTo(before.eligibility());
    assertThat(timeline.of(before.id()))
        .last()
        .extracting("what", "detail")
        .containsExactly(
            "Contact data corrected", "Phone: 315-555-0100 → 315-555-0199; City: Syracuse → none");
  }

  @Test
  void answersAreMergedOneByOneAndToldApart() {
    Participant before = open("employmentStatus", "UNEMPLOYED", "weeksUnemployed", 4);

    Outcome outcome =
        apply(
            before,
            map(
                "city",
                "Syracuse",
                "eligibility",
                map("weeksUnemployed", 5, "uiStatus", "ENTITLED")));

    EligibilityAnswers answers = participants.get(before.id()).eligibility();
    assertThat(outcome).isEqualTo(new Outcome(true, false));
    assertThat(answers.employmentStatus()).isEqualTo(EmploymentStatus.UNEMPLOYED);
    assertThat(answers.weeksUnemployed()).isEqualTo(5);
    assertThat(timeline.of(before.id()))
        .extracting(Timeline.Entry::what)
        .endsWith("Contact data corrected", "Eligibility answers changed");
    assertThat(timeline.of(before.id()))
        .last()
        .extracting("detail")
        .isEqualTo("UI status: none → ENTITLED; Weeks unemployed: 4 → 5");
  }

  @Test
  void aBirthDateAndACountyDecideOnEligibilityToo() {
    Participant before = open();

    assertThat(apply(before, map("county", "Onondaga")).answersChanged()).isTrue();
    assertThat(apply(before, map("dateOfBirth", "1990-02-03")).answersChanged()).isTrue();
  }

  @Test
  void aNewAddressBecomesKnownBesideTheOldOne() {
    Participant before = open("email", "old.address@example.org");

    Outcome outcome = apply(before, map("email", "New.Address@example.org"));

    assertThat(outcome).isEqualTo(new Outcome(false, true));
    assertThat(participants.get(before.id()).email()).isEqualTo("New.Address@example.org");
    assertThat(participants.emails(before.id()))
        .containsExactlyInAnyOrder("old.address@example.org", "new.address@example.org");
    assertThat(apply(before, map("email", "new.address@example.org")).emailChanged())
        .as("only written otherwise")
        .isFalse();
  }

  @Test
  void aCorrectionThatChangesNothingTellsNothing() {
    Participant before = open("phone", "315-555-0100");

    assertThat(apply(before, map("phone", " 315-555-0100 "))).isEqualTo(new Outcome(false, false));
    assertThat(timeline.of(before.id())).hasSize(1);
  }

  @Test
  void theResultOfACorrectionIsCheckedAsAWhole() {
    Participant before = open("employmentStatus", "UNEMPLOYED", "separationReason", "LAYOFF");

    assertThat(refused(before, map("employmentStatus", "EMPLOYED")))
        .containsExactly("employmentStatus", "separationReason");
    assertThat(refused(before, map("email", null, "dateOfBirth", "2021-02-02")))
        .containsExactly("email", "dateOfBirth");
    assertThat(participants.get(before.id())).isEqualTo(before);
  }

  @Test
  void whatACorrectionCannotChangeIsRefused() {
    Participant before = open();

    assertThat(refused(before, map("board", "suffolk", "enrollingServices", List.of())))
        .containsExactly("board", "enrollingServices");
    assertThat(refused(before, map("stage", "CLOSED", "phnoe", "315-555-0100")))
        .containsExactly("stage", "phnoe");
  }

  private Outcome apply(Participant participant, Map<String, Object> changes) {
    return file.apply(participant.id(), Changes.of(changes));
  }

  private List<String> refused(Participant participant, Map<String, Object> changes) {
    List<String> fields = new java.util.ArrayList<>();
    assertThatThrownBy(() -> apply(participant, changes))
        .isInstanceOfSatisfying(
            BadInput.class, e -> e.problems().forEach(problem -> fields.add(problem.field())));
    return fields;
  }

  private Participant open(Object... values) {
    return People.open(intake, participants, person(values));
  }
}
