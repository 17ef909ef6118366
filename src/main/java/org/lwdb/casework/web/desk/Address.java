package org.lwdb.casework.web.desk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.web.util.UriUtils;

/** The query of a page's address. */
final class Address {

  private Address() {}

  /**
   * What is null or blank is left out.
   *
   * @param namesAndValues a name, its value (or a collection of values), the next name ...
   */
  static String of(Object... namesAndValues) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      for (Object one : value instanceof Collection<?> many ? many : listOf(value)) {
        parts.add(
            namesAndValues[i] + "=" + UriUtils.encode(one.toString(), StandardCharsets.UTF_8));
      }
    }
    return String.join("&", parts);
  }

  private static List<Object> listOf(Object value) {
    return value == null || value.toString().isBlank() ? List.of() : List.of(value);
  }
}
