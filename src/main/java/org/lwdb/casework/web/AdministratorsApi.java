package org.lwdb.casework.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.lwdb.casework.localarea.Administrators;
import org.lwdb.casework.localarea.Administrators.Administrator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The register of the boards' Coursera administrators. */
@RestController
@Tag(name = "Boards and administrators")
class AdministratorsApi {

  private final CallersBoards boards;
  private final Administrators administrators;

  AdministratorsApi(CallersBoards boards, Administrators administrators) {
    this.boards = boards;
    this.administrators = administrators;
  }

  record AdministratorView(String board, @JsonUnwrapped Administrator administrator) {}

  @GetMapping("/api/administrators")
  @Operation(summary = "The Coursera administrators of your boards, past and present")
  List<AdministratorView> of(@RequestParam(required = false) String board) {
    return administrators.of(boards.covering(board)).stream()
        .map(entry -> new AdministratorView(entry.board(), entry.administrator()))
        .toList();
  }
}
