package org.lwdb.casework.process;

import java.time.Clock;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.Forbidden;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.learning.EnrollmentView;
import org.lwdb.casework.learning.Enrollments;
import org.lwdb.casework.mail.MessageView;
import org.lwdb.casework.mail.Messages;
import org.lwdb.casework.osos.OsosEntries;
import org.lwdb.casework.osos.OsosEntry;
import org.lwdb.casework.osos.Worksheet;
import org.lwdb.casework.participant.AccountProblems;
import org.lwdb.casework.participant.Cases;
import org.lwdb.casework.participant.Eligibility;
import org.lwdb.casework.participant.EligibilityAnswers;
import org.lwdb.casework.participant.Intake;
import org.lwdb.casework.participant.OutreachAnswer;
import org.lwdb.casework.participant.Participant;
import org.lwdb.casework.participant.ParticipantFile;
import org.lwdb.casework.participant.Participants;
import org.lwdb.casework.participant.Referral;
import org.lwdb.casework.participant.Timeline;
import org.lwdb.casework.process.ParticipantJourney.Variables;
import org.springframework.stereotype.Component;

/** What each form of the models shows, and what becomes of what is submitted with it. */
@Component
class TaskForms {

  private static final List<String> ANSWERS =
      List.of(
          "employmentStatus",
          "separationDate",
          "separationReason",
          "employer",
          "uiStatus",
          "likelyToReturn",
          "businessLossCause",
          "displacedHomemaker",
          "militarySpouse",
          "covidReason",
          "weeksUnemployed",
          "attestedOn",
          "documentsSeen");
  private static final List<String> CONTACT =
      List.of("firstName", "lastName", "email", "phone", "language", "ososId");
  private static final List<String> PERSON = List.of("dateOfBirth", "county", "city");

  private final Intake intake;
  private final Participants participants;
  private final ParticipantFile file;
  private final Cases cases;
  private final Eligibility eligibility;
  private final AccountProblems accountProblems;
  private final Enrollments enrollments;
  private final Messages messages;
  private final OsosEntries entries;
  private final CaseworkSettings settings;
  private final Clock clock;
  private final Map<String, TaskForm> forms;

  TaskForms(
      Intake intake,
      Participants participants,
      ParticipantFile file,
      Cases cases,
      Eligibility eligibility,
      AccountProblems accountProblems,
      Enrollments enrollments,
      Messages messages,
      OsosEntries entries,
      CaseworkSettings settings,
      Clock clock,
      ChangeForms changeForms) {
    this.intake = intake;
    this.participants = participants;
    this.file = file;
    this.cases = cases;
    this.eligibility = eligibility;
    this.accountProblems = accountProblems;
    this.enrollments = enrollments;
    this.messages = messages;
    this.entries = entries;
    this.settings = settings;
    this.clock = clock;
    this.forms = new HashMap<>(changeForms.forms());
    forms.putAll(
        Map.ofEntries(
            Map.entry("referral", new TaskForm(scope -> shown(), this::referred)),
            Map.entry("decide-on-duplicate", new TaskForm(this::duplicate, this::duplicateDecided)),
            Map.entry("review-eligibility", new TaskForm(this::answered, this::eligibilityDecided)),
            Map.entry("call-person", new TaskForm(this::contact, this::called)),
            Map.entry("complete-answers", new TaskForm(this::answers, this::answersCompleted)),
            Map.entry("invite-in-coursera", new TaskForm(this::contact, this::invited)),
            Map.entry("decide-how-to-go-on", new TaskForm(this::contact, this::goesOn)),
            Map.entry("check-in", new TaskForm(this::learning, this::checkedIn)),
            Map.entry(
                "solve-account-problem",
                new TaskForm(this::accountProblem, this::accountProblemSolved)),
            Map.entry("correct-address", new TaskForm(this::contact, this::addressCorrected)),
            Map.entry(
                "decide-on-unknown-mail",
                new TaskForm(this::unknownMail, this::unknownMailDecided)),
            Map.entry("decide-outcome", new TaskForm(this::outcome, this::outcomeDecided)),
            Map.entry("enter-into-osos", new TaskForm(this::worksheet, this::entered))));
  }

  TaskForm behind(String form) {
    TaskForm found = forms.get(form);
    if (found == null) {
      throw new IllegalStateException("Nothing stands behind the form " + form);
    }
    return found;
  }

  Set<String> names() {
    return forms.keySet();
  }

  // Referral

