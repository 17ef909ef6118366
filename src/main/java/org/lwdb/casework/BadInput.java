package org.lwdb.casework;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a person gave cannot be accepted. Each problem names the field and says in a sentence what
 * was wrong and what to do; the message is these sentences, ready to be shown.
 */
public class BadInput extends RuntimeException {

  /**
   * One thing that is wrong: {@code field} is the name in the form or the JSON, null when it is
   * none of them.
   */
  public record Problem(String field, String message) {}

  private final List<Problem> problems;

  public BadInput(String field, String message) {
    this(List.of(new Problem(field, message)));
  }

  public BadInput(List<Problem> problems) {
    super(problems.stream().map(Problem::message).distinct().collect(Collectors.joining(" ")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }

  /** Collects problems, so that a person hears of all of them at once. */
  public static class Collector {
    private final List<Problem> problems = new ArrayList<>();

    public Collector add(String field, String message) {
      problems.add(new Problem(field, message));
      return this;
    }

    public Collector addIf(boolean wrong, String field, String message) {
      return wrong ? add(field, message) : this;
    }

    public List<Problem> problems() {
      return List.copyOf(problems);
    }

    /** Throws {@link BadInput} if anything was wrong. */
    public void throwIfAny() {
      if (!problems.isEmpty()) {
        throw new BadInput(problems);
      }
    }
  }
}
