package org.lwdb.casework.mail;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.NewYork;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The mails to staff: no quiet hours, no cap, and no personal data beyond a case number. */
@Service
public class StaffMail {

  private static final Map<Template, Set<String>> NEEDED =
      Map.of(
          Template.OSOS_OVERDUE, Set.of("caseNumber", "activity", "dueOn"),
          Template.CHANGE_TO_DECIDE, Set.of("change", "kind", "requestedOn", "escalated"),
          Template.CHANGE_TO_CONFIRM, Set.of("change", "kind", "sentOn"),
          Template.CHANGE_SENT_BACK, Set.of("change", "kind", "state", "reason"),
          Template.ADMINISTRATOR_BEGINS, Set.of("change", "startDate"),
          Template.TOO_FEW_ADMINISTRATORS, Set.of("active"));

  private final Outbox outbox;
  private final Composer composer;
  private final CaseworkSettings settings;
  private final Clock clock;

  StaffMail(Outbox outbox, Composer composer, CaseworkSettings settings, Clock clock) {
    this.outbox = outbox;
    this.composer = composer;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Queues a mail to each of these people; where the board has nobody to write to, to NYSDOL's help
   * address.
   *
   * @param data what the mail shows; OSOS_OVERDUE needs caseNumber, activity and dueOn, and may
   *     have backlog (true for an enrollment from before OSOS had the activity);
   *     TOO_FEW_ADMINISTRATORS needs active, how many there are
   */
  @Transactional
  public void send(String board, Template template, List<String> to, Map<String, Object> data) {
    Map<String, Object> shown = shown(template, data);
    String subject = composer.subject(template, shown);
    for (String address : to.isEmpty() ? List.of(settings.mail().helpAddress()) : to) {
      outbox.queue(
          new Outbox.Draft(template, null, board, address, subject, shown, null), clock.instant());
    }
  }

  /**
   * The same about a change of administrator.
   *
   * @param data CHANGE_TO_DECIDE needs change, kind, requestedOn and escalated; CHANGE_TO_CONFIRM
   *     change, kind and sentOn; CHANGE_SENT_BACK change, kind, state and reason;
   *     ADMINISTRATOR_BEGINS change and startDate, and has username and link for a new account
   */
  @Transactional
  public void sendAbout(
      long change, String board, Template template, List<String> to, Map<String, Object> data) {
    Map<String, Object> shown = shown(template, data);
    String subject = composer.subject(template, shown);
    for (String address : to.isEmpty() ? List.of(settings.mail().helpAddress()) : to) {
      String key = "change/" + change + "/" + UUID.randomUUID();
      outbox.queue(
          new Outbox.Draft(template, null, board, address, subject, shown, key), clock.instant());
      outbox.enclose(key, change, Outbox.Enclosed.NOTHING);
    }
  }

  /**
   * Queues Attachment A to NYSDOL's help address, at once whatever the hour, and once for each
   * round of a change.
   */
  @Transactional
  public void sendAttachmentA(
      String board,
      long change,
      int round,
      String subject,
      List<String> copies,
      Map<String, Object> data,
      Enclosure document) {
    String key = "attachment-a/" + change + "/" + round;
    outbox.queue(
        new Outbox.Draft(
            Template.ATTACHMENT_A,
            null,
            board,
            settings.mail().helpAddress(),
            subject,
            shown(Template.ATTACHMENT_A, data),
            key),
        clock.instant());
    outbox.enclose(key, change, new Outbox.Enclosed(copies, document));
  }

  /** Withdraws Attachment A; false if it went out, or may have gone out. */
  @Transactional
  public boolean takeBackAttachmentA(long change) {
    return outbox.takeBack(change);
  }

  /** Which change of administrator a mail speaks of; empty for none. */
  public Optional<Long> changeOf(UUID message) {
    return outbox.aboutChange(message).map(Map.Entry::getKey);
  }

  /** Which change of administrator a mail brings to NYSDOL; empty for none. */
  public Optional<Long> attachmentAOf(UUID message) {
    return outbox
        .aboutChange(message)
        .filter(about -> about.getValue() == Template.ATTACHMENT_A)
        .map(Map.Entry::getKey);
  }

  /** A link that works once stands in its mail alone: here it goes when the mail has gone out. */
  @EventListener
  void forgetLink(MailAccepted event) {
    outbox
        .aboutChange(event.message())
        .filter(about -> about.getValue() == Template.ADMINISTRATOR_BEGINS)
        .ifPresent(about -> outbox.forget(event.message()));
  }

  private static Map<String, Object> shown(Template template, Map<String, Object> data) {
    if (!template.staff()) {
      throw new IllegalArgumentException(template + " is not a mail to staff");
    }
    Set<String> needed = NEEDED.getOrDefault(template, Set.of());
    if (!data.keySet().containsAll(needed)) {
      throw new IllegalArgumentException(template + " needs " + needed);
    }
    Map<String, Object> shown = new HashMap<>(data);
    shown.replaceAll((name, value) -> value instanceof LocalDate d ? NewYork.format(d) : value);
    return shown;
  }
}
