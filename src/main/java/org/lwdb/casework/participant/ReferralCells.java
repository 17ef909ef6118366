package org.lwdb.casework.participant;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.localarea.Board;
import org.lwdb.casework.participant.EligibilityAnswers.BusinessLossCause;
import org.lwdb.casework.participant.EligibilityAnswers.CovidReason;
import org.lwdb.casework.participant.EligibilityAnswers.EmploymentStatus;
import org.lwdb.casework.participant.EligibilityAnswers.SeparationReason;
import org.lwdb.casework.participant.EligibilityAnswers.UiStatus;
import org.lwdb.casework.spreadsheet.Formula;
import org.lwdb.casework.spreadsheet.Headers;

/** Reads the cells of a row as people fill them in, into the values that a referral is made of. */
final class ReferralCells {

  private static final Map<String, Boolean> FLAGS =
      Map.of("yes", true, "y", true, "true", true, "no", false, "n", false, "false", false);

  /** The names of the choices by their keys, so that neither case nor blanks nor hyphens matter. */
  private static final Map<String, Map<String, String>> CHOICES =
      Map.of(
          "employmentStatus", names(EmploymentStatus.class),
          "separationReason", names(SeparationReason.class),
          "uiStatus", names(UiStatus.class),
          "businessLossCause", names(BusinessLossCause.class),
          "covidReason", names(CovidReason.class));

  private static final Map<String, String> SERVICES = names(WioaService.class);

  private static final Map<String, String> LANGUAGES =
      Languages.NAMES.entrySet().stream()
          .collect(Collectors.toMap(name -> Headers.key(name.getValue()), Map.Entry::getKey));

  private static final Pattern WHOLE_NUMBER = Pattern.compile("^(\\d+)\\.0+$");

  private final LocalDate today;
  private final Map<String, Board> boards;

  /**
   * @param boards all that there are
   */
  ReferralCells(LocalDate today, List<Board> boards) {
    this.today = today;
    this.boards =
        boards.stream()
            .flatMap(
                board ->
                    Stream.of(board.id(), board.lwdbName())
                        .map(Headers::key)
                        .distinct()
                        .map(key -> Map.entry(key, board)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * The values by the names of their fields; what cannot be read is left out, and is a problem.
   *
   * @param fields the field of each cell
   */
  Map<String, Object> read(List<String> fields, List<String> cells, BadInput.Collector problems) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      String field = fields.get(i);
      String cell = Text.strip(Formula.unguarded(cells.get(i)));
      if (cell == null) {
        continue;
      }
      if (Text.holdsSocialSecurityNumber(cell)) {
        problems.add(field, Text.socialSecurityNumber(field));
        continue;
      }
      Object value = read(field, cell, problems);
      if (value != null) {
        values.put(field, value);
      }
    }
    return values;
  }

  private Object read(String field, String cell, BadInput.Collector problems) {
    Map<String, String> choices = CHOICES.get(field);
    if (choices != null) {
      return known(
          problems,
          field,
          Optional.ofNullable(choices.get(Headers.key(cell))),
          "choose one of " + String.join(", ", choices.values()) + ".");
    }
    return switch (field) {
      case "board" -> board(cell);
      case "language" -> LANGUAGES.getOrDefault(Headers.key(cell), cell);
      case "dateOfBirth" -> date(problems, field, cell, today);
      case "separationDate", "attestedOn" -> date(problems, field, cell, today.plusYears(1));
      case "likelyToReturn", "displacedHomemaker", "militarySpouse" ->
          known(
              problems,
              field,
              Optional.ofNullable(FLAGS.get(Headers.key(cell))),
              "answer with Yes or No.");
      case "enrollingServices" -> services(problems, field, cell);
      case "weeksUnemployed", "phone", "ososId" -> WHOLE_NUMBER.matcher(cell).replaceFirst("$1");
      default -> cell;
    };
  }

  /** What is no board is left as it is, for the rules to refuse. */
  private String board(String cell) {
    Board board = boards.get(Headers.key(cell));
    return board == null ? cell : board.id();
  }

  private Object date(BadInput.Collector problems, String field, String cell, LocalDate latest) {
    return known(
        problems,
        field,
        WrittenDate.parse(cell, latest),
        "write a date that exists, such as 1/31/1990 or 1990-01-31.");
  }

  /** Services as {@code INITIAL_ASSESSMENT 2021-01-20; Job fair 1/25/2021}. */
  private Object services(BadInput.Collector problems, String field, String cell) {
    List<Map<String, Object>> services = new ArrayList<>();
    for (String text : cell.split("[;\\n]")) {
      if (!text.isBlank()) {
        services.add(service(text));
      }
    }
    return known(
        problems,
        field,
        services.contains(null) ? Optional.empty() : Optional.of(services),
        "write each service with its date, and ; between two, such as"
            + " INITIAL_ASSESSMENT 2021-01-20; CAREER_COUNSELING 2021-01-25.");
  }

  /** Null if it is not a service and a date. */
  private Map<String, Object> service(String text) {
    String[] words = text.strip().split("[\\s,:]+");
    for (int i = 1; i < words.length; i++) {
      String service = SERVICES.get(Headers.key(String.join(" ", Arrays.copyOf(words, i))));
      Optional<LocalDate> on =
          WrittenDate.parse(
              String.join(" ", Arrays.copyOfRange(words, i, words.length)), today.plusYears(1));
      if (service != null && on.isPresent()) {
        return Map.of("service", service, "on", on.get());
      }
    }
    return null;
  }

  private static Map<String, String> names(Class<? extends Enum<?>> type) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Enum<?> value : type.getEnumConstants()) {
      names.put(Headers.key(value.name()), value.name());
    }
    return names;
  }

  private static Object known(
      BadInput.Collector problems, String field, Optional<?> value, String otherwise) {
    if (value.isEmpty()) {
      problems.add(field, Text.label(field) + ": " + otherwise);
    }
    return value.orElse(null);
  }
}
