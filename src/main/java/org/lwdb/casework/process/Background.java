package org.lwdb.casework.process;

import org.lwdb.casework.participant.ParticipantImports;
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
  private final CasesFromFiles casesFromFiles;
  private final ParticipantImports imports;
  private final ShortBoards shortBoards;

  Background(
      InboxDelivery inbox,
      PartnershipEnd partnershipEnd,
      CasesFromFiles casesFromFiles,
      ParticipantImports imports,
      ShortBoards shortBoards) {
    this.inbox = inbox;
    this.partnershipEnd = partnershipEnd;
    this.casesFromFiles = casesFromFiles;
    this.imports = imports;
    this.shortBoards = shortBoards;
  }

  @Scheduled(fixedDelayString = "PT1S")
  void deliverInbox() {
    inbox.deliverDue();
  }

  @Scheduled(fixedDelayString = "PT10M")
  void tellOfThePartnershipsEnd() {
    partnershipEnd.tellCases();
  }

  @Scheduled(fixedDelayString = "PT1S")
  void openCasesFromFiles() {
    casesFromFiles.openDue();
  }

  @Scheduled(fixedDelayString = "PT1H")
  void forgetRefusedRows() {
    imports.forget();
  }

  @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT1M")
  void warnBoardsOfTooFewAdministrators() {
    shortBoards.warn();
  }
}
