package org.lwdb.casework.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.osos.OsosEntry;
import org.lwdb.casework.process.CaseDriver.OsosCase;
import org.lwdb.casework.process.CaseDriver.TracedCase;
import org.springframework.beans.factory.annotation.Autowired;

@CaseworkTest
class OsosEntryTest {

  @RegisterExtension static final ModelCoverage COVERAGE = new ModelCoverage(OsosEntryProcess.KEY);

  @Autowired CaseDriver driver;

  @BeforeEach
  void startOfFebruary() {
    driver.clock.reset();
  }

  @Test
  void theReferralIsTypedIntoOsosWithItsWorksheet() {
    TracedCase traced = driver.learning();
    OsosCase owed = driver.owed(traced).get(0);
    assertThat(owed.shown("EnterIntoOsos").get("worksheet").toString())
        .contains("Referred to Coursera Enrollment");
    assertThat(owed.task("EnterIntoOsos").getDueDate()).isNotNull();
    assertThatThrownBy(
            () ->
                owed.submit(
                    "EnterIntoOsos", Map.of("result", "ENTERED", "enteredOn", "2021-02-09")))
        .hasMessageContaining("lies in the future");
    owed.submit(
        "EnterIntoOsos",
        Map.of("result", "ENTERED", "enteredOn", "2021-02-01", "confirmation", "4711"));
    owed.hasEnded();
    assertThat(traced.entries())
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.state()).isEqualTo(OsosEntry.State.ENTERED);
              assertThat(e.enteredOn()).isEqualTo(LocalDate.of(2021, 2, 1));
            });
  }

  @Test
  void anEntryRecordedThroughTheApiCompletesItsTask() {
    TracedCase traced = driver.learning();
    driver.journey.enteredIntoOsos(
        traced.entries().get(0).id(), LocalDate.of(2021, 2, 1), null, "By script.");
    assertThat(driver.owed(traced)).isEmpty();
  }

  @Test
  void anEntryThatIsNotToBeMadeIsCanceledWithItsReason() {
    TracedCase traced = driver.learning();
    OsosCase owed = driver.owed(traced).get(0);
    assertThatThrownBy(() -> owed.submit("EnterIntoOsos", Map.of("result", "CANCELLED")))
        .hasMessageContaining("why nothing is to be entered");
    owed.submit("EnterIntoOsos", Map.of("result", "CANCELLED", "comment", "Entered in 2020."));
    owed.hasEnded();
    assertThat(traced.entries().get(0).state()).isEqualTo(OsosEntry.State.CANCELLED);
  }

  @Test
  void aCompletionIsDecidedAndThenEntered() {
    TracedCase traced = driver.learning();
    traced.reported("First Steps", 100, true);
    OsosCase outcome = driver.owed(traced).get(1);
    assertThat(outcome.shown("DecideOutcome")).containsEntry("course", "First Steps");
    assertThat(traced.entries()).hasSize(1);
    assertThatThrownBy(
            () ->
                outcome.submit(
                    "DecideOutcome", Map.of("outcome", "CREDENTIAL", "credentialType", "X")))
        .hasMessageContaining("Say what shows it");
    outcome.submit(
        "DecideOutcome",
        Map.of(
            "outcome", "MEASURABLE_SKILL_GAIN",
            "skillGainType", "TRAINING_MILESTONE",
            "evidence", "Certificate seen."));
    assertThat(traced.entries())
        .extracting(OsosEntry::kind)
        .contains(OsosEntry.Kind.MEASURABLE_SKILL_GAIN);
    outcome.submit("EnterIntoOsos", Map.of("result", "ENTERED", "enteredOn", "2021-02-01"));
    outcome.hasEnded();
  }

  @Test
  void aCompletionMayOweNothing() {
    TracedCase traced = driver.learning();
    traced.reported("First Steps", 100, true);
    OsosCase outcome = driver.owed(traced).get(1);
    outcome.submit("DecideOutcome", Map.of("outcome", "NONE"));
    outcome.hasEnded();
    assertThat(traced.entries()).hasSize(1);
  }

  @Test
  void anOverdueEntryIsEscalatedToTheSupervisor() {
    TracedCase traced = driver.learning();
    OsosCase owed = driver.owed(traced).get(0);
    owed.fire("Overdue");
    assertThat(owed.task("EnterIntoOsos").getPriority()).isGreaterThan(50);
    assertThat(driver.staffMails(traced.caseNumber()))
        .isEqualTo(List.of("onondaga.supervisor@example.org"));
    owed.submit("EnterIntoOsos", Map.of("result", "ENTERED", "enteredOn", "2021-02-01"));
    owed.hasEnded();
  }

  @Test
  void aDecisionThatNobodyMakesIsEscalatedOnce() {
    TracedCase traced = driver.learning();
    traced.reported("First Steps", 100, true);
    OsosCase outcome = driver.owed(traced).get(1);
    assertThat(outcome.task("DecideOutcome").getDueDate()).isNotNull();
    outcome.fire("DecisionOverdue");
    assertThat(driver.staffMails(traced.caseNumber())).hasSize(1);
    outcome.submit(
        "DecideOutcome",
        Map.of(
            "outcome",
            "CREDENTIAL",
            "credentialType",
            "Industry certificate",
            "evidence",
            "Seen."));
    outcome.fire("Overdue");
    assertThat(driver.staffMails(traced.caseNumber())).hasSize(1);
    assertThat(outcome.task("EnterIntoOsos").getPriority()).isGreaterThan(50);
  }
}
