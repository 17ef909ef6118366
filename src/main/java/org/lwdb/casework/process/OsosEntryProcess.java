package org.lwdb.casework.process;

/**
 * What the rest of this package names of the model osos-entry. A test holds it against the file.
 */
final class OsosEntryProcess {

  static final String KEY = "osos-entry";
  static final String DECIDE_OUTCOME = "DecideOutcome";
  static final String ENTER_INTO_OSOS = "EnterIntoOsos";

  /** The entry's id; also the business key. */
  static final String ENTRY_ID = "entryId";

  /** Of the case that owes it, so that Tasklist can show it. */
  static final String CASE_NUMBER = "caseNumber";

  private OsosEntryProcess() {}
}
