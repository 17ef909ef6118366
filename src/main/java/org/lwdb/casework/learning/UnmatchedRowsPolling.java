package org.lwdb.casework.learning;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Has rows of reports matched that wait for their participant, and forgets them in the end. */
@Component
@ConditionalOnProperty(name = "casework.background.enabled", matchIfMissing = true)
class UnmatchedRowsPolling {

  private final CourseraReports reports;

  UnmatchedRowsPolling(CourseraReports reports) {
    this.reports = reports;
  }

  @Scheduled(fixedDelayString = "PT1S")
  void matchDueRows() {
    reports.matchDueRows();
  }

  @Scheduled(fixedDelayString = "PT1H")
  void forgetUnmatchedRows() {
    reports.forgetUnmatchedRows();
  }
}
