package org.lwdb.casework.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.community.process_test_coverage.core.model.DefaultCollector;
import org.camunda.community.process_test_coverage.core.model.Event;
import org.camunda.community.process_test_coverage.core.model.Run;
import org.camunda.community.process_test_coverage.core.model.Suite;
import org.camunda.community.process_test_coverage.engine.platform7.ExecutionContextModelProvider;
import org.camunda.community.process_test_coverage.engine.platform7.ProcessEngineAdapter;
import org.camunda.community.process_test_coverage.report.CoverageReportUtil;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Holds a test class against a model: together its tests pass each element and each sequence flow.
 * The report, with the diagram, is in {@code target/process-test-coverage}.
 */
class ModelCoverage implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  private final String model;
  private final DefaultCollector collector =
      new DefaultCollector(new ExecutionContextModelProvider());
  private String suite;

  ModelCoverage(String model) {
    this.model = model;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    ProcessEngine engine =
        SpringExtension.getApplicationContext(context).getBean(ProcessEngine.class);
    suite = context.getUniqueId();
    collector.createSuite(new Suite(suite, context.getDisplayName()));
    collector.activateSuite(suite);
    new ProcessEngineAdapter(engine, collector).initializeListeners();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    collector.createRun(new Run(context.getUniqueId(), context.getDisplayName()), suite);
    collector.activateRun(context.getUniqueId());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    CoverageReportUtil.createReport(collector, "target/process-test-coverage");
    Set<String> passed =
        collector.getActiveSuite().getEvents(model).stream()
            .map(Event::getDefinitionKey)
            .collect(Collectors.toSet());
    Set<String> missed =
        Bpmn.readModelFromStream(getClass().getResourceAsStream("/processes/" + model + ".bpmn"))
            .getModelElementsByType(FlowElement.class)
            .stream()
            .filter(element -> element instanceof FlowNode || element instanceof SequenceFlow)
            .map(FlowElement::getId)
            .filter(id -> !passed.contains(id))
            .collect(Collectors.toCollection(TreeSet::new));
    // Some tests only, as a developer runs them, pass only some of the model.
    if (System.getProperty("test") == null || !System.getProperty("test").contains("#")) {
      assertThat(missed).as("elements and flows of " + model + " that no test passes").isEmpty();
    }
  }
}
