package org.lwdb.casework.participant;

/** What a person answered to outreach. */
public enum OutreachAnswer {
  INTERESTED("Interested"),
  NOT_INTERESTED("Not interested"),
  CALL_ME("Asks for a call");

  private final String label;

  OutreachAnswer(String label) {
    this.label = label;
  }

  /** The answer as people read it. */
  public String label() {
    return label;
  }
}
