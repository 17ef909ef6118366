package org.lwdb.casework.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.localarea.Boards;
import org.lwdb.casework.participant.OutreachAnswer;
import org.lwdb.casework.participant.Participant;
import org.lwdb.casework.participant.Participants;
import org.lwdb.casework.participant.ServiceReceived;
import org.lwdb.casework.participant.Stage;
import org.lwdb.casework.process.Journey;
import org.lwdb.casework.web.Doors.ForCourseraAdministrators;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people do with a case. Each action answers the participant as it is then. */
@RestController
@RequestMapping("/api/participants/{caseNumber}")
@Tag(name = "Actions on a case")
class ParticipantActionsApi {

  private final Participants participants;
  private final Boards boards;
  private final Journey journey;

  ParticipantActionsApi(Participants participants, Boards boards, Journey journey) {
    this.participants = participants;
    this.boards = boards;
    this.journey = journey;
  }

  record Answer(
      @NotNull(message = "Say what the learner answered: INTERESTED, NOT_INTERESTED or CALL_ME.")
          OutreachAnswer answer) {}

  @PostMapping("/answer")
  @Operation(summary = "Record the learner's answer to our outreach")
  ParticipantView answer(@PathVariable String caseNumber, @Valid @RequestBody Answer body) {
    journey.answer(open(caseNumber).id(), body.answer().name());
    return get(caseNumber);
  }

  enum Decision {
    ELIGIBLE,
    NOT_ELIGIBLE
  }

  record Review(
      @NotNull(message = "Decide: ELIGIBLE or NOT_ELIGIBLE.") Decision result, String reason) {}

  @PostMapping("/eligibility")
  @Operation(summary = "Decide on eligibility after a review")
  ParticipantView decide(@PathVariable String caseNumber, @Valid @RequestBody Review body) {
    journey.decideEligibility(open(caseNumber).id(), body.result().name(), body.reason());
    return get(caseNumber);
  }

  record Invitation(
      @NotNull(message = "Give the day on which the invitation was sent, such as 2021-02-05.")
          LocalDate sentOn) {}

  @PostMapping("/invitation")
  @ForCourseraAdministrators
  @Operation(summary = "Record an invitation that was sent in Coursera's console")
  ParticipantView invite(@PathVariable String caseNumber, @Valid @RequestBody Invitation body) {
    journey.recordInvitation(open(caseNumber).id(), body.sentOn());
    return get(caseNumber);
  }

  @PostMapping("/enrolling-services")
  @Operation(
      summary = "Record a service that the participant received",
      description =
          "An enrolling one, such as INITIAL_ASSESSMENT, makes a reportable individual a WIOA"
              + " participant; another one changes no status.")
  ParticipantView service(@PathVariable String caseNumber, @RequestBody ServiceReceived body) {
    journey.recordService(require(caseNumber).id(), body);
    return get(caseNumber);
  }

  enum Problem {
    TROUBLE,
    INACTIVATE
  }

  record AccountProblem(
      @NotNull(message = "Say what it is about: TROUBLE or INACTIVATE.") Problem kind,
      String description) {}

  @PostMapping("/account-problems")
  @Operation(
      summary = "Report a problem with the participant's Coursera account",
      description = "INACTIVATE is for Coursera administrators.")
  ParticipantView accountProblem(
      @PathVariable String caseNumber, @Valid @RequestBody AccountProblem body) {
    if (body.kind() == Problem.INACTIVATE) {
      Doors.requireCourseraAdministrator();
    }
    journey.reportAccountProblem(open(caseNumber).id(), body.kind().name(), body.description());
    return get(caseNumber);
  }

  enum CloseReason {
    WITHDRAWN,
    MOVED,
    DUPLICATE,
    OTHER
  }

  record Close(
      @NotNull(message = "Say why: WITHDRAWN, MOVED, DUPLICATE or OTHER.") CloseReason reason,
      String note,
      String toBoard) {}

  /**
   * The closed case, and the number of the one that was opened in the receiving board; null without
   * a move.
   */
  record Closed(@JsonUnwrapped ParticipantView participant, String newCaseNumber) {}

  @PostMapping("/close")
  @Operation(
      summary = "Close a case",
      description =
          "With toBoard, which goes with the reason MOVED, a case opens in that board with the"
              + " history.")
  Closed close(@PathVariable String caseNumber, @Valid @RequestBody Close body) {
    Participant participant = open(caseNumber);
    if (body.toBoard() != null) {
      BadInput.Collector problems = new BadInput.Collector();
      problems
          .addIf(
              boards.find(body.toBoard()).isEmpty(),
              "toBoard",
              "There is no such board. Use an id of /api/boards, such as onondaga.")
          .addIf(
              body.toBoard().equals(participant.board()),
              "toBoard",
              "The case is in this board already. Name another, or leave it out.")
          .addIf(
              body.reason() != CloseReason.MOVED,
              "toBoard",
              "Only who moves goes to another board: use the reason MOVED, or leave it out.")
          .throwIfAny();
    }
    Journey.Closed closed =
        journey.close(participant.id(), body.reason().name(), body.note(), body.toBoard());
    return new Closed(get(caseNumber), closed.newCaseNumber());
  }

  @PostMapping("/stop-mails")
  @Operation(summary = "Send this person no more mails")
  ParticipantView stopMails(@PathVariable String caseNumber) {
    journey.stopMails(require(caseNumber).id());
    return get(caseNumber);
  }

  private ParticipantView get(String caseNumber) {
    return ParticipantView.of(require(caseNumber));
  }

  private Participant require(String caseNumber) {
    return participants.require(caseNumber, CurrentUser.boards());
  }

  private Participant open(String caseNumber) {
    Participant participant = require(caseNumber);
    if (participant.stage() == Stage.CLOSED) {
      throw new BadInput(
          null, "The case " + caseNumber + " is closed: nothing more can be done with it.");
    }
    return participant;
  }
}
