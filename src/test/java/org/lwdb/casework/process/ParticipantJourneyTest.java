package org.lwdb.casework.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.participant.ClosedReason;
import org.lwdb.casework.participant.Stage;
import org.lwdb.casework.process.CaseDriver.TracedCase;
import org.springframework.beans.factory.annotation.Autowired;

@CaseworkTest
class ParticipantJourneyTest {

  @RegisterExtension
  static final ModelCoverage COVERAGE = new ModelCoverage(ParticipantJourney.KEY);

  @Autowired CaseDriver driver;

  @BeforeEach
  void startOfFebruary() {
    driver.clock.reset();
  }

  @Test
  void fromReferralToClosedCase() {
    TracedCase traced = driver.refer(CaseDriver.ELIGIBLE);
    traced.process().isWaitingAt("WaitForAnswer");
    assertThat(traced.file().stage()).isEqualTo(Stage.OUTREACH);
    assertThat(traced.mails()).containsExactly("OUTREACH QUEUED");

    driver.journey.answer(traced.id(), "INTERESTED");
    traced.process().isWaitingAt("InviteInCoursera");
    assertThat(traced.file().stage()).isEqualTo(Stage.INVITATION);

    traced.submit("InviteInCoursera", Map.of("sentOn", "2021-02-01"));
    traced.process().isWaitingAt("NextReminderToEnrollDue");
    assertThat(traced.mails()).contains("INVITATION QUEUED");

    traced.reported("First Steps", 10, false);
    traced.process().isWaitingAt("NextLookDue");
    assertThat(traced.file().stage()).isEqualTo(Stage.LEARNING);
    assertThat(traced.entries())
        .extracting(e -> e.kind().name())
        .containsExactly("REFERRED_TO_COURSERA_ENROLLMENT");

    traced.reported("First Steps", 100, true);
    traced.hasPassed("Congratulate", "OweOutcomeToOsos", "CompletionNoted");
    assertThat(traced.mails()).contains("CONGRATULATION QUEUED");
    traced.process().isWaitingAt("NextLookDue");

    while (traced.file().stage() != Stage.CLOSED) {
      traced.fire("NextLookDue");
    }
    traced.hasEnded();
    assertThat(traced.file().closedReason()).isEqualTo(ClosedReason.COMPLETED);
    assertThat(traced.mails()).contains("CASE_CLOSED QUEUED");
    assertThat(traced.entries()).extracting(e -> e.kind().name()).contains("SERVICE_END");
  }
}
