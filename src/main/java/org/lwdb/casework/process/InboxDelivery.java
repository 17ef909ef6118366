package org.lwdb.casework.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.learning.Inbox;
import org.lwdb.casework.learning.News;
import org.lwdb.casework.participant.Stage;
import org.lwdb.casework.participant.StageChanged;
import org.lwdb.casework.process.ParticipantJourney.Messages;
import org.lwdb.casework.process.ParticipantJourney.Variables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.event.EventListener;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.stereotype.Service;

/**
 * Tells the cases what Coursera's reports said: in order for each person, a batch in a transaction,
 * each piece of news exactly once. What no case waits for yet is kept and tried again when the case
 * moves.
 */
@Service
public class InboxDelivery {

  private static final Logger log = LoggerFactory.getLogger(InboxDelivery.class);
  private static final int BATCH = 100;
  private static final int WORKERS = 4;

  private final Inbox inbox;
  private final CaseMessages told;
  private final OwedToOsos owed;
  private final CaseBatch batch;
  private final AsyncTaskExecutor executor;

  InboxDelivery(
      Inbox inbox,
      CaseMessages told,
      OwedToOsos owed,
      CaseBatch batch,
      @Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor) {
    this.inbox = inbox;
    this.told = told;
    this.owed = owed;
    this.batch = batch;
    this.executor = executor;
  }

  /** Delivers all that is due now, with helpers where that is much; returns how much it was. */
  public int deliverDue() {
    int delivered = deliverSome();
    List<Future<Integer>> helpers =
        delivered < BATCH
            ? List.of()
            : IntStream.range(1, WORKERS)
                .mapToObj(n -> executor.submit(this::deliverWhileDue))
                .toList();
    delivered += deliverWhileDue();
    for (Future<Integer> helper : helpers) {
      delivered += result(helper);
    }
    return delivered;
  }

  /** A case that was invited or has joined may wait now for what it did not wait for before. */
  @EventListener
  void caseMoved(StageChanged changed) {
    if (changed.stage().compareTo(Stage.INVITED) >= 0) {
      inbox.wake(changed.participantId());
    }
  }

  private int deliverWhileDue() {
    int delivered = 0;
    int some;
    do {
      some = deliverSome();
      delivered += some;
    } while (some > 0);
    return delivered;
  }

  private int deliverSome() {
    try {
      return deliver(BATCH, new ArrayList<>());
    } catch (RuntimeException e) {
      // One of these cases was moved at the same moment, or cannot be told: one by one, then.
      log.info("The inbox goes on one by one: {}", e.getClass().getName());
      return deliverOneByOne();
    }
  }

  private int deliverOneByOne() {
    int delivered = 0;
    while (delivered < BATCH) {
      List<News> claimed = new ArrayList<>();
      try {
        if (deliver(1, claimed) == 0) {
          return delivered;
        }
      } catch (RuntimeException e) {
        if (claimed.isEmpty()) {
          throw e;
        }
        postpone(claimed.get(0), e);
      }
      delivered++;
    }
    return delivered;
  }

  /**
   * @param claimed filled with what was claimed, for whoever has to deal with a failure
   */
  private int deliver(int limit, List<News> claimed) {
    return batch.inOneTransaction(
        () ->
            CurrentUser.as(
                CurrentUser.COURSERA,
                () -> {
                  claimed.addAll(inbox.due(limit));
                  claimed.forEach(this::deliver);
                  return claimed.size();
                }));
  }

  private void postpone(News news, RuntimeException e) {
    if (e instanceof OptimisticLockingException) {
      inbox.postponed(news.id(), "The case was moved at the same moment.");
    } else {
      // The message may hold personal data.
      log.warn("News {} cannot be delivered: {}", news.id(), e.getClass().getName());
      inbox.postponed(news.id(), "Delivering it failed: tell your operator.");
    }
  }

  private static int result(Future<Integer> helper) {
    try {
      return helper.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A helper has failed", e.getCause());
    }
  }

  private void deliver(News news) {
    if (news.stage() == Stage.CLOSED) {
      deliverToClosed(news);
      return;
    }
    boolean arrived =
        switch (news.kind()) {
          case JOINED ->
              isAtOrPast(news, Stage.INVITED) || tell(news, Messages.LEARNER_JOINED, Map.of());
          case ENROLLED ->
              isAtOrPast(news, Stage.LEARNING) || tell(news, Messages.LEARNER_ENROLLED, Map.of());
          case COMPLETED ->
              tell(
                  news,
                  Messages.COURSE_COMPLETED,
                  Map.of(Variables.ENROLLMENT_ID, news.enrollmentId()));
        };
    if (arrived) {
      inbox.delivered(news.id(), null);
    } else if (news.kind() == News.Kind.ENROLLED && tell(news, Messages.LEARNER_JOINED, Map.of())) {
      // Whoever has enrolled has joined, and need not have been invited by us. The news stays due:
      // the next batch finds the case waiting for it.
      log.debug("News {} is told in two steps", news.id());
    } else {
      inbox.postponed(news.id(), "The case does not wait for this yet.");
    }
  }

  /** A closed case is told nothing more, but what is owed to OSOS is owed all the same. */
  private void deliverToClosed(News news) {
    switch (news.kind()) {
      case JOINED -> inbox.delivered(news.id(), "The case was closed already.");
      case ENROLLED -> {
        owed.oweReferral(news.participantId());
        inbox.delivered(news.id(), "The case was closed already: only the OSOS entry was started.");
      }
      case COMPLETED -> {
        owed.oweOutcome(news.participantId(), news.enrollmentId());
        inbox.delivered(
            news.id(), "The case was closed already: only the outcome for OSOS was started.");
      }
    }
  }

  private static boolean isAtOrPast(News news, Stage stage) {
    return news.stage().compareTo(stage) >= 0;
  }

  private boolean tell(News news, String message, Map<String, Object> variables) {
    return told.begin(news.board(), news.caseNumber(), message, variables);
  }
}
