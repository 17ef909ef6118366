package org.lwdb.casework.mail;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Has the outbox sent, every second. */
@Component
@ConditionalOnProperty(name = "casework.background.enabled", matchIfMissing = true)
class SenderPolling {

  private final Sender sender;

  SenderPolling(Sender sender) {
    this.sender = sender;
  }

  @Scheduled(fixedDelay = 1000)
  void sendDue() {
    sender.sendDue();
  }
}
