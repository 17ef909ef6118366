package org.lwdb.casework.mail;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The letters that were queued for a person, over moves between boards; withdrawn ones do not
 * count.
 *
 * @param mayWrite whether mails reach the person: they were not stopped, and the address was not
 *     rejected
 */
public record Correspondence(boolean mayWrite, List<Letter> letters) {

  /**
   * @param goesOutAt when it went out or will go out
   * @param sentAgain whether another one took its place
   */
  record Letter(
      Template template,
      boolean reminder,
      Instant queuedAt,
      Instant goesOutAt,
      boolean sentAgain) {}

  /** How often this letter was queued. */
  public int sent(Template template) {
    return (int)
        letters.stream().filter(letter -> letter.template == template && !letter.sentAgain).count();
  }

  /** How many reminders of any kind were queued since then. */
  public int remindersSince(Instant since) {
    return (int) letters.stream().filter(l -> l.reminder && l.queuedAt.isAfter(since)).count();
  }

  /** When the latest letter was queued; null if there is none. */
  public Instant lastSent() {
    return latest(Letter::queuedAt);
  }

  /** When the latest reminder went out or will go out; null if there is none. */
  public Instant lastReminder() {
    return latest(letter -> letter.reminder ? letter.goesOutAt : null);
  }

  private Instant latest(Function<Letter, Instant> when) {
    return letters.stream().map(when).filter(Objects::nonNull).max(Instant::compareTo).orElse(null);
  }
}
