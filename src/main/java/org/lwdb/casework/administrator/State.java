package org.lwdb.casework.administrator;

import java.util.Set;

/** Where a change stands. */
public enum State {
  /** Waits for the decision of the supervisor. */
  REQUESTED("Waits for the supervisor"),
  /** Waits for a correction, after the supervisor or NYSDOL sent it back. */
  RETURNED("Sent back for correction"),
  /** Refused by the supervisor, for good. */
  REFUSED("Refused"),
  /** Approved, and its mail is on its way. */
  APPROVED("Approved, its mail is on its way"),
  /** NYSDOL's mail server has it. */
  SENT("Sent to NYSDOL"),
  CONFIRMED("Confirmed, its dates are to come"),
  /** Confirmed, and both dates have come. */
  IN_EFFECT("In effect"),
  WITHDRAWN("Withdrawn");

  public static final Set<State> OPEN = Set.of(REQUESTED, RETURNED, APPROVED, SENT, CONFIRMED);

  private final String label;

  State(String label) {
    this.label = label;
  }

  /** The state as people read it. */
  public String label() {
    return label;
  }
}
