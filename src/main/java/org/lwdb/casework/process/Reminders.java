package org.lwdb.casework.process;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.CaseworkSettings.Wait;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.learning.Enrollments;
import org.lwdb.casework.mail.Correspondence;
import org.lwdb.casework.mail.Letters;
import org.lwdb.casework.participant.Participant;
import org.lwdb.casework.participant.Participants;
import org.springframework.stereotype.Component;

/**
 * What the table "reminder" asks of a learner: the completion data as it is when the timer fires.
 */
@Component("reminders")
public class Reminders {

  private final Participants participants;
  private final Enrollments enrollments;
  private final Letters letters;
  private final CaseworkSettings settings;
  private final Clock clock;

  Reminders(
      Participants participants,
      Enrollments enrollments,
      Letters letters,
      CaseworkSettings settings,
      Clock clock) {
    this.participants = participants;
    this.enrollments = enrollments;
    this.letters = letters;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The completion data, as a value that the engine never stores. Times are days, with fractions.
   */
  public TypedValue facts(long participantId) {
    Participant participant = participants.get(participantId);
    var progress = enrollments.progress(participantId);
    Correspondence soFar = letters.with(participantId);
    Instant since = Deadlines.inactiveSince(participant, progress);
    Instant now = clock.instant();
    CaseworkSettings.Learning learning = settings.learning();
    Map<String, Object> facts = new HashMap<>();
    facts.put("daysInactive", days(Duration.between(since, now)));
    facts.put("remindAfterDays", days(since, learning.remindAfter()));
    facts.put("checkInAfterDays", days(since, learning.checkInAfter()));
    facts.put("endAfterDays", days(since, learning.endAfter()));
    facts.put("openCourses", progress.courses() - progress.completedCourses());
    facts.put("neverStarted", progress.neverStarted());
    facts.put("progress", progress.progress() == null ? 0 : progress.progress().doubleValue());
    facts.put("checkedIn", Deadlines.checkedIn(participant, since));
    facts.put("remindersSent", soFar.remindersSince(since));
    facts.put("mostReminders", learning.reminders());
    facts.put("mayRemind", soFar.mayWrite() && settings.partnership().covers(NewYork.today(clock)));
    return Variables.untypedValue(facts, true);
  }

  private static double days(Instant since, Wait wait) {
    return days(Duration.between(since, wait.after(since)));
  }

  private static double days(Duration duration) {
    return duration.toMillis() / 86_400_000.0;
  }
}
