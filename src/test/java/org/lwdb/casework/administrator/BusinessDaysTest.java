package org.lwdb.casework.administrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lwdb.casework.NewYork;

class BusinessDaysTest {

  /** General Construction Law § 24; Saturdays and Sundays are left out. */
  @Test
  void theStatesOfficesAreClosedOnTheStatesHolidays() {
    assertThat(closedWeekdays(2021))
        .containsExactly(
            "2021-01-01",
            "2021-01-18",
            "2021-02-12",
            "2021-02-15",
            "2021-05-31",
            "2021-07-05", // Independence Day, a Sunday, kept on Monday
            "2021-09-06",
            "2021-10-11",
            "2021-11-02", // general election day
            "2021-11-11",
            "2021-11-25"); // Juneteenth and Christmas Day are Saturdays: no other day
    assertThat(closedWeekdays(2022))
        .contains("2022-06-20", "2022-11-08", "2022-12-26")
        .doesNotContain("2022-04-18", "2022-06-13"); // Easter Monday, the day after Flag Day
    assertThat(closedWeekdays(2026)).contains("2026-06-19", "2026-11-03").hasSize(12);
    assertThat(BusinessDays.isOne(LocalDate.of(2020, 6, 19))).as("before the law").isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "2021-02-01T10:00, 1, 2021-02-02T10:00",
    "2021-02-05T15:30, 1, 2021-02-08T15:30", // over a weekend
    "2021-02-11T10:00, 1, 2021-02-16T10:00", // Lincoln, a weekend, Washington
    "2021-02-11T10:00, 3, 2021-02-18T10:00",
    "2021-02-06T14:00, 1, 2021-02-09T00:00", // Saturday begins with Monday
    "2021-02-12T14:00, 1, 2021-02-17T00:00",
    "2021-11-01T10:00, 1, 2021-11-03T10:00", // general election day
    "2021-03-12T23:30, 1, 2021-03-15T23:30", // the night of summer time
    "2021-12-30T10:00, 7, 2022-01-10T10:00"
  })
  void deadlinesCountBusinessDays(LocalDateTime start, int days, LocalDateTime due) {
    assertThat(BusinessDays.after(inNewYork(start), days)).isEqualTo(inNewYork(due));
  }

  private static Instant inNewYork(LocalDateTime time) {
    return time.atZone(NewYork.ZONE).toInstant();
  }

  private static Stream<String> closedWeekdays(int year) {
    return LocalDate.of(year, 1, 1)
        .datesUntil(LocalDate.of(year, 1, 1).plusDays(Year.of(year).length()))
        .filter(day -> day.getDayOfWeek().getValue() < 6 && !BusinessDays.isOne(day))
        .map(LocalDate::toString);
  }
}
