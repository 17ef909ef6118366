package org.lwdb.casework.process;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.community.process_test_coverage.engine.platform7.ProcessCoverageConfigurator;
import org.camunda.community.process_test_coverage.engine.platform7.ProcessEngineAdapter;
import org.springframework.boot.test.context.TestComponent;

/** Lets the coverage of models be recorded. */
@TestComponent
public class CoveragePlugin extends AbstractProcessEnginePlugin {
  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    ProcessCoverageConfigurator.initializeProcessCoverageExtensions(engine);
  }

  /** Until a test class records it, nobody does. */
  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    new ProcessEngineAdapter(engine, event -> {}).initializeListeners();
  }
}
