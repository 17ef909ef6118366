package org.lwdb.casework.spreadsheet;

import java.util.regex.Pattern;

/**
 * Texts that a spreadsheet would take for a formula, and the apostrophe that keeps each a text
 * (OWASP, CSV injection).
 */
public final class Formula {

  private static final Pattern FORMULA = Pattern.compile("(?s)[=+\\-@\\t\\r\\n].*");

  private Formula() {}

  /** The text as a cell that no spreadsheet takes for a formula. */
  public static String guarded(String text) {
    return FORMULA.matcher(text).matches() ? "'" + text : text;
  }

  /** The text of a cell that may have been guarded. */
  public static String unguarded(String cell) {
    return cell.startsWith("'") && FORMULA.matcher(cell.substring(1)).matches()
        ? cell.substring(1)
        : cell;
  }
}
