package org.lwdb.casework;

/**
 * There is no such thing, or none that this user may know of: another board's things are not found.
 */
public class NotFound extends RuntimeException {
  public NotFound(String message) {
    super(message);
  }
}
