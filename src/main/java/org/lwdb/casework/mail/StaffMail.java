package org.lwdb.casework.mail;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.NewYork;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The mails to staff: no quiet hours, no cap, and no personal data beyond a case number. */
@Service
public class StaffMail {

  private static final Map<Template, Set<String>> NEEDED =
      Map.of(Template.OSOS_OVERDUE, Set.of("caseNumber", "activity", "dueOn"));

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
   *     have backlog (true for an enrollment from before OSOS had the activity)
   */
  @Transactional
  public void send(String board, Template template, List<String> to, Map<String, Object> data) {
    if (!template.staff()) {
      throw new IllegalArgumentException(template + " is not a mail to staff");
    }
    Set<String> needed = NEEDED.getOrDefault(template, Set.of());
    if (!data.keySet().containsAll(needed)) {
      throw new IllegalArgumentException(template + " needs " + needed);
    }
    Map<String, Object> shown = new HashMap<>(data);
    shown.replaceAll((name, value) -> value instanceof LocalDate d ? NewYork.format(d) : value);
    String subject = composer.subject(template, shown);
    for (String address : to.isEmpty() ? List.of(settings.mail().helpAddress()) : to) {
      outbox.queue(
          new Outbox.Draft(template, null, board, address, subject, shown, null), clock.instant());
    }
  }
}
