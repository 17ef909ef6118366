package org.lwdb.casework.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.localarea.Boards;
import org.lwdb.casework.process.ComingUp;
import org.lwdb.casework.report.Caseload;
import org.lwdb.casework.report.StepTimes;
import org.lwdb.casework.web.Doors.ForSupervisors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The figures that a supervisor looks at in Cockpit; no person is named in them. */
@RestController
@Tag(name = "Figures")
class OverviewApi {

  private final CallersBoards callersBoards;
  private final Caseload caseload;
  private final StepTimes stepTimes;
  private final ComingUp comingUp;
  private final Boards boards;
  private final Clock clock;

  OverviewApi(
      CallersBoards callersBoards,
      Caseload caseload,
      StepTimes stepTimes,
      ComingUp comingUp,
      Boards boards,
      Clock clock) {
    this.callersBoards = callersBoards;
    this.caseload = caseload;
    this.stepTimes = stepTimes;
    this.comingUp = comingUp;
    this.boards = boards;
    this.clock = clock;
  }

  record ShortBoard(String id, String lwdbName) {}

  record Overview(
      List<Caseload.StageCount> stages,
      List<ComingUp.OverdueTasks> overdueTasks,
      List<ComingUp.Reminders> reminders,
      List<Caseload.FailedMails> failedMails,
      List<ShortBoard> boardsWithTooFewAdministrators) {}

  @ForSupervisors
  @GetMapping("/api/overview")
  @Operation(
      summary = "What a supervisor looks after today",
      description =
          """
          Cases by stage; tasks whose due date has passed; the timers of the next seven days after \
          which a reminder may go out (New York's days, what is late counts for today); mails that \
          failed, or whose address was rejected and is not corrected; boards with fewer than two \
          active Coursera administrators.""")
  Overview overview(@RequestParam(required = false) String board) {
    Set<String> covered = callersBoards.covering(board);
    LocalDate today = NewYork.today(clock);
    return new Overview(
        caseload.byStage(covered),
        comingUp.overdueTasks(covered),
        comingUp.reminders(covered),
        caseload.failedMails(covered),
        boards.withTooFewAdministrators(today).stream()
            .filter(one -> covered.contains(one.id()))
            .map(one -> new ShortBoard(one.id(), one.lwdbName()))
            .toList());
  }

  record Steps(List<StepTimes.Step> steps, List<StepTimes.Ending> endings) {}

  @ForSupervisors
  @GetMapping("/api/step-times")
  @Operation(
      summary = "How long cases stay at each step, and for which reasons they were closed",
      description =
          """
          Of all stays that are over: the median, and what nine of ten did not exceed, in days; \
          null where none is over. A case that comes to a step twice has stayed there twice.""")
  Steps stepTimes(@RequestParam(required = false) String board) {
    Set<String> covered = callersBoards.covering(board);
    return new Steps(stepTimes.steps(covered), stepTimes.endings(covered));
  }
}
