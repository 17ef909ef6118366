package org.lwdb.casework.process.access;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.lwdb.casework.BadInput;

/**
 * The JSON of a request to the engine, read once and written anew, so that what was checked is what
 * the engine reads.
 */
final class EngineBody {

  /** The expressions of Tasklist's own filters; every other one could run code. */
  private static final Set<String> HARMLESS = Set.of("${currentUser()}", "${currentUserGroups()}");

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private EngineBody() {}

  /** The same JSON without surprises; expressions are refused at any depth (CVE-2026-109432). */
  static byte[] checked(byte[] body) throws IOException {
    ByteArrayOutputStream checked = new ByteArrayOutputStream(body.length);
    try (JsonParser parser = JSON.createParser(body);
        JsonGenerator generator = JSON.createGenerator(checked)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken().isScalarValue()) {
          checkExpression(
              parser.currentName(),
              parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getText());
        } else if (parser.currentToken().isStructStart()) {
          checkExpression(parser.currentName(), "");
        }
        generator.copyCurrentEventExact(parser);
      }
    }
    return checked.toByteArray();
  }

  /** Refuses a key or a parameter that the engine would evaluate. */
  static void checkExpression(String key, String value) {
    if (key != null
        && value != null
        && key.toLowerCase(Locale.ROOT).strip().endsWith("expression")
        && !HARMLESS.contains(value)) {
      throw new BadInput(
          key, "'" + key + "' is not taken here: expressions are not evaluated for anybody.");
    }
  }
}
