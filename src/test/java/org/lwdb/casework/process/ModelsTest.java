package org.lwdb.casework.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.model.bpmn.impl.BpmnModelConstants.CAMUNDA_NS;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.Signal;
import org.camunda.bpm.model.bpmn.instance.SignalEventDefinition;
import org.camunda.bpm.model.bpmn.instance.TimeCycle;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaFailedJobRetryTimeCycle;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lwdb.casework.mail.Template;
import org.lwdb.casework.participant.ClosedReason;
import org.lwdb.casework.participant.EligibilityResult;
import org.lwdb.casework.participant.Intake;
import org.lwdb.casework.participant.OutreachAnswer;
import org.lwdb.casework.participant.Stage;
import org.lwdb.casework.process.ParticipantJourney.Variables;
import org.lwdb.casework.process.access.Groups;
import org.springframework.beans.factory.support.SimpleBeanDefinitionRegistry;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.util.ClassUtils;

/** Holds the models against their classes, the beans that they call, and the rules of the house. */
class ModelsTest {

  /** What each model's class names of it. */
  private record Names(
      Set<String> tasks, Set<String> messages, Set<String> signals, Set<String> variables) {}

  private static final Map<String, Names> CLASSES =
      Map.of(
          ParticipantJourney.KEY,
          new Names(
              constants(ParticipantJourney.Tasks.class),
              constants(ParticipantJourney.Messages.class),
              Set.of(ParticipantJourney.PARTNERSHIP_ENDED_SIGNAL),
              constants(Variables.class)),
          OsosEntryProcess.KEY,
          new Names(
              Set.of(OsosEntryProcess.DECIDE_OUTCOME, OsosEntryProcess.ENTER_INTO_OSOS),
              Set.of(),
              Set.of(),
              Set.of(OsosEntryProcess.ENTRY_ID)),
          ChangeOfAdministratorProcess.KEY,
          new Names(
              Set.of(
                  ChangeOfAdministratorProcess.DECIDE_ON_CHANGE,
                  ChangeOfAdministratorProcess.CORRECT_REQUEST,
                  ChangeOfAdministratorProcess.CONFIRM_CHANGE),
              Set.of(ChangeOfAdministratorProcess.CHANGE_WITHDRAWN),
              Set.of(),
              Set.of(
                  ChangeOfAdministratorProcess.CHANGE_ID,
                  ChangeOfAdministratorProcess.DECISION,
                  ChangeOfAdministratorProcess.CORRECTION,
                  ChangeOfAdministratorProcess.CONFIRMATION)));

  /** What the engine itself gives to expressions. */
  private static final Set<String> OF_THE_ENGINE = Set.of("execution", "decisionResult");

  /** The methods that call another system: a job does this, and tries again. */
  private static final Set<String> CALLING_OUT = Set.of("invitations.send");

  private static final Map<String, Class<?>> BEANS = beans();

  static List<Model> models() {
    return Model.all();
  }

  static List<Decision> decisions() {
    return Model.files("processes", ".dmn").stream()
        .map(name -> Dmn.readModelFromFile(Path.of("processes", name + ".dmn").toFile()))
        .map(ModelsTest::decision)
        .toList();
  }

  @Test
  void eachModelHasAClass() {
    assertThat(Model.files("processes", ".bpmn")).isEqualTo(new TreeSet<>(CLASSES.keySet()));
  }

  @Test
  void theJourneyHasTheTimersThatItsClassNames() {
    Model journey =
        models().stream()
            .filter(model -> model.name().equals(ParticipantJourney.KEY))
            .findFirst()
            .orElseThrow();
    assertThat(
            journey.elements(TimerEventDefinition.class).stream()
                .map(timer -> ((CatchEvent) timer.getParentElement()).getId()))
        .containsAll(constants(ParticipantJourney.Timers.class));
  }

  @ParameterizedTest
  @MethodSource("models")
  void theClassNamesWhatTheModelHas(Model model) {
    Names names = CLASSES.get(model.name());
    assertThat(model.process().getId()).isEqualTo(model.name());
    assertThat(model.each(UserTask.class, UserTask::getId)).hasSameElementsAs(names.tasks());
    assertThat(model.each(Message.class, Message::getName)).hasSameElementsAs(names.messages());
    assertThat(model.each(Signal.class, Signal::getName)).hasSameElementsAs(names.signals());
  }

