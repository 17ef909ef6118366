package org.lwdb.casework.process;

/**
 * What the rest of this package names of the model change-of-coursera-administrator. A test holds
 * it against the file.
 */
final class ChangeOfAdministratorProcess {

  static final String KEY = "change-of-coursera-administrator";
  static final String DECIDE_ON_CHANGE = "DecideOnChange";
  static final String CORRECT_REQUEST = "CorrectRequest";
  static final String CONFIRM_CHANGE = "ConfirmChange";
  static final String CHANGE_WITHDRAWN = "ChangeWithdrawn";

  /** The change's id; also the business key. */
  static final String CHANGE_ID = "changeId";

  /** What the supervisor decided: APPROVE, REFUSE or RETURN. */
  static final String DECISION = "decision";

  /** What became of a returned request: SUBMIT or WITHDRAW. */
  static final String CORRECTION = "correction";

  /** What NYSDOL answered: CONFIRMED or REFUSED. */
  static final String CONFIRMATION = "confirmation";

  private ChangeOfAdministratorProcess() {}
}
