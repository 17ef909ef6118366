package org.lwdb.casework.participant;

/** What the eligibility table, or a person, made of the answers. */
public enum EligibilityResult {
  ELIGIBLE,
  NOT_ELIGIBLE,
  /** A person has to decide. */
  REVIEW,
  /** An answer that could still decide is missing. */
  PENDING,
  /** The partnership does not run today. */
  CLOSED
}
