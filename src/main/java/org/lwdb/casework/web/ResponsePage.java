package org.lwdb.casework.web;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumMap;
import java.util.Map;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.localarea.Administrators;
import org.lwdb.casework.localarea.Boards;
import org.lwdb.casework.mail.LearnerLinks;
import org.lwdb.casework.mail.LearnerLinks.Action;
import org.lwdb.casework.mail.LearnerLinks.Claim;
import org.lwdb.casework.participant.Participants;
import org.lwdb.casework.participant.Stage;
import org.lwdb.casework.process.Journey;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Where the signed links of our mails lead. GET only asks, since mail scanners open links; POST
 * records, from the page's button or as a mail program's one-click unsubscribe (RFC 8058).
 */
@Hidden
@Controller
@RequestMapping("/r/{token}")
class ResponsePage {

  private final LearnerLinks links;
  private final Participants participants;
  private final Boards boards;
  private final Administrators administrators;
  private final CaseworkSettings settings;
  private final Journey journey;

  ResponsePage(
      LearnerLinks links,
      Participants participants,
      Boards boards,
      Administrators administrators,
      CaseworkSettings settings,
      Journey journey) {
    this.links = links;
    this.participants = participants;
    this.boards = boards;
    this.administrators = administrators;
    this.settings = settings;
    this.journey = journey;
  }

  /** The address is a secret of the learner: it goes into no cache and to no other site. */
  @ModelAttribute
  void keepPrivate(HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("X-Robots-Tag", "noindex");
  }

  @GetMapping
  String ask(@PathVariable String token, Model model) {
    Claim claim = links.verify(token);
    describe(claim, model);
    return isOver(claim) ? "response/over" : "response/ask";
  }

  @PostMapping
  String record(@PathVariable String token, Model model, HttpServletResponse response) {
    Claim claim = links.verify(token);
    describe(claim, model);
    if (isOver(claim)) {
      response.setStatus(HttpStatus.BAD_REQUEST.value());
      return "response/over";
    }
    CurrentUser.as(
        CurrentUser.LEARNER,
        () -> {
          if (claim.action() == Action.STOP_MAILS) {
            journey.stopMails(claim.participantId());
          } else {
            journey.answer(claim.participantId(), claim.action().name());
          }
          return null;
        });
    return "response/done";
  }

  @ExceptionHandler(NotFound.class)
  ModelAndView badLink() {
    return new ModelAndView(
        "response/unknown", Map.of("mail", settings.mail()), HttpStatus.NOT_FOUND);
  }

  /** A closed case takes no answer any more; mails can be stopped at any time. */
  private boolean isOver(Claim claim) {
    return claim.action() != Action.STOP_MAILS
        && participants.get(claim.participantId()).stage() == Stage.CLOSED;
  }

  private void describe(Claim claim, Model model) {
    Map<Action, String> others = new EnumMap<>(Action.class);
    for (Action action : Action.values()) {
      if (action != claim.action()) {
        String link = links.link(claim.participantId(), action);
        others.put(action, link.substring(link.lastIndexOf('/') + 1));
      }
    }
    model.addAttribute("action", claim.action().name());
    model.addAttribute("others", others);
    model.addAttribute("board", boards.require(claim.board()).lwdbName());
    model.addAttribute("contact", administrators.contact(claim.board()).orElse(null));
    model.addAttribute("mail", settings.mail());
  }
}
