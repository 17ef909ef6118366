package org.lwdb.casework.learning;

import java.util.List;
import java.util.stream.Collectors;

/** A file that cannot be imported as one of Coursera's reports: nothing of it was stored. */
public class BadReport extends RuntimeException {

  private final List<RowProblem> problems;

  BadReport(String message) {
    this(List.of(new RowProblem(null, null, message)));
  }

  BadReport(List<RowProblem> problems) {
    super(problems.stream().map(RowProblem::message).collect(Collectors.joining(" ")));
    this.problems = List.copyOf(problems);
  }

  public List<RowProblem> problems() {
    return problems;
  }
}
