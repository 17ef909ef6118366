package org.lwdb.casework.participant;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** English, and the twelve languages of New York State's language access policy. */
public final class Languages {

  /** The name of each language by its ISO 639-1 code. */
  public static final Map<String, String> NAMES;

  static {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("en", "English");
    names.put("es", "Spanish");
    names.put("zh", "Chinese");
    names.put("ru", "Russian");
    names.put("yi", "Yiddish");
    names.put("bn", "Bengali");
    names.put("ko", "Korean");
    names.put("ht", "Haitian Creole");
    names.put("it", "Italian");
    names.put("ar", "Arabic");
    names.put("pl", "Polish");
    names.put("fr", "French");
    names.put("ur", "Urdu");
    NAMES = Collections.unmodifiableMap(names);
  }

  private Languages() {}

  static String list() {
    return NAMES.entrySet().stream()
        .map(language -> language.getKey() + " (" + language.getValue() + ")")
        .collect(Collectors.joining(", "));
  }
}