  private Map<String, Object> referred(VariableScope scope, Submitted values) {
    String board = ((ExecutionEntity) scope).getTenantId();
    Map<String, Object> referral = values.only(CONTACT);
    referral.putAll(values.only(PERSON));
    referral.putAll(values.only(ANSWERS));
    referral.put("board", board);
    String service = values.text("enrollingService");
    if (service != null) {
      referral.put(
          "enrollingServices",
          List.of(
              Map.of(
                  "service",
                  service,
                  "on",
                  values.requiredDate(
                      "enrollingServiceOn", "Give the date of the service that was received."))));
    }
    return Map.of(Variables.REFERRAL_ID, intake.receive(intake.read(referral), "FORM"));
  }

  private Map<String, Object> duplicate(VariableScope scope) {
    Intake.Pair pair = intake.pair((Long) scope.getVariable(Variables.REFERRAL_ID));
    Referral referral = pair.referral();
    Participant existing = pair.existing();
    Map<String, Object> shown = shown();
    shown.put("referralName", referral.firstName() + " " + referral.lastName());
    shown.put("referralEmail", referral.email());
    shown.put("referralBirthDate", orNone(NewYork.format(referral.dateOfBirth())));
    shown.put("referralOsosId", orNone(referral.ososId()));
    shown.put("referralPhone", orNone(referral.phone()));
    shown.put("existingCase", existing.caseNumber());
    shown.put("existingName", existing.fullName());
    shown.put("existingEmail", String.join(", ", participants.emails(existing.id())));
    shown.put("existingBirthDate", orNone(NewYork.format(existing.dateOfBirth())));
    shown.put("existingOsosId", orNone(existing.ososId()));
    shown.put("existingPhone", orNone(existing.phone()));
    shown.put("existingStage", existing.stage().label());
    return shown;
  }

  private Map<String, Object> duplicateDecided(VariableScope scope, Submitted values) {
    String decision =
        values.required("duplicateDecision", "Say whether it is the same person or somebody new.");
    Intake.Decision decided =
        intake.decide((Long) scope.getVariable(Variables.REFERRAL_ID), decision);
    return Map.of(Variables.DUPLICATE_DECISION, decided.name());
  }

  // Eligibility

  private Map<String, Object> answered(VariableScope scope) {
    Participant participant = participant(scope);
    EligibilityAnswers answers = participant.eligibility();
    Map<String, Object> shown = contact(scope);
    shown.put("bases", String.join(", ", participant.eligibilityBases()));
    shown.put("shownEmploymentStatus", orNone(answers.employmentStatus()));
    shown.put(
        "shownSeparation",
        orNone(answers.separationReason()) + " " + NewYork.format(answers.separationDate()));
    shown.put("shownEmployer", orNone(answers.employer()));
    shown.put("shownUiStatus", orNone(answers.uiStatus()));
    shown.put("shownCovidReason", orNone(answers.covidReason()));
    shown.put("shownWeeksUnemployed", orNone(answers.weeksUnemployed()));
    return shown;
  }

  private Map<String, Object> eligibilityDecided(VariableScope scope, Submitted values) {
    String result = values.required("result", "Decide: eligible or not eligible.");
    eligibility.decide(
        participant(scope).id(),
        result,
        values.required("reason", "Write down the reason for your decision."));
    return Map.of(Variables.ELIGIBILITY_RESULT, result);
  }

  private Map<String, Object> answers(VariableScope scope) {
    Participant participant = participant(scope);
    EligibilityAnswers answers = participant.eligibility();
    Map<String, Object> shown = contact(scope);
    put(shown, "dateOfBirth", participant.dateOfBirth());
    put(shown, "county", participant.county());
    put(shown, "city", participant.city());
    put(shown, "employmentStatus", answers.employmentStatus());
    put(shown, "separationDate", answers.separationDate());
    put(shown, "separationReason", answers.separationReason());
    put(shown, "employer", answers.employer());
    put(shown, "uiStatus", answers.uiStatus());
    put(shown, "likelyToReturn", answers.likelyToReturn());
    put(shown, "businessLossCause", answers.businessLossCause());
    put(shown, "displacedHomemaker", answers.displacedHomemaker());
    put(shown, "militarySpouse", answers.militarySpouse());
    put(shown, "covidReason", answers.covidReason());
    if (answers.weeksUnemployed() != null) {
      shown.put("weeksUnemployed", answers.weeksUnemployed());
    }
    put(shown, "attestedOn", answers.attestedOn());
    put(shown, "documentsSeen", answers.documentsSeen());
    return shown;
  }

