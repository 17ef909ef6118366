package org.lwdb.casework.mail;

/** Where a mail stands, and how a case's timeline tells it. */
enum State {
  QUEUED(null),
  CLAIMED(null),
  ACCEPTED("Mail sent"),
  BOUNCED("Mail not delivered: the address was rejected"),
  SUPPRESSED("Mail not sent"),
  WITHDRAWN("Mail withdrawn"),
  FAILED("Mail could not be sent");

  /** The sentence in the timeline; null where there is nothing to tell. */
  final String told;

  State(String told) {
    this.told = told;
  }
}
