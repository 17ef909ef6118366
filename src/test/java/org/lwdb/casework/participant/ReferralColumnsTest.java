package org.lwdb.casework.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lwdb.casework.BadInput.Problem;
import org.lwdb.casework.spreadsheet.BadFile;

class ReferralColumnsTest {

  @ParameterizedTest
  @CsvSource({
    "dateOfBirth, dateOfBirth",
    "DATE OF BIRTH, dateOfBirth",
    "Date_of_birth, dateOfBirth",
    "DOB, dateOfBirth",
    "D.O.B., dateOfBirth",
    "Birth date, dateOfBirth",
    "Birthdate, dateOfBirth",
    "Phone number, phone",
    "Phone #, phone",
    "Cell Phone, phone",
    "LWDB, board",
    "Board, board",
    "OSOS Customer ID, ososId",
    "OSOS ID, ososId",
    "Preferred language, language",
    "COVID reason, covidReason",
    "COVID-19 reason, covidReason",
    "County of residence, county",
    "UI status, uiStatus",
    "Last employer, employer",
    "Enrolling services, enrollingServices",
    "Weeks unemployed, weeksUnemployed",
    "Attested on, attestedOn",
    "Displaced homemaker?, displacedHomemaker"
  })
  void aHeaderIsUnderstoodAsPeopleWriteIt(String header, String field) {
    ReferralColumns columns = columns("First name", "Last name", "E-mail", header);

    assertThat(columns.fields()).containsExactly("firstName", "lastName", "email", field);
    assertThat(columns.ignored()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "firstName, lastName, email",
    "First, Last, E-mail address",
    "Given name, Surname, Email",
    "FIRST NAME*, LAST NAME*, EMAIL ADDRESS*",
    "first_name, last_name, e_mail"
  })
  void namesAndAddressHaveManyNames(String first, String last, String email) {
    assertThat(columns(first, last, email).fields())
        .containsExactly("firstName", "lastName", "email");
  }

  @Test
  void eachFieldOfAReferralHasItsColumn() {
    String[] fields =
        Stream.concat(
                Stream.of(Referral.class.getRecordComponents()),
                Stream.of(EligibilityAnswers.class.getRecordComponents()))
            .map(RecordComponent::getName)
            .filter(name -> !name.equals("eligibility"))
            .toArray(String[]::new);

    assertThat(columns(fields).fields()).containsExactly(fields);
  }

  @Test
  void whatIsUnknownIsIgnoredAndTold() {
    ReferralColumns columns =
        columns("Caseworker", "Email", "", "Surname", "Notes", "First", "What to correct");

    assertThat(columns.ignored()).containsExactly("Caseworker", "Notes");
    assertThat(columns.headers()).containsExactly("Email", "Surname", "First");
    assertThat(columns.cells(new String[] {"Sid", "a@b.org", "x", "Example", "n"}))
        .containsExactly("a@b.org", "Example", "");
  }

  @Test
  void aMissingColumnIsToldWithThoseFound() {
    assertThatThrownBy(() -> columns("Name", "Email"))
        .isInstanceOf(BadFile.class)
        .hasMessageContaining("missing: 'firstName', 'lastName'")
        .hasMessageContaining("Found: 'Name', 'Email'.");
  }

  @Test
  void theBoardIsMissingOnlyWhereItIsNeeded() {
    String[] headers = {"First", "Last", "Email"};

    assertThat(ReferralColumns.of(headers, false).fields()).hasSize(3);
    assertThatThrownBy(() -> ReferralColumns.of(headers, true))
        .isInstanceOf(BadFile.class)
        .hasMessageContaining("A column is missing: 'board'.")
        .hasMessageContaining("?board=");
  }

  @Test
  void twoColumnsForOneFieldAreRefused() {
    assertThatThrownBy(() -> columns("First", "Last", "Email", "E-mail address"))
        .isInstanceOf(BadFile.class)
        .hasMessageContaining("'Email' and 'E-mail address'");
    assertThatThrownBy(() -> columns("First", "Last", "Email", "City", "City"))
        .isInstanceOf(BadFile.class);
    assertThat(columns("First", "Last", "Email", "Notes", "Notes").ignored()).hasSize(2);
  }

  @Test
  void aRowMayBeShorterThanTheHeadersButNotLonger() {
    ReferralColumns columns = columns("First", "Last", "Email");

    assertThat(columns.isExceededBy(new String[] {"Ada"})).isFalse();
    assertThat(columns.isExceededBy(new String[] {"Ada", "Example", "a@b.org", "", ""})).isFalse();
    assertThat(columns.isExceededBy(new String[] {"Ada", "Example", "Jr.", "a@b.org"})).isTrue();
  }

  @Test
  void aProblemIsToldWithTheColumnsOwnHeader() {
    ReferralColumns columns = columns("Given name", "Surname", "Mail");

    assertThat(columns.sentence(new Problem("email", "Mend it."))).isEqualTo("Mail: Mend it.");
    assertThat(columns.sentence(new Problem("firstName", "First name: mend it.")))
        .isEqualTo("Given name: mend it.");
    assertThat(columns.sentence(new Problem("board", "Mend it."))).isEqualTo("Mend it.");
    assertThat(columns.sentence(new Problem(null, "Mend it."))).isEqualTo("Mend it.");
    assertThat(ReferralColumns.known(List.of("Given name", "Mail")).fields())
        .containsExactly("firstName", "email");
  }

  private static ReferralColumns columns(String... headers) {
    return ReferralColumns.of(headers, false);
  }
}
