package org.lwdb.casework.participant;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * A person who is referred to a board, as given; {@link Intake} checks it. Only the names and the
 * e-mail address are needed to begin with.
 */
public record Referral(
    String board,
    String firstName,
    String lastName,
    String email,
    String phone,
    String language,
    String ososId,
    LocalDate dateOfBirth,
    String county,
    String city,
    EligibilityAnswers eligibility,
    List<ServiceReceived> enrollingServices) {

  public Referral {
    board = Text.line(board);
    firstName = Text.line(firstName);
    lastName = Text.line(lastName);
    email = Text.line(email);
    phone = Text.line(phone);
    language = Text.strip(language) == null ? "en" : language.strip().toLowerCase(Locale.ROOT);
    ososId = Text.strip(ososId) == null ? null : ososId.strip().toUpperCase(Locale.ROOT);
    county = Text.line(county);
    city = Text.line(city);
    eligibility = eligibility == null ? EligibilityAnswers.EMPTY : eligibility;
    enrollingServices = enrollingServices == null ? List.of() : List.copyOf(enrollingServices);
  }
}
