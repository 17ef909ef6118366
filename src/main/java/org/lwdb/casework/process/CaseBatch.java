package org.lwdb.casework.process;

import java.util.function.Supplier;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Moves many cases in one transaction. What the engine has to write for all of them it writes
 * together, at the end, in a few statements; until then its queries do not see it, so no case may
 * be moved twice in a batch.
 */
@Component
class CaseBatch {

  private final ProcessEngine engine;

  CaseBatch(@Lazy ProcessEngine engine) {
    this.engine = engine;
  }

  <T> T inOneTransaction(Supplier<T> work) {
    return ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
        .getCommandExecutorTxRequired()
        .execute(context -> work.get());
  }
}
