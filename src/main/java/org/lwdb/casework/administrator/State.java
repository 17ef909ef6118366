package org.lwdb.casework.administrator;

import java.util.Set;

/** Where a change stands. */
public enum State {
  /** Waits for the decision of the supervisor. */
  REQUESTED,
  /** Waits for a correction, after the supervisor or NYSDOL sent it back. */
  RETURNED,
  /** Refused by the supervisor, for good. */
  REFUSED,
  /** Approved, and its mail is on its way. */
  APPROVED,
  /** NYSDOL's mail server has it. */
  SENT,
  CONFIRMED,
  /** Confirmed, and both dates have come. */
  IN_EFFECT,
  WITHDRAWN;

  static final Set<State> OPEN = Set.of(REQUESTED, RETURNED, APPROVED, SENT, CONFIRMED);
}
