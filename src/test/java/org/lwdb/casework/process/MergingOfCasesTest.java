package org.lwdb.casework.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.Page;
import org.lwdb.casework.learning.EnrollmentView;
import org.lwdb.casework.learning.Enrollments;
import org.lwdb.casework.mail.LearnerLinks;
import org.lwdb.casework.osos.OsosEntry;
import org.lwdb.casework.participant.ClosedReason;
import org.lwdb.casework.participant.Duplicates;
import org.lwdb.casework.participant.Duplicates.Pair;
import org.lwdb.casework.participant.Duplicates.Sign;
import org.lwdb.casework.participant.Intake;
import org.lwdb.casework.participant.Participant;
import org.lwdb.casework.participant.ServiceReceived;
import org.lwdb.casework.participant.Stage;
import org.lwdb.casework.participant.Timeline;
import org.lwdb.casework.process.CaseDriver.OsosCase;
import org.lwdb.casework.process.CaseDriver.TracedCase;
import org.springframework.beans.factory.annotation.Autowired;

/** Cases that look like one person are found, merged without losing anything, or told apart. */
@CaseworkTest
class MergingOfCasesTest {

  private static final Set<String> ONONDAGA = Set.of("onondaga");
  private static final Page.Request ALL = new Page.Request(0, 500, null);

  @Autowired CaseDriver driver;
  @Autowired MergingOfCases merging;
  @Autowired Duplicates duplicates;
  @Autowired Enrollments enrollments;
  @Autowired Timeline timeline;
  @Autowired LearnerLinks links;
  @Autowired Intake intake;

  @BeforeEach
  void startOfFebruary() {
    driver.clock.reset();
  }

  @Test
  void twoLearningCasesBecomeOneRecord() {
    TracedCase kept = driver.learning();
    TracedCase other = driver.learning();
    kept.reported("Shared", 20, false);
    driver.clock.advance(Duration.ofDays(1));
    other.reported("Shared", 100, true);
    other.reported("Own", 30, false);

    merging.merge(kept.id(), other.id(), Set.of());

    assertThat(enrollments.of(kept.id()))
        .extracting(EnrollmentView::name, e -> e.progress().intValue(), e -> e.grade())
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("First Steps", 0, null),
            org.assertj.core.groups.Tuple.tuple("Shared", 100, "95.5"),
            org.assertj.core.groups.Tuple.tuple("Own", 30, null));
    assertThat(enrollments.of(other.id())).isEmpty();
    assertThat(other.file().closedReason()).isEqualTo(ClosedReason.DUPLICATE);
    assertThat(other.file().mergedInto()).isEqualTo(kept.caseNumber());
    assertThat(other.file().personId()).isEqualTo(kept.file().personId());
    other.hasEnded();
    kept.process().isWaitingAt("NextLookDue");
    assertThat(stories(kept))
        .contains("Case " + other.caseNumber() + " merged into this one")
        .as("with the story of the other")
        .contains("Merged into case " + kept.caseNumber());
    assertThat(stories(other)).contains("Merged into case " + kept.caseNumber());

