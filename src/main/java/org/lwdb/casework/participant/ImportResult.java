package org.lwdb.casework.participant;

import java.time.Instant;
import java.util.List;
import org.lwdb.casework.spreadsheet.RowProblem;

/**
 * A file of participants, and what became of its rows: the counts are of rows.
 *
 * @param id null for a dry run, which stores nothing
 * @param done rows of which it is known what became of them; the others wait
 * @param duplicates rows of people who probably have a case, and rows that were taken in before
 * @param ignoredColumns headers that were not read
 * @param problems of the refused rows; the field is named as in JSON. A list of imports leaves
 *     these three out
 * @param cases those that were opened
 */
public record ImportResult(
    Long id,
    State state,
    String fileName,
    Instant importedAt,
    String importedBy,
    int rows,
    int done,
    int accepted,
    int refused,
    int duplicates,
    List<String> ignoredColumns,
    List<RowProblem> problems,
    List<OpenedCase> cases,
    List<Duplicate> duplicateRows) {

  /** With its rows; the counts are theirs. */
  ImportResult with(
      List<RowProblem> problems, List<OpenedCase> cases, List<Duplicate> duplicateRows) {
    int refused = (int) problems.stream().map(RowProblem::row).distinct().count();
    return new ImportResult(
        id,
        state,
        fileName,
        importedAt,
        importedBy,
        rows,
        cases.size() + refused + duplicateRows.size(),
        cases.size(),
        refused,
        duplicateRows.size(),
        ignoredColumns,
        problems,
        cases,
        duplicateRows);
  }

  /** Of a file that was not stored: what waits would be accepted. */
  ImportResult ofDryRun() {
    return new ImportResult(
        null,
        State.DONE,
        fileName,
        importedAt,
        importedBy,
        rows,
        rows,
        rows - refused - duplicates,
        refused,
        duplicates,
        ignoredColumns,
        problems,
        cases,
        duplicateRows);
  }

  /** Whether rows still wait for their case. */
  public enum State {
    RUNNING,
    DONE
  }

  /** The case that was opened for a row. */
  public record OpenedCase(int row, String caseNumber) {}

  /**
   * A row for which no case was opened.
   *
   * @param duplicateOf the case that the person has already; null in a dry run where an earlier row
   *     of the same file would open it
   * @param identical the very row was taken in before; otherwise a person decides in Tasklist
   */
  public record Duplicate(int row, String duplicateOf, boolean identical) {}
}
