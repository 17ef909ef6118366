package org.lwdb.casework.participant;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CurrentUser;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Problems with participants' Coursera accounts: troubleshooting, and inactivating (advisory,
 * Action 2).
 */
@Service
@Transactional
public class AccountProblems {

  /** What is wanted: help with the account, or that it be inactivated. */
  public enum Kind {
    TROUBLE,
    INACTIVATE
  }

  /** The usual causes of trouble. */
  public enum Cause {
    OTHER_ADDRESS("Signed up with another e-mail address"),
    INVITATION_NOT_FOUND("Invitation not found"),
    INVITATION_EXPIRED("Invitation expired"),
    CANNOT_SIGN_IN("Cannot sign in"),
    COURSE_NOT_FREE("Asked to pay for a course"),
    REMOVED_BY_MISTAKE("Removed from the program by mistake"),
    OTHER("Something else");

    private final String label;

    Cause(String label) {
      this.label = label;
    }
  }

  /** A reported problem. */
  public record Problem(long id, long participantId, Kind kind, String description) {}

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Timeline timeline;

  AccountProblems(JdbcClient jdbc, Clock clock, Timeline timeline) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.timeline = timeline;
  }

  /**
   * Reports a problem.
   *
   * @param kind the name of a {@link Kind}
   * @param description may be null
   * @return the problem's id
   */
  public long report(long participantId, String kind, String description) {
    Kind reported = Choice.of(Kind.class, "kind", kind);
    String text = Text.note("description", description);
    long id =
        jdbc.sql(
                """
                insert into account_problem (participant_id, kind, description, reported_by, reported_at)
                values (?, ?, ?, ?, ?) returning id
                """)
            .params(
                participantId,
                reported.name(),
                text,
                CurrentUser.name(),
                Timestamp.from(clock.instant()))
            .query(Long.class)
            .single();
    timeline.add(
        participantId,
        Timeline.Subject.ACCOUNT,
        reported == Kind.TROUBLE
            ? "Account problem reported"
            : "Inactivation of the account asked for",
        text);
    return id;
  }

  /** Problems that nobody has dealt with go over to the case that theirs was merged into. */
  public List<Long> goOver(long fromParticipant, long toParticipant) {
    return jdbc.sql(
            """
            update account_problem set participant_id = ?
             where participant_id = ? and dealt_with_at is null returning id
            """)
        .params(toParticipant, fromParticipant)
        .query(Long.class)
        .list();
  }

  public Problem get(long id) {
    return jdbc.sql(
            "select id, participant_id, kind, description from account_problem where id = ?")
        .param(id)
        .query(Problem.class)
        .single();
  }

  /**
   * Records what was done.
   *
   * @param cause the name of a {@link Cause}
   * @param result what was done, in words
   */
  public void dealtWith(long id, String cause, String result) {
    Cause found = Choice.of(Cause.class, "cause", cause);
    String text = Text.note("result", result);
    if (text == null) {
      throw new BadInput("result", "Write down what you did about the problem.");
    }
    jdbc.sql(
            """
            update account_problem set cause = ?, result = ?, dealt_with_by = ?, dealt_with_at = ?
             where id = ?
            """)
        .params(found.name(), text, CurrentUser.name(), Timestamp.from(clock.instant()), id)
        .update();
    timeline.add(
        get(id).participantId(),
        Timeline.Subject.ACCOUNT,
        "Account problem dealt with",
        found.label + ": " + text);
  }
}
