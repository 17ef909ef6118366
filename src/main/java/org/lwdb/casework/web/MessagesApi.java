package org.lwdb.casework.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.lwdb.casework.CurrentUser;
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
  private final Messages messages;

  MessagesApi(Participants participants, Messages messages) {
    this.participants = participants;
    this.messages = messages;
  }

  @GetMapping("/api/messages")
  @Operation(summary = "The messages of a case: what was sent, when, and how it ended")
  List<MessageView> of(@RequestParam String caseNumber) {
    return messages.of(participants.require(caseNumber, CurrentUser.boards()).id());
  }
}
