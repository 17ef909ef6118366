package org.lwdb.casework.participant;

import java.util.regex.Pattern;
import org.lwdb.casework.BadInput;

/** Text as people type it. */
final class Text {

  private static final int LONGEST_NOTE = 2000;
  private static final Pattern SOCIAL_SECURITY_NUMBER =
      Pattern.compile("(?<!\\d)\\d{3}[- ‑–]\\d{2}[- ‑–]\\d{4}(?!\\d)");

  private Text() {}

  /** Without the blanks around it; null for nothing but blanks. */
  static String strip(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /** A note in the words of staff, stripped; null for none. */
  static String note(String field, String given) {
    String text = strip(given);
    BadInput.Collector problems = new BadInput.Collector();
    check(problems, field, text, LONGEST_NOTE);
    problems.throwIfAny();
    return text;
  }

  /** Checks what no text may be, and says whether it is fine; null is. */
  static boolean check(BadInput.Collector problems, String field, String text, int longest) {
    if (text == null) {
      return true;
    }
    int before = problems.problems().size();
    problems
        .addIf(
            text.length() > longest,
            field,
            "The value of " + field + " may have " + longest + " characters at most: shorten it.")
        .addIf(
            SOCIAL_SECURITY_NUMBER.matcher(text).find(),
            field,
            "This looks like a Social Security number in "
                + field
                + ". None may be kept here: remove it.")
        .addIf(
            text.codePoints()
                .anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t'),
            field,
            "There are characters in " + field + " that cannot be read: type it anew.");
    return problems.problems().size() == before;
  }
}
