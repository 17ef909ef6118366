package org.lwdb.casework.process;

import java.util.Set;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.learning.UnmatchedLearner;
import org.lwdb.casework.learning.UnmatchedLearners;
import org.lwdb.casework.participant.Referral;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes people in whom Coursera's reports name and who have no case yet. */
@Service
public class ReportedPeople {

  private final Journey journey;
  private final UnmatchedLearners learners;

  ReportedPeople(Journey journey, UnmatchedLearners learners) {
    this.journey = journey;
    this.learners = learners;
  }

  /**
   * Takes the learner in like any referral; the rows are those of the new case. Of a probable
   * duplicate a person decides first: its rows wait.
   */
  @Transactional
  public Journey.Started takeIn(long learnerId, Referral referral, Set<String> boards) {
    UnmatchedLearner learner = learners.get(learnerId, boards);
    if (!learner.boards().contains(referral.board())) {
      throw new BadInput(
          "board",
          "The report was imported for other boards: choose one of " + learner.boards() + ".");
    }
    Journey.Started started = journey.refer(referral, "REPORT");
    if (started.caseNumber() != null) {
      learners.match(learner, started.caseNumber());
    }
    return started;
  }
}
