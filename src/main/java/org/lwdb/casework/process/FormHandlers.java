package org.lwdb.casework.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.form.FormData;
import org.camunda.bpm.engine.form.FormField;
import org.camunda.bpm.engine.form.StartFormData;
import org.camunda.bpm.engine.form.TaskFormData;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.form.FormFieldImpl;
import org.camunda.bpm.engine.impl.form.handler.FormHandler;
import org.camunda.bpm.engine.impl.form.handler.StartFormHandler;
import org.camunda.bpm.engine.impl.form.handler.TaskFormHandler;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.lwdb.casework.BadInput;
import org.springframework.stereotype.Component;

/**
 * Puts our own handler behind each form that a model names: the form is filled from our tables when
 * it is opened, and what is submitted is checked against the form's own fields and handed to the
 * domain. So nothing that a form shows or asks is ever a process variable, whichever door it came
 * through.
 */
@Component
class FormHandlers extends AbstractBpmnParseListener {

  private static final String FORM_REF = "formRef";

  private final TaskForms forms;
  private final ObjectMapper json;

  FormHandlers(TaskForms forms, ObjectMapper json) {
    this.forms = forms;
    this.json = json;
  }

  @Override
  public void parseStartEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
    String form = formRef(element);
    if (form != null && scope instanceof ProcessDefinitionEntity definition) {
      definition.setStartFormHandler(
          new StartForm(definition.getStartFormHandler(), forms.behind(form), fieldsOf(form)));
    }
  }

  @Override
  public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
    String form = formRef(element);
    if (form != null) {
      TaskDefinition task =
          ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
      task.setTaskFormHandler(
          new UserTaskForm(task.getTaskFormHandler(), forms.behind(form), fieldsOf(form)));
    }
  }

  private static String formRef(Element element) {
    return element.attributeNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, FORM_REF);
  }

  private Set<String> fieldsOf(String form) {
    try (InputStream file = getClass().getResourceAsStream("/forms/" + form + ".form")) {
      if (file == null) {
        throw new IllegalStateException("There is no form forms/" + form + ".form");
      }
      Set<String> fields = new TreeSet<>();
      collect(json.readTree(file).path("components"), fields);
      return fields;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void collect(JsonNode components, Set<String> fields) {
    for (JsonNode component : components) {
      if (component.has("key") && !component.path("disabled").asBoolean()) {
        fields.add(component.get("key").asText());
      }
      collect(component.path("components"), fields);
    }
  }

  /** What is the same for a start form and a task's form. */
  private abstract static class Handler implements FormHandler {

    private final TaskForm form;
    private final Set<String> fields;

    Handler(TaskForm form, Set<String> fields) {
      this.form = form;
      this.fields = fields;
    }

    @Override
    public void parseConfiguration(
        Element element,
        DeploymentEntity deployment,
        ProcessDefinitionEntity definition,
        BpmnParse parse) {
      // The engine's own handler, which this one stands in front of, has read the element.
    }

    @Override
    public void submitFormVariables(VariableMap submitted, VariableScope scope) {
      BadInput.Collector problems = new BadInput.Collector();
      submitted.keySet().stream()
          .filter(name -> !fields.contains(name))
          .forEach(
              name ->
                  problems.add(
                      name,
                      "'" + name + "' is no field of this form. Leave it out, and submit again."));
      problems.throwIfAny();
      Context.getCommandContext()
          .runWithoutAuthorization(
              () -> {
                scope.setVariables(form.submit().of(scope, new Submitted(submitted)));
                return null;
              });
    }

    void prefill(FormData data, VariableScope scope) {
      List<FormField> shown = data.getFormFields();
      for (Map.Entry<String, Object> value : form.prefill().of(scope).entrySet()) {
        FormFieldImpl field = new FormFieldImpl();
        field.setId(value.getKey());
        field.setValue(Variables.untypedValue(value.getValue()));
        shown.add(field);
      }
    }
  }

  private static final class StartForm extends Handler implements StartFormHandler {
    private final StartFormHandler engines;

    StartForm(StartFormHandler engines, TaskForm form, Set<String> fields) {
      super(form, fields);
      this.engines = engines;
    }

    @Override
    public StartFormData createStartFormData(ProcessDefinitionEntity definition) {
      StartFormData data = engines.createStartFormData(definition);
      prefill(data, null);
      return data;
    }
  }

  private static final class UserTaskForm extends Handler implements TaskFormHandler {
    private final TaskFormHandler engines;

    UserTaskForm(TaskFormHandler engines, TaskForm form, Set<String> fields) {
      super(form, fields);
      this.engines = engines;
    }

    @Override
    public TaskFormData createTaskForm(TaskEntity task) {
      TaskFormData data = engines.createTaskForm(task);
      prefill(data, task);
      return data;
    }
  }
}
