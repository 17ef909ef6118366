package org.lwdb.casework.web.desk;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.localarea.Boards;
import org.lwdb.casework.participant.Participants;
import org.lwdb.casework.process.OpenTasks;
import org.lwdb.casework.process.OpenTasks.OpenTask;
import org.lwdb.casework.process.OpenTasks.Waiting;
import org.lwdb.casework.report.DayAtTheBoards;
import org.lwdb.casework.web.Doors.OpenToAll;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Where a person comes to after the sign-in: what waits, what changed, what must be mended. */
@Controller
class TodayPage {

  private static final int TASKS = 15;
  private static final int CHANGES = 15;

  private final OpenTasks tasks;
  private final DayAtTheBoards day;
  private final Participants participants;
  private final Boards boards;
  private final CaseworkSettings settings;
  private final Clock clock;

  TodayPage(
      OpenTasks tasks,
      DayAtTheBoards day,
      Participants participants,
      Boards boards,
      CaseworkSettings settings,
      Clock clock) {
    this.tasks = tasks;
    this.day = day;
    this.participants = participants;
    this.boards = boards;
    this.settings = settings;
    this.clock = clock;
  }

  @GetMapping("/")
  String start() {
    return "redirect:/desk";
  }

  @GetMapping("/desk")
  @OpenToAll
  String show(Model model) {
    LocalDate today = NewYork.today(clock);
    Set<String> own = CurrentUser.boards();
    model.addAttribute("partnership", settings.partnership());
    model.addAttribute("partnershipOpen", settings.partnership().covers(today));
    if (!own.isEmpty()) {
      Waiting mine = tasks.mine(TASKS);
      Waiting groups = tasks.ofMyGroups(TASKS);
      Instant since = day.yesterday();
      model.addAttribute("mine", mine);
      model.addAttribute("groups", groups);
      model.addAttribute("names", names(mine, groups, own));
      model.addAttribute("changes", day.latest(own, since, CHANGES));
      model.addAttribute("counts", day.counts(own, since));
      model.addAttribute("warnings", day.warnings(own));
      model.addAttribute(
          "tooFewAdministrators",
          boards.withTooFewAdministrators(today).stream()
              .filter(board -> own.contains(board.id()))
              .toList());
    }
    return "desk/today";
  }

  private Map<String, String> names(Waiting mine, Waiting groups, Set<String> own) {
    return participants.fullNames(
        Stream.concat(mine.first().stream(), groups.first().stream())
            .map(OpenTask::caseNumber)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet()),
        own);
  }
}
