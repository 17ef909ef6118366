package org.lwdb.casework.mail;

/** Where a mail stands, and how a case's timeline tells it. */
public enum State {
  QUEUED("Waits", null),
  CLAIMED("Is being sent", null),
  ACCEPTED("Sent", "Mail sent"),
  BOUNCED("Address rejected", "Mail not delivered: the address was rejected"),
  SUPPRESSED("Not sent", "Mail not sent"),
  WITHDRAWN("Withdrawn", "Mail withdrawn"),
  FAILED("Failed", "Mail could not be sent");

  private final String label;

  /** The sentence in the timeline; null where there is nothing to tell. */
  final String told;

  State(String label, String told) {
    this.label = label;
    this.told = told;
  }

  /** The state as people read it. */
  public String label() {
    return label;
  }
}
