package org.lwdb.casework;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Every setting under {@code casework.*}, checked at start. application.yml explains each in a
 * line.
 */
@Validated
@ConfigurationProperties("casework")
public record CaseworkSettings(
    @NotNull @Valid Partnership partnership,
    @NotNull @Valid Outreach outreach,
    @NotNull @Valid Enrollment enrollment,
    @NotNull @Valid Learning learning,
    @NotNull @Valid Mail mail,
    @NotNull @Valid Osos osos,
    @NotNull @Valid Eligibility eligibility,
    @NotNull @Valid Coursera coursera,
    @NotNull @Valid Retention retention,
    @NotNull @Valid Results results,
    @Pattern(
            regexp = "https?://\\S+",
            message = "needs to be an address such as https://casework.example.org")
        String publicUrl) {

  /**
   * When people may be invited (advisory, Policy). {@code extensions} is empty or a list such as
   * {@code 2023-12-31 Letter of NYSDOL of 2022-10-01; 2024-12-31 Amendment 2}: the new last day and
   * its source.
   */
  public record Partnership(@NotNull LocalDate start, @NotNull LocalDate end, String extensions) {

    /** A recorded extension of the partnership: its last day, and where that is written. */
    public record Extension(LocalDate end, String source) {}

    public Partnership {
      parse(extensions);
      if (start != null && end != null && end.isBefore(start)) {
        throw new IllegalArgumentException(
            "casework.partnership.end lies before casework.partnership.start");
      }
    }

    public List<Extension> recordedExtensions() {
      return parse(extensions);
    }

    /** The last day on which people may be invited, with the extensions. */
    public LocalDate lastDay() {
      return recordedExtensions().stream()
          .map(Extension::end)
          .reduce(end, (a, b) -> a.isAfter(b) ? a : b);
    }

    public boolean covers(LocalDate day) {
      return !day.isBefore(start) && !day.isAfter(lastDay());
    }

    private static List<Extension> parse(String text) {
      if (text == null || text.isBlank()) {
        return List.of();
      }
      return Arrays.stream(text.split(";"))
          .map(String::strip)
          .filter(s -> !s.isEmpty())
          .map(Partnership::extension)
          .toList();
    }

    private static Extension extension(String text) {
      try {
        String[] parts = text.split("\\s+", 2);
        return new Extension(LocalDate.parse(parts[0]), parts[1]);
      } catch (DateTimeParseException | ArrayIndexOutOfBoundsException e) {
        throw new IllegalArgumentException(
            "casework.partnership.extensions needs a date and its source, such as"
                + " '2023-12-31 Letter of NYSDOL': '"
                + text
                + "'");
      }
    }
  }

  public record Outreach(
      @NotNull Wait followUpAfter, @PositiveOrZero int followUps, @NotNull Wait callAfter) {}

  public record Enrollment(
      @NotNull Wait remindAfter, @PositiveOrZero int reminders, @NotNull Wait giveUpAfter) {}

  public record Learning(
      @NotNull Wait remindAfter,
      @NotNull Wait checkInAfter,
      @NotNull Wait endAfter,
      @PositiveOrZero int reminders) {

    public Learning {
      if (remindAfter != null && remindAfter.after(Instant.EPOCH).equals(Instant.EPOCH)) {
        throw new IllegalArgumentException(
            "casework.learning.remind-after is longer than nothing: a learner's progress would be"
                + " looked at all the time");
      }
    }
  }

  public record Mail(
      @NotBlank String from,
      @NotBlank String helpAddress,
      String quietHours,
      String quietDays,
      @NotNull Wait reminderGap,
      @NotBlank String relay) {

    public Mail {
      hours(quietHours);
      days(quietDays);
    }

    /**
     * The next moment at or after {@code at} that is neither in the quiet hours nor on a quiet day.
     */
    public Instant nextAllowed(Instant at) {
      LocalTime[] hours = hours(quietHours);
      Set<DayOfWeek> days = days(quietDays);
      ZonedDateTime time = at.atZone(NewYork.ZONE);
      for (int i = 0; i < 32; i++) {
        if (days.contains(time.getDayOfWeek())) {
          time = time.toLocalDate().plusDays(1).atStartOfDay(NewYork.ZONE);
        } else if (hours != null && quiet(time.toLocalTime(), hours[0], hours[1])) {
          ZonedDateTime end = time.with(hours[1]);
          time = end.isAfter(time) ? end : end.plusDays(1);
        } else {
          return time.toInstant();
        }
      }
      throw new IllegalStateException(
          "casework.mail.quiet-hours and quiet-days leave no time to send");
    }

    private static boolean quiet(LocalTime time, LocalTime from, LocalTime to) {
      return from.isBefore(to)
          ? !time.isBefore(from) && time.isBefore(to)
          : !time.isBefore(from) || time.isBefore(to);
    }

    private static LocalTime[] hours(String text) {
      if (text == null || text.isBlank()) {
        return null;
      }
      try {
        String[] parts = text.split("-");
        LocalTime from = LocalTime.parse(parts[0].strip());
        LocalTime to = LocalTime.parse(parts[1].strip());
        if (parts.length == 2 && !from.equals(to)) {
          return new LocalTime[] {from, to};
        }
      } catch (DateTimeParseException | ArrayIndexOutOfBoundsException e) {
        // Refused below, with the others.
      }
      throw new IllegalArgumentException(
          "casework.mail.quiet-hours is two different times such as 20:00-08:00, or empty: '"
              + text
              + "'");
    }

    private static Set<DayOfWeek> days(String text) {
      if (text == null || text.isBlank()) {
        return Set.of();
      }
      Set<DayOfWeek> days;
      try {
        days =
            Arrays.stream(text.split(","))
                .map(s -> DayOfWeek.valueOf(s.strip().toUpperCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableSet());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "casework.mail.quiet-days is a list of days such as SATURDAY,SUNDAY, or empty: '"
                + text
                + "'");
      }
      if (days.size() == 7) {
        throw new IllegalArgumentException("casework.mail.quiet-days leaves no day to send");
      }
      return days;
    }
  }

  public record Osos(@NotNull Wait dueAfter, @NotNull LocalDate backlogBefore) {}

  public record Eligibility(@PositiveOrZero int longTermUnemployedWeeks) {}

  /**
   * Coursera's API; empty organization, client id or secret: not configured, and staff invite by
   * hand.
   */
  public record Coursera(
      String baseUrl,
      String tokenUrl,
      String organization,
      String program,
      String clientId,
      String clientSecret) {
    public boolean configured() {
      return !isBlank(organization)
          && !isBlank(program)
          && !isBlank(clientId)
          && !isBlank(clientSecret);
    }

    private static boolean isBlank(String text) {
      return text == null || text.isBlank();
    }
  }

  /** How long data are kept that nothing but time makes needless. */
  public record Retention(@NotNull Wait importRows, @NotNull Wait unmatchedRows) {}

  /** Counts below are withheld where figures leave their board; 0: none are. */
  public record Results(@PositiveOrZero int suppressBelow) {}

  /**
   * A waiting time as ISO 8601 has it: {@code P7D} is seven days on New York's calendar, {@code
   * PT2M} two minutes.
   */
  public record Wait(TemporalAmount amount) {

    public Wait {
      if (amount instanceof Period period && period.isNegative()
          || amount instanceof Duration duration && duration.isNegative()) {
        throw new IllegalArgumentException("A waiting time is not negative: " + amount);
      }
    }

    public static Wait parse(String text) {
      return text.contains("T") ? new Wait(Duration.parse(text)) : new Wait(Period.parse(text));
    }

    public Instant after(Instant start) {
      return start.atZone(NewYork.ZONE).plus(amount).toInstant();
    }

    public Instant before(Instant end) {
      return end.atZone(NewYork.ZONE).minus(amount).toInstant();
    }
  }
}
