package org.lwdb.casework.participant;

import java.util.Arrays;
import java.util.Locale;
import org.lwdb.casework.BadInput;

/** One of a few names, as people and scripts write it. */
public final class Choice {

  private Choice() {}

  /** The value of that name, or a refusal that lists the names there are. */
  public static <E extends Enum<E>> E of(Class<E> type, String field, Object given) {
    String name = given == null ? "" : given.toString().strip().toUpperCase(Locale.ROOT);
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> value.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInput(
                    field,
                    Text.label(field)
                        + ": choose one of "
                        + String.join(
                            ", ", Arrays.stream(type.getEnumConstants()).map(Enum::name).toList())
                        + "."));
  }
}
