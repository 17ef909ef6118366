package org.lwdb.casework.spreadsheet;

import java.util.Locale;
import java.util.regex.Pattern;

/** How the names of columns are compared. */
public final class Headers {

  private static final Pattern IGNORED = Pattern.compile("[^\\p{L}\\p{N}]");

  private Headers() {}

  /** A header without case, spaces and punctuation: {@code # Enrolled Courses*} and so on. */
  public static String key(String header) {
    return IGNORED.matcher(header.toLowerCase(Locale.ROOT)).replaceAll("");
  }
}
