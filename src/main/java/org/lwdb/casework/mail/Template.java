package org.lwdb.casework.mail;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The mails that are sent. Each has an HTML and a plain-text template of its name, and its texts in
 * messages.properties.
 */
public enum Template {
  OUTREACH,
  OUTREACH_FOLLOW_UP(Trait.REMINDER),
  OTHER_SERVICES(Trait.OUTLIVES_CASE, Trait.OF_CASE),
  INVITATION,
  REMIND_TO_ENROLL(Trait.REMINDER),
  REMIND_NEVER_STARTED(Trait.REMINDER, Trait.OF_COURSE),
  REMIND_KEEP_GOING(Trait.REMINDER, Trait.OF_COURSE),
  REMIND_STALLED(Trait.REMINDER, Trait.OF_COURSE),
  REMIND_NEARLY_DONE(Trait.REMINDER, Trait.OF_COURSE),
  CONGRATULATION(Trait.OUTLIVES_CASE, Trait.OF_COURSE),
  CASE_CLOSED(Trait.OUTLIVES_CASE, Trait.OF_CASE),
  OSOS_OVERDUE(Trait.STAFF),
  ATTACHMENT_A(Trait.STAFF),
  CHANGE_TO_DECIDE(Trait.STAFF),
  CHANGE_TO_CONFIRM(Trait.STAFF),
  CHANGE_SENT_BACK(Trait.STAFF),
  ADMINISTRATOR_BEGINS(Trait.STAFF),
  TOO_FEW_ADMINISTRATORS(Trait.STAFF);

  private enum Trait {
    REMINDER,
    OF_COURSE,
    OF_CASE,
    OUTLIVES_CASE,
    STAFF
  }

  private final Set<Trait> traits;

  Template(Trait... traits) {
    this.traits = Set.of(traits);
  }

  /** The template as people call it: Remind to enroll. */
  public String label() {
    String words = name().replace('_', ' ').toLowerCase(Locale.ROOT);
    return (words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1))
        .replace("osos", "OSOS");
  }

  /** Those to learners, in the order of the journey. */
  public static List<Template> toLearners() {
    return Stream.of(values()).filter(template -> !template.staff()).toList();
  }

  /** Counts against the cap on reminders. */
  boolean reminder() {
    return traits.contains(Trait.REMINDER);
  }

  /** Speaks of one course. */
  boolean ofCourse() {
    return traits.contains(Trait.OF_COURSE);
  }

  /** Speaks of the case that it was queued for, even when that was moved to another board since. */
  boolean ofCase() {
    return traits.contains(Trait.OF_CASE);
  }

  /** Still goes out when the case is closed, or the partnership has ended. */
  boolean outlivesCase() {
    return traits.contains(Trait.OUTLIVES_CASE);
  }

  /** Goes to staff, and not to a learner. */
  boolean staff() {
    return traits.contains(Trait.STAFF);
  }

  /** The name of its files and the middle of its message keys: {@code remind-to-enroll}. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
