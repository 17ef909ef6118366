package org.lwdb.casework.participant;

import java.util.Locale;

/**
 * The services that a person may have received, and which of them enroll.
 *
 * <p>Somebody is a participant who has received a service other than self-service or
 * information-only activities (20 CFR 677.150(a) and 680.110(a)); which these are is told by the
 * participation level services chart of TEGL 10-16, Change 1, Attachment 7, Table A. The Coursera
 * referral by itself does not enroll (advisory, Additional information).
 */
public enum WioaService {
  // Basic career services with staff
  INITIAL_ASSESSMENT(true),
  STAFF_ASSISTED_JOB_SEARCH(true),
  PLACEMENT_ASSISTANCE(true),
  CAREER_COUNSELING(true),
  FINANCIAL_AID_ASSISTANCE(true),
  // Individualized career services
  COMPREHENSIVE_ASSESSMENT(true),
  INDIVIDUAL_EMPLOYMENT_PLAN(true),
  INDIVIDUAL_COUNSELING(true),
  GROUP_COUNSELING(true),
  CAREER_PLANNING(true),
  SHORT_TERM_PREVOCATIONAL_SERVICES(true),
  WORKFORCE_PREPARATION(true),
  FINANCIAL_LITERACY(true),
  INTERNSHIP_OR_WORK_EXPERIENCE(true),
  OUT_OF_AREA_JOB_SEARCH(true),
  ENGLISH_LANGUAGE_ACQUISITION(true),
  // Training services
  OCCUPATIONAL_SKILLS_TRAINING(true),
  ON_THE_JOB_TRAINING(true),
  ENTREPRENEURIAL_TRAINING(true),
  SKILL_UPGRADING(true),
  // Self-service and information only
  REFERRED_TO_COURSERA_ENROLLMENT(false),
  SELF_SERVICE(false),
  INFORMATION_ONLY(false),
  LABOR_MARKET_INFORMATION(false),
  JOB_FAIR(false),
  ORIENTATION(false),
  ELIGIBILITY_DETERMINATION(false),
  REFERRAL_TO_OTHER_PROGRAMS(false);

  private final boolean enrolling;

  WioaService(boolean enrolling) {
    this.enrolling = enrolling;
  }

  /** Whether it makes a reportable individual a WIOA participant. */
  public boolean enrolling() {
    return enrolling;
  }

  /** The service as people read it. */
  public String label() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
