package org.lwdb.casework.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import org.lwdb.casework.participant.Accountability;
import org.lwdb.casework.participant.Stage;
import org.lwdb.casework.report.Cohort;
import org.lwdb.casework.report.CourseResult;
import org.lwdb.casework.report.CourseResults;
import org.lwdb.casework.report.CourseResults.Results;
import org.lwdb.casework.report.PartnerResult;
import org.lwdb.casework.report.ResultsFilter;
import org.lwdb.casework.report.Sheets;
import org.lwdb.casework.web.Doors.ForSupervisors;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What came of the courses and of the people, for curricula and for those who run the program. */
@RestController
@Tag(name = "Results")
class ResultsApi {

  private static final String COURSES =
      "Counted by the day of enrollment, from and to included. The courses with the most enrolled"
          + " first, or sort=completionRate, or another figure. As JSON, CSV or Excel.";

  private final CallersBoards boards;
  private final CourseResults results;

  ResultsApi(CallersBoards boards, CourseResults results) {
    this.boards = boards;
    this.results = results;
  }

  /** What the figures are to be of, as it stands in a query. */
  record ResultsQuery(
      String board,
      @Parameter(description = "First day, New York's calendar; all time when left out")
          LocalDate from,
      @Parameter(description = "Last day, included") LocalDate to,
      @Parameter(description = "Where the case stands today") Stage stage,
      @Parameter(description = "Reportable individual or WIOA participant, today")
          Accountability status,
      @Parameter(description = "ISO 639-1 code, such as es") String language) {

    ResultsFilter filter(CallersBoards boards) {
      return new ResultsFilter(boards.covering(board), from, to, stage, status, language);
    }
  }

  @GetMapping(path = "/api/course-results", produces = MediaType.APPLICATION_JSON_VALUE)
  @ForSupervisors
  @Operation(summary = "The figures of each course", description = COURSES)
  List<CourseResult> courses(
      @ParameterObject ResultsQuery query,
      @Parameter(description = "A figure, name or partner, then ,asc or ,desc") String sort) {
    return sorted(query, sort).courses();
  }

  @GetMapping(path = "/api/course-results", produces = SheetAnswer.CSV)
  @ForSupervisors
  @Operation(summary = "The figures of each course", description = COURSES)
  ResponseEntity<byte[]> coursesAsCsv(ResultsQuery query, String sort) {
    Results sorted = sorted(query, sort);
    return SheetAnswer.csv("course-results", sheet -> Sheets.courses(sorted, sheet));
  }

  @GetMapping(path = "/api/course-results", produces = SheetAnswer.EXCEL)
  @ForSupervisors
  @Operation(summary = "The figures of each course", description = COURSES)
  ResponseEntity<byte[]> coursesAsExcel(ResultsQuery query, String sort) {
    Results sorted = sorted(query, sort);
    return SheetAnswer.excel(
        "course-results", "Course results", sheet -> Sheets.courses(sorted, sheet));
  }

  @GetMapping("/api/course-results/partners")
  @ForSupervisors
  @Operation(summary = "The figures of each partner's courses, the most enrolled first")
  List<PartnerResult> partners(@ParameterObject ResultsQuery query) {
    return results.of(query.filter(boards)).partners();
  }

  @GetMapping("/api/course-results/cohorts")
  @ForSupervisors
  @Operation(
      summary = "Who enrolled in a month, and how many had completed after 30, 60 and 90 days",
      description =
          "null where the month is too young to tell. The latest month first; from and to are days"
              + " of enrollment.")
  List<Cohort> cohorts(@ParameterObject ResultsQuery query) {
    return results.of(query.filter(boards)).cohorts();
  }

  private Results sorted(ResultsQuery query, String sort) {
    return results.of(query.filter(boards)).sorted(sort);
  }
}
