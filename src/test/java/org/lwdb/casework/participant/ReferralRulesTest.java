package org.lwdb.casework.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.lwdb.casework.participant.People.map;
import static org.lwdb.casework.participant.People.person;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.springframework.beans.factory.annotation.Autowired;

@CaseworkTest
class ReferralRulesTest {

  @Autowired Intake intake;
  @Autowired MovableClock clock;

  @BeforeEach
  void monday() {
    clock.reset();
  }

  @Test
  void aNameAndAnAddressAreEnough() {
    Referral referral = intake.read(person("phone", "  ", "city", null));

    assertThat(referral.phone()).isNull();
    assertThat(referral.city()).isNull();
    assertThat(referral.language()).isEqualTo("en");
    assertThat(referral.eligibility()).isEqualTo(EligibilityAnswers.EMPTY);
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    assertThat(
            refused(
                map(
                    "board", "atlantis",
                    "firstName", " ",
                    "lastName", "A name of more than twenty",
                    "email", "ada@localhost",
                    "phone", "call me",
                    "language", "tlh",
                    "ososId", "NY-1",
                    "dateOfBirth", "2021-02-02",
                    "county", "Essex, NJ",
                    "city", "x".repeat(41),
                    "weeksUnemployed", -1,
                    "attestedOn", "yesterday",
                    "enrollingServices", List.of(map("service", "TEA", "on", "2021-02-02")),
                    "stage", "LEARNING",
                    "eligibility",
                        map(
                            "uiStatus",
                            "PERHAPS",
                            "likelyToReturn",
                            "maybe",
                            "separationDate",
                            "2021-02-02"))))
        .containsOnly(
            "board",
            "firstName",
            "lastName",
            "email",
            "phone",
            "language",
            "ososId",
            "dateOfBirth",
            "county",
            "city",
            "weeksUnemployed",
            "attestedOn",
            "enrollingServices",
            "stage",
            "uiStatus",
            "likelyToReturn",
            "separationDate");
  }

  @Test
  void aReferralThatIsNotReadFromNamesIsCheckedJustTheSame() {
    Referral referral =
        new Referral(
            "onondaga", null, "Example", "nobody", null, null, null, null, null, null, null, null);

    BadInput refusal = catchThrowableOfType(BadInput.class, () -> intake.receive(referral, "API"));

    assertThat(refusal.problems())
        .extracting(BadInput.Problem::field)
        .containsExactly("firstName", "email");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada",
        "ada@",
        "ada@example",
        "ada@example.",
        "ada@.org",
        "ada@@example.org",
        "ada example@example.org",
        "Ada <ada@example.org>",
        "ada@example.org, bob@example.org",
        "ada..example@example.org",
        "ada@exam_ple.org",
        "ада@example.org",
        "ada@example.org\nBcc: bob@example.org"
      })
  void whatIsNoAddressIsRefused(String email) {
    assertThat(refused(person("email", email))).contains("email");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ada.Example+work@Mail.Example.org", "o'neil@example.org"})
  void anAddressIsKeptAsGiven(String email) {
    assertThat(intake.read(person("email", " " + email + " ")).email()).isEqualTo(email);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"firstName", "phone", "ososId", "city", "county", "employer", "documentsSeen"})
  void noSocialSecurityNumberIsTakenAnywhere(String field) {
    assertThat(refused(person(field, "is 123-45-6789"))).contains(field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"315-555-0100", "(315) 555-0100", "+1 315.555.0100", "3155550100 ext. 12"})
  void phoneNumbersAreTakenAsPeopleWriteThem(String phone) {
    assertThat(intake.read(person("phone", phone)).phone()).isEqualTo(phone);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LAYOFF", "FURLOUGH"})
  void nobodyIsEmployedAndLaidOff(String reason) {
    assertThat(
            refused(
                person(
                    "eligibility",
                    map("employmentStatus", "EMPLOYED", "separationReason", reason))))
        .containsExactly("employmentStatus", "separationReason");
  }

  @Test
  void onlyWhoIsUnderNoticeIsSeparatedInTheFuture() {
    LocalDate march = LocalDate.of(2021, 3, 1);

    assertThat(
            intake
                .read(person("employmentStatus", "UNDER_NOTICE", "separationDate", march))
                .eligibility()
                .separationDate())
        .isEqualTo(march);
    assertThat(refused(person("employmentStatus", "UNEMPLOYED", "separationDate", march)))
        .containsExactly("separationDate");
  }

  @Test
  void whatIsPastedOverSeveralLinesIsOneLine() {
    assertThat(intake.read(person("lastName", " van\u00a0der\n Example ")).lastName())
        .isEqualTo("van der Example");
    assertThat(refused(person("lastName", "Exam\u0000ple"))).containsExactly("lastName");
    assertThat(refused(person("board", "on\u0000", "county", "On\u0000")))
        .containsExactly("board", "county");
    assertThat(refused(person("lastName", "Exam\ud800ple"))).containsExactly("lastName");
  }

  @Test
  void aRefusalIsASentence() {
    assertThatThrownBy(
            () -> intake.read(person("dateOfBirth", "2021-02-02", "uiStatus", "PERHAPS")))
        .hasMessage(
            "UI status: choose one of ENTITLED, EXHAUSTED, NOT_ENTITLED_ATTACHED, NOT_ENTITLED,"
                + " UNKNOWN. Date of birth lies in the future: check the date.");
  }

  @Test
  void todayIsNewYorksDate() {
    clock.set(java.time.Instant.parse("2021-02-02T03:00:00Z")); // still February 1 in New York

    assertThat(intake.read(person("attestedOn", "2021-02-01"))).isNotNull();
    assertThat(refused(person("attestedOn", "2021-02-02"))).containsExactly("attestedOn");
  }

  @Test
  void aMinorIsTakenIn() {
    assertThat(intake.read(person("dateOfBirth", "2010-01-01")).dateOfBirth())
        .isEqualTo("2010-01-01");
    assertThat(refused(person("dateOfBirth", "0990-01-01"))).containsExactly("dateOfBirth");
  }

  @ParameterizedTest
  @CsvSource({"onondaga, Onondaga", "st. lawrence County, St. Lawrence", "KINGS, Kings"})
  void aCountyIsSpelledAsTheRegisterDoes(String given, String kept) {
    assertThat(intake.read(person("county", given)).county()).isEqualTo(kept);
  }

  private List<String> refused(Map<String, Object> person) {
    BadInput refusal = catchThrowableOfType(BadInput.class, () -> intake.read(person));
    assertThat(refusal).as("refused").isNotNull();
    return refusal.problems().stream().map(BadInput.Problem::field).toList();
  }
}
