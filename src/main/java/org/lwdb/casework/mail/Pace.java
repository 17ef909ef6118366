package org.lwdb.casework.mail;

import java.time.Clock;
import java.time.Instant;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.NewYork;
import org.springframework.stereotype.Component;

/** When a letter may go out. */
@Component
class Pace {

  private final CaseworkSettings settings;
  private final Outbox outbox;
  private final Clock clock;

  Pace(CaseworkSettings settings, Outbox outbox, Clock clock) {
    this.settings = settings;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Now, or after the quiet time; a reminder not too soon after the person's last one. */
  Instant earliest(Template template, long personId) {
    Instant at = clock.instant();
    Instant last = template.reminder() ? outbox.lastReminderSent(personId) : null;
    if (last != null) {
      Instant afterGap = settings.mail().reminderGap().after(last);
      at = afterGap.isAfter(at) ? afterGap : at;
    }
    return settings.mail().nextAllowed(at);
  }

  boolean partnershipIsOpen() {
    return settings.partnership().covers(NewYork.today(clock));
  }
}
