package org.lwdb.casework.learning;

import java.time.Instant;
import java.util.List;
import org.lwdb.casework.spreadsheet.RowProblem;

/**
 * One import of one of Coursera's reports: {@code rows}, {@code matched}, {@code unmatched} and
 * {@code refused} count rows of the file, {@code newlyJoined} counts people, the others count
 * enrollments, once each.
 *
 * @param problems the first 100 of the refused rows
 */
public record ReportResult(
    long id,
    ReportKind kind,
    String fileName,
    Instant importedAt,
    String importedBy,
    int rows,
    int matched,
    int unmatched,
    int refused,
    int newlyJoined,
    int newlyEnrolled,
    int newlyCompleted,
    int updated,
    int unchanged,
    List<RowProblem> problems) {}
