package org.lwdb.casework.participant;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.participant.EligibilityAnswers.BusinessLossCause;
import org.lwdb.casework.participant.EligibilityAnswers.CovidReason;
import org.lwdb.casework.participant.EligibilityAnswers.EmploymentStatus;
import org.lwdb.casework.participant.EligibilityAnswers.SeparationReason;
import org.lwdb.casework.participant.EligibilityAnswers.UiStatus;

/**
 * A referral as named values: of JSON, of a form, of a row. The answers stand beside the contact
 * data, or within {@code eligibility}.
 */
final class ReferralFields {

  /** The names of the answers that eligibility is decided from. */
  static final Set<String> ANSWERS =
      Arrays.stream(EligibilityAnswers.class.getRecordComponents())
          .map(RecordComponent::getName)
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> DATES =
      Stream.of(Referral.class, EligibilityAnswers.class)
          .flatMap(type -> Arrays.stream(type.getRecordComponents()))
          .filter(component -> component.getType() == LocalDate.class)
          .map(RecordComponent::getName)
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> YES = Set.of("true", "yes");
  private static final Set<String> NO = Set.of("false", "no");

  private final Map<String, Object> given;
  private final BadInput.Collector problems;
  private final Set<String> known = new HashSet<>();

  private ReferralFields(Map<String, Object> given, BadInput.Collector problems) {
    this.given = given;
    this.problems = problems;
  }

  /** Reads a referral; each value that cannot be read, or has no place, is a problem. */
  static Referral read(Map<String, Object> json, BadInput.Collector problems) {
    ReferralFields fields = new ReferralFields(flat(json), problems);
    Referral referral = fields.referral();
    fields.given.keySet().stream()
        .filter(name -> !fields.known.contains(name))
        .forEach(name -> problems.add(name, "There is no field " + name + " here: leave it out."));
    return referral;
  }

  /** The names and values of a referral, the answers beside the contact data. */
  static Map<String, Object> of(Referral referral, ObjectMapper json) {
    return flat(json.convertValue(referral, new TypeReference<Map<String, Object>>() {}));
  }

  /** The answers of {@code eligibility} beside the other fields. */
  static Map<String, Object> flat(Map<String, Object> json) {
    Map<String, Object> flat = new LinkedHashMap<>(json);
    if (flat.remove("eligibility") instanceof Map<?, ?> answers) {
      answers.forEach((name, value) -> flat.put(name.toString(), value));
    }
    return flat;
  }

  /** What a value was and is, as people read it. */
  static String change(String name, Object before, Object after) {
    return Text.label(name) + ": " + shown(name, before) + " → " + shown(name, after);
  }

  /** A value as people write it: dates as MM/DD/YYYY. */
  static String shown(String name, Object value) {
    if (value == null) {
      return "none";
    }
    return DATES.contains(name)
        ? NewYork.format(LocalDate.parse(value.toString()))
        : value.toString();
  }

  private Referral referral() {
    return new Referral(
        text("board"),
        text("firstName"),
        text("lastName"),
        text("email"),
        text("phone"),
        text("language"),
        text("ososId"),
        date("dateOfBirth"),
        text("county"),
        text("city"),
        new EligibilityAnswers(
            choice("employmentStatus", EmploymentStatus.class),
            date("separationDate"),
            choice("separationReason", SeparationReason.class),
            text("employer"),
            choice("uiStatus", UiStatus.class),
            flag("likelyToReturn"),
            choice("businessLossCause", BusinessLossCause.class),
            flag("displacedHomemaker"),
            flag("militarySpouse"),
            choice("covidReason", CovidReason.class),
            number("weeksUnemployed"),
            date("attestedOn"),
            text("documentsSeen")),
        services("enrollingServices"));
  }

  /** The value given; null for none, a blank one, and one that is no single value. */
  private Object value(String name) {
    known.add(name);
    Object value = given.get(name);
    if (value instanceof Map || value instanceof Iterable) {
      problems.add(name, Text.label(name) + " is a single value.");
      return null;
    }
    return value instanceof String text ? Text.strip(text) : value;
  }

  private String text(String name) {
    Object value = value(name);
    return value == null ? null : value.toString();
  }

  private LocalDate date(String name) {
    return date(name, value(name));
  }

  private LocalDate date(String name, Object value) {
    if (value == null || value instanceof LocalDate) {
      return (LocalDate) value;
    }
    try {
      return LocalDate.parse(value.toString().strip());
    } catch (DateTimeParseException e) {
      problems.add(
          name, Text.label(name) + " is a date: write year-month-day, such as 2021-01-31.");
      return null;
    }
  }

  private Boolean flag(String name) {
    Object value = value(name);
    String text = value == null ? null : value.toString().toLowerCase(Locale.ROOT);
    problems.addIf(
        text != null && !YES.contains(text) && !NO.contains(text),
        name,
        Text.label(name) + " is answered with true or false.");
    return text == null ? null : YES.contains(text);
  }

  private Integer number(String name) {
    Object value = value(name);
    try {
      return value == null ? null : Integer.valueOf(value.toString());
    } catch (NumberFormatException e) {
      problems.add(name, Text.label(name) + " is a whole number.");
      return null;
    }
  }

  private <E extends Enum<E>> E choice(String name, Class<E> type) {
    Object value = value(name);
    try {
      return value == null ? null : Choice.of(type, name, value);
    } catch (BadInput e) {
      e.problems().forEach(problem -> problems.add(problem.field(), problem.message()));
      return null;
    }
  }

  private List<ServiceReceived> services(String name) {
    known.add(name);
    Object value = given.get(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list && list.stream().allMatch(item -> item instanceof Map)) {
      return list.stream()
          .map(item -> (Map<?, ?>) item)
          .map(
              item ->
                  new ServiceReceived(
                      item.get("service") == null ? null : item.get("service").toString(),
                      date(name, item.get("on"))))
          .toList();
    }
    problems.add(name, Text.label(name) + " are a list, each with service and on.");
    return List.of();
  }
}
