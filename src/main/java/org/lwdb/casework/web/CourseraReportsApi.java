package org.lwdb.casework.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.Page;
import org.lwdb.casework.learning.CourseraReports;
import org.lwdb.casework.learning.Inbox;
import org.lwdb.casework.learning.ReportResult;
import org.lwdb.casework.learning.ReportedNews;
import org.lwdb.casework.learning.RunningImport;
import org.lwdb.casework.learning.RunningImports;
import org.lwdb.casework.learning.UnmatchedRow;
import org.lwdb.casework.web.Doors.ForCourseraAdministrators;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Coursera's report files, as an administrator downloads them. */
@RestController
@RequestMapping("/api/coursera-reports")
@ForCourseraAdministrators
@Tag(name = "Coursera's reports")
class CourseraReportsApi {

  private final CourseraReports reports;
  private final RunningImports running;
  private final Inbox inbox;

  CourseraReportsApi(CourseraReports reports, RunningImports running, Inbox inbox) {
    this.reports = reports;
    this.running = running;
    this.inbox = inbox;
  }

  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @Operation(
      summary = "Import a report",
      description =
          "Touches the participants of your boards alone. The same file again changes nothing.")
  ReportResult importReport(@RequestParam MultipartFile file) throws IOException {
    try (InputStream content = file.getInputStream()) {
      return reports.importReport(content, file.getOriginalFilename(), CurrentUser.boards());
    }
  }

  @GetMapping
  @Operation(summary = "The imports, the latest first")
  Page<ReportResult> list(@ParameterObject PageQuery page) {
    return reports.list(CurrentUser.boards(), page.request());
  }

  @GetMapping("/running")
  @Operation(summary = "The imports that run now, on all nodes, and how far they are")
  List<RunningImport> running() {
    return running.list(CurrentUser.boards());
  }

  @GetMapping("/inbox")
  @Operation(summary = "What the reports told of cases: what waits and why, and what was delivered")
  Page<ReportedNews> inbox(
      @RequestParam(required = false) @Parameter(description = "WAITING or DELIVERED") String state,
      @ParameterObject PageQuery page) {
    return inbox.list(state, CurrentUser.boards(), page.request());
  }

  @GetMapping("/{id}")
  @Operation(summary = "One import")
  ReportResult get(@PathVariable long id) {
    return reports.get(id, CurrentUser.boards());
  }

  @GetMapping("/{id}/unmatched")
  @Operation(summary = "The rows of an import that match nobody still")
  Page<UnmatchedRow> unmatched(@PathVariable long id, @ParameterObject PageQuery page) {
    return reports.unmatched(id, CurrentUser.boards(), page.request());
  }
}
