package org.lwdb.casework.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.Page;
import org.lwdb.casework.participant.ImportResult;
import org.lwdb.casework.participant.ParticipantImports;
import org.lwdb.casework.process.CasesFromFiles;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Participants by the file. */
@RestController
@RequestMapping("/api/participants")
@Tag(name = "Participants")
class ParticipantImportsApi {

  /** An answer comes before a proxy gives up waiting for it. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(25);

  private static final char BYTE_ORDER_MARK = '\uFEFF'; // Excel knows by it that this is UTF-8

  private final CallersBoards boards;
  private final ParticipantImports imports;
  private final CasesFromFiles cases;

  ParticipantImportsApi(CallersBoards boards, ParticipantImports imports, CasesFromFiles cases) {
    this.boards = boards;
    this.imports = imports;
    this.cases = cases;
  }

  @PostMapping(path = "/import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @Operation(
      summary = "Take participants in by the file",
      description =
          "CSV, Excel, or a zip of one of these; the headers are the names in JSON, those of"
              + " eligibility without prefix, or what people usually call them. Refused rows are"
              + " listed and can be fetched as a file to correct; probable duplicates wait for a"
              + " person; the others are opened. The same file again accepts nobody twice.")
  @ApiResponse(
      responseCode = "200",
      description = "Each row is done",
      content = @Content(schema = @Schema(implementation = ImportResult.class)))
  @ApiResponse(
      responseCode = "202",
      description = "The file is stored, and its cases are being opened: see Location",
      content = @Content(schema = @Schema(implementation = ImportResult.class)))
  ResponseEntity<ImportResult> importFile(
      @RequestParam MultipartFile file,
      @Parameter(description = "Read, check and compare, but store nothing")
          @RequestParam(defaultValue = "false")
          boolean dryRun,
      @Parameter(description = "The board of rows that name none; for people of several boards")
          @RequestParam(required = false)
          String board,
      @Parameter(description = "respond-async: answer as soon as the file is stored")
          @RequestHeader(required = false)
          String prefer)
      throws IOException, InterruptedException {
    long started = System.nanoTime();
    Set<String> own = CurrentUser.boards();
    Set<String> covered = boards.covering(board);
    String only = covered.size() == 1 ? covered.iterator().next() : null;
    long id;
    try (InputStream content = file.getInputStream()) {
      if (dryRun) {
        return ResponseEntity.ok(imports.dryRun(content, file.getOriginalFilename(), only, own));
      }
      id = imports.store(content, file.getOriginalFilename(), only, own);
    }
    cases.open(
        id,
        prefer != null && prefer.toLowerCase(Locale.ROOT).contains("respond-async")
            ? Duration.ZERO
            : LONGEST_WAIT.minusNanos(System.nanoTime() - started));
    ImportResult result = imports.get(id, own);
    return result.state() == ImportResult.State.DONE
        ? ResponseEntity.ok(result)
        : ResponseEntity.accepted()
            .location(URI.create("/api/participants/imports/" + id))
            .body(result);
  }

  @GetMapping("/imports")
  @Operation(summary = "The imported files, the latest first, without their rows")
  Page<ImportResult> list(@ParameterObject PageQuery page) {
    return imports.list(CurrentUser.boards(), page.request());
  }

  @GetMapping("/imports/{id}")
  @Operation(summary = "One imported file, and what became of its rows so far")
  ImportResult get(@PathVariable long id) {
    return imports.get(id, CurrentUser.boards());
  }

  @GetMapping(path = "/imports/{id}/corrections", produces = "text/csv")
  @Operation(
      summary = "The refused rows of an imported file, as a file to correct",
      description =
          "Their own columns, and one that says what to correct. The corrected file can be sent as"
              + " it is.")
  void corrections(@PathVariable long id, HttpServletResponse response) throws IOException {
    imports.get(id, CurrentUser.boards());
    response.setContentType("text/csv");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"corrections-" + id + ".csv\"");
    Writer out = response.getWriter();
    out.write(BYTE_ORDER_MARK);
    imports.writeCorrections(id, CurrentUser.boards(), out);
  }
}
