package org.lwdb.casework.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.participant.Accountability;
import org.lwdb.casework.participant.Participant;
import org.lwdb.casework.participant.ParticipantFile;
import org.lwdb.casework.process.CaseDriver.TracedCase;
import org.lwdb.casework.process.ChangeDriver.Team;
import org.lwdb.casework.process.ChangeDriver.TracedChange;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people submit with the forms is checked, and what the forms show is as it is now. */
@CaseworkTest
class TaskFormsTest {

  private static final String SSN = "Her number is 123-45-6789.";

  /** How a case comes to each task: by the task's key. */
  private static final Map<String, Function<TaskFormsTest, String>> TASKS =
      Map.ofEntries(
          Map.entry("DecideOnChange", test -> id(test.requested().task("DecideOnChange"))),
          Map.entry(
              "CorrectRequest",
              test -> {
                TracedChange traced = test.requested();
                traced.decide("supervisor", "RETURN", "Wrong day.");
                return id(traced.task("CorrectRequest"));
              }),
          Map.entry(
              "ConfirmChange",
              test -> {
                TracedChange traced = test.requested();
                traced.decide("supervisor", "APPROVE", null);
                return id(traced.task("ConfirmChange"));
              }),
          Map.entry("DecideOnDuplicate", test -> duplicate(test.driver)),
          Map.entry(
              "ReviewEligibility",
              test -> id(test.driver.refer(underemployed()), "ReviewEligibility")),
          Map.entry("CallPerson", test -> id(answered(test.driver, "CALL_ME"), "CallPerson")),
          Map.entry(
              "CompleteAnswers",
              test -> {
                CaseDriver driver = test.driver;
                TracedCase traced = driver.refer(Map.of());
                driver.journey.answer(traced.id(), "INTERESTED");
                return id(traced, "CompleteAnswers");
              }),
          Map.entry("InviteInCoursera", test -> id(test.driver.interested(), "InviteInCoursera")),
          Map.entry(
              "DecideHowToGoOn",
              test ->
                  id(until("DecideHowToGoOn", test.driver.invited(), "NextReminderToEnrollDue"))),
          Map.entry("CheckIn", test -> id(until("CheckIn", test.driver.learning(), "NextLookDue"))),
          Map.entry(
              "SolveAccountProblem",
              test -> {
                CaseDriver driver = test.driver;
                TracedCase traced = driver.invited();
                driver.journey.reportAccountProblem(traced.id(), "TROUBLE", "Cannot sign in.");
                return id(traced, "SolveAccountProblem");
              }),
          Map.entry(
              "CorrectAddress",
              test -> {
                CaseDriver driver = test.driver;
                TracedCase traced = driver.refer(CaseDriver.ELIGIBLE);
                driver.bounce(traced);
                return id(traced, "CorrectAddress");
              }),
          Map.entry(
              "DecideOnUnknownMail",
              test -> {
                CaseDriver driver = test.driver;
                TracedCase traced = driver.refer(CaseDriver.ELIGIBLE);
                driver.stoppedWhileSending(traced);
                return id(traced, "DecideOnUnknownMail");
              }),
          Map.entry(
              "DecideOutcome",
              test -> {
                CaseDriver driver = test.driver;
                TracedCase traced = driver.learning();
                traced.reported("First Steps", 100, true);
                return driver.owed(traced).get(1).task("DecideOutcome").getId();
              }),
          Map.entry(
              "EnterIntoOsos",
              test ->
                  test.driver.owed(test.driver.learning()).get(0).task("EnterIntoOsos").getId()));

  @Autowired CaseDriver driver;
  @Autowired ChangeDriver changes;
  @Autowired ProcessEngine engine;
  @Autowired JdbcClient jdbc;

  @BeforeEach
  void startOfFebruary() {
    driver.clock.reset();
  }

  // The start form