  @ParameterizedTest
  @MethodSource("models")
  void eachMessageAndSignalIsWaitedFor(Model model) {
    assertThat(model.each(MessageEventDefinition.class, event -> event.getMessage().getName()))
        .isEqualTo(model.each(Message.class, Message::getName));
    assertThat(model.each(SignalEventDefinition.class, event -> event.getSignal().getName()))
        .isEqualTo(model.each(Signal.class, Signal::getName));
  }

  @ParameterizedTest
  @MethodSource("models")
  void theModelHasNoVariableThatItsClassDoesNotName(Model model) {
    Set<String> variables = new TreeSet<>();
    model.expressions().forEach(expression -> variables.addAll(expression.variables()));
    variables.removeAll(OF_THE_ENGINE);
    variables.addAll(model.each(ServiceTask.class, ServiceTask::getCamundaResultVariable));
    variables.addAll(
        model.each(BusinessRuleTask.class, BusinessRuleTask::getCamundaResultVariable));
    written(model).stream()
        .filter(call -> call.method().equals("setVariable"))
        .forEach(call -> variables.add(call.texts().get(0)));
    assertThat(CLASSES.get(model.name()).variables()).containsAll(variables);
    assertThat(model.each(CamundaInputParameter.class, CamundaInputParameter::getCamundaName))
        .as("values that live for one task")
        .isSubsetOf("facts");
  }

  @ParameterizedTest
  @MethodSource("models")
  void eachExpressionFindsItsBeanAndMethod(Model model) {
    assertThat(model.expressions()).isNotEmpty();
    for (Expression expression : model.expressions()) {
      for (Expression.Call call : expression.calls()) {
        Class<?> bean =
            call.bean().equals("execution") ? DelegateExecution.class : BEANS.get(call.bean());
        assertThat(bean).as("the bean of " + expression).isNotNull();
        if (bean != DelegateExecution.class) {
          assertThat(ExposedBeans.NAMES).as("beans of " + expression).contains(call.bean());
        }
        assertThat(
                Arrays.stream(bean.getMethods())
                    .filter(method -> method.getName().equals(call.method()))
                    .map(Method::getParameterCount))
            .as("parameters of the public methods that " + expression + " calls")
            .contains(call.parameters());
        assertThat(Modifier.isPublic(bean.getModifiers())).as(bean + " is public").isTrue();
      }
    }
  }

  @Test
  void noBeanIsExposedThatNoModelCalls() {
    Set<String> called =
        models().stream()
            .flatMap(model -> model.expressions().stream())
            .flatMap(expression -> expression.calls().stream())
            .map(Expression.Call::bean)
            .filter(bean -> !bean.equals("execution"))
            .collect(Collectors.toSet());
    assertThat(ExposedBeans.NAMES).isEqualTo(called);
  }