  private Map<String, Object> answersCompleted(VariableScope scope, Submitted values) {
    Map<String, Object> changes = values.only(PERSON);
    changes.putAll(values.only(ANSWERS));
    file.apply(participant(scope).id(), ParticipantFile.Changes.of(changes));
    return Map.of();
  }

  // Outreach and invitation

  private Map<String, Object> called(VariableScope scope, Submitted values) {
    Participant participant = participant(scope);
    String answer = values.required("answer", "Choose what came of the call.");
    if (answer.equals(OutreachAnswer.INTERESTED.name())
        || answer.equals(OutreachAnswer.NOT_INTERESTED.name())) {
      cases.recordAnswer(participant.id(), answer);
    } else if (!answer.equals("NOT_REACHED")) {
      throw new BadInput("answer", "Choose one of interested, not interested, not reached.");
    }
    cases.note(participant.id(), Timeline.Subject.ANSWER, "Called the person", values.text("note"));
    return Map.of(Variables.ANSWER, answer);
  }

  private Map<String, Object> invited(VariableScope scope, Submitted values) {
    cases.invited(
        participant(scope).id(),
        values.requiredDate("sentOn", "Give the day on which you sent the invitation."));
    return Map.of();
  }

  private Map<String, Object> goesOn(VariableScope scope, Submitted values) {
    Participant participant = participant(scope);
    String goOn = values.required("goOn", "Choose how to go on.");
    switch (goOn) {
      case "INVITED_AGAIN" ->
          cases.invited(
              participant.id(),
              values.requiredDate("sentOn", "Give the day on which you sent the new invitation."));
      case "WAIT", "CLOSE" -> {}
      default -> throw new BadInput("goOn", "Choose one of invited again, wait, close.");
    }
    cases.note(
        participant.id(),
        Timeline.Subject.INVITATION,
        "How to go on: " + goOn,
        values.text("note"));
    return Map.of(Variables.GO_ON, goOn, Variables.WAITING_SINCE, Date.from(clock.instant()));
  }

  private Map<String, Object> addressCorrected(VariableScope scope, Submitted values) {
    Participant participant = participant(scope);
    String email = values.required("email", "Give the right e-mail address.");
    if (email.equalsIgnoreCase(participant.email())) {
      throw new BadInput(
          "email", "This is the address that mails came back from. Ask the person for another.");
    }
    file.apply(participant.id(), ParticipantFile.Changes.of(Map.of("email", email)));
    return Map.of();
  }

  private Map<String, Object> unknownMail(VariableScope scope) {
    MessageView message = messages.get(mailId(scope));
    Map<String, Object> shown = contact(scope);
    shown.put("subject", message.subject());
    shown.put("queuedOn", NewYork.format(NewYork.dateOf(message.queuedAt())));
    return shown;
  }

  private Map<String, Object> unknownMailDecided(VariableScope scope, Submitted values) {
    String decision = values.required("sendAgain", "Decide whether to send the mail again.");
    if (!decision.equals("YES") && !decision.equals("NO")) {
      throw new BadInput("sendAgain", "Choose yes or no.");
    }
    messages.resolveUnknown(mailId(scope), decision.equals("YES"));
    return Map.of();
  }

  private static UUID mailId(VariableScope scope) {
    return UUID.fromString((String) scope.getVariable(Variables.MAIL_ID));
  }

  // Learning

  private Map<String, Object> learning(VariableScope scope) {
    var progress = enrollments.progress(participant(scope).id());
    Map<String, Object> shown = contact(scope);
    shown.put("course", orNone(progress.currentCourse()));
    shown.put("progress", progress.progress() == null ? "0" : progress.progress().toPlainString());
    shown.put(
        "lastActivity",
        progress.lastActivity() == null
            ? "none"
            : NewYork.format(NewYork.dateOf(progress.lastActivity())));
    return shown;
  }

  private Map<String, Object> checkedIn(VariableScope scope, Submitted values) {
    cases.checkedIn(
        participant(scope).id(),
        values.required("note", "Write down what you agreed with the learner."));
    return Map.of();
  }

  private Map<String, Object> accountProblem(VariableScope scope) {
    AccountProblems.Problem problem = accountProblems.get(accountProblemId(scope));
    Map<String, Object> shown = contact(scope);
    shown.put(
        "kind",
        problem.kind() == AccountProblems.Kind.TROUBLE
            ? "Help with the account"
            : "Inactivate the account");
    shown.put("description", orNone(problem.description()));
    return shown;
  }

