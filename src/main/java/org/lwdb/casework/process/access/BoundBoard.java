package org.lwdb.casework.process.access;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The board for which the application itself works on this thread: what it starts in the engine
 * belongs to that board, and the engine asks neither for the person's authorizations nor for the
 * person's boards. So whoever binds a board has made sure before that the person may do this.
 */
public final class BoundBoard {

  private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

  private BoundBoard() {}

  /** Does the work for a board; one within another is for the inner board. */
  public static <T> T in(String board, Supplier<T> work) {
    String before = CURRENT.get();
    CURRENT.set(Objects.requireNonNull(board, "board"));
    try {
      return work.get();
    } finally {
      if (before == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(before);
      }
    }
  }

  static Optional<String> current() {
    return Optional.ofNullable(CURRENT.get());
  }
}
