package org.lwdb.casework.learning;

import java.time.Instant;

/**
 * An import that runs now, on whatever node.
 *
 * @param kind null until the file's headers are read
 * @param percent of the whole, as far as it can be told
 */
public record RunningImport(
    String fileName,
    ReportKind kind,
    String importedBy,
    Instant startedAt,
    Step step,
    int percent) {

  /** What an import does, one after the other; how far it has come then. */
  public enum Step {
    /** Another one runs. */
    WAITING(0),
    READING(0),
    MATCHING(50),
    MERGING(55);

    private final int percent;

    Step(int percent) {
      this.percent = percent;
    }
  }

  RunningImport at(Step step, ReportKind kind) {
    return new RunningImport(fileName, kind, importedBy, startedAt, step, step.percent);
  }

  /** Reading takes half the time. */
  RunningImport read(int percent) {
    return new RunningImport(
        fileName, kind, importedBy, startedAt, step, percent * Step.MATCHING.percent / 100);
  }
}
