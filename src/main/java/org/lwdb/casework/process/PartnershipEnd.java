package org.lwdb.casework.process;

import java.time.Clock;
import java.util.List;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Execution;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.NewYork;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * When the partnership's last day is over (advisory, Policy), tells each case that still waits for
 * an invitation or an enrollment; whoever is learning goes on.
 */
@Service
public class PartnershipEnd {

  private static final int BATCH = 100;

  private final CaseworkSettings settings;
  private final Clock clock;
  private final RuntimeService runtime;
  private final TransactionTemplate transaction;

  PartnershipEnd(
      CaseworkSettings settings,
      Clock clock,
      RuntimeService runtime,
      TransactionTemplate transaction) {
    this.settings = settings;
    this.clock = clock;
    this.runtime = runtime;
    this.transaction = transaction;
  }

  /** Tells the cases if the partnership is over; returns how many were told. */
  public int tellCases() {
    if (!NewYork.today(clock).isAfter(settings.partnership().lastDay())) {
      return 0;
    }
    int told = 0;
    Integer batch;
    do {
      batch = transaction.execute(status -> tellSome());
      told += batch == null ? 0 : batch;
    } while (batch != null && batch > 0);
    return told;
  }

  private int tellSome() {
    List<Execution> waiting =
        runtime
            .createExecutionQuery()
            .signalEventSubscriptionName(ParticipantJourney.PARTNERSHIP_ENDED_SIGNAL)
            .listPage(0, BATCH);
    waiting.forEach(
        execution ->
            runtime
                .createSignalEvent(ParticipantJourney.PARTNERSHIP_ENDED_SIGNAL)
                .executionId(execution.getId())
                .send());
    return waiting.size();
  }
}
