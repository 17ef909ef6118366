package org.lwdb.casework.participant;

import java.util.Map;
import java.util.Set;

/** Where a case stands, in the order of the journey. */
public enum Stage {
  REFERRED("Referred"),
  ELIGIBILITY("Eligibility"),
  OUTREACH("Outreach"),
  INVITATION("Invitation"),
  INVITED("Invited"),
  LEARNING("Learning"),
  CLOSED("Closed");

  /** The only ways back: to be screened again with new answers, and to be invited again. */
  private static final Map<Stage, Set<Stage>> BACK =
      Map.of(ELIGIBILITY, Set.of(OUTREACH, INVITATION), INVITATION, Set.of(INVITED));

  private final String label;

  Stage(String label) {
    this.label = label;
  }

  /** The stage as people read it. */
  public String label() {
    return label;
  }

  /** Evidence may carry a case over several stages, but nothing moves a closed case. */
  boolean mayFollow(Stage before) {
    return before != CLOSED
        && (compareTo(before) > 0 || BACK.getOrDefault(this, Set.of()).contains(before));
  }
}
