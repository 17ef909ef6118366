package org.lwdb.casework.participant;

/** Whether a person counts in WIOA's performance measures (advisory, Additional information). */
public enum Accountability {
  /** Gave identifying information, or used information-only services: does not count. */
  REPORTABLE_INDIVIDUAL,
  /** Received an enrolling service, such as an Initial Assessment: counts. */
  WIOA_PARTICIPANT
}
