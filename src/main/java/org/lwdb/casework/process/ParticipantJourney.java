package org.lwdb.casework.process;

/**
 * What the rest of this package names of the model participant-journey. A test holds it against the
 * file.
 */
final class ParticipantJourney {

  static final String KEY = "participant-journey";

  static final class Tasks {
    static final String DECIDE_ON_DUPLICATE = "DecideOnDuplicate";
    static final String REVIEW_ELIGIBILITY = "ReviewEligibility";
    static final String CALL_PERSON = "CallPerson";
    static final String COMPLETE_ANSWERS = "CompleteAnswers";
    static final String INVITE_IN_COURSERA = "InviteInCoursera";
    static final String DECIDE_HOW_TO_GO_ON = "DecideHowToGoOn";
    static final String CHECK_IN = "CheckIn";
    static final String SOLVE_ACCOUNT_PROBLEM = "SolveAccountProblem";
    static final String CORRECT_ADDRESS = "CorrectAddress";
    static final String DECIDE_ON_UNKNOWN_MAIL = "DecideOnUnknownMail";

    private Tasks() {}
  }

  /** The timers after which a reminder may go out. */
  static final class Timers {
    static final String NEXT_OUTREACH_DUE = "NextOutreachDue";
    static final String NEXT_REMINDER_TO_ENROLL_DUE = "NextReminderToEnrollDue";
    static final String NEXT_LOOK_DUE = "NextLookDue";

    private Timers() {}
  }

  static final class Messages {
    static final String CASE_MOVED_HERE = "CaseMovedHere";
    static final String ANSWER_RECEIVED = "AnswerReceived";
    static final String ANSWERS_CHANGED = "AnswersChanged";
    static final String INVITATION_RECORDED = "InvitationRecorded";
    static final String LEARNER_JOINED = "LearnerJoined";
    static final String LEARNER_ENROLLED = "LearnerEnrolled";
    static final String COURSE_COMPLETED = "CourseCompleted";
    static final String ACCOUNT_PROBLEM_REPORTED = "AccountProblemReported";
    static final String ENROLLING_SERVICE_RECORDED = "EnrollingServiceRecorded";
    static final String ADDRESS_REJECTED = "AddressRejected";
    static final String ADDRESS_CORRECTED = "AddressCorrected";
    static final String MAILS_STOPPED = "MailsStopped";
    static final String DELIVERY_UNKNOWN = "DeliveryUnknown";
    static final String CLOSED_BY_STAFF = "ClosedByStaff";

    private Messages() {}
  }

  static final String PARTNERSHIP_ENDED_SIGNAL = "PartnershipEnded";

  /** The variables: ids, decisions and dates. */
  static final class Variables {
    static final String REFERRAL_ID = "referralId";
    static final String PROBABLE_DUPLICATE = "probableDuplicate";
    static final String DUPLICATE_DECISION = "duplicateDecision";
    static final String CASE_NUMBER = "caseNumber";
    static final String PARTICIPANT_ID = "participantId";
    static final String ELIGIBILITY_RESULT = "eligibilityResult";
    static final String ANSWER = "answer";
    static final String WAITING_SINCE = "waitingSince";
    static final String GO_ON = "goOn";
    static final String NEXT = "next";
    static final String ENROLLMENT_ID = "enrollmentId";
    static final String ACCOUNT_PROBLEM_ID = "accountProblemId";
    static final String MAIL_ID = "mailId";
    static final String CLOSED_REASON = "closedReason";

    private Variables() {}
  }

  private ParticipantJourney() {}
}
