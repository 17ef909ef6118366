package org.lwdb.casework.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.localarea.Administrators;
import org.lwdb.casework.localarea.Boards;
import org.lwdb.casework.web.Doors.OpenToAll;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Boards and administrators")
class BoardsApi {

  private final Boards boards;
  private final Administrators administrators;

  BoardsApi(Boards boards, Administrators administrators) {
    this.boards = boards;
    this.administrators = administrators;
  }

  /**
   * The names are public; how many administrators a board has is told to its own people.
   *
   * @param activeAdministrators null for a board that is not the caller's
   */
  record BoardView(
      String id, String lwdbName, List<String> counties, Integer activeAdministrators) {}

  @OpenToAll
  @GetMapping("/api/boards")
  @Operation(
      summary = "The 33 boards",
      description = "activeAdministrators is null for a board that is not yours.")
  List<BoardView> boards() {
    Set<String> own = CurrentUser.boards();
    return boards.all().stream()
        .map(
            board ->
                new BoardView(
                    board.id(),
                    board.lwdbName(),
                    board.counties(),
                    own.contains(board.id()) ? administrators.activeCount(board.id()) : null))
        .toList();
  }
}
