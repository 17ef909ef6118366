package org.lwdb.casework.web.desk;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.Page;
import org.lwdb.casework.administrator.AdministratorChange;
import org.lwdb.casework.administrator.AdministratorChanges;
import org.lwdb.casework.administrator.Kind;
import org.lwdb.casework.administrator.RequestedChange;
import org.lwdb.casework.administrator.RequestedChange.Incoming;
import org.lwdb.casework.administrator.RequestedChange.Outgoing;
import org.lwdb.casework.administrator.State;
import org.lwdb.casework.localarea.Administrators;
import org.lwdb.casework.localarea.Administrators.Administrator;
import org.lwdb.casework.localarea.Board;
import org.lwdb.casework.localarea.BoardTimeline;
import org.lwdb.casework.localarea.Boards;
import org.lwdb.casework.mail.Messages;
import org.lwdb.casework.process.ChangeOfAdministrator;
import org.lwdb.casework.web.CallersBoards;
import org.lwdb.casework.web.Doors.ForCourseraAdministrators;
import org.lwdb.casework.web.Doors.ForSupervisors;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The register of a board's Coursera administrators, and Attachment A: the change of one. */
@Controller
@RequestMapping(AdministratorsPage.PATH)
class AdministratorsPage {

  static final String PATH = "/desk/administrators";

  private static final int CHANGES = 25;

  /** The register of one board. */
  record Register(String board, String lwdbName, boolean tooFew, List<Administrator> people) {}

  private final CallersBoards callersBoards;
  private final Boards boards;
  private final Administrators administrators;
  private final AdministratorChanges changes;
  private final ChangeOfAdministrator change;
  private final BoardTimeline timeline;
  private final Messages messages;

  AdministratorsPage(
      CallersBoards callersBoards,
      Boards boards,
      Administrators administrators,
      AdministratorChanges changes,
      ChangeOfAdministrator change,
      BoardTimeline timeline,
      Messages messages) {
    this.callersBoards = callersBoards;
    this.boards = boards;
    this.administrators = administrators;
    this.changes = changes;
    this.change = change;
    this.timeline = timeline;
    this.messages = messages;
  }

  @GetMapping
  String show(
      @RequestParam(required = false) String board,
      @RequestParam(defaultValue = "false") boolean past,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    Set<String> covered = callersBoards.covering(board);
    model.addAttribute("registers", registers(covered));
    model.addAttribute(
        "list",
        changes.list(
            past ? Set.of(State.values()) : State.OPEN,
            covered,
            new Page.Request(page, CHANGES, null)));
    model.addAttribute("board", board);
    model.addAttribute("past", past);
    model.addAttribute("address", Address.of("board", board, "past", past ? past : null));
    return "desk/administrators";
  }

  private List<Register> registers(Set<String> covered) {
    Map<String, List<Administrator>> people = new LinkedHashMap<>();
    administrators
        .of(covered)
        .forEach(
            entry ->
                people
                    .computeIfAbsent(entry.board(), id -> new ArrayList<>())
                    .add(entry.administrator()));
    return boards.all().stream()
        .filter(board -> covered.contains(board.id()))
        .map(board -> register(board, people.getOrDefault(board.id(), List.of())))
        .toList();
  }

  private static Register register(Board board, List<Administrator> people) {
    return new Register(
        board.id(),
        board.lwdbName(),
        people.stream().filter(Administrator::active).count() < 2,
        people);
  }

  /** Attachment A, which asks only for what the kind of change needs. */
  @GetMapping("/changes/new")
  String ask(
      @RequestParam(required = false) Kind kind,
      @RequestParam(required = false) String board,
      Model model) {
    model.addAttribute("kinds", Kind.values());
    model.addAttribute("kind", kind);
    model.addAttribute("asked", null);
    if (kind != null && (board != null || CurrentUser.boards().size() == 1)) {
      form(callersBoards.covering(board).iterator().next(), model);
    }
    return "desk/change-form";
  }

