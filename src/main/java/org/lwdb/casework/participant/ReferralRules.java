package org.lwdb.casework.participant;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.localarea.Board;
import org.lwdb.casework.localarea.Boards;
import org.lwdb.casework.participant.EligibilityAnswers.EmploymentStatus;
import org.lwdb.casework.participant.EligibilityAnswers.SeparationReason;
import org.springframework.stereotype.Component;

/**
 * What a referral, and every later correction, has to be like. Lengths of names and city are
 * OSOS's: what is longer could not be typed there.
 */
@Component
class ReferralRules {

  private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
  private static final int MOST_WEEKS = 5200;
  private static final Pattern OSOS_ID = Pattern.compile("[A-Z0-9]{1,20}");

  private final Clock clock;
  private final Boards boards;

  ReferralRules(Clock clock, Boards boards) {
    this.clock = clock;
    this.boards = boards;
  }

  /**
   * Reads named values, as of JSON or of a form.
   *
   * @throws BadInput with everything that is wrong
   */
  Referral read(Map<String, Object> json) {
    BadInput.Collector problems = new BadInput.Collector();
    Referral referral = check(ReferralFields.read(json, problems), problems);
    problems.throwIfAny();
    return referral;
  }

  /**
   * The referral with its county spelled as the register does.
   *
   * @throws BadInput with everything that is wrong
   */
  Referral check(Referral referral) {
    BadInput.Collector problems = new BadInput.Collector();
    Referral checked = check(referral, problems);
    problems.throwIfAny();
    return checked;
  }

  /** Refuses a service that is unknown, and a date that cannot be. */
  void check(ServiceReceived service) {
    BadInput.Collector problems = new BadInput.Collector();
    check(problems, service, "service", "on");
    problems.throwIfAny();
  }

  private Referral check(Referral referral, BadInput.Collector problems) {
    board(problems, referral.board());
    required(problems, "firstName", referral.firstName(), 20);
    required(problems, "lastName", referral.lastName(), 20);
    problems.addIf(referral.email() == null, "email", "Email is required: fill it in.");
    Text.checkEmail(problems, "email", referral.email());
    Text.checkPhone(problems, "phone", referral.phone());
    problems.addIf(
        !Languages.NAMES.containsKey(referral.language()),
        "language",
        "Choose the language by its code: " + Languages.list() + ".");
    if (Text.check(problems, "ososId", referral.ososId(), 20)) {
      problems.addIf(
          referral.ososId() != null && !OSOS_ID.matcher(referral.ososId()).matches(),
          "ososId",
          "An OSOS ID has only letters and digits, such as NY012345678.");
    }
    past(problems, "dateOfBirth", referral.dateOfBirth());
    String county = county(problems, referral.county());
    Text.check(problems, "city", referral.city(), 40);
    answers(problems, referral.eligibility());
    referral
        .enrollingServices()
        .forEach(service -> check(problems, service, "enrollingServices", "enrollingServices"));
    return new Referral(
        referral.board(),
        referral.firstName(),
        referral.lastName(),
        referral.email(),
        referral.phone(),
        referral.language(),
        referral.ososId(),
        referral.dateOfBirth(),
        county,
        referral.city(),
        referral.eligibility(),
        referral.enrollingServices());
  }

  private void answers(BadInput.Collector problems, EligibilityAnswers answers) {
    if (answers.employmentStatus() == EmploymentStatus.UNDER_NOTICE) {
      notTooEarly(problems, "separationDate", answers.separationDate());
    } else {
      past(problems, "separationDate", answers.separationDate());
    }
    if (answers.employmentStatus() == EmploymentStatus.EMPLOYED
        && (answers.separationReason() == SeparationReason.LAYOFF
            || answers.separationReason() == SeparationReason.FURLOUGH)) {
      String sentence =
          "Somebody who is employed has not been laid off or furloughed: correct the employment"
              + " status or the separation reason.";
      problems.add("employmentStatus", sentence).add("separationReason", sentence);
    }
    Text.check(problems, "employer", answers.employer(), 100);
    problems.addIf(
        answers.weeksUnemployed() != null
            && (answers.weeksUnemployed() < 0 || answers.weeksUnemployed() > MOST_WEEKS),
        "weeksUnemployed",
        "The weeks unemployed are a number from 0 to " + MOST_WEEKS + ".");
    past(problems, "attestedOn", answers.attestedOn());
    Text.check(problems, "documentsSeen", answers.documentsSeen(), 500);
  }

  private void board(BadInput.Collector problems, String board) {
    if (board == null) {
      problems.add("board", "Say which board the person is referred to, such as onondaga.");
      return;
    }
    if (!Text.check(problems, "board", board, 60)) {
      return;
    }
    try {
      boards.require(board);
    } catch (BadInput unknown) {
      unknown.problems().forEach(problem -> problems.add(problem.field(), problem.message()));
    }
  }

  private String county(BadInput.Collector problems, String county) {
    if (county == null || !Text.check(problems, "county", county, 40)) {
      return county;
    }
    String name = county.replaceFirst("(?i) county$", "");
    List<Board> covering = boards.covering(name);
    problems.addIf(
        covering.isEmpty(),
        "county",
        "This is not one of New York State's 62 counties: write its name, such as Onondaga.");
    return covering.stream()
        .flatMap(board -> board.counties().stream())
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .orElse(county);
  }

  private void check(
      BadInput.Collector problems, ServiceReceived service, String serviceField, String dateField) {
    try {
      Choice.of(WioaService.class, serviceField, service.service());
    } catch (BadInput unknown) {
      unknown.problems().forEach(problem -> problems.add(problem.field(), problem.message()));
    }
    LocalDate on = service.on();
    problems.addIf(
        on == null || on.isBefore(EARLIEST) || on.isAfter(NewYork.today(clock)),
        dateField,
        "Give the day on which the service was received: it is not in the future.");
  }

  private static boolean required(
      BadInput.Collector problems, String field, String text, int longest) {
    problems.addIf(text == null, field, Text.label(field) + " is required: fill it in.");
    return text != null && Text.check(problems, field, text, longest);
  }

  private void past(BadInput.Collector problems, String field, LocalDate date) {
    problems.addIf(
        date != null && date.isAfter(NewYork.today(clock)),
        field,
        Text.label(field) + " lies in the future: check the date.");
    notTooEarly(problems, field, date);
  }

  private static void notTooEarly(BadInput.Collector problems, String field, LocalDate date) {
    problems.addIf(
        date != null && date.isBefore(EARLIEST),
        field,
        Text.label(field) + " lies before 1900: check the year.");
  }
}
