package org.lwdb.casework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lwdb.casework.CaseworkSettings.Coursera;
import org.lwdb.casework.CaseworkSettings.Eligibility;
import org.lwdb.casework.CaseworkSettings.Enrollment;
import org.lwdb.casework.CaseworkSettings.Learning;
import org.lwdb.casework.CaseworkSettings.Mail;
import org.lwdb.casework.CaseworkSettings.Osos;
import org.lwdb.casework.CaseworkSettings.Outreach;
import org.lwdb.casework.CaseworkSettings.Partnership;
import org.lwdb.casework.CaseworkSettings.Partnership.Extension;
import org.lwdb.casework.CaseworkSettings.Results;
import org.lwdb.casework.CaseworkSettings.Retention;
import org.lwdb.casework.CaseworkSettings.Wait;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class CaseworkSettingsTest {

  @EnableConfigurationProperties(CaseworkSettings.class)
  @Import(WaitConverter.class)
  static class OnlySettings {}

  @Test
  void theDefaults() {
    assertThat(started(Map.of()))
        .isEqualTo(
            new CaseworkSettings(
                new Partnership(LocalDate.of(2020, 11, 17), LocalDate.of(2022, 11, 23), ""),
                new Outreach(days(7), 2, days(7)),
                new Enrollment(days(7), 3, days(30)),
                new Learning(days(7), days(30), days(90), 3),
                new Mail(
                    "casework@example.org",
                    "Coursera.Help@labor.ny.gov",
                    "20:00-08:00",
                    "SUNDAY",
                    days(7),
                    "711"),
                new Osos(days(3), LocalDate.of(2020, 12, 10)),
                new Eligibility(27),
                new Coursera(
                    "https://api.coursera.com/ent/api/businesses.v1",
                    "https://api.coursera.com/oauth2/client_credentials/token",
                    "",
                    "",
                    "",
                    ""),
                new Retention(days(90), days(180)),
                new Results(0),
                "http://localhost:8080"));
  }

  @Test
  void eachSettingCanBeGivenAsAnEnvironmentVariable() {
    Map<String, Object> variables = new HashMap<>();
    variables.put("CASEWORK_PARTNERSHIP_START", "2020-12-01");
    variables.put("CASEWORK_PARTNERSHIP_END", "2021-12-31");
    variables.put("CASEWORK_PARTNERSHIP_EXTENSIONS", "2022-06-30 Letter of NYSDOL");
    variables.put("CASEWORK_OUTREACH_FOLLOW_UP_AFTER", "PT1M");
    variables.put("CASEWORK_OUTREACH_FOLLOW_UPS", "5");
    variables.put("CASEWORK_OUTREACH_CALL_AFTER", "PT2M");
    variables.put("CASEWORK_ENROLLMENT_REMIND_AFTER", "PT3M");
    variables.put("CASEWORK_ENROLLMENT_REMINDERS", "6");
    variables.put("CASEWORK_ENROLLMENT_GIVE_UP_AFTER", "PT4M");
    variables.put("CASEWORK_LEARNING_REMIND_AFTER", "PT5M");
    variables.put("CASEWORK_LEARNING_CHECK_IN_AFTER", "PT6M");
    variables.put("CASEWORK_LEARNING_END_AFTER", "PT7M");
    variables.put("CASEWORK_LEARNING_REMINDERS", "0");
    variables.put("CASEWORK_MAIL_FROM", "board@example.org");
    variables.put("CASEWORK_MAIL_HELP_ADDRESS", "help@example.org");
    variables.put("CASEWORK_MAIL_QUIET_HOURS", "22:00-06:30");
    variables.put("CASEWORK_MAIL_QUIET_DAYS", "saturday, SUNDAY");
    variables.put("CASEWORK_MAIL_REMINDER_GAP", "PT8M");
    variables.put("CASEWORK_MAIL_RELAY", "1-800-555-0199");
    variables.put("CASEWORK_OSOS_DUE_AFTER", "P5D");
    variables.put("CASEWORK_OSOS_BACKLOG_BEFORE", "2021-01-01");
    variables.put("CASEWORK_ELIGIBILITY_LONG_TERM_UNEMPLOYED_WEEKS", "10");
    variables.put("CASEWORK_COURSERA_BASE_URL", "http://localhost:1");
    variables.put("CASEWORK_COURSERA_TOKEN_URL", "http://localhost:2");
    variables.put("CASEWORK_COURSERA_ORGANIZATION", "org");
    variables.put("CASEWORK_COURSERA_PROGRAM", "program");
    variables.put("CASEWORK_COURSERA_CLIENT_ID", "client");
    variables.put("CASEWORK_COURSERA_CLIENT_SECRET", "secret");
    variables.put("CASEWORK_RETENTION_IMPORT_ROWS", "P30D");
    variables.put("CASEWORK_RETENTION_UNMATCHED_ROWS", "P90D");
    variables.put("CASEWORK_RESULTS_SUPPRESS_BELOW", "5");
    variables.put("CASEWORK_PUBLIC_URL", "https://casework.example.org");

    CaseworkSettings settings = started(variables);

    assertThat(settings)
        .isEqualTo(
            new CaseworkSettings(
                new Partnership(
                    LocalDate.of(2020, 12, 1),
                    LocalDate.of(2021, 12, 31),
                    "2022-06-30 Letter of NYSDOL"),
                new Outreach(minutes(1), 5, minutes(2)),
                new Enrollment(minutes(3), 6, minutes(4)),
                new Learning(minutes(5), minutes(6), minutes(7), 0),
                new Mail(
                    "board@example.org",
                    "help@example.org",
                    "22:00-06:30",
                    "saturday, SUNDAY",
                    minutes(8),
                    "1-800-555-0199"),
                new Osos(days(5), LocalDate.of(2021, 1, 1)),
                new Eligibility(10),
                new Coursera(
                    "http://localhost:1",
                    "http://localhost:2",
                    "org",
                    "program",
                    "client",
                    "secret"),
                new Retention(days(30), days(90)),
                new Results(5),
                "https://casework.example.org"));
    Map<String, Object> defaults = values(started(Map.of()));
    values(settings)
        .forEach((name, value) -> assertThat(value).as(name).isNotEqualTo(defaults.get(name)));
    assertThat(settings.coursera().configured()).isTrue();
  }

  @Test
  void anEmptyVariableMeansNone() {
    CaseworkSettings settings =
        started(
            Map.of(
                "CASEWORK_MAIL_QUIET_HOURS", "",
                "CASEWORK_MAIL_QUIET_DAYS", "",
                "CASEWORK_PARTNERSHIP_EXTENSIONS", ""));

    assertThat(settings.mail().nextAllowed(at("2021-02-07T03:00"))) // a Sunday, at night
        .isEqualTo(at("2021-02-07T03:00"));
    assertThat(settings.partnership().recordedExtensions()).isEmpty();
    assertThat(settings.coursera().configured()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CASEWORK_PARTNERSHIP_START | next year | casework.partnership.start",
        "CASEWORK_PARTNERSHIP_END | 2020-11-16 | casework.partnership.end",
        "CASEWORK_PARTNERSHIP_EXTENSIONS | 2023-12-31 | casework.partnership.extensions",
        "CASEWORK_PARTNERSHIP_EXTENSIONS | Letter of NYSDOL | casework.partnership.extensions",
        "CASEWORK_OUTREACH_FOLLOW_UP_AFTER | a week | casework.outreach.follow-up-after",
        "CASEWORK_OUTREACH_FOLLOW_UP_AFTER | '' | casework.outreach.follow-up-after",
        "CASEWORK_OUTREACH_FOLLOW_UPS | -1 | casework.outreach.follow-ups",
        "CASEWORK_OUTREACH_CALL_AFTER | P-7D | casework.outreach.call-after",
        "CASEWORK_ENROLLMENT_REMINDERS | three | casework.enrollment.reminders",
        "CASEWORK_ENROLLMENT_GIVE_UP_AFTER | PT-1H | casework.enrollment.give-up-after",
        "CASEWORK_LEARNING_REMIND_AFTER | P0D | casework.learning.remind-after",
        "CASEWORK_MAIL_FROM | '' | casework.mail.from",
        "CASEWORK_MAIL_HELP_ADDRESS | '' | casework.mail.help-address",
        "CASEWORK_MAIL_QUIET_HOURS | at night | casework.mail.quiet-hours",
        "CASEWORK_MAIL_QUIET_HOURS | 20:00-25:00 | casework.mail.quiet-hours",
        "CASEWORK_MAIL_QUIET_HOURS | 20:00 | casework.mail.quiet-hours",
        "CASEWORK_MAIL_QUIET_HOURS | 08:00-08:00 | casework.mail.quiet-hours",
        "CASEWORK_MAIL_QUIET_HOURS | 20:00-08:00-09:00 | casework.mail.quiet-hours",
        "CASEWORK_MAIL_QUIET_DAYS | SUN | casework.mail.quiet-days",
        "CASEWORK_MAIL_QUIET_DAYS"
            + " | MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY,SATURDAY,SUNDAY"
            + " | casework.mail.quiet-days",
        "CASEWORK_OSOS_BACKLOG_BEFORE | 12/10/2020 | casework.osos.backlog-before",
        "CASEWORK_ELIGIBILITY_LONG_TERM_UNEMPLOYED_WEEKS | half a year"
            + " | casework.eligibility.long-term-unemployed-weeks",
        "CASEWORK_RESULTS_SUPPRESS_BELOW | -5 | casework.results.suppress-below",
        "CASEWORK_PUBLIC_URL | localhost:8080 | casework.public-url"
      })
  void aWrongValueStopsTheStartAndIsNamed(
      String variable, String value, String setting, CapturedOutput output) {
    assertThatThrownBy(() -> started(Map.of(variable, value)));

    // A value that is out of its range is named as Java has it: casework.outreach.followUps.
    assertThat(output.toString().replace("-", ""))
        .contains("APPLICATION FAILED TO START")
        .containsIgnoringCase(setting.replace("-", ""));
  }

  // The partnership

  @ParameterizedTest
  @CsvSource({"2020-11-16, false", "2020-11-17, true", "2022-11-23, true", "2022-11-24, false"})
  void thePartnershipCoversItsFirstAndLastDay(LocalDate day, boolean covered) {
    assertThat(partnership("").covers(day)).isEqualTo(covered);
  }

  @Test
  void theLatestExtensionCountsAndNoneShortensThePartnership() {
    Partnership extended =
        partnership(" 2024-12-31 Amendment 2 ;2023-12-31  Letter of 2022-10-01; ");

    assertThat(extended.recordedExtensions())
        .containsExactly(
            new Extension(LocalDate.of(2024, 12, 31), "Amendment 2"),
            new Extension(LocalDate.of(2023, 12, 31), "Letter of 2022-10-01"));
    assertThat(extended.covers(LocalDate.of(2024, 12, 31))).isTrue();
    assertThat(extended.covers(LocalDate.of(2025, 1, 1))).isFalse();
    assertThat(partnership("2021-12-31 A mistake").lastDay()).isEqualTo("2022-11-23");
  }

  // Quiet hours, in New York's time

  @ParameterizedTest
  @CsvSource({
    "2021-02-01T10:00, 2021-02-01T10:00", // Monday
    "2021-02-01T08:00, 2021-02-01T08:00",
    "2021-02-01T19:59:59, 2021-02-01T19:59:59",
    "2021-02-01T20:00, 2021-02-02T08:00",
    "2021-02-01T23:59, 2021-02-02T08:00",
    "2021-02-02T00:00, 2021-02-02T08:00",
    "2021-02-02T07:59:59, 2021-02-02T08:00",
    "2021-02-06T19:59, 2021-02-06T19:59", // Saturday
    "2021-02-06T20:00, 2021-02-08T08:00",
    "2021-02-07T00:00, 2021-02-08T08:00", // Sunday
    "2021-02-07T12:00, 2021-02-08T08:00",
    "2021-02-07T23:59, 2021-02-08T08:00",
    "2021-12-31T21:00, 2022-01-01T08:00"
  })
  void noMailAtNightAndNoneOnASunday(String at, String allowed) {
    assertThat(mail("20:00-08:00", "SUNDAY").nextAllowed(at(at))).isEqualTo(at(allowed));
  }

  @Test
  void quietHoursOfTheDayAndMostDaysOfTheWeek() {
    Mail lunch = mail("12:00-13:00", "");
    assertThat(lunch.nextAllowed(at("2021-02-01T11:59"))).isEqualTo(at("2021-02-01T11:59"));
    assertThat(lunch.nextAllowed(at("2021-02-01T12:00"))).isEqualTo(at("2021-02-01T13:00"));
    Mail wednesdays = mail("20:00-08:00", "MONDAY,TUESDAY,THURSDAY,FRIDAY,SATURDAY,SUNDAY");
    assertThat(wednesdays.nextAllowed(at("2021-02-03T20:00"))).isEqualTo(at("2021-02-10T08:00"));
  }

  @Test
  void quietHoursEndByTheClockOnTheWallWhenClocksAreChanged() {
    Mail nights = mail("20:00-08:00", "");
    assertThat(nights.nextAllowed(Instant.parse("2021-03-14T04:00:00Z"))) // 11 p.m., EST
        .isEqualTo(Instant.parse("2021-03-14T12:00:00Z")); // 8 a.m., EDT
    assertThat(nights.nextAllowed(Instant.parse("2021-11-07T03:00:00Z"))) // 11 p.m., EDT
        .isEqualTo(Instant.parse("2021-11-07T13:00:00Z")); // 8 a.m., EST
    Mail untilAnHourThatIsLeftOut = mail("20:00-02:30", "");
    assertThat(untilAnHourThatIsLeftOut.nextAllowed(Instant.parse("2021-03-14T06:50:00Z")))
        .isEqualTo(Instant.parse("2021-03-14T07:30:00Z"));
  }

  // Waiting times

  @Test
  void daysAreThoseOfTheCalendarAndHoursPass() {
    Instant before = at("2021-03-10T10:00"); // four days before the clocks go forward
    assertThat(Wait.parse("P7D").after(before)).isEqualTo(at("2021-03-17T10:00"));
    assertThat(Wait.parse("PT168H").after(before)).isEqualTo(at("2021-03-17T11:00"));
    assertThat(Wait.parse("P7D").before(at("2021-03-17T10:00"))).isEqualTo(before);
    assertThat(Wait.parse("P1M").after(at("2021-01-31T10:00"))).isEqualTo(at("2021-02-28T10:00"));
    assertThat(Wait.parse("P1DT12H").after(before)).isEqualTo(at("2021-03-11T22:00"));
  }

  @Test
  void aDayThatEndsAnHourEarlierStillEnds() {
    assertThat(Wait.parse("P1D").after(at("2021-03-13T02:30")))
        .isEqualTo(Instant.parse("2021-03-14T07:30:00Z"));
    assertThat(Wait.parse("P1D").after(at("2021-11-06T12:00"))).isEqualTo(at("2021-11-07T12:00"));
  }

  private static CaseworkSettings started(Map<String, Object> variables) {
    Map<String, Object> given = new HashMap<>(Map.of("CASEWORK_MAIL_FROM", "casework@example.org"));
    given.putAll(variables);
    StandardEnvironment environment =
        new StandardEnvironment() {
          @Override
          protected void customizePropertySources(MutablePropertySources sources) {
            sources.addLast(
                new SystemEnvironmentPropertySource(
                    SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, given));
          }
        };
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(OnlySettings.class)
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .environment(environment)
            .run()) {
      return context.getBean(CaseworkSettings.class);
    }
  }

  /** The values by the names of their records' components. */
  private static Map<String, Object> values(Record settings) {
    Map<String, Object> values = new TreeMap<>();
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      try {
        Object value = component.getAccessor().invoke(settings);
        if (value instanceof Record record && !(value instanceof Wait)) {
          values(record)
              .forEach((name, inner) -> values.put(component.getName() + "." + name, inner));
        } else {
          values.put(component.getName(), value);
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return values;
  }

  private static Partnership partnership(String extensions) {
    return new Partnership(LocalDate.of(2020, 11, 17), LocalDate.of(2022, 11, 23), extensions);
  }

  private static Mail mail(String quietHours, String quietDays) {
    return new Mail("from@example.org", "help@example.org", quietHours, quietDays, days(7), "711");
  }

  private static Wait days(int days) {
    return new Wait(Period.ofDays(days));
  }

  private static Wait minutes(int minutes) {
    return new Wait(Duration.ofMinutes(minutes));
  }

  private static Instant at(String inNewYork) {
    return LocalDateTime.parse(inNewYork).atZone(NewYork.ZONE).toInstant();
  }
}