  @ParameterizedTest
  @MethodSource("models")
  void eachValueThatIsWrittenOutIsOneThatThereIs(Model model) {
    Map<String, Set<String>> parameters =
        Map.of("letters.send", names(Template.class), "cases.enter", names(Stage.class));
    for (Expression.Call call : written(model)) {
      if (parameters.containsKey(call.name())) {
        assertThat(parameters.get(call.name())).containsAll(call.texts());
      }
    }
    Map<String, Set<String>> values =
        Map.of(
            Variables.DUPLICATE_DECISION, names(Intake.Decision.class),
            Variables.ELIGIBILITY_RESULT, names(EligibilityResult.class),
            Variables.CLOSED_REASON, names(ClosedReason.class),
            Variables.ANSWER, and(names(OutreachAnswer.class), "NOT_REACHED"),
            Variables.GO_ON, Set.of("INVITED_AGAIN", "WAIT", "CLOSE"),
            Variables.NEXT, outputsOfReminder(),
            ChangeOfAdministratorProcess.DECISION,
                names(org.lwdb.casework.administrator.Decision.class),
            ChangeOfAdministratorProcess.CORRECTION, Set.of("SUBMIT", "WITHDRAW"),
            ChangeOfAdministratorProcess.CONFIRMATION, Set.of("CONFIRMED", "REFUSED"));
    Pattern comparison = Pattern.compile("(\\w+) [!=]= '(\\w*)'");
    Pattern assignment = Pattern.compile("setVariable\\('(\\w+)',(.*)\\)");
    for (Expression expression : model.expressions()) {
      Matcher compared = comparison.matcher(expression.text());
      while (compared.find()) {
        assertThat(values.get(compared.group(1))).as("" + expression).contains(compared.group(2));
      }
      Matcher assigned = assignment.matcher(expression.text());
      if (assigned.find() && values.containsKey(assigned.group(1))) {
        String value = comparison.matcher(assigned.group(2)).replaceAll("");
        Pattern.compile("'(\\w*)'")
            .matcher(value)
            .results()
            .forEach(
                text ->
                    assertThat(values.get(assigned.group(1)))
                        .as("" + expression)
                        .contains(text.group(1)));
      }
    }
  }

  @Test
  void theTableChoosesMailsThatThereAre() {
    assertThat(and(names(Template.class), "CHECK_IN", "NOTHING", "END"))
        .containsAll(outputsOfReminder());
  }

  @ParameterizedTest
  @MethodSource("models")
  void modelsCallBeansAndHoldNoCode(Model model) {
    assertThat(model.elements(ScriptTask.class)).isEmpty();
    for (ServiceTask task : model.elements(ServiceTask.class)) {
      assertThat(task.getCamundaExpression()).as(task.getId()).isNotNull();
    }
    String file = Bpmn.convertToString(model.bpmn());
    assertThat(file)
        .doesNotContain("camunda:class=", "camunda:delegateExpression=", "camunda:script");
  }