  private void form(String board, Model model) {
    model.addAttribute("board", board);
    model.addAttribute(
        "serving",
        administrators.serving(board).stream().map(Administrators.Entry::administrator).toList());
  }

  @PostMapping("/changes")
  String request(
      @RequestParam String board,
      @RequestParam Map<String, String> fields,
      RedirectAttributes flash) {
    long id = change.request(asked(callersBoards.named(board), fields));
    flash.addFlashAttribute(
        "done", "Your request is with the supervisor. You read here how it goes on.");
    return "redirect:" + PATH + "/changes/" + id;
  }

  @GetMapping("/changes/{id}")
  String read(@PathVariable long id, Model model) {
    AdministratorChange asked = require(id);
    model.addAttribute("change", asked);
    model.addAttribute("timeline", timeline.ofChange(id));
    model.addAttribute("mails", messages.ofChange(id));
    model.addAttribute("mine", asked.requestedBy().equals(CurrentUser.name()));
    return "desk/change";
  }

  @GetMapping("/changes/{id}/correction")
  String correct(@PathVariable long id, Model model) {
    AdministratorChange asked = require(id);
    model.addAttribute("kinds", Kind.values());
    model.addAttribute("kind", asked.kind());
    model.addAttribute("asked", asked);
    form(asked.board(), model);
    return "desk/change-form";
  }

  @PostMapping("/changes/{id}/correction")
  String submitAgain(
      @PathVariable long id, @RequestParam Map<String, String> fields, RedirectAttributes flash) {
    change.submitAgain(id, asked(require(id).board(), fields));
    flash.addFlashAttribute("done", "Your request is with the supervisor again.");
    return "redirect:" + PATH + "/changes/" + id;
  }

  @PostMapping("/changes/{id}/decision")
  @ForSupervisors
  String decide(
      @PathVariable long id,
      @RequestParam String decision,
      @RequestParam(defaultValue = "") String reason,
      RedirectAttributes flash) {
    require(id);
    change.decide(id, decision, reason);
    flash.addFlashAttribute("done", "Your decision is recorded.");
    return "redirect:" + PATH + "/changes/" + id;
  }

  @PostMapping("/changes/{id}/confirmation")
  @ForCourseraAdministrators
  String confirm(
      @PathVariable long id,
      @RequestParam boolean confirmed,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(required = false) LocalDate acknowledgedOn,
      RedirectAttributes flash) {
    require(id);
    change.confirm(id, confirmed, reason, acknowledgedOn);
    flash.addFlashAttribute("done", "NYSDOL’s answer is recorded.");
    return "redirect:" + PATH + "/changes/" + id;
  }

  @PostMapping("/changes/{id}/withdrawal")
  String withdraw(@PathVariable long id, RedirectAttributes flash) {
    require(id);
    change.withdraw(id);
    flash.addFlashAttribute("done", "The request is withdrawn.");
    return "redirect:" + PATH + "/changes/" + id;
  }

  @GetMapping("/changes/{id}/attachment-a.pdf")
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

  private static RequestedChange asked(String board, Map<String, String> fields) {
    String account = fields.get("hasCourseraAccount");
    return new RequestedChange(
        board,
        kind(fields.get("kind")),
        new Outgoing(fields.get("outgoing.email"), date(fields, "outgoing.lastDay")),
        new Incoming(
            fields.get("incoming.name"),
            fields.get("incoming.title"),
            fields.get("incoming.agency"),
            fields.get("incoming.email"),
            fields.get("incoming.phone"),
            account == null || account.isBlank() ? null : Boolean.valueOf(account),
            date(fields, "incoming.startDate")),
        fields.get("note"));
  }

  private static Kind kind(String name) {
    try {
      return name == null ? null : Kind.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new BadInput("kind", "Choose what changes: replace, add, remove or correct.");
    }
  }

  private static LocalDate date(Map<String, String> fields, String name) {
    String text = fields.get(name);
    try {
      return text == null || text.isBlank() ? null : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new BadInput(name, "“" + text + "” is no date. Give one as MM/DD/YYYY.");
    }
  }
}
