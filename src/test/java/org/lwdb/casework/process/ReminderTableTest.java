package org.lwdb.casework.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a learner needs next: a message, somebody who asks, or to be left in peace. */
class ReminderTableTest {

  private static final Table TABLE = new Table("reminder");

  /** A learner in the middle of a course, without activity since a week, not yet reminded. */
  private static final Map<String, Object> LEARNER = new HashMap<>();

  static {
    LEARNER.put("daysInactive", 7.0);
    LEARNER.put("remindAfterDays", 7.0);
    LEARNER.put("checkInAfterDays", 30.0);
    LEARNER.put("endAfterDays", 90.0);
    LEARNER.put("openCourses", 1);
    LEARNER.put("neverStarted", false);
    LEARNER.put("progress", 40.0);
    LEARNER.put("checkedIn", false);
    LEARNER.put("remindersSent", 0);
    LEARNER.put("mostReminders", 3);
    LEARNER.put("mayRemind", true);
  }

  static Stream<Arguments> learners() {
    return Stream.of(
        learner("REMIND_KEEP_GOING"),
        learner("REMIND_STALLED", "remindersSent", 1),
        learner("REMIND_STALLED", "remindersSent", 2),
        learner("NOTHING", "remindersSent", 3),
        learner("NOTHING", "mostReminders", 0),
        learner("REMIND_NEVER_STARTED", "neverStarted", true, "progress", 0.0),
        learner("REMIND_NEVER_STARTED", "neverStarted", true, "remindersSent", 2),
        learner("REMIND_NEARLY_DONE", "progress", 80.0),
        learner("REMIND_NEARLY_DONE", "progress", 99.99, "remindersSent", 2),
        learner("REMIND_KEEP_GOING", "progress", 79.99),
        // Active, unwilling, or out of the partnership: no message
        learner("NOTHING", "daysInactive", 6.99),
        learner("NOTHING", "mayRemind", false),
        learner("NOTHING", "openCourses", 0),
        // A person asks, once, whoever may be written to
        learner("CHECK_IN", "daysInactive", 30.0),
        learner("CHECK_IN", "daysInactive", 30.0, "mayRemind", false),
        learner("CHECK_IN", "daysInactive", 30.0, "remindersSent", 3),
        learner("REMIND_STALLED", "daysInactive", 30.0, "checkedIn", true, "remindersSent", 1),
        learner("NOTHING", "daysInactive", 30.0, "openCourses", 0),
        learner("REMIND_KEEP_GOING", "daysInactive", 29.99),
        // The end comes in any case
        learner("END", "daysInactive", 90.0),
        learner("END", "daysInactive", 90.0, "openCourses", 0, "mayRemind", false),
        learner("END", "daysInactive", 400.0, "checkedIn", true),
        learner("REMIND_KEEP_GOING", "daysInactive", 89.99, "checkedIn", true));
  }

  @ParameterizedTest
  @MethodSource("learners")
  void chooses(Map<String, Object> facts, String next) {
    assertThat(TABLE.ask(facts)).containsExactly(Map.of("next", next));
  }

  @Test
  void everyRuleMatchesSomebody() {
    learners().forEach(learner -> TABLE.ask(facts(learner)));
    assertThat(TABLE.passed()).isEqualTo(TABLE.rules());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> facts(Arguments learner) {
    return (Map<String, Object>) learner.get()[0];
  }

  private static Arguments learner(String next, Object... changes) {
    return arguments(Table.with(LEARNER, changes), next);
  }
}
