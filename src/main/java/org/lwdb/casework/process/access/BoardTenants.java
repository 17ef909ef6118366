package org.lwdb.casework.process.access;

import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProvider;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderCaseInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderHistoricDecisionInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderProcessInstanceContext;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.Forbidden;

/**
 * The board that a new instance belongs to: that of the instance which calls it; else the board
 * that the application works for; else the {@code board} that the signed-in person names, of the
 * person's own; else the person's only one. There is never an instance without a board: everybody
 * would see it.
 */
class BoardTenants implements TenantIdProvider {

  @Override
  public String provideTenantIdForProcessInstance(TenantIdProviderProcessInstanceContext started) {
    return started.getSuperExecution() != null
        ? started.getSuperExecution().getTenantId()
        : BoundBoard.current().orElseGet(() -> ofPerson(started.getVariables().get("board")));
  }

  @Override
  public String provideTenantIdForHistoricDecisionInstance(
      TenantIdProviderHistoricDecisionInstanceContext evaluated) {
    return evaluated.getExecution() != null
        ? evaluated.getExecution().getTenantId()
        : BoundBoard.current().orElseGet(() -> ofPerson(null));
  }

  @Override
  public String provideTenantIdForCaseInstance(TenantIdProviderCaseInstanceContext started) {
    throw new Forbidden("This application has no CMMN cases.");
  }

  private static String ofPerson(Object named) {
    Authentication person =
        Context.getProcessEngineConfiguration().getIdentityService().getCurrentAuthentication();
    List<String> own =
        Optional.ofNullable(person).map(Authentication::getTenantIds).orElse(List.of());
    if (own.isEmpty()) {
      throw new Forbidden(
          "You belong to no board, so nothing can be started for it. Ask the operator to add you to"
              + " your board.");
    }
    if (named != null && !named.toString().isBlank()) {
      if (!own.contains(named.toString())) {
        throw new Forbidden(
            "You do not work for the board '" + named + "'. Choose one of your own boards.");
      }
      return named.toString();
    }
    if (own.size() > 1) {
      throw new BadInput("board", "You work for several boards: say which board this is for.");
    }
    return own.get(0);
  }
}
