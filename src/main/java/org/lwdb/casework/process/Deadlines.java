package org.lwdb.casework.process;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.learning.Enrollments;
import org.lwdb.casework.learning.Progress;
import org.lwdb.casework.mail.Correspondence;
import org.lwdb.casework.mail.Letters;
import org.lwdb.casework.mail.Template;
import org.lwdb.casework.participant.ClosedReason;
import org.lwdb.casework.participant.Participant;
import org.lwdb.casework.participant.Participants;
import org.springframework.stereotype.Component;

/**
 * When a waiting case is looked at again. Every waiting time counts from the later of what happened
 * last and the case's arrival at the step, so that a first import of old reports neither closes nor
 * mails everybody.
 */
@Component("deadlines")
public class Deadlines {

  private final Participants participants;
  private final Enrollments enrollments;
  private final Letters letters;
  private final CaseworkSettings settings;
  private final Clock clock;

  Deadlines(
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

  public Date now() {
    return Date.from(clock.instant());
  }

  /** The next follow-up, or the task to call when no follow-up is left. */
  public Date outreach(long participantId) {
    Correspondence soFar = letters.with(participantId);
    Instant last = latest(participants.get(participantId).stageSince(), soFar.lastSent());
    return Date.from(
        (followUpLeft(soFar)
                ? settings.outreach().followUpAfter()
                : settings.outreach().callAfter())
            .after(last));
  }

  public boolean followUpLeft(long participantId) {
    return followUpLeft(letters.with(participantId));
  }

  private boolean followUpLeft(Correspondence soFar) {
    return mayRemind(soFar)
        && soFar.sent(Template.OUTREACH_FOLLOW_UP) < settings.outreach().followUps();
  }

  /** The next reminder to enroll, or the decision how to go on when no reminder is left. */
  public Date enrollment(long participantId, Date waitingSince) {
    Correspondence soFar = letters.with(participantId);
    Instant last = latest(waitingSince.toInstant(), soFar.lastReminder());
    return Date.from(
        (reminderToEnrollLeft(soFar, waitingSince)
                ? settings.enrollment().remindAfter()
                : settings.enrollment().giveUpAfter())
            .after(last));
  }

  public boolean reminderToEnrollLeft(long participantId, Date waitingSince) {
    return reminderToEnrollLeft(letters.with(participantId), waitingSince);
  }

  private boolean reminderToEnrollLeft(Correspondence soFar, Date waitingSince) {
    return mayRemind(soFar)
        && soFar.remindersSince(waitingSince.toInstant()) < settings.enrollment().reminders();
  }

  /** The next look at a learner's progress: the next reminder, the check-in, or the end. */
  public Date learning(long participantId) {
    Participant participant = participants.get(participantId);
    Instant since = inactiveSince(participant, enrollments.progress(participantId));
    Instant lastLook = latest(since, participant.learningCheckedAt());
    Stream<Instant> checkIn =
        checkedIn(participant, since)
            ? Stream.empty()
            : Stream.of(settings.learning().checkInAfter().after(since)).filter(lastLook::isBefore);
    return Date.from(
        Stream.concat(
                Stream.of(
                    settings.learning().remindAfter().after(lastLook),
                    settings.learning().endAfter().after(since)),
                checkIn)
            .min(Instant::compareTo)
            .orElseThrow());
  }

  /** When learning has ended if nothing happens any more. */
  public Date learningEnd(long participantId) {
    return Date.from(
        settings
            .learning()
            .endAfter()
            .after(
                inactiveSince(
                    participants.get(participantId), enrollments.progress(participantId))));
  }

  /** The reason that a case closes with when its learning has ended. */
  public String howLearningEnded(long participantId) {
    return (enrollments.progress(participantId).completedCourses() > 0
            ? ClosedReason.COMPLETED
            : ClosedReason.LEARNING_ENDED)
        .name();
  }

  static Instant inactiveSince(Participant participant, Progress progress) {
    return latest(participant.stageSince(), progress.lastActivity());
  }

  static boolean checkedIn(Participant participant, Instant since) {
    return participant.checkedInAt() != null && participant.checkedInAt().isAfter(since);
  }

  private boolean mayRemind(Correspondence soFar) {
    return soFar.mayWrite() && settings.partnership().covers(NewYork.today(clock));
  }

  private static Instant latest(Instant one, Instant other) {
    return other == null || one.isAfter(other) ? one : other;
  }
}
