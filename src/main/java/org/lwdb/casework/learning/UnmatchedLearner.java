package org.lwdb.casework.learning;

import java.time.Instant;
import java.util.List;
import org.lwdb.casework.participant.Participant;

/**
 * Somebody whom Coursera's reports name and nobody knows, with all the rows that name the person
 * so.
 *
 * @param id of the latest of the rows; the next file with this learner brings another
 * @param email in lower case, as they compare; empty if the rows have none
 * @param externalId in upper case; empty if the rows have none
 * @param boards for which the reports were imported: the person is one of their participants, if
 *     any
 * @param contradicts the case that the address is known for, while the external id is another's;
 *     null for almost all
 * @param courses the names of the courses that the rows are about
 * @param lastActivity null if no row tells of any
 * @param candidates the likeliest participants, the likeliest first
 * @param ignored null unless somebody has decided to ignore the learner
 */
public record UnmatchedLearner(
    long id,
    String name,
    String email,
    String externalId,
    List<String> boards,
    String contradicts,
    int rows,
    List<String> courses,
    Instant lastActivity,
    Instant reportedAt,
    List<Candidate> candidates,
    Ignored ignored) {

  /** Who may be meant, and what speaks for it. */
  public record Candidate(Participant participant, List<Sign> signs) {}

  /** That somebody has decided to ignore the learner, and why. */
  public record Ignored(String reason, String by, Instant at) {}

  /** What speaks for a candidate, the surest first. */
  public enum Sign {
    CASE_NUMBER("The external ID is this case's number"),
    ADDRESS("Known by this e-mail address"),
    OSOS_ID("The external ID is this OSOS ID"),
    MATCHED_BEFORE("The external ID was matched with this case before"),
    LOCAL_PART("Same before the @ of the address"),
    NAME("Similar name");

    private final String label;

    Sign(String label) {
      this.label = label;
    }

    /** The sign as people read it. */
    public String label() {
      return label;
    }
  }
}
