package org.lwdb.casework.mail;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.learning.EnrollmentsReplaced;
import org.lwdb.casework.participant.CasesMerged;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The letters to learners. They are written down in the caller's transaction and sent afterwards,
 * by {@link Sender}. What a person was sent counts over moves between boards.
 */
@Service("letters")
@Transactional
public class Letters {

  private static final String STOPPED = "Mails to this person were stopped.";

  private final Addressees addressees;
  private final Composer composer;
  private final Outbox outbox;
  private final Pace pace;

  Letters(Addressees addressees, Composer composer, Outbox outbox, Pace pace) {
    this.addressees = addressees;
    this.composer = composer;
    this.outbox = outbox;
    this.pace = pace;
  }

  /**
   * Queues a letter. OUTREACH goes to a person once, OTHER_SERVICES and CASE_CLOSED once for a
   * case. To whom mails were stopped, or whose address was rejected, it is only recorded.
   *
   * @param template the name of a {@link Template} for learners other than CONGRATULATION
   */
  public void send(long participantId, String template) {
    Template letter = Template.valueOf(template);
    if (letter.staff() || letter == Template.CONGRATULATION) {
      throw new IllegalArgumentException(template + " is not sent to a learner by its name alone");
    }
    Long enrollmentId =
        letter.ofCourse() ? addressees.currentEnrollment(participantId).orElse(null) : null;
    queue(letter, addressees.load(participantId, enrollmentId));
  }

  /** Congratulates on a completed course, once for a person and a course. */
  public void congratulate(long participantId, long enrollmentId) {
    Addressee to = addressees.load(participantId, enrollmentId);
    if (to.course() == null) {
      throw new NotFound("This participant has no such course.");
    }
    queue(Template.CONGRATULATION, to);
  }

  /** What waited to be sent for the other case is withdrawn by whoever merges, before. */
  @EventListener
  void merged(CasesMerged cases) {
    outbox.mergePersons(cases.keptPerson(), cases.otherPerson());
  }

  @EventListener
  void replaced(EnrollmentsReplaced enrollments) {
    enrollments.by().forEach(outbox::replaceEnrollment);
  }

  private void queue(Template template, Addressee to) {
    Outbox.Draft letter =
        new Outbox.Draft(
            template,
            to,
            to.board(),
            to.email(),
            composer.subject(template, to),
            Map.of(),
            onceKey(template, to));
    if (to.mailsStopped()) {
      outbox.keepBack(letter, State.SUPPRESSED, STOPPED);
    } else if (to.addressSuppressed()) {
      outbox.keepBack(letter, State.SUPPRESSED, Outbox.ADDRESS_REJECTED);
    } else if (to.closedReason() != null && !template.outlivesCase()) {
      outbox.keepBack(letter, State.SUPPRESSED, "The case is closed.");
    } else if (template.ofCourse() && to.course() == null) {
      outbox.keepBack(letter, State.WITHDRAWN, "There is no course to remind of.");
    } else {
      outbox.queue(letter, pace.earliest(template, to.personId()));
    }
  }

  private static String onceKey(Template template, Addressee to) {
    return switch (template) {
      case OUTREACH -> template + ":" + to.personId();
      case CONGRATULATION -> template + ":" + to.personId() + ":" + to.course().id();
      case OTHER_SERVICES, CASE_CLOSED -> template + ":" + to.participantId();
      default -> null;
    };
  }

  /** What the person was written so far. */
  @Transactional(readOnly = true)
  public Correspondence with(long participantId) {
    return addressees.correspondence(participantId);
  }

  /**
   * Withdraws the letters to the person that wait to be sent and that events have overtaken; those
   * that tell how a case or a course ended stay.
   */
  public void withdraw(long participantId) {
    outbox.waiting(participantId).stream()
        .filter(mail -> !mail.template().outlivesCase())
        .forEach(mail -> outbox.end(mail, State.WITHDRAWN, "Events have overtaken it."));
  }

  /** Withdraws every letter to the person that waits to be sent: mails were stopped. */
  public void withdrawAll(long participantId) {
    outbox.waiting(participantId).forEach(mail -> outbox.end(mail, State.WITHDRAWN, STOPPED));
  }

  /**
   * The address was corrected: what did not arrive because of the old one, and still has its
   * meaning, is queued anew; of several reminders only the latest. The old mails stay as they are.
   */
  public void sendAgain(long participantId) {
    Set<String> again = new HashSet<>();
    for (Outbox.Row mail : outbox.undeliverable(participantId)) {
      Template template = mail.template();
      Addressee to = addressees.of(mail);
      boolean meaningful =
          Overtaken.reason(template, to, mail.queuedAt(), pace.partnershipIsOpen()) == null
              && again.add(template.reminder() ? "reminder" : template + ":" + mail.enrollmentId());
      outbox.decideUndeliverable(mail, meaningful);
      if (meaningful) {
        queue(template, to);
      }
    }
  }
}
