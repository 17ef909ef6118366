package org.lwdb.casework.process;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What runs by itself beside the engine's own jobs, on every node; rows are claimed, so nodes do
 * not get in each other's way.
 */
@Component
@ConditionalOnProperty(name = "casework.background.enabled", matchIfMissing = true)
class Background {

  private final InboxDelivery inbox;
  private final PartnershipEnd partnershipEnd;

  Background(InboxDelivery inbox, PartnershipEnd partnershipEnd) {
    this.inbox = inbox;
    this.partnershipEnd = partnershipEnd;
  }

  @Scheduled(fixedDelayString = "PT1S")
  void deliverInbox() {
    inbox.deliverDue();
  }

  @Scheduled(fixedDelayString = "PT10M")
  void tellOfThePartnershipsEnd() {
    partnershipEnd.tellCases();
  }
}
