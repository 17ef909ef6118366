package org.lwdb.casework.web.desk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.Forbidden;
import org.lwdb.casework.NotFound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of one thing when something was done to many.
 *
 * @param item as people call it, such as the case number
 * @param path where it is looked at; null: nowhere
 * @param message what was done, or why not and what to do
 */
public record Outcome(String item, String path, boolean done, String message) {

  private static final Logger LOG = LoggerFactory.getLogger(Outcome.class);

  /**
   * Does the work with each item in its own transaction: one that fails never stops the rest.
   *
   * @param work answers what was done
   */
  static <T> List<Outcome> each(
      Collection<T> items,
      Function<T, String> name,
      Function<T, String> path,
      Function<T, String> work) {
    List<Outcome> outcomes = new ArrayList<>();
    for (T item : items) {
      String called = String.valueOf(item);
      boolean done = false;
      String message;
      try {
        called = name.apply(item);
        message = work.apply(item);
        done = true;
      } catch (BadInput | NotFound | Forbidden e) {
        message = e.getMessage();
      } catch (RuntimeException e) {
        LOG.error("Work on one of many failed", e);
        message = "Something went wrong here, and nothing was changed. Try this one again.";
      }
      outcomes.add(new Outcome(called, path.apply(item), done, message));
    }
    return outcomes;
  }
}
