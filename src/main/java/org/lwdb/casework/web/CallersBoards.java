package org.lwdb.casework.web;

import java.util.Set;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.Forbidden;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.localarea.Boards;
import org.springframework.stereotype.Component;

/** The caller's boards, and what a board that a request names means beside them. */
@Component
public class CallersBoards {

  private final Boards boards;

  CallersBoards(Boards boards) {
    this.boards = boards;
  }

  /**
   * The boards that a list covers: all of the caller's, or the one that its query names.
   *
   * @param board null: not named
   */
  public Set<String> covering(String board) {
    Set<String> own = CurrentUser.boards();
    if (board == null || board.isBlank()) {
      return own;
    }
    if (!own.contains(board)) {
      throw new NotFound("There is no board '" + board + "' among yours.");
    }
    return Set.of(board);
  }

  /**
   * The board that a body means: the one that it names, or the caller's only one.
   *
   * @param board null: not named
   */
  public String named(String board) {
    Set<String> own = CurrentUser.boards();
    if (board == null) {
      if (own.size() == 1) {
        return own.iterator().next();
      }
      throw new BadInput(
          "board", "You belong to several boards: say which one this is for, such as onondaga.");
    }
    boards.require(board);
    if (!own.contains(board)) {
      throw new Forbidden("The board '" + board + "' is not yours.");
    }
    return board;
  }
}
