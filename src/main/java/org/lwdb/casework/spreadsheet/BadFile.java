package org.lwdb.casework.spreadsheet;

import java.util.List;
import java.util.stream.Collectors;

/** A file that cannot be read, or is not what is expected: nothing of it was stored. */
public class BadFile extends RuntimeException {

  private final List<RowProblem> problems;

  public BadFile(String message) {
    this(List.of(new RowProblem(null, null, message)));
  }

  public BadFile(List<RowProblem> problems) {
    super(problems.stream().map(RowProblem::message).collect(Collectors.joining(" ")));
    this.problems = List.copyOf(problems);
  }

  public List<RowProblem> problems() {
    return problems;
  }
}