    driver.inbox.deliverDue();
    assertThat(kept.mails().stream().filter(m -> m.startsWith("CONGRATULATION"))).hasSize(1);
  }

  @Test
  void whatIsOwedTwiceIsOwedOnce() {
    TracedCase kept = driver.learning();
    TracedCase other = driver.learning();
    other.reported("Done", 100, true);
    OsosEntry others = entry(other, OsosEntry.Kind.REFERRED_TO_COURSERA_ENROLLMENT);
    long undecided = undecided(other);

    merging.merge(kept.id(), other.id(), Set.of());

    assertThat(kept.entries())
        .extracting(OsosEntry::kind, OsosEntry::state)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(
                OsosEntry.Kind.REFERRED_TO_COURSERA_ENROLLMENT, OsosEntry.State.OPEN),
            org.assertj.core.groups.Tuple.tuple(
                OsosEntry.Kind.REFERRED_TO_COURSERA_ENROLLMENT, OsosEntry.State.CANCELLED));
    driver.new OsosCase(String.valueOf(others.id())).hasEnded();
    OsosCase outcome = driver.new OsosCase(String.valueOf(undecided));
    assertThat(outcome.shown("DecideOutcome")).containsEntry("caseNumber", kept.caseNumber());
    assertThat(driver.entries.get(undecided).course()).isEqualTo("Done");
    outcome.submit("DecideOutcome", Map.of("outcome", "NONE"));
    outcome.hasEnded();
  }

  @Test
  void whatOneCaseHasEnteredTheOtherDoesNotOweAnyMore() {
    TracedCase kept = driver.learning();
    TracedCase other = driver.learning();
    kept.reported("Done", 100, true);
    other.reported("Done", 100, true);
    OsosEntry entered = entry(other, OsosEntry.Kind.REFERRED_TO_COURSERA_ENROLLMENT);
    driver.journey.enteredIntoOsos(entered.id(), java.time.LocalDate.of(2021, 2, 1), "OK 1", null);

    merging.merge(kept.id(), other.id(), Set.of());

    assertThat(kept.entries())
        .filteredOn(e -> e.state() == OsosEntry.State.OPEN)
        .as("neither referral is open")
        .isEmpty();
    assertThat(driver.entries.waiting(kept.id())).as("one outcome to decide").hasSize(1);
    kept.reported("Done", 100, true);
    assertThat(driver.entries.waiting(kept.id())).hasSize(1);
  }

  @Test
  void aCaseThatWasClosedBringsWhatItLearned() {
    TracedCase closed = driver.learning();
    closed.reported("Before", 40, false);
    driver.journey.close(closed.id(), "WITHDRAWN", null, null);
    TracedCase kept = driver.refer(CaseDriver.ELIGIBLE);

    merging.merge(kept.id(), closed.id(), Set.of());
    driver.inbox.deliverDue();
    driver.inbox.deliverDue();

    assertThat(kept.file().stage()).isEqualTo(Stage.LEARNING);
    assertThat(closed.file().closedReason()).isEqualTo(ClosedReason.WITHDRAWN);
    assertThat(kept.entries())
        .filteredOn(e -> e.kind() == OsosEntry.Kind.SERVICE_END)
        .extracting(OsosEntry::state)
        .as("the service has not ended")
        .containsOnly(OsosEntry.State.CANCELLED);
  }

  @Test
  void theNextReportWithTheOtherCasesNumberIsTheKeptOnes() {
    TracedCase kept = driver.learning();
    TracedCase other = driver.invited();
    merging.merge(kept.id(), other.id(), Set.of());

    other.reported("Later", 10, false);

    assertThat(enrollments.of(kept.id())).extracting(EnrollmentView::name).contains("Later");
    assertThat(enrollments.of(other.id())).isEmpty();
  }

  @Test
  void mailsGoOutOnceAndOldLinksLeadToTheKeptCase() {
    TracedCase other = driver.refer(Map.of());
    TracedCase kept = driver.refer(Map.of());
    String link = links.link(other.id(), LearnerLinks.Action.STOP_MAILS);

    merging.merge(kept.id(), other.id(), Set.of());

    assertThat(kept.mails()).containsExactlyInAnyOrder("OUTREACH QUEUED", "OUTREACH WITHDRAWN");
    String token = link.substring(link.lastIndexOf('/') + 1);
    assertThat(links.verify(token).participantId()).isEqualTo(kept.id());
  }

  @Test
  void whoStoppedMailsInOneCaseGetsNoneInTheOther() {
    TracedCase kept = driver.refer(Map.of());
    TracedCase other = driver.refer(Map.of());
    driver.journey.stopMails(other.id());

    merging.merge(kept.id(), other.id(), Set.of());

    assertThat(kept.file().mailsStopped()).isTrue();
    assertThat(kept.mails()).noneMatch(m -> m.endsWith("QUEUED"));
  }

  @Test
  void servicesAddressesAndProblemsGoAlong() {
    TracedCase kept = driver.refer(Map.of());
    TracedCase other = driver.refer(Map.of());
    driver.journey.recordService(
        other.id(), new ServiceReceived("INITIAL_ASSESSMENT", java.time.LocalDate.of(2021, 1, 20)));
    driver.journey.reportAccountProblem(other.id(), "TROUBLE", "Cannot sign in");

    merging.merge(kept.id(), other.id(), Set.of());

    Participant file = kept.file();
    assertThat(file.accountabilitySince()).isEqualTo("2021-01-20");
    assertThat(file.enrollingServices()).hasSize(1);
    assertThat(driver.participants.emails(kept.id())).contains(other.file().email());
    assertThat(kept.shown("SolveAccountProblem")).containsEntry("description", "Cannot sign in");
  }

  @Test
  void contactDataAndAnswersAreChosenFieldByField() {
    TracedCase kept = driver.refer(Map.of("phone", "315-555-0111", "city", "Syracuse"));
    TracedCase other = driver.refer(Map.of("phone", "315-555-0222", "city", "Utica"));
    String email = other.file().email();

    merging.merge(kept.id(), other.id(), Set.of("phone", "email"));

    assertThat(kept.file().phone()).isEqualTo("315-555-0222");
    assertThat(kept.file().email()).isEqualTo(email);
    assertThat(kept.file().city()).isEqualTo("Syracuse");
  }

  @Test
  void fieldsThatDoNotGoTogetherAreRefusedAndNothingHappens() {
    TracedCase kept = driver.refer(Map.of("employmentStatus", "EMPLOYED"));
    TracedCase other = driver.refer(CaseDriver.ELIGIBLE);

    assertThatThrownBy(() -> merging.merge(kept.id(), other.id(), Set.of("separationReason")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("laid off");

    assertThat(other.file().mergedInto()).isNull();
    assertThat(other.file().closedAt()).isNull();
  }

  @Test
  void aMergeThatMakesNoSenseIsRefusedWithASentence() {
    TracedCase kept = driver.refer(CaseDriver.ELIGIBLE);
    TracedCase further = driver.invited();
    refused(kept, further, "Case " + further.caseNumber() + " has come further (Invited)");
    refused(kept, kept, "not two cases");
    TracedCase elsewhere = driver.moved(driver.refer(Map.of()));
    refused(kept, elsewhere, "different boards");
    driver.journey.close(further.id(), "WITHDRAWN", null, null);
    refused(further, kept, "keep case " + kept.caseNumber());
    driver.journey.close(kept.id(), "WITHDRAWN", null, null);
    refused(kept, further, "Both cases are closed");
  }

  @Test
  void casesThatLookLikeOnePersonAreFoundAndToldApart() {
    TracedCase one = named("Annabelle", "Quickenborough", "1985-05-05");
    TracedCase same = named("annabelle", "quickenborough", "1985-05-05");
    TracedCase similar = named("Anabelle", "Quickenborough", "1985-05-05");
    TracedCase somebody = named("Annabelle", "Quickenborough", "1999-09-09");

    assertThat(signs(one, same)).containsExactly(Sign.SAME_NAME_AND_BIRTH_DATE);
    assertThat(signs(one, similar)).containsExactly(Sign.SIMILAR_NAME_AND_BIRTH_DATE);
    assertThat(signs(one, somebody)).isEmpty();

    duplicates.areDifferent(same.id(), one.id());
    assertThat(signs(one, same)).isEmpty();
    assertThat(duplicates.different(ONONDAGA))
        .extracting(d -> d.one().caseNumber())
        .contains(one.caseNumber());
    assertThat(stories(one)).contains("Not the same person as in case " + same.caseNumber());
    duplicates.mayBeOne(one.id(), same.id());
    assertThat(signs(one, same)).isNotEmpty();

    merging.merge(one.id(), similar.id(), Set.of());
    assertThat(signs(one, similar)).isEmpty();
  }

  @Test
  void aReferralIsDecidedByTheTaskThatTasklistHas() {
    TracedCase first = driver.refer(Map.of());
    driver.journey.refer(
        driver.intake.read(
            Map.of(
                "board", "onondaga",
                "firstName", "Trace",
                "lastName", "Again",
                "phone", "315-555-0101",
                "email", first.file().email())),
        "API");
    Intake.Waiting waiting =
        intake.waiting(ONONDAGA, ALL).content().stream()
            .filter(w -> w.pair().existing().id() == first.id())
            .findFirst()
            .orElseThrow();

    assertThatThrownBy(() -> merging.decide(waiting.referralId(), "SAME_PERSON", Set.of("suffolk")))
        .isInstanceOf(NotFound.class);
    merging.decide(waiting.referralId(), "SAME_PERSON", ONONDAGA);

    assertThat(first.file().phone()).isEqualTo("315-555-0101");
    assertThatThrownBy(() -> merging.decide(waiting.referralId(), "NEW_CASE", ONONDAGA))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("decided on this duplicate already");
  }

  private void refused(TracedCase kept, TracedCase other, String why) {
    long keptId = kept.id();
    long otherId = other.id();
    assertThatThrownBy(() -> merging.merge(keptId, otherId, Set.of()))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(why);
  }

  private TracedCase named(String first, String last, String born) {
    Map<String, Object> answers = new HashMap<>();
    answers.put("firstName", "X");
    answers.put("lastName", last);
    TracedCase traced = driver.refer(answers);
    driver
        .jdbc
        .sql("update participant set first_name = ?, date_of_birth = cast(? as date) where id = ?")
        .params(first, born, traced.id())
        .update();
    return traced;
  }

  private List<Sign> signs(TracedCase one, TracedCase other) {
    return duplicates.pairs(ONONDAGA, ALL).content().stream()
        .filter(p -> p.one().id() == one.id() && p.other().id() == other.id())
        .map(Pair::signs)
        .findFirst()
        .orElse(List.of());
  }

  private List<String> stories(TracedCase traced) {
    return timeline.of(traced.id()).stream().map(Timeline.Entry::what).toList();
  }

  private OsosEntry entry(TracedCase traced, OsosEntry.Kind kind) {
    return traced.entries().stream().filter(e -> e.kind() == kind).findFirst().orElseThrow();
  }

  private long undecided(TracedCase traced) {
    return driver.entries.waiting(traced.id()).stream()
        .filter(e -> e.state() == OsosEntry.State.UNDECIDED)
        .findFirst()
        .orElseThrow()
        .id();
  }
}