  @ParameterizedTest
  @MethodSource("models")
  void eachProcessHasATimeToLive(Model model) {
    assertThat(days(model.process().getCamundaHistoryTimeToLiveString())).isPositive();
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void eachDecisionHasATimeToLiveAndSaysWhatItIs(Decision decision) {
    assertThat(days(decision.getCamundaHistoryTimeToLiveString())).isPositive();
    assertThat(decision.getDescription().getTextContent()).isNotBlank();
  }

  @Test
  void eachDecisionIsUsedAndEachUsedIsThere() {
    Set<String> used =
        models().stream()
            .flatMap(model -> model.elements(BusinessRuleTask.class).stream())
            .map(BusinessRuleTask::getCamundaDecisionRef)
            .collect(Collectors.toSet());
    assertThat(decisions()).extracting(Decision::getId).hasSameElementsAs(used);
    assertThat(Model.files("processes", ".dmn")).hasSameElementsAs(used).contains(Screening.TABLE);
  }

  @ParameterizedTest
  @MethodSource("models")
  void whatCallsOutIsDoneByAJob(Model model) {
    long callingOut =
        written(model).stream().filter(call -> CALLING_OUT.contains(call.name())).count();
    assertThat(
            model.elements(ServiceTask.class).stream()
                .filter(ServiceTask::isCamundaAsyncBefore)
                .flatMap(task -> new Expression(task.getCamundaExpression()).calls().stream())
                .filter(call -> CALLING_OUT.contains(call.name())))
        .as("asynchronous tasks for the " + callingOut + " calls")
        .hasSize((int) callingOut);
  }

  @ParameterizedTest
  @MethodSource("models")
  void whatAJobDoesIsTriedAgainForSomeMinutes(Model model) {
    for (FlowNode node : model.elements(FlowNode.class)) {
      if ("true".equals(node.getAttributeValueNs(CAMUNDA_NS, "asyncBefore"))
          || "true".equals(node.getAttributeValueNs(CAMUNDA_NS, "asyncAfter"))) {
        List<String> cycles =
            node.getExtensionElements() == null
                ? List.of()
                : node.getExtensionElements().getElements().stream()
                    .filter(e -> e instanceof CamundaFailedJobRetryTimeCycle)
                    .map(e -> e.getTextContent())
                    .toList();
        assertThat(cycles).as("retry cycle of " + node.getId()).hasSize(1);
        String[] cycle = cycles.get(0).split("/");
        assertThat(Integer.parseInt(cycle[0].substring(1))).isGreaterThanOrEqualTo(5);
        assertThat(Duration.parse(cycle[1])).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
      }
    }
  }

  /** A timer that repeats outlives its reason. */
  @ParameterizedTest
  @MethodSource("models")
  void noTimerRepeats(Model model) {
    assertThat(model.elements(TimeCycle.class)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("models")
  void eachStepHasANameAndEachActivityItsDocumentation(Model model) {
    for (FlowNode node : model.elements(FlowNode.class)) {
      assertThat(node.getName()).as("name of " + node.getId()).isNotBlank();
      if (node instanceof Activity) {
        assertThat(node.getDocumentations()).as("documentation of " + node.getId()).isNotEmpty();
        assertThat(node.getDocumentations().iterator().next().getTextContent()).isNotBlank();
      }
    }
    assertThat(model.process().getDocumentations()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("models")
  void eachQuestionHasAnAnswerForEveryWay(Model model) {
    for (ExclusiveGateway question : model.elements(ExclusiveGateway.class)) {
      assertThat(question.getName()).as(question.getId()).endsWith("?");
      assertThat(question.getDefault()).as("default of " + question.getId()).isNotNull();
      assertThat(question.getOutgoing()).hasSizeGreaterThan(1);
      for (SequenceFlow way : question.getOutgoing()) {
        assertThat(way.getName()).as("name of " + way.getId()).isNotBlank();
        assertThat(way.getConditionExpression() == null)
            .as("the default alone has no condition: " + way.getId())
            .isEqualTo(way.equals(question.getDefault()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void eachTaskHasPeopleWhoMayDoIt(Model model) {
    Set<String> groups = constants(Groups.class);
    for (UserTask task : model.elements(UserTask.class)) {
      assertThat(task.getCamundaCandidateGroups()).as(task.getId()).isNotBlank();
      if (!task.getCamundaCandidateGroups().startsWith("${")) {
        assertThat(groups).containsAll(task.getCamundaCandidateGroupsList());
      }
    }
  }

  private static List<Expression.Call> written(Model model) {
    return model.expressions().stream().flatMap(e -> e.calls().stream()).toList();
  }

  private static Decision decision(DmnModelInstance file) {
    return file.getModelElementsByType(Decision.class).iterator().next();
  }

  private static Set<String> outputsOfReminder() {
    return decisions().stream()
        .filter(decision -> decision.getId().equals("reminder"))
        .flatMap(
            decision ->
                ((DmnModelInstance) decision.getModelInstance())
                    .getModelElementsByType(OutputEntry.class).stream())
        .map(entry -> entry.getText().getTextContent().replace("\"", ""))
        .collect(Collectors.toSet());
  }

  private static int days(String timeToLive) {
    assertThat(timeToLive).isNotNull();
    return Period.parse(timeToLive).getDays();
  }

  private static Set<String> constants(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .filter(field -> field.getType() == String.class)
        .map(ModelsTest::value)
        .collect(Collectors.toSet());
  }

  private static String value(Field field) {
    try {
      field.setAccessible(true);
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <E extends Enum<E>> Set<String> names(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.toSet());
  }

  private static Set<String> and(Set<String> some, String... others) {
    return Stream.concat(some.stream(), Stream.of(others)).collect(Collectors.toSet());
  }

  /** The application's components by the names that Spring gives them. */
  private static Map<String, Class<?>> beans() {
    SimpleBeanDefinitionRegistry components = new SimpleBeanDefinitionRegistry();
    new ClassPathBeanDefinitionScanner(components).scan("org.lwdb.casework");
    Map<String, Class<?>> beans = new HashMap<>();
    for (String name : components.getBeanDefinitionNames()) {
      String type = components.getBeanDefinition(name).getBeanClassName();
      beans.put(name, ClassUtils.resolveClassName(type, ModelsTest.class.getClassLoader()));
    }
    return beans;
  }
}
