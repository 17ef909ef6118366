package org.lwdb.casework.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.Page;
import org.lwdb.casework.osos.OsosEntries;
import org.lwdb.casework.osos.OsosEntry;
import org.lwdb.casework.process.Journey;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What staff owe OSOS, and that they have entered it. */
@RestController
@RequestMapping("/api/osos-entries")
@Tag(name = "OSOS")
class OsosEntriesApi {

  private final CallersBoards boards;
  private final OsosEntries entries;
  private final Journey journey;

  OsosEntriesApi(CallersBoards boards, OsosEntries entries, Journey journey) {
    this.boards = boards;
    this.entries = entries;
    this.journey = journey;
  }

  @GetMapping
  @Operation(summary = "Entries that are owed to OSOS, entered or canceled")
  Page<OsosEntry> list(
      @Parameter(description = "OPEN, ENTERED or CANCELLED") @RequestParam(required = false)
          String state,
      @RequestParam(required = false) String board,
      @RequestParam(required = false) String caseNumber,
      @ParameterObject PageQuery page) {
    return entries.list(state, board, caseNumber, boards.covering(board), page.request());
  }

  record Entered(LocalDate on, String confirmation, String comment) {}

  @PostMapping("/{id}/entered")
  @Operation(summary = "Record that an entry stands in OSOS")
  OsosEntry entered(@PathVariable long id, @RequestBody Entered body) {
    entries.require(id, CurrentUser.boards());
    journey.enteredIntoOsos(id, body.on(), body.confirmation(), body.comment());
    return entries.get(id);
  }
}
