package org.lwdb.casework.administrator;

/** What changes; Attachment A names it so. */
public enum Kind {
  REPLACE("Replace an administrator"),
  ADD("Add an administrator"),
  REMOVE("Remove an administrator"),
  CORRECT("Correct an administrator's data");

  private final String label;

  Kind(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /** Somebody leaves office. */
  boolean leaves() {
    return this == REPLACE || this == REMOVE;
  }

  /** Somebody comes into office. */
  boolean comes() {
    return this == REPLACE || this == ADD;
  }
}
