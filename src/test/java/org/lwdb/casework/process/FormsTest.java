package org.lwdb.casework.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lwdb.casework.administrator.Decision;
import org.lwdb.casework.osos.SkillGain;
import org.lwdb.casework.participant.AccountProblems;
import org.lwdb.casework.participant.EligibilityAnswers;
import org.lwdb.casework.participant.Intake;
import org.lwdb.casework.participant.Languages;
import org.lwdb.casework.participant.WioaService;

/** Holds the forms against the models that name them, and against what the domain can take. */
class FormsTest {

  /** What form-js 1.8, which is in Tasklist, can draw; anything else breaks the whole form. */
  private static final Set<String> DRAWN =
      Set.of(
          "text",
          "textfield",
          "textarea",
          "number",
          "checkbox",
          "checklist",
          "radio",
          "select",
          "taglist",
          "datetime",
          "table",
          "html",
          "separator",
          "spacer",
          "group",
          "dynamiclist",
          "image",
          "iframe",
          "button");

  private static final Set<String> YES_OR_NO = Set.of("true", "false");

  /** What can be chosen in a field, where the domain knows a list of it. */
  private static final Map<String, Set<String>> CHOICES =
      Map.ofEntries(
          Map.entry("employmentStatus", names(EligibilityAnswers.EmploymentStatus.class)),
          Map.entry("separationReason", names(EligibilityAnswers.SeparationReason.class)),
          Map.entry("uiStatus", names(EligibilityAnswers.UiStatus.class)),
          Map.entry("businessLossCause", names(EligibilityAnswers.BusinessLossCause.class)),
          Map.entry("covidReason", names(EligibilityAnswers.CovidReason.class)),
          Map.entry("likelyToReturn", YES_OR_NO),
          Map.entry("displacedHomemaker", YES_OR_NO),
          Map.entry("militarySpouse", YES_OR_NO),
          Map.entry("language", Languages.NAMES.keySet()),
          Map.entry("skillGainType", names(SkillGain.class)),
          Map.entry("cause", names(AccountProblems.Cause.class)),
          Map.entry("duplicateDecision", names(Intake.Decision.class)),
          Map.entry("outcome", Set.of("CREDENTIAL", "MEASURABLE_SKILL_GAIN", "NONE")),
          Map.entry("decision", names(Decision.class)),
          Map.entry("correction", Set.of("SUBMIT", "WITHDRAW")),
          Map.entry("hasCourseraAccount", YES_OR_NO));

  private record Form(String name, JsonNode json) {

    /** Every component, also those of groups. */
    List<JsonNode> components() {
      List<JsonNode> all = new ArrayList<>();
      collect(json, all);
      return all;
    }

    private static void collect(JsonNode parent, List<JsonNode> all) {
      for (JsonNode component : parent.path("components")) {
        all.add(component);
        collect(component, all);
      }
    }

    List<JsonNode> fields() {
      return components().stream().filter(component -> component.has("key")).toList();
    }

    List<String> keys() {
      return fields().stream().map(field -> field.get("key").asText()).toList();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Form> forms() {
    return Model.files("forms", ".form").stream().map(FormsTest::form).toList();
  }

  @Test
  void eachTaskHasAFormAndEachFormItsPlace() {
    Set<String> named = new TreeSet<>();
    for (Model model : Model.all()) {
      for (UserTask task : model.elements(UserTask.class)) {
        assertThat(task.getCamundaFormRef()).as("form of " + task.getId()).isNotNull();
        assertThat(task.getCamundaFormRefBinding()).as(task.getId()).isEqualTo("latest");
      }
      named.addAll(model.each(UserTask.class, UserTask::getCamundaFormRef));
      named.addAll(model.each(StartEvent.class, StartEvent::getCamundaFormRef));
    }
    assertThat(Model.files("forms", ".form")).isEqualTo(named);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void tasklistCanDrawIt(Form form) {
    assertThat(form.json().path("id").asText()).isEqualTo(form.name());
    assertThat(form.json().path("executionPlatform").asText()).isEqualTo("Camunda Platform");
    assertThat(form.components())
        .extracting(component -> component.path("type").asText())
        .isSubsetOf(DRAWN);
    assertThat(form.components())
        .extracting(component -> component.path("id").asText())
        .doesNotHaveDuplicates();
    assertThat(form.keys()).isNotEmpty().doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void eachFieldSaysWhatItAsks(Form form) {
    for (JsonNode field : form.fields()) {
      boolean date = field.path("type").asText().equals("datetime");
      assertThat(field.path(date ? "dateLabel" : "label").asText())
          .as("label of " + field.path("key"))
          .isNotBlank();
    }
    // Tasklist loads no values for a start form.
    assertThat(form.json().toString())
        .as("where questions go")
        .containsAnyOf("{{helpAddress}}", "Write to Coursera.Help@labor.ny.gov.");
  }

  @ParameterizedTest
  @MethodSource("forms")
  void eachChoiceOffersWhatTheDomainKnowsAndNothingElse(Form form) {
    for (JsonNode field : form.fields()) {
      Set<String> known = CHOICES.get(field.get("key").asText());
      if (known != null) {
        assertThat(values(field)).as(field.get("key").asText()).hasSameElementsAs(known);
      }
    }
  }

  @Test
  void theReferralAsksAllQuestions() {
    Set<String> questions =
        new HashSet<>(
            Set.of("board", "firstName", "lastName", "email", "phone", "language", "ososId"));
    questions.addAll(Set.of("dateOfBirth", "county", "city"));
    questions.addAll(answers());
    questions.addAll(Set.of("enrollingService", "enrollingServiceOn"));
    assertThat(form("referral").keys()).containsExactlyInAnyOrderElementsOf(questions);
  }

  @Test
  void whatIsMissingCanAllBeAnsweredLater() {
    assertThat(form("complete-answers").keys())
        .containsAll(answers())
        .contains("dateOfBirth", "county", "city");
  }

  /** Only services that enroll are offered where the form asks for an enrolling one. */
  @Test
  void enrollingServicesEnroll() {
    JsonNode services =
        form("referral").fields().stream()
            .filter(field -> field.get("key").asText().equals("enrollingService"))
            .findFirst()
            .orElseThrow();
    assertThat(values(services))
        .isNotEmpty()
        .allMatch(service -> WioaService.valueOf(service).enrolling());
  }

  private static Set<String> answers() {
    return Arrays.stream(EligibilityAnswers.class.getRecordComponents())
        .map(RecordComponent::getName)
        .collect(Collectors.toSet());
  }

  private static List<String> values(JsonNode field) {
    return StreamSupport.stream(field.path("values").spliterator(), false)
        .map(value -> value.path("value").asText())
        .toList();
  }

  private static Form form(String name) {
    try {
      return new Form(name, new ObjectMapper().readTree(Path.of("forms", name + ".form").toFile()));
    } catch (IOException e) {
      throw new AssertionError("forms/" + name + ".form cannot be read", e);
    }
  }

  private static <E extends Enum<E>> Set<String> names(Class<E> type) {
    return Stream.of(type.getEnumConstants()).map(Enum::name).collect(Collectors.toSet());
  }
}