  private Map<String, Object> accountProblemSolved(VariableScope scope, Submitted values) {
    participant(scope);
    accountProblems.dealtWith(
        accountProblemId(scope),
        values.required("cause", "Choose the cause that you found."),
        values.text("result"));
    return Map.of();
  }

  private static long accountProblemId(VariableScope scope) {
    return (Long) scope.getVariable(Variables.ACCOUNT_PROBLEM_ID);
  }

  // OSOS

  private Map<String, Object> outcome(VariableScope scope) {
    OsosEntry entry = entry(scope);
    Participant participant = participants.get(entry.participantId());
    Map<String, Object> shown = person(participant);
    shown.put("course", orNone(entry.course()));
    shown.put("completedOn", NewYork.format(entry.occurredOn()));
    String certificate =
        enrollments.of(participant.id()).stream()
            .filter(e -> entry.course() != null && entry.course().equals(e.name()))
            .map(EnrollmentView::certificateUrl)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("none reported");
    shown.put("certificate", certificate);
    return shown;
  }

  private Map<String, Object> outcomeDecided(VariableScope scope, Submitted values) {
    String outcome =
        values.required("outcome", "Decide: a credential, a measurable skill gain, or nothing.");
    String type =
        switch (outcome) {
          case "CREDENTIAL" -> values.required("credentialType", "Name the credential.");
          case "MEASURABLE_SKILL_GAIN" ->
              values.required("skillGainType", "Choose the type of the measurable skill gain.");
          default -> null;
        };
    entries.decide(entry(scope).id(), outcome, type, values.text("evidence"));
    return Map.of();
  }

  private Map<String, Object> worksheet(VariableScope scope) {
    OsosEntry entry = entry(scope);
    Map<String, Object> shown = person(participants.get(entry.participantId()));
    shown.put("entry", entry.label());
    shown.put("dueOn", NewYork.format(entry.dueOn()));
    StringBuilder lines = new StringBuilder();
    for (Worksheet.Line line : entries.worksheet(entry.id()).lines()) {
      lines.append("**").append(line.label()).append(":** ");
      lines.append(line.value().isEmpty() ? "(leave empty)" : line.value()).append("  \n");
    }
    shown.put("worksheet", lines.toString());
    return shown;
  }

  private Map<String, Object> entered(VariableScope scope, Submitted values) {
    long entryId = entry(scope).id();
    String result = values.required("result", "Say whether you entered it.");
    switch (result) {
      case "ENTERED" ->
          entries.entered(
              entryId,
              values.requiredDate("enteredOn", "Give the date of the entry in OSOS."),
              values.text("confirmation"),
              values.text("comment"));
      case "CANCELLED" ->
          entries.cancel(
              entryId, values.required("comment", "Write down why nothing is to be entered."));
      default -> throw new BadInput("result", "Choose entered, or not to be entered.");
    }
    return Map.of();
  }

  // What forms have in common

  private Map<String, Object> contact(VariableScope scope) {
    return person(participant(scope));
  }

  private Map<String, Object> person(Participant participant) {
    Map<String, Object> shown = shown();
    shown.put("caseNumber", participant.caseNumber());
    shown.put("personName", participant.fullName());
    shown.put("personEmail", participant.email());
    shown.put("personPhone", orNone(participant.phone()));
    return shown;
  }

  private Map<String, Object> shown() {
    Map<String, Object> shown = new HashMap<>();
    shown.put("helpAddress", settings.mail().helpAddress());
    return shown;
  }

  /** The participant of the case, who must belong to the case's own board. */
  private Participant participant(VariableScope scope) {
    Participant participant = participants.get((Long) scope.getVariable(Variables.PARTICIPANT_ID));
    sameBoard(scope, participant.board());
    return participant;
  }

  private OsosEntry entry(VariableScope scope) {
    OsosEntry entry = entries.get((Long) scope.getVariable(OsosEntryProcess.ENTRY_ID));
    sameBoard(scope, entry.board());
    return entry;
  }

  private static void sameBoard(VariableScope scope, String board) {
    if (!board.equals(((TaskEntity) scope).getTenantId())) {
      throw new Forbidden("This belongs to another board.");
    }
  }

  private static void put(Map<String, Object> shown, String field, Object value) {
    if (value != null) {
      shown.put(field, value.toString());
    }
  }

  private static String orNone(Object value) {
    return value == null || value.toString().isBlank() ? "none given" : value.toString();
  }
}
