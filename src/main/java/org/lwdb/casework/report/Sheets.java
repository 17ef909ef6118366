package org.lwdb.casework.report;

import java.util.Arrays;
import java.util.List;
import org.lwdb.casework.report.CourseResults.Results;
import org.lwdb.casework.spreadsheet.SheetWriter;

/** The figures as sheets: a row of heads, then numbers as numbers and dates as dates. */
public final class Sheets {

  private static final String WITHHELD = "withheld";

  private Sheets() {}

  /** A row for each course. */
  public static void courses(Results results, SheetWriter sheet) {
    sheet.row(
        List.of(
            "Course",
            "Partner",
            "Enrolled",
            "Active",
            "Active in the last 30 days",
            "Completed",
            "Completion rate (of enrolled)",
            "Median days to complete",
            "Learning hours",
            "Reminders before completion",
            "Course ID",
            "Course slug"));
    for (CourseResult course : results.courses()) {
      Figures figures = course.figures();
      sheet.row(
          Arrays.asList(
              course.name(),
              course.partner(),
              told(figures.enrolled(), figures),
              told(figures.active(), figures),
              told(figures.activeLast30Days(), figures),
              told(figures.completed(), figures),
              told(figures.completionRate(), figures),
              told(figures.medianDaysToComplete(), figures),
              told(figures.learningHours(), figures),
              told(figures.remindersBeforeCompletion(), figures),
              course.courseId(),
              course.slug()));
    }
  }

  private static Object told(Object figure, Figures figures) {
    return figure == null && figures.withheld() ? WITHHELD : figure;
  }
}
