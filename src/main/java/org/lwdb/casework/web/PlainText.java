package org.lwdb.casework.web;

/** What every text that comes in over HTTP must be, so that it can be kept and found again. */
final class PlainText {

  /** Longest text, in characters: a variable of the engine holds no more. */
  static final int LONGEST = 4000;

  private PlainText() {}

  /** The sentence that refuses the text, or null when it can be kept. */
  static String problem(String text) {
    if (text.length() > LONGEST) {
      return "This text has "
          + text.length()
          + " characters; shorten it to "
          + LONGEST
          + " or fewer.";
    }
    boolean broken =
        text.codePoints()
            .anyMatch(
                c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    return broken
        ? "This text contains a character that cannot be stored (NUL, or half of a pair); remove it."
        : null;
  }
}
