package org.lwdb.casework.osos;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Something that staff owe OSOS. It stays with the case and the board where it arose, also after a
 * move.
 *
 * @param kind null until the outcome of a completed course is decided, and when nothing is owed
 * @param course the name of the course it speaks of, the first one for a referral; may be null
 * @param occurredOn the date that goes into OSOS: of the enrollment, the completion, the end
 * @param outcomeType type of the credential, or the name of a {@link SkillGain}
 */
public record OsosEntry(
    long id,
    @JsonIgnore long participantId,
    String caseNumber,
    String board,
    Kind kind,
    String course,
    LocalDate occurredOn,
    LocalDate dueOn,
    boolean backlog,
    State state,
    String outcomeType,
    String evidence,
    LocalDate enteredOn,
    String enteredBy,
    String confirmation,
    String comment,
    Instant createdAt) {

  /** What is entered. */
  public enum Kind {
    REFERRED_TO_COURSERA_ENROLLMENT("Referred to Coursera Enrollment"),
    CREDENTIAL("Credential"),
    MEASURABLE_SKILL_GAIN("Measurable skill gain"),
    SERVICE_END("End of the Coursera service");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /** How far it is; the first two are no entries yet, or never will be. */
  public enum State {
    UNDECIDED,
    NOTHING_OWED,
    OPEN,
    ENTERED,
    CANCELLED
  }

  /** What a person calls it. */
  public String label() {
    return kind == null ? "Outcome of a completed course" : kind.label();
  }
}
