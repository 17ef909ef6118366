package org.lwdb.casework.process;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.community.process_test_coverage.core.model.DefaultCollector;
import org.camunda.community.process_test_coverage.core.model.Run;
import org.camunda.community.process_test_coverage.core.model.Suite;
import org.camunda.community.process_test_coverage.engine.platform7.ExecutionContextModelProvider;
import org.camunda.community.process_test_coverage.engine.platform7.ProcessCoverageConfigurator;
import org.camunda.community.process_test_coverage.engine.platform7.ProcessEngineAdapter;
import org.springframework.boot.test.context.TestComponent;

/** Lets the coverage of models be recorded; of tests that ask for none it goes nowhere. */
@TestComponent
public class CoveragePlugin extends AbstractProcessEnginePlugin {

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    ProcessCoverageConfigurator.initializeProcessCoverageExtensions(engine);
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
