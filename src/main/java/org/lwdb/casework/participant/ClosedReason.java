package org.lwdb.casework.participant;

/** Why a case was closed. */
public enum ClosedReason {
  COMPLETED("Courses completed"),
  LEARNING_ENDED("Learning ended"),
  NOT_ELIGIBLE("Not eligible"),
  DECLINED("Not interested"),
  NOT_REACHED("Could not be reached"),
  NOT_ENROLLED("Never enrolled in a course"),
  WITHDRAWN("Withdrew"),
  MOVED("Moved to another board"),
  DUPLICATE("Has another case"),
  OTHER("Other reason");

  private final String label;

  ClosedReason(String label) {
    this.label = label;
  }

  /** The reason as people read it. */
  public String label() {
    return label;
  }
}
