package org.lwdb.casework.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.administrator.AdministratorChanges;
import org.lwdb.casework.mail.MessageView;
import org.lwdb.casework.mail.Messages;
import org.lwdb.casework.participant.Participants;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was sent about a case, when, and how it ended. */
@RestController
@Tag(name = "Messages")
class MessagesApi {

  private final Participants participants;
  private final AdministratorChanges changes;
  private final Messages messages;

  MessagesApi(Participants participants, AdministratorChanges changes, Messages messages) {
    this.participants = participants;
    this.changes = changes;
    this.messages = messages;
  }

  @GetMapping("/api/messages")
  @Operation(
      summary = "What was sent about a case or a change of administrator, when, and how it ended",
      description = "Needs one of caseNumber and administratorChange.")
  List<MessageView> of(
      @RequestParam(required = false) String caseNumber,
      @RequestParam(required = false) Long administratorChange) {
    if (administratorChange != null && caseNumber == null) {
      return messages.ofChange(changes.require(administratorChange, CurrentUser.boards()).id());
    }
    if (caseNumber == null || administratorChange != null) {
      throw new BadInput(
          "caseNumber", "Add one of ?caseNumber= and ?administratorChange= to the address.");
    }
    return messages.of(participants.require(caseNumber, CurrentUser.boards()).id());
  }
}
