package org.lwdb.casework.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.Page;
import org.lwdb.casework.administrator.AdministratorChange;
import org.lwdb.casework.administrator.AdministratorChanges;
import org.lwdb.casework.administrator.RequestedChange;
import org.lwdb.casework.administrator.State;
import org.lwdb.casework.localarea.BoardTimeline;
import org.lwdb.casework.process.ChangeOfAdministrator;
import org.lwdb.casework.web.Doors.ForCourseraAdministrators;
import org.lwdb.casework.web.Doors.ForSupervisors;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Attachment A: the changes of Coursera administrator. */
@RestController
@RequestMapping("/api/administrator-changes")
@Tag(name = "Boards and administrators")
class AdministratorChangesApi {

  private final CallersBoards boards;
  private final AdministratorChanges changes;
  private final ChangeOfAdministrator change;
  private final BoardTimeline timeline;

  AdministratorChangesApi(
      CallersBoards boards,
      AdministratorChanges changes,
      ChangeOfAdministrator change,
      BoardTimeline timeline) {
    this.boards = boards;
    this.changes = changes;
    this.change = change;
    this.timeline = timeline;
  }

  /** A change, and what happened to it, oldest first. */
  record ChangeView(
      @JsonUnwrapped AdministratorChange change, List<BoardTimeline.Entry> timeline) {}

  record Decided(String decision, String reason) {}

  /**
   * @param acknowledgedOn date of NYSDOL's mail; required of everybody but NYSDOL
   */
  record Confirmed(Boolean confirmed, String reason, LocalDate acknowledgedOn) {}

  @PostMapping
  @Operation(
      summary = "Ask for a change of Coursera administrator",
      description =
          "The supervisor decides on it; on approval Attachment A goes to NYSDOL by mail. For CORRECT,"
              + " outgoing.email says whose data are wrong, and incoming has the values that change.",
      responses = @ApiResponse(responseCode = "201", useReturnTypeSchema = true))
  ResponseEntity<ChangeView> request(@RequestBody RequestedChange body) {
    long id = change.request(of(boards.named(body.board()), body));
    return ResponseEntity.created(URI.create("/api/administrator-changes/" + id)).body(view(id));
  }

  @GetMapping
  @Operation(summary = "The changes of your boards, the latest first")
  Page<AdministratorChange> list(
      @RequestParam(required = false) String board,
      @RequestParam(required = false) State state,
      @ParameterObject PageQuery page) {
    Set<State> states = state == null ? EnumSet.allOf(State.class) : EnumSet.of(state);
    return changes.list(states, boards.covering(board), page.request());
  }

  @GetMapping("/{id}")
  @Operation(summary = "A change, and its timeline")
  ChangeView get(@PathVariable long id) {
    require(id);
    return view(id);
  }

  @PostMapping("/{id}/decision")
  @ForSupervisors
  @Operation(
      summary = "Approve, refuse or return a request",
      description =
          "decision is APPROVE, REFUSE or RETURN. Never by the person who asked, nor by the person who"
              + " is to become administrator.")
  ChangeView decide(@PathVariable long id, @RequestBody Decided body) {
    require(id);
    change.decide(id, body.decision(), body.reason());
    return view(id);
  }

  @PostMapping("/{id}/correction")
  @Operation(summary = "Submit a returned request again, with what is to be different")
  ChangeView correct(@PathVariable long id, @RequestBody RequestedChange body) {
    String board = require(id).board();
    if (body.board() != null && !body.board().equals(board)) {
      throw new BadInput("board", "A request stays with its board: leave the board out.");
    }
    change.submitAgain(id, of(board, body));
    return view(id);
  }

  @PostMapping("/{id}/confirmation")
  @ForCourseraAdministrators
  @Operation(
      summary = "Record NYSDOL's answer",
      description = "By NYSDOL; by the board with acknowledgedOn, the date of NYSDOL's mail.")
  ChangeView confirm(@PathVariable long id, @RequestBody Confirmed body) {
    require(id);
    if (body.confirmed() == null) {
      throw new BadInput("confirmed", "Say whether NYSDOL confirmed it: true or false.");
    }
    change.confirm(id, body.confirmed(), body.reason(), body.acknowledgedOn());
    return view(id);
  }

  @PostMapping("/{id}/withdrawal")
  @Operation(summary = "Withdraw a request that was not sent")
  ChangeView withdraw(@PathVariable long id) {
    require(id);
    change.withdraw(id);
    return view(id);
  }

  @GetMapping("/{id}/attachment-a.pdf")
  @Operation(
      summary = "Attachment A as it was sent",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_PDF_VALUE,
                      schema = @Schema(type = "string", format = "binary"))))
  ResponseEntity<byte[]> attachmentA(@PathVariable long id) {
    require(id);
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_PDF)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename("attachment-a-" + id + ".pdf")
                .build()
                .toString())
        .body(changes.attachmentA(id));
  }

  private AdministratorChange require(long id) {
    return changes.require(id, CurrentUser.boards());
  }

  private ChangeView view(long id) {
    return new ChangeView(changes.get(id), timeline.ofChange(id));
  }

  private static RequestedChange of(String board, RequestedChange body) {
    return new RequestedChange(board, body.kind(), body.outgoing(), body.incoming(), body.note());
  }
}
