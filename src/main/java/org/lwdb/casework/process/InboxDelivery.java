package org.lwdb.casework.process;

import java.util.List;
import java.util.Map;
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
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells the cases what Coursera's reports said: in order for each person, a batch in a transaction,
 * each piece of news exactly once. What no case waits for yet is kept and tried again when the case
 * moves.
 */
@Service
public class InboxDelivery {

  private static final Logger log = LoggerFactory.getLogger(InboxDelivery.class);
  private static final int BATCH = 50;

  private final Inbox inbox;
  private final CaseMessages told;
  private final OwedToOsos owed;
  private final TransactionTemplate transaction;

  InboxDelivery(Inbox inbox, CaseMessages told, OwedToOsos owed, TransactionTemplate transaction) {
    this.inbox = inbox;
    this.told = told;
    this.owed = owed;
    this.transaction = transaction;
  }

  /** Delivers all that is due now; returns how much that was. */
  public int deliverDue() {
    int delivered = 0;
    int batch = BATCH;
    while (true) {
      int limit = batch;
      try {
        Integer done =
            transaction.execute(
                status -> CurrentUser.as(CurrentUser.COURSERA, () -> deliver(inbox.due(limit))));
        if (done == null || done == 0) {
          return delivered;
        }
        delivered += done;
        batch = BATCH;
      } catch (OptimisticLockingException e) {
        // A job or a person moved one of these cases at the same moment: one by one, then.
        if (limit == 1) {
          log.info("The inbox is tried again later: {}", e.getMessage());
          return delivered;
        }
        batch = 1;
      }
    }
  }

  /** A case that has moved may wait now for what it did not wait for before. */
  @EventListener
  void caseMoved(StageChanged changed) {
    inbox.wake(changed.participantId());
  }

  private int deliver(List<News> due) {
    due.forEach(this::deliver);
    return due.size();
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
              isAtOrPast(news, Stage.LEARNING)
                  || tell(news, Messages.LEARNER_ENROLLED, Map.of())
                  // Whoever has enrolled has joined, and need not have been invited by us.
                  || tell(news, Messages.LEARNER_JOINED, Map.of())
                      && tell(news, Messages.LEARNER_ENROLLED, Map.of());
          case COMPLETED ->
              tell(
                  news,
                  Messages.COURSE_COMPLETED,
                  Map.of(Variables.ENROLLMENT_ID, news.enrollmentId()));
        };
    if (arrived) {
      inbox.delivered(news.id(), null);
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
