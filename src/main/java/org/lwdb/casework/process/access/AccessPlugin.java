package org.lwdb.casework.process.access;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.springframework.stereotype.Component;

/** Sets up the engine's side of access. */
@Component
class AccessPlugin extends AbstractProcessEnginePlugin {

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    engine.setTenantIdProvider(new BoardTenants());
    engine.setResourceAuthorizationProvider(new NoGrantsForTasks());
    engine.setCustomPreCommandInterceptorsTxRequired(
        with(engine.getCustomPreCommandInterceptorsTxRequired(), new Refusals.Unwrapped()));
    engine.setCustomPostCommandInterceptorsTxRequired(
        with(engine.getCustomPostCommandInterceptorsTxRequired(), new WorksForBoundBoard()));
    engine.setCustomPostCommandInterceptorsTxRequiresNew(
        with(engine.getCustomPostCommandInterceptorsTxRequiresNew(), new WorksForBoundBoard()));
    // Whoever called the engine logs a failure or answers a refusal; the engine would log each of
    // them with what a person typed.
    engine.setEnableCmdExceptionLogging(false);
    // A wrong password makes the next attempts wait, up to a minute. It never locks a user for
    // good:
    // anybody could lock out the operator.
    engine.setLoginMaxAttempts(Integer.MAX_VALUE);
  }

  private static List<CommandInterceptor> with(
      List<CommandInterceptor> others, CommandInterceptor ours) {
    List<CommandInterceptor> all = new ArrayList<>(others == null ? List.of() : others);
    all.add(ours);
    return all;
  }
}