  @Test
  void theStartFormOpensACaseOfThePersonsBoard() {
    Map<String, Object> referral = referral(CaseDriver.ELIGIBLE);
    referral.put("likelyToReturn", "false"); // as a select of the form has it
    referral.put("enrollingService", "INITIAL_ASSESSMENT");
    referral.put("enrollingServiceOn", "2021-01-20");

    Participant file = driver.traced(start(referral).getBusinessKey()).file();

    assertThat(file.board()).isEqualTo("onondaga");
    assertThat(file.email()).isEqualTo(referral.get("email"));
    assertThat(file.eligibilityBases()).contains("DISLOCATED_WORKER_A");
    assertThat(file.accountability()).isEqualTo(Accountability.WIOA_PARTICIPANT);
    assertThat(file.accountabilitySince()).isEqualTo(LocalDate.of(2021, 1, 20));
  }

  static Stream<Arguments> refusedReferrals() {
    return Stream.of(
        arguments(Map.of("lastName", " "), "Last name"),
        arguments(Map.of("firstName", "Maximiliana-Josephine"), "20 characters"),
        arguments(Map.of("email", "ada at example.org"), "mail"),
        arguments(Map.of("dateOfBirth", "2021-02-02"), "future"),
        arguments(Map.of("dateOfBirth", "February"), "is a date"),
        arguments(Map.of("separationDate", "2021-02-02"), "future"),
        arguments(Map.of("county", "Atlantis"), "62 counties"),
        arguments(Map.of("language", "tlh"), "language by its code"),
        arguments(Map.of("uiStatus", "PERHAPS"), "ENTITLED"),
        arguments(Map.of("weeksUnemployed", "many"), "whole number"),
        arguments(Map.of("weeksUnemployed", -1), "weeks unemployed"),
        arguments(
            Map.of("employmentStatus", "EMPLOYED", "separationReason", "LAYOFF"),
            "correct the employment status"),
        arguments(Map.of("documentsSeen", "Card 123-45-6789"), "Social Security"),
        arguments(Map.of("enrollingService", "INITIAL_ASSESSMENT"), "date of the service"),
        arguments(
            Map.of("enrollingService", "INITIAL_ASSESSMENT", "enrollingServiceOn", "2021-02-02"),
            "future"),
        arguments(
            Map.of("enrollingService", "ALCHEMY", "enrollingServiceOn", "2021-01-02"),
            "INITIAL_ASSESSMENT"),
        arguments(Map.of("participantId", 1L), "'participantId' is no field of this form"),
        arguments(Map.of("caseNumber", "C1"), "'caseNumber' is no field of this form"));
  }

  @ParameterizedTest
  @MethodSource("refusedReferrals")
  void aWrongReferralStartsNothing(Map<String, Object> wrong, String sentence) {
    long before = referrals();

    refuses(() -> start(referral(wrong)), sentence);

    assertThat(referrals()).isEqualTo(before);
  }

  // The tasks' forms

