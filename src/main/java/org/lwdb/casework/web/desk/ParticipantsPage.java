package org.lwdb.casework.web.desk;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.localarea.Board;
import org.lwdb.casework.localarea.Boards;
import org.lwdb.casework.participant.Accountability;
import org.lwdb.casework.participant.Languages;
import org.lwdb.casework.participant.Participant;
import org.lwdb.casework.participant.Participants;
import org.lwdb.casework.participant.ServiceReceived;
import org.lwdb.casework.participant.Stage;
import org.lwdb.casework.participant.WioaService;
import org.lwdb.casework.process.Journey;
import org.lwdb.casework.report.ParticipantList;
import org.lwdb.casework.report.ParticipantList.Between;
import org.lwdb.casework.report.ParticipantList.Reminded;
import org.lwdb.casework.spreadsheet.SheetWriter;
import org.lwdb.casework.web.CallersBoards;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Finding participants, keeping searches, exporting what is found, and acting on many at once. */
@Controller
@RequestMapping(ParticipantsPage.PATH)
class ParticipantsPage {

  static final String PATH = "/desk/participants";

  private final ParticipantList list;
  private final SavedViews views;
  private final Participants participants;
  private final Journey journey;
  private final CallersBoards callersBoards;
  private final Boards boards;
  private final Clock clock;

  ParticipantsPage(
      ParticipantList list,
      SavedViews views,
      Participants participants,
      Journey journey,
      CallersBoards callersBoards,
      Boards boards,
      Clock clock) {
    this.list = list;
    this.views = views;
    this.participants = participants;
    this.journey = journey;
    this.callersBoards = callersBoards;
    this.boards = boards;
    this.clock = clock;
  }

  @GetMapping
  String show(
      @ModelAttribute("search") ParticipantSearch search,
      Model model,
      HttpServletResponse response) {
    response.setHeader("HX-Push-Url", PATH + "?" + search.address());
    model.addAttribute(
        "list",
        list.page(search.filter(), callersBoards.covering(search.board()), search.request()));
    model.addAttribute("lwdbName", (Function<String, String>) this::lwdbName);
    model.addAttribute("allColumns", ParticipantColumn.values());
    model.addAttribute("stages", Stage.values());
    model.addAttribute("caseChoices", ParticipantSearch.Cases.values());
    model.addAttribute("reminded", Reminded.values());
    model.addAttribute("between", Between.values());
    model.addAttribute("accountabilities", Accountability.values());
    model.addAttribute("languages", Languages.NAMES);
    model.addAttribute("services", WioaService.values());
    model.addAttribute("today", NewYork.today(clock));
    model.addAttribute("views", views.of(PATH));
    return "desk/participants";
  }

  /** Exactly what is shown, all pages of it, with its columns and in its order. */
  @GetMapping("/export.{format:csv|xlsx}")
  void export(
      @PathVariable String format,
      @ModelAttribute("search") ParticipantSearch search,
      HttpServletResponse response)
      throws IOException {
    Set<String> covered = callersBoards.covering(search.board());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"participants-" + NewYork.today(clock) + "." + format + "\"");
    response.setContentType(
        format.equals("csv")
            ? "text/csv;charset=UTF-8"
            : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    List<ParticipantColumn> columns = List.copyOf(search.columns());
    try (SheetWriter sheet =
        format.equals("csv")
            ? SheetWriter.csv(response.getOutputStream())
            : SheetWriter.excel(response.getOutputStream(), "Participants")) {
      sheet.row(columns.stream().map(ParticipantColumn::label).toList());
      list.each(
          search.filter(),
          covered,
          search.request(),
          row ->
              sheet.row(
                  columns.stream().map(column -> column.value(row, this::lwdbName)).toList()));
    }
  }

  @PostMapping("/views")
  String saveView(@RequestParam String name, @RequestParam String query, RedirectAttributes flash) {
    views.save(PATH, name, query);
    flash.addFlashAttribute("done", "Saved. Find it under Saved views.");
    return "redirect:" + PATH + "?" + query;
  }

  @PostMapping("/views/delete")
  String deleteView(@RequestParam String name, RedirectAttributes flash) {
    views.delete(PATH, name);
    flash.addFlashAttribute("done", "The view “" + name + "” is deleted.");
    return "redirect:" + PATH;
  }

  enum Action {
    ANSWER,
    SERVICE,
    STOP_MAILS,
    CLOSE
  }

  /** Does the same with each of the cases; one that is refused never stops the rest. */
  @PostMapping("/actions")
  String act(
      @RequestParam Action action,
      @RequestParam(defaultValue = "") List<String> cases,
      @RequestParam(defaultValue = "") String answer,
      @RequestParam(defaultValue = "") String service,
      @RequestParam(required = false) LocalDate on,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "") String note,
      @RequestParam(defaultValue = "") String query,
      RedirectAttributes flash) {
    if (cases.isEmpty()) {
      throw new BadInput("cases", "Tick at least one participant first.");
    }
    flash.addFlashAttribute(
        "outcomes",
        Outcome.each(
            cases,
            caseNumber -> caseNumber,
            caseNumber -> PATH + "/" + caseNumber,
            caseNumber -> {
              Participant participant = participants.require(caseNumber, CurrentUser.boards());
              switch (action) {
                case ANSWER -> journey.answer(participant.id(), answer);
                case SERVICE ->
                    journey.recordService(participant.id(), new ServiceReceived(service, on));
                case STOP_MAILS -> journey.stopMails(participant.id());
                case CLOSE -> journey.close(participant.id(), reason, note, null);
              }
              return participant.fullName() + ": " + done(action) + ".";
            }));
    return "redirect:" + PATH + "?" + query;
  }

  private static String done(Action action) {
    return switch (action) {
      case ANSWER -> "answer recorded";
      case SERVICE -> "service recorded";
      case STOP_MAILS -> "mails stopped";
      case CLOSE -> "case closed";
    };
  }

  private String lwdbName(String board) {
    return boards.find(board).map(Board::lwdbName).orElse(board);
  }
}
