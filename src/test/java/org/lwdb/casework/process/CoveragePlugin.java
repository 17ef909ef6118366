package org.lwdb.casework.process;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.community.process_test_coverage.core.model.DefaultCollector;
import org.camunda.community.process_test_coverage.core.model.Run;
import org.camunda.community.process_test_coverage.core.model.Suite;
import org.camunda.community.process_test_coverage.engine.platform7.ExecutionContextModelProvider;
import org.camunda.community.process_test_coverage.engine.platform7.ProcessCoverageConfigurator;
import org.camunda.community.process_test_coverage.engine.platform7.ProcessEngineAdapter;
import org.springframework.boot.test.context.TestComponent;

/**
 * Lets the coverage of models be recorded; of tests that ask for none it goes nowhere. For both,
 * and for tests that ask what a case has passed, the engine keeps the course of each case here.
 */
@TestComponent
public class CoveragePlugin extends AbstractProcessEnginePlugin {

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    ProcessCoverageConfigurator.initializeProcessCoverageExtensions(engine);
  }

  @Override
  public void postInit(ProcessEngineConfigurationImpl engine) {
    engine.setHistoryLevel(
        new CaseworkHistoryLevel() {
          @Override
          public boolean isHistoryEventProduced(HistoryEventType eventType, Object entity) {
            return eventType == HistoryEventTypes.ACTIVITY_INSTANCE_START
                || eventType == HistoryEventTypes.ACTIVITY_INSTANCE_END
                || super.isHistoryEventProduced(eventType, entity);
          }
        });
  }

  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    DefaultCollector nowhere = new DefaultCollector(new ExecutionContextModelProvider());
    nowhere.createSuite(new Suite("none", "none"));
    nowhere.activateSuite("none");
    nowhere.createRun(new Run("none", "none"), "none");
    nowhere.activateRun("none");
    new ProcessEngineAdapter(engine, nowhere).initializeListeners();
  }
}
