package org.lwdb.casework.process;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import org.lwdb.casework.BadInput;

/** The values that somebody submitted with a form: only fields of the form itself. */
record Submitted(Map<String, Object> values) {

  /** The text of a field, without blanks around it; null if it is empty. */
  String text(String field) {
    Object value = values.get(field);
    String text = value == null ? "" : value.toString().strip();
    return text.isEmpty() ? null : text;
  }

  String required(String field, String sentence) {
    String text = text(field);
    if (text == null) {
      throw new BadInput(field, sentence);
    }
    return text;
  }

  /** A date as the form's date picker gives it (yyyy-MM-dd). */
  LocalDate requiredDate(String field, String sentence) {
    String text = required(field, sentence);
    try {
      return LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
    } catch (DateTimeParseException e) {
      throw new BadInput(field, sentence + " Write it as MM/DD/YYYY.");
    }
  }

  /** A copy of the values of these fields, empty texts as null, for the domain to check. */
  Map<String, Object> only(Iterable<String> fields) {
    Map<String, Object> copy = new HashMap<>();
    for (String field : fields) {
      if (values.containsKey(field)) {
        Object value = values.get(field);
        copy.put(field, value instanceof String ? text(field) : value);
      }
    }
    return copy;
  }
}
