package org.lwdb.casework.web;

import java.time.Clock;
import java.util.List;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.localarea.Board;
import org.lwdb.casework.localarea.Boards;
import org.lwdb.casework.process.access.Groups;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Where a person comes to after the sign-in: the ways to the work, and what must be mended. */
@Controller
class StartPage {

  private final Boards boards;
  private final CaseworkSettings settings;
  private final Clock clock;

  StartPage(Boards boards, CaseworkSettings settings, Clock clock) {
    this.boards = boards;
    this.settings = settings;
    this.clock = clock;
  }

  @GetMapping("/")
  String show(Model model) {
    List<Board> own =
        boards.all().stream().filter(b -> CurrentUser.boards().contains(b.id())).toList();
    boolean operator = CurrentUser.hasRole(Groups.CAMUNDA_ADMIN);
    model.addAttribute("name", CurrentUser.name());
    model.addAttribute("boards", own);
    model.addAttribute("everyBoard", own.size() == boards.all().size());
    model.addAttribute("worksOnCases", !own.isEmpty());
    model.addAttribute(
        "seesCockpit",
        operator || CurrentUser.hasRole(Groups.SUPERVISORS) || CurrentUser.hasRole(Groups.NYSDOL));
    model.addAttribute("operator", operator);
    CaseworkSettings.Partnership partnership = settings.partnership();
    model.addAttribute("partnership", partnership);
    model.addAttribute("partnershipOpen", partnership.covers(NewYork.today(clock)));
    List<Board> tooFew = boards.withTooFewAdministrators(NewYork.today(clock));
    model.addAttribute("tooFewAdministrators", own.stream().filter(tooFew::contains).toList());
    model.addAttribute("helpAddress", settings.mail().helpAddress());
    return "start";
  }
}
