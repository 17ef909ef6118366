package org.lwdb.casework.process;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.lwdb.casework.participant.Eligibility;
import org.lwdb.casework.participant.Participant;
import org.lwdb.casework.participant.Participants;
import org.lwdb.casework.participant.Stage;
import org.lwdb.casework.process.ParticipantJourney.Messages;
import org.lwdb.casework.process.access.BoundBoard;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Puts the file's answers to the table "eligibility" and the table's result into the file. */
@Component("screening")
public class Screening {

  static final String TABLE = "eligibility";

  private final Eligibility eligibility;
  private final DecisionService decisions;
  private final RepositoryService repository;
  private final Participants participants;
  private final CaseMessages told;

  Screening(
      Eligibility eligibility,
      Participants participants,
      CaseMessages told,
      @Lazy DecisionService decisions,
      @Lazy RepositoryService repository) {
    this.eligibility = eligibility;
    this.participants = participants;
    this.told = told;
    this.decisions = decisions;
    this.repository = repository;
  }

  /** The answers, as a value that the engine never stores. */
  public TypedValue facts(long participantId) {
    return Variables.untypedValue(eligibility.facts(participantId), true);
  }

  /** Stores what the table made of the answers, and returns the result. */
  public String record(long participantId, List<Map<String, Object>> matches) {
    int version =
        repository
            .createDecisionDefinitionQuery()
            .decisionDefinitionKey(TABLE)
            .latestVersion()
            .singleResult()
            .getVersion();
    return eligibility.record(participantId, matches, version);
  }

  /**
   * Answers have changed: assesses again. A case before its invitation goes back to its screening;
   * of one that was invited long ago the result is put into the file alone.
   */
  public void again(long participantId) {
    Participant participant = participants.get(participantId);
    if (participant.stage() != Stage.CLOSED
        && !told.tell(participant, Messages.ANSWERS_CHANGED, Map.of())) {
      BoundBoard.in(
          participant.board(),
          () ->
              record(
                  participantId,
                  decisions
                      .evaluateDecisionTableByKey(TABLE)
                      .variables(Variables.putValueTyped("facts", facts(participantId)))
                      .evaluate()
                      .getResultList()));
    }
  }
}
