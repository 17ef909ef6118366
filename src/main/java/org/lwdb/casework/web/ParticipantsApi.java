package org.lwdb.casework.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.BadInput.Problem;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.Page;
import org.lwdb.casework.learning.EnrollmentView;
import org.lwdb.casework.learning.Enrollments;
import org.lwdb.casework.participant.EligibilityAnswers;
import org.lwdb.casework.participant.Participant;
import org.lwdb.casework.participant.ParticipantFile;
import org.lwdb.casework.participant.Participants;
import org.lwdb.casework.participant.Referral;
import org.lwdb.casework.participant.Stage;
import org.lwdb.casework.participant.Timeline;
import org.lwdb.casework.process.Journey;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Taking participants in, finding them, reading and correcting their files. */
@RestController
@RequestMapping("/api/participants")
@Tag(name = "Participants")
class ParticipantsApi {

  private static final Set<String> ANSWERS =
      Stream.of(EligibilityAnswers.class.getRecordComponents())
          .map(RecordComponent::getName)
          .collect(Collectors.toUnmodifiableSet());

  private final CallersBoards boards;
  private final Participants participants;
  private final Timeline timeline;
  private final Enrollments enrollments;
  private final Journey journey;

  ParticipantsApi(
      CallersBoards boards,
      Participants participants,
      Timeline timeline,
      Enrollments enrollments,
      Journey journey) {
    this.boards = boards;
    this.participants = participants;
    this.timeline = timeline;
    this.enrollments = enrollments;
    this.journey = journey;
  }

  /** A person has to decide whether it is the participant that is in the file already. */
  record Pending(String decision, String duplicateOf) {}

  @PostMapping
  @Operation(
      summary = "Take a participant in",
      description =
          "A name and an e-mail address are enough; all else may come later. Who belongs to one"
              + " board may leave board out.")
  @ApiResponse(
      responseCode = "201",
      description = "The case is open",
      content = @Content(schema = @Schema(implementation = ParticipantView.class)))
  @ApiResponse(
      responseCode = "202",
      description = "Probably a duplicate: a person decides first",
      content = @Content(schema = @Schema(implementation = Pending.class)))
  ResponseEntity<?> refer(@RequestBody Referral referral) {
    Journey.Started started =
        namingJsonPaths(() -> journey.refer(at(boards.named(referral.board()), referral), "API"));
    if (started.caseNumber() == null) {
      return ResponseEntity.accepted().body(new Pending("PENDING", started.duplicateOf()));
    }
    return ResponseEntity.created(URI.create("/api/participants/" + started.caseNumber()))
        .body(get(started.caseNumber()));
  }

  @GetMapping
  @Operation(summary = "Find participants")
  Page<ParticipantView> search(
      @Parameter(description = "Part of a name, e-mail address, case number or OSOS id")
          @RequestParam(required = false)
          String query,
      @RequestParam(required = false) Stage stage,
      @RequestParam(required = false) String board,
      @ParameterObject PageQuery page) {
    Page<Participant> found =
        participants.search(
            query, stage == null ? null : stage.name(), boards.covering(board), page.request());
    return new Page<>(found.content().stream().map(ParticipantView::of).toList(), found.page());
  }

  @GetMapping("/{caseNumber}")
  @Operation(summary = "One participant")
  ParticipantView get(@PathVariable String caseNumber) {
    return ParticipantView.of(require(caseNumber));
  }

  @PatchMapping("/{caseNumber}")
  @Operation(
      summary = "Change contact data and answers",
      description =
          "What is left out stays, null empties; in eligibility, too. Eligibility is assessed"
              + " again.")
  ParticipantView change(
      @PathVariable String caseNumber,
      @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(schema = @Schema(implementation = Referral.class)))
          @RequestBody
          ParticipantFile.Changes changes) {
    long id = require(caseNumber).id();
    namingJsonPaths(
        () -> {
          journey.correct(id, changes);
          return null;
        });
    return get(caseNumber);
  }

  @GetMapping("/{caseNumber}/timeline")
  @Operation(summary = "The story of a case, oldest first")
  List<Timeline.Entry> timeline(@PathVariable String caseNumber) {
    return timeline.of(require(caseNumber).id());
  }

  @GetMapping("/{caseNumber}/enrollments")
  @Operation(summary = "The courses of a participant, with progress")
  List<EnrollmentView> enrollments(@PathVariable String caseNumber) {
    return enrollments.of(require(caseNumber).id());
  }

  private static Referral at(String board, Referral referral) {
    return new Referral(
        board,
        referral.firstName(),
        referral.lastName(),
        referral.email(),
        referral.phone(),
        referral.language(),
        referral.ososId(),
        referral.dateOfBirth(),
        referral.county(),
        referral.city(),
        referral.eligibility(),
        referral.enrollingServices());
  }

  /** Forms and files have the answers beside the other fields; in JSON they are nested. */
  private static <T> T namingJsonPaths(Supplier<T> work) {
    try {
      return work.get();
    } catch (BadInput e) {
      throw new BadInput(
          e.problems().stream()
              .map(
                  problem ->
                      ANSWERS.contains(problem.field())
                          ? new Problem("eligibility." + problem.field(), problem.message())
                          : problem)
              .toList());
    }
  }

  private Participant require(String caseNumber) {
    return participants.require(caseNumber, CurrentUser.boards());
  }
}
