package org.lwdb.casework.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.participant.WaitingRows;
import org.lwdb.casework.participant.WaitingRows.Batch;
import org.lwdb.casework.participant.WaitingRows.Outcome;
import org.lwdb.casework.participant.WaitingRows.Settled;
import org.lwdb.casework.participant.WaitingRows.Waiting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.stereotype.Service;

/**
 * Opens the cases of people who came by the file, in the name of whoever sent it: a batch in a
 * transaction, in which each row's own state changes too. So a kill loses nothing, and opens no
 * case twice.
 */
@Service
public class CasesFromFiles {

  private static final Logger log = LoggerFactory.getLogger(CasesFromFiles.class);
  private static final int BATCH = 50;

  private final WaitingRows waiting;
  private final Journey journey;
  private final CaseBatch batches;
  private final AsyncTaskExecutor executor;
  private volatile boolean stopping;

  CasesFromFiles(
      WaitingRows waiting,
      Journey journey,
      CaseBatch batches,
      @Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor) {
    this.waiting = waiting;
    this.journey = journey;
    this.batches = batches;
    this.executor = executor;
  }

  /** Begins at once with an import, and waits for it so long at most; it goes on after that. */
  public void open(long importId, Duration atMost) throws InterruptedException {
    Future<?> opened = executor.submit(() -> open(importId, true));
    try {
      opened.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.debug("Import {} goes on after its answer", importId);
    } catch (ExecutionException e) {
      log.warn("Import {} is tried again later: {}", importId, e.getCause().getClass().getName());
    }
  }

  /** Opens whatever waits and is not being opened by another node. */
  public void openDue() {
    waiting.imports().forEach(id -> open(id, false));
  }

  @EventListener(ContextClosedEvent.class)
  void stop() {
    stopping = true;
  }

  private void open(long importId, boolean wait) {
    boolean more = true;
    for (int batches = 1; more && !stopping; batches++) {
      try {
        more = openSome(importId, BATCH, wait) > 0;
        if (batches > 1 && Integer.bitCount(batches) == 1) {
          waiting.analyzeCases(); // there are twice as many from this file as the last time
        }
      } catch (RuntimeException e) {
        log.info("Import {} goes on row by row: {}", importId, e.getClass().getName());
        more = openOneByOne(importId, wait);
      }
    }
  }

  /** After a batch that failed: as many rows, each in a transaction of its own. */
  private boolean openOneByOne(long importId, boolean wait) {
    for (int i = 0; i < BATCH && !stopping; i++) {
      if (openSome(importId, 1, wait) == 0) {
        return false;
      }
    }
    return true;
  }

  private int openSome(long importId, int most, boolean wait) {
    List<Waiting> claimed = new ArrayList<>();
    try {
      batches.inOneTransaction(
          () -> {
            Batch batch = waiting.claim(importId, most, wait);
            claimed.addAll(batch.rows());
            if (!claimed.isEmpty()) {
              waiting.settle(importId, CurrentUser.as(batch.by(), () -> open(batch)));
            }
            return null;
          });
    } catch (RuntimeException e) {
      if (claimed.size() != 1 || most > 1) {
        throw e;
      }
      notOpened(importId, claimed.get(0), e);
    }
    return claimed.size();
  }

  private List<Settled> open(Batch batch) {
    Map<String, String> known = new HashMap<>(batch.takenIn());
    List<Settled> settled = new ArrayList<>();
    for (Waiting row : batch.rows()) {
      String before = known.get(row.key());
      if (before != null) {
        settled.add(new Settled(row, Outcome.IDENTICAL, before));
        continue;
      }
      Journey.Started started = journey.refer(row.referral(), "IMPORT");
      boolean opened = started.caseNumber() != null;
      String caseNumber = opened ? started.caseNumber() : started.duplicateOf();
      settled.add(new Settled(row, opened ? Outcome.ACCEPTED : Outcome.DUPLICATE, caseNumber));
      known.put(row.key(), caseNumber);
    }
    return settled;
  }

  private void notOpened(long importId, Waiting row, RuntimeException e) {
    if (e instanceof BadInput bad) {
      waiting.refuse(importId, row, bad.problems());
    } else {
      // The message may hold what stands in the row.
      log.warn("Row {} of import {} failed: {}", row.row(), importId, e.getClass().getName());
      waiting.failed(importId, row);
    }
  }
}
