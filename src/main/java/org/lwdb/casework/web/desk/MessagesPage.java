package org.lwdb.casework.web.desk;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.Page;
import org.lwdb.casework.mail.Messages;
import org.lwdb.casework.mail.Messages.Listed;
import org.lwdb.casework.mail.Messages.Standing;
import org.lwdb.casework.mail.Previews;
import org.lwdb.casework.mail.Previews.Preview;
import org.lwdb.casework.mail.Template;
import org.lwdb.casework.participant.Participants;
import org.lwdb.casework.web.CallersBoards;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The outbox: what waits, what went out, what failed; and how each letter would read. */
@Controller
@RequestMapping(MessagesPage.PATH)
class MessagesPage {

  static final String PATH = "/desk/messages";

  private static final int ROWS = 50;

  /** A mail's own styles stand in it; it runs nothing, loads nothing and leads nowhere. */
  private static final String POLICY_OF_MAILS =
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

  private final Messages messages;
  private final Previews previews;
  private final Participants participants;
  private final CallersBoards boards;

  MessagesPage(
      Messages messages, Previews previews, Participants participants, CallersBoards boards) {
    this.messages = messages;
    this.previews = previews;
    this.participants = participants;
    this.boards = boards;
  }

  @GetMapping
  String show(
      @RequestParam(required = false) String query,
      @RequestParam(required = false) Standing standing,
      @RequestParam(required = false) String board,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    model.addAttribute(
        "list",
        messages.list(query, standing, boards.covering(board), new Page.Request(page, ROWS, null)));
    model.addAttribute("query", query);
    model.addAttribute("standing", standing);
    model.addAttribute("board", board);
    model.addAttribute("standings", Standing.values());
    model.addAttribute("letters", Template.toLearners());
    model.addAttribute("address", Address.of("query", query, "standing", standing, "board", board));
    return "desk/messages";
  }

  /** Has failed mails tried again at once. */
  @PostMapping("/retry")
  String retry(
      @RequestParam(defaultValue = "") List<UUID> mails,
      @RequestParam(defaultValue = "") String address,
      RedirectAttributes flash) {
    if (mails.isEmpty()) {
      throw new BadInput("mails", "Tick at least one mail first.");
    }
    flash.addFlashAttribute(
        "outcomes",
        Outcome.each(
            mails,
            id -> messages.read(id, CurrentUser.boards()).subject(),
            id -> PATH + "/" + id,
            id -> {
              messages.retry(id, CurrentUser.boards());
              return "tried again within the next minute.";
            }));
    return "redirect:" + PATH + "?" + address;
  }

  @GetMapping("/{id}")
  String read(@PathVariable UUID id, Model model) {
    model.addAttribute("mail", messages.read(id, CurrentUser.boards()));
    return "desk/message";
  }

  /** What nobody knows whether it went out is sent again, or is not. */
  @PostMapping("/{id}/decision")
  String decide(@PathVariable UUID id, @RequestParam boolean sendAgain, RedirectAttributes flash) {
    messages.read(id, CurrentUser.boards());
    messages.resolveUnknown(id, sendAgain);
    flash.addFlashAttribute("done", sendAgain ? "It is sent again." : "It is not sent again.");
    return "redirect:" + PATH + "/" + id;
  }

  /** The mail as the mail program shows it. */
  @GetMapping(path = "/{id}/mail", produces = MediaType.TEXT_HTML_VALUE)
  @ResponseBody
  String html(@PathVariable UUID id, HttpServletResponse response) {
    Listed mail = messages.read(id, CurrentUser.boards());
    response.setHeader("Content-Security-Policy", POLICY_OF_MAILS);
    return mail.html() == null ? "" : mail.html();
  }

  @GetMapping("/preview")
  String preview(@RequestParam Template template, @RequestParam String caseNumber, Model model) {
    model.addAllAttributes(
        Map.of(
            "preview", previewOf(template, caseNumber),
            "template", template,
            "caseNumber", caseNumber.strip()));
    return "desk/message-preview";
  }

  @GetMapping(path = "/preview/mail", produces = MediaType.TEXT_HTML_VALUE)
  @ResponseBody
  String previewAsMail(
      @RequestParam Template template,
      @RequestParam String caseNumber,
      HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", POLICY_OF_MAILS);
    return previewOf(template, caseNumber).html();
  }

  private Preview previewOf(Template template, String caseNumber) {
    return previews.of(
        template, participants.require(caseNumber.strip(), CurrentUser.boards()).id());
  }
}
