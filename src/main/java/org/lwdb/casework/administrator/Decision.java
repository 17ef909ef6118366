package org.lwdb.casework.administrator;

/** What a supervisor makes of a request. */
public enum Decision {
  APPROVE,
  REFUSE,
  /** It goes back to be corrected. */
  RETURN
}
