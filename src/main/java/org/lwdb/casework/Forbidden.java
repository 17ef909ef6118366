package org.lwdb.casework;

/** The user may not do this in any board that is named, or not in this role. */
public class Forbidden extends RuntimeException {
  public Forbidden(String message) {
    super(message);
  }
}
