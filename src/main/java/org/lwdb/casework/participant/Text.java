package org.lwdb.casework.participant;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Locale;
import java.util.regex.Pattern;
import org.lwdb.casework.BadInput;

/** Text as people type it. */
public final class Text {

  private static final int LONGEST_NOTE = 2000;
  private static final Pattern SOCIAL_SECURITY_NUMBER =
      Pattern.compile("(?<!\\d)\\d{3}[- ‑–]\\d{2}[- ‑–]\\d{4}(?!\\d)");

  private static final Pattern PHONE =
      Pattern.compile("\\+?[0-9(][-0-9(). /]{5,24}[0-9]( ?(x|ext\\.?) ?[0-9]{1,6})?");

  private Text() {}

  /** One line, with single blanks between its words; null for nothing but blanks. */
  public static String line(String text) {
    return text == null ? null : strip(text.replaceAll("[\\s\\p{Z}]+", " "));
  }

  /** Without the blanks around it; null for nothing but blanks. */
  static String strip(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /**
   * A note in the words of staff, stripped; null for none.
   *
   * @throws BadInput if it is too long, or holds a Social Security number
   */
  public static String note(String field, String given) {
    String text = strip(given);
    BadInput.Collector problems = new BadInput.Collector();
    check(problems, field, text, LONGEST_NOTE);
    problems.throwIfAny();
    return text;
  }

  /** Checks what no text may be, and says whether it is fine; null is. */
  public static boolean check(BadInput.Collector problems, String field, String text, int longest) {
    if (text == null) {
      return true;
    }
    int before = problems.problems().size();
    problems
        .addIf(
            text.length() > longest,
            field,
            label(field) + " may have " + longest + " characters at most: shorten it.")
        .addIf(holdsSocialSecurityNumber(text), field, socialSecurityNumber(field))
        .addIf(
            text.codePoints().anyMatch(Text::unreadable),
            field,
            label(field) + " has characters that cannot be read: type it anew.");
    return problems.problems().size() == before;
  }

  /** Checks an e-mail address: one plain address, of a domain with a dot, that any server takes. */
  public static void checkEmail(BadInput.Collector problems, String field, String text) {
    if (check(problems, field, text, 254)) {
      problems.addIf(
          text != null && !isEmailAddress(text),
          field,
          "This is not an e-mail address: write one such as ada@example.org.");
    }
  }

  /** Checks a phone number. */
  public static void checkPhone(BadInput.Collector problems, String field, String text) {
    if (check(problems, field, text, 40)) {
      problems.addIf(
          text != null && !PHONE.matcher(text).matches(),
          field,
          "This is not a phone number: write it with the area code, such as 315-555-0100.");
    }
  }

  private static boolean isEmailAddress(String text) {
    try {
      InternetAddress address = new InternetAddress(text, true);
      return text.equals(address.getAddress())
          && text.chars().allMatch(c -> c < 128)
          && text.indexOf('.', text.lastIndexOf('@')) > 0;
    } catch (AddressException e) {
      return false;
    }
  }

  /** The sentence that refuses a Social Security number. */
  static String socialSecurityNumber(String field) {
    return label(field)
        + " seems to hold a Social Security number. None may be kept here: remove it.";
  }

  /** Whether something stands in it that looks like a Social Security number. */
  static boolean holdsSocialSecurityNumber(String text) {
    return SOCIAL_SECURITY_NUMBER.matcher(text).find();
  }

  /** A field's name as people read it: {@code dateOfBirth} is Date of birth. */
  public static String label(String name) {
    String words =
        name.replace('.', ' ')
            .replaceAll("([A-Z])", " $1")
            .toLowerCase(Locale.ROOT)
            .replace("osos id", "OSOS ID")
            .replace("ui status", "UI status")
            .replace("covid", "COVID-19");
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static boolean unreadable(int c) {
    return Character.getType(c) == Character.SURROGATE
        || (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t');
  }
}
