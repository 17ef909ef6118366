package org.lwdb.casework.web.desk;

import java.util.ArrayList;
import java.util.List;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.localarea.Board;
import org.lwdb.casework.localarea.Boards;
import org.lwdb.casework.process.access.Groups;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What stands around every page of the desk: who is signed in, and the ways to the other pages. */
@ControllerAdvice(basePackageClasses = DeskFrame.class)
class DeskFrame {

  /** A way to a page. */
  record Way(String label, String path) {}

  /**
   * @param boards the person's, by name
   * @param administers does what a Coursera administrator does
   * @param supervises decides what a supervisor decides
   */
  record Frame(
      String name,
      List<Board> boards,
      boolean everyBoard,
      boolean administers,
      boolean supervises,
      boolean operator,
      List<Way> ways) {

    public boolean severalBoards() {
      return boards.size() > 1;
    }

    public boolean seesCockpit() {
      return supervises || operator;
    }

    /** The name of a board of the person's. */
    public String lwdbName(String board) {
      return boards.stream()
          .filter(one -> one.id().equals(board))
          .map(Board::lwdbName)
          .findFirst()
          .orElse(board);
    }
  }

  private final Boards boards;
  private final CaseworkSettings settings;

  DeskFrame(Boards boards, CaseworkSettings settings) {
    this.boards = boards;
    this.settings = settings;
  }

  @ModelAttribute("frame")
  Frame frame() {
    List<Board> own =
        boards.all().stream().filter(b -> CurrentUser.boards().contains(b.id())).toList();
    boolean supervises =
        CurrentUser.hasRole(Groups.SUPERVISORS) || CurrentUser.hasRole(Groups.NYSDOL);
    boolean administers = supervises || CurrentUser.hasRole(Groups.COURSERA_ADMINISTRATORS);
    return new Frame(
        CurrentUser.name(),
        own,
        own.size() == boards.all().size(),
        administers,
        supervises,
        CurrentUser.hasRole(Groups.CAMUNDA_ADMIN),
        own.isEmpty() ? List.of() : ways(administers, supervises));
  }

  @ModelAttribute("helpAddress")
  String helpAddress() {
    return settings.mail().helpAddress();
  }

  private static List<Way> ways(boolean administers, boolean supervises) {
    List<Way> ways = new ArrayList<>();
    ways.add(new Way("Today", "/desk"));
    ways.add(new Way("Participants", "/desk/participants"));
    ways.add(new Way("Messages", "/desk/messages"));
    ways.add(new Way("Administrators", "/desk/administrators"));
    return ways;
  }
}