  @Test
  void eachTaskOfTheModelsIsTriedHere() {
    Set<String> all = new TreeSet<>();
    Model.all()
        .forEach(model -> model.elements(UserTask.class).forEach(task -> all.add(task.getId())));
    assertThat(TASKS.keySet()).isEqualTo(all);
    assertThat(refused().map(refused -> refused.get()[0]).collect(Collectors.toSet()))
        .isEqualTo(all);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments("DecideOnChange", Map.of(), "approve, send back or refuse"),
        arguments("DecideOnChange", Map.of("decision", "PERHAPS"), "APPROVE"),
        arguments("DecideOnChange", Map.of("decision", "REFUSE"), "Write down the reason"),
        arguments("DecideOnChange", Map.of("decision", "RETURN", "reason", SSN), "Social Security"),
        arguments("CorrectRequest", Map.of(), "whether to submit it again"),
        arguments("CorrectRequest", Map.of("correction", "LATER"), "submit again, or withdraw"),
        arguments("CorrectRequest", Map.of("correction", "SUBMIT"), "Say what changes"),
        arguments("CorrectRequest", Map.of("correction", "SUBMIT", "kind", "SWAP"), "REPLACE"),
        arguments(
            "CorrectRequest",
            Map.of("correction", "SUBMIT", "kind", "REMOVE", "lastDay", "soon"),
            "MM/DD/YYYY"),
        arguments(
            "CorrectRequest",
            Map.of("correction", "SUBMIT", "kind", "REMOVE", "note", SSN),
            "Social Security"),
        arguments("ConfirmChange", Map.of(), "confirmed or refused"),
        arguments("ConfirmChange", Map.of("answer", "MAYBE"), "confirmed or refused"),
        arguments("ConfirmChange", Map.of("answer", "REFUSED"), "NYSDOL's reason"),
        arguments("ConfirmChange", Map.of("answer", "REFUSED", "reason", SSN), "Social Security"),
        arguments("DecideOnDuplicate", Map.of(), "same person"),
        arguments("DecideOnDuplicate", Map.of("duplicateDecision", "MAYBE"), "SAME_PERSON"),
        arguments("ReviewEligibility", Map.of("reason", "Seen."), "eligible or not"),
        arguments("ReviewEligibility", Map.of("result", "ELIGIBLE", "reason", " "), "reason"),
        arguments("ReviewEligibility", Map.of("result", "PENDING", "reason", "Seen."), "ELIGIBLE"),
        arguments(
            "ReviewEligibility", Map.of("result", "ELIGIBLE", "reason", SSN), "Social Security"),
        arguments("CallPerson", Map.of("note", "Nobody there."), "what came of the call"),
        arguments("CallPerson", Map.of("answer", "CALL_ME"), "not reached"),
        arguments("CallPerson", Map.of("answer", "INTERESTED", "note", SSN), "Social Security"),
        arguments("CompleteAnswers", Map.of("dateOfBirth", "2021-02-02"), "future"),
        arguments("CompleteAnswers", Map.of("covidReason", "BOREDOM"), "CAREGIVING"),
        arguments("CompleteAnswers", Map.of("employer", SSN), "Social Security"),
        arguments("InviteInCoursera", Map.of(), "Give the day"),
        arguments("InviteInCoursera", Map.of("sentOn", "soon"), "MM/DD/YYYY"),
        arguments("InviteInCoursera", Map.of("sentOn", "2021-02-02"), "future"),
        arguments("InviteInCoursera", Map.of("sentOn", "2021-01-31"), "before the case"),
        arguments("DecideHowToGoOn", Map.of(), "how to go on"),
        arguments("DecideHowToGoOn", Map.of("goOn", "PRAY"), "invited again, wait, close"),
        arguments("DecideHowToGoOn", Map.of("goOn", "INVITED_AGAIN"), "Give the day"),
        arguments(
            "DecideHowToGoOn", Map.of("goOn", "INVITED_AGAIN", "sentOn", "2030-01-01"), "future"),
        arguments("DecideHowToGoOn", Map.of("goOn", "CLOSE", "note", SSN), "Social Security"),
        arguments("CheckIn", Map.of(), "what you agreed"),
        arguments("CheckIn", Map.of("note", SSN), "Social Security"),
        arguments("SolveAccountProblem", Map.of("result", "Reset."), "cause"),
        arguments(
            "SolveAccountProblem",
            Map.of("cause", "GREMLINS", "result", "Reset."),
            "OTHER_ADDRESS"),
        arguments("SolveAccountProblem", Map.of("cause", "OTHER"), "what you did"),
        arguments(
            "SolveAccountProblem", Map.of("cause", "OTHER", "result", SSN), "Social Security"),
        arguments("CorrectAddress", Map.of(), "right e-mail address"),
        arguments("CorrectAddress", Map.of("email", "not an address"), "mail"),
        arguments("DecideOnUnknownMail", Map.of(), "Decide whether"),
        arguments("DecideOnUnknownMail", Map.of("sendAgain", "LATER"), "yes or no"),
        arguments("DecideOutcome", Map.of(), "Decide"),
        arguments("DecideOutcome", Map.of("outcome", "MEDAL"), "CREDENTIAL"),
        arguments("DecideOutcome", Map.of("outcome", "CREDENTIAL"), "Name the credential"),
        arguments(
            "DecideOutcome",
            Map.of("outcome", "CREDENTIAL", "credentialType", "License"),
            "Say what shows it"),
        arguments("DecideOutcome", Map.of("outcome", "MEASURABLE_SKILL_GAIN"), "type"),
        arguments(
            "DecideOutcome",
            Map.of("outcome", "MEASURABLE_SKILL_GAIN", "skillGainType", "X", "evidence", "Seen."),
            "type"),
        arguments("DecideOutcome", Map.of("outcome", "NONE", "evidence", SSN), "Social Security"),
        arguments("EnterIntoOsos", Map.of(), "whether you entered it"),
        arguments("EnterIntoOsos", Map.of("result", "ENTERED"), "Give the date"),
        arguments(
            "EnterIntoOsos", Map.of("result", "ENTERED", "enteredOn", "2021-02-02"), "future"),
        arguments(
            "EnterIntoOsos", Map.of("result", "ENTERED", "enteredOn", "2021-01-31"), "before"),
        arguments("EnterIntoOsos", Map.of("result", "CANCELLED"), "why nothing"),
        arguments(
            "EnterIntoOsos", Map.of("result", "CANCELLED", "comment", SSN), "Social Security"),
        arguments(
            "EnterIntoOsos",
            Map.of("result", "ENTERED", "enteredOn", "2021-02-01", "confirmation", "123-45-6789"),
            "Social Security"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void aWrongValueLeavesTheTaskOpenAndNothingStored(
      String task, Map<String, Object> values, String sentence) {
    String id = TASKS.get(task).apply(this);
    String before = stored();

    refuses(() -> driver.submit(id, values), sentence);

    assertThat(open(id)).isTrue();
    assertThat(stored()).isEqualTo(before);
  }

  static Set<String> tasks() {
    return new TreeSet<>(TASKS.keySet());
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void eachFormShowsAllThatItsTextNames(String task) throws Exception {
    String id = TASKS.get(task).apply(this);
    String formKey = form(task);
    String form =
        new ObjectMapper().readTree(Path.of("forms", formKey + ".form").toFile()).toString();

    Set<String> named =
        Pattern.compile("\\{\\{(\\w+)}}")
            .matcher(form)
            .results()
            .map(name -> name.group(1))
            .collect(Collectors.toSet());

    assertThat(driver.shown(id).keySet()).containsAll(named);
    assertThat(driver.shown(id)).doesNotContainValue(null);
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aForgedNameIsRefusedAndNotStored(String task) {
    String id = TASKS.get(task).apply(this);
    Map<String, Object> variables = engine.getTaskService().getVariables(id);

    for (String name : List.of("participantId", "caseNumber", "personEmail", "entryId")) {
      refuses(() -> driver.submit(id, Map.of(name, 1L)), "'" + name + "' is no field of this form");
    }

    assertThat(open(id)).isTrue();
    assertThat(engine.getTaskService().getVariables(id)).isEqualTo(variables);
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void nobodyOfAnotherBoardSeesOrSubmitsIt(String task) {
    String id = TASKS.get(task).apply(this);
    String before = stored();

    assertThatThrownBy(() -> inSuffolk(() -> driver.shown(id))).isNotNull();
    assertThatThrownBy(() -> inSuffolk(() -> engine.getFormService().getTaskFormData(id)))
        .isNotNull();
    assertThatThrownBy(
            () ->
                inSuffolk(
                    () -> {
                      driver.submit(id, Map.of("note", "Mine.", "answer", "INTERESTED"));
                      return null;
                    }))
        .isNotNull();

    assertThat(open(id)).isTrue();
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void theFormShowsWhatTheFileSaysNow() {
    TracedCase traced = driver.interested();
    String corrected = "corrected." + traced.file().email();

    driver.journey.correct(
        traced.id(), ParticipantFile.Changes.of(Map.of("email", corrected, "phone", "3155550177")));

    assertThat(traced.shown("InviteInCoursera"))
        .containsEntry("personEmail", corrected)
        .containsEntry("personPhone", traced.file().phone());
  }

  /** A script may write a choice in small letters: it decides as what was stored. */
  @Test
  void aChoiceInSmallLettersIsTheSameChoice() {
    String id = duplicate(driver);
    String instance = driver.instanceOf(id);

    driver.submit(id, Map.of("duplicateDecision", "new_case"));

    assertThat(driver.passed(instance)).contains("OpenCase").doesNotContain("AddToExistingCase");

    TracedCase traced = answered(driver, "not_interested");
    traced.hasEnded();
  }

  private TracedChange requested() {
    Team team = changes.team("sullivan");
    return team.request("staff", team.replace("2021-03-01", "2021-03-02"));
  }

  private ProcessInstance start(Map<String, Object> referral) {
    return SignedIn.asStaffOf(
        "onondaga",
        engine,
        () ->
            engine
                .getFormService()
                .submitStartForm(
                    engine
                        .getRepositoryService()
                        .createProcessDefinitionQuery()
                        .processDefinitionKey(ParticipantJourney.KEY)
                        .latestVersion()
                        .singleResult()
                        .getId(),
                    referral));
  }

  private <T> T inSuffolk(Supplier<T> work) {
    return SignedIn.asStaffOf("suffolk", engine, work);
  }

  private Map<String, Object> referral(Map<String, Object> values) {
    Map<String, Object> referral = new HashMap<>(driver.somebody(values));
    referral.remove("board");
    return referral;
  }

  private static void refuses(ThrowingCallable submit, String sentence) {
    assertThatThrownBy(submit)
        .satisfiesAnyOf(
            thrown -> assertThat(thrown).isInstanceOf(BadInput.class),
            thrown -> assertThat(thrown).hasRootCauseInstanceOf(BadInput.class))
        .hasStackTraceContaining(sentence);
  }

  private boolean open(String task) {
    return engine.getTaskService().createTaskQuery().taskId(task).count() == 1;
  }

  private long referrals() {
    return jdbc.sql("select count(*) from referral").query(Long.class).single();
  }

  /** All that has been told of anybody, and each decision that was stored. */
  private String stored() {
    return jdbc.sql(
            """
            select (select count(*) from timeline_entry) || ' ' || (select count(*) from message)
              || ' ' || (select count(*) from referral where decision is not null)
              || ' ' || (select count(*) from osos_entry where state in ('OPEN', 'UNDECIDED'))
              || ' ' || (select count(*) from board_timeline_entry)
            """)
        .query(String.class)
        .single();
  }

  private String form(String task) {
    return Model.all().stream()
        .flatMap(model -> model.elements(UserTask.class).stream())
        .filter(element -> element.getId().equals(task))
        .findFirst()
        .orElseThrow()
        .getCamundaFormRef();
  }

  private static String duplicate(CaseDriver driver) {
    TracedCase known = driver.refer(CaseDriver.ELIGIBLE);
    Map<String, Object> again = driver.somebody(Map.of("email", known.file().email()));
    driver.journey.refer(driver.intake.read(again), "API");
    return driver.newestTask("DecideOnDuplicate");
  }

  private static TracedCase answered(CaseDriver driver, String answer) {
    TracedCase traced = driver.refer(CaseDriver.ELIGIBLE);
    driver.journey.answer(traced.id(), answer);
    return traced;
  }

  private static Map<String, Object> underemployed() {
    Map<String, Object> answers = new HashMap<>(CaseDriver.ELIGIBLE);
    answers.put("employmentStatus", "UNDEREMPLOYED");
    answers.put("separationReason", "NONE");
    answers.put("covidReason", "NONE");
    return answers;
  }

  private static String id(TracedCase traced, String task) {
    return traced.task(task).getId();
  }

  private static String id(Task task) {
    return task.getId();
  }

  private static Task until(String task, TracedCase traced, String timer) {
    while (!traced.tasks().contains(task)) {
      traced.fire(timer);
    }
    return traced.task(task);
  }
}
