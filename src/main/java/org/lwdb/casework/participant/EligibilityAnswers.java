package org.lwdb.casework.participant;

import java.time.LocalDate;

/** The answers that eligibility is decided from; each is null until it is given. */
public record EligibilityAnswers(
    EmploymentStatus employmentStatus,
    LocalDate separationDate,
    SeparationReason separationReason,
    String employer,
    UiStatus uiStatus,
    Boolean likelyToReturn,
    BusinessLossCause businessLossCause,
    Boolean displacedHomemaker,
    Boolean militarySpouse,
    CovidReason covidReason,
    Integer weeksUnemployed,
    LocalDate attestedOn,
    String documentsSeen) {

  /** Nothing answered yet. */
  public static final EligibilityAnswers EMPTY =
      new EligibilityAnswers(
          null, null, null, null, null, null, null, null, null, null, null, null, null);

  public EligibilityAnswers {
    employer = Text.line(employer);
    documentsSeen = Text.strip(documentsSeen);
  }

  public enum EmploymentStatus {
    UNEMPLOYED,
    UNDER_NOTICE,
    SELF_EMPLOYED,
    UNDEREMPLOYED,
    EMPLOYED
  }

  public enum SeparationReason {
    LAYOFF,
    FURLOUGH,
    CLOSURE,
    SUBSTANTIAL_LAYOFF,
    QUIT,
    DISCHARGE,
    BUSINESS_ENDED,
    OTHER,
    NONE
  }

  /** Unemployment insurance; NOT_ENTITLED_ATTACHED: attached to the workforce, but not entitled. */
  public enum UiStatus {
    ENTITLED,
    EXHAUSTED,
    NOT_ENTITLED_ATTACHED,
    NOT_ENTITLED,
    UNKNOWN
  }

  /** Why a self-employed person's business ended. */
  public enum BusinessLossCause {
    LOCAL_ECONOMY,
    NATURAL_DISASTER,
    COVID,
    OTHER
  }

  /** How the unemployment is linked to COVID-19; NONE: it is not. */
  public enum CovidReason {
    LAID_OFF,
    FURLOUGHED,
    SELF_EMPLOYED_LOSS,
    CAREGIVING,
    ILLNESS,
    OFFER_WITHDRAWN,
    OTHER,
    NONE
  }
}
