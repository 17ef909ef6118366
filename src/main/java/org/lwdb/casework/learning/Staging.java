package org.lwdb.casework.learning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.lwdb.casework.learning.Fact.Learner;
import org.lwdb.casework.learning.Fact.Subject;

/**
 * Brings the rows of a report into the table {@code staged}, which lives as long as the
 * transaction: checked and typed, or refused with the reason. Learners and subjects are numbered as
 * they come; only the first row with a number carries their texts.
 */
final class Staging {

  static final String TABLE =
      """
      create temp table staged (
        row              int not null,
        learner          int,     -- numbers of this file; null in a row that is refused
        subject          int,
        again            boolean, -- the file may have an earlier row of this learner and subject
        enrolled_at      timestamptz,
        last_activity_at timestamptz,
        progress         numeric(5, 2),
        learning_hours   numeric(8, 2),
        completed        boolean,
        completed_at     timestamptz,
        removed          boolean,
        grade            text,
        certificate_url  text,
        joined_at        timestamptz, -- of a membership, as the next two
        invited_at       timestamptz,
        state            text,
        name             text,    -- the learner's texts, in the first row that names them
        email            text,
        external_id      text,
        kind             text,    -- the subject's texts, in the first row that names it
        course_id        text collate "C",
        course           text,
        slug             text,
        partner          text,
        program_slug     text collate "C",
        field            text,    -- of a row that is refused: the column,
        problem          text,    -- why,
        content          text     -- and the row, as JSON
      ) on commit drop
      """;

  /**
   * Each subject with its texts. Several can be the same course with different names: they share
   * the number {@code study}, by which they sort as in the index of the enrollments.
   */
  static final String SUBJECTS =
      """
      create temp table studied on commit drop as
      select subject, kind, course_id, course, slug, partner, program_slug,
             dense_rank() over (order by course_id, program_slug) as study,
             count(*) over (partition by course_id, program_slug) > 1 as several
        from staged where kind is not null
      """;

  private static final String COLUMNS =
      "row, learner, subject, again, enrolled_at, last_activity_at, progress, learning_hours,"
          + " completed, completed_at, removed, grade, certificate_url, joined_at, invited_at,"
          + " state, name, email, external_id, kind, course_id, course, slug, partner,"
          + " program_slug, field, problem, content";
  private static final int COLUMNS_OF_A_FACT = 24; // those between row and field

  /** So many are remembered; then they are numbered anew, which costs time and harms nothing. */
  private static final int REMEMBERED = 300_000;

  private static final int SEEN = 1 << 26; // bits, 8 MB

  private final ObjectMapper json;
  private final Instant latest;
  private final IntConsumer percentRead;
  private final Map<Learner, Integer> learners = new HashMap<>();
  private final Map<Subject, Integer> subjects = new HashMap<>();
  private final BitSet seen = new BitSet(SEEN);
  private int numbers;
  private int rows;
  private int refused;

  /**
   * @param latest no time in a row may lie after it
   * @param percentRead is told now and then how much of the file has been read
   */
  Staging(ObjectMapper json, Instant latest, IntConsumer percentRead) {
    this.json = json;
    this.latest = latest;
    this.percentRead = percentRead;
  }

  int rows() {
    return rows;
  }

  int refused() {
    return refused;
  }

  void load(ReportReader report, Connection connection) throws SQLException, IOException {
    try (var statement = connection.createStatement()) {
      statement.execute(TABLE);
      try (BinaryCopy copy = new BinaryCopy(connection, "staged", COLUMNS)) {
        try (ReadAhead ahead = new ReadAhead(report)) {
          for (List<ReportRow> some = ahead.next(); !some.isEmpty(); some = ahead.next()) {
            percentRead.accept(report.percentRead());
            for (ReportRow row : some) {
              stage(row, report.kind(), copy);
            }
          }
        }
        copy.finish();
      }
      statement.execute("analyze staged (learner, subject, again)");
      statement.execute(SUBJECTS);
      statement.execute("analyze studied");
    }
  }

  private void stage(ReportRow row, ReportKind kind, BinaryCopy copy) throws IOException {
    rows++;
    try {
      stage(row.number(), Fact.of(row, kind, latest), copy);
    } catch (RefusedRow e) {
      refused++;
      refuse(row, e, copy);
    }
  }

  private void stage(int row, Fact fact, BinaryCopy copy) throws IOException {
    Learner learner = fact.learner();
    Subject subject = fact.subject();
    boolean newLearner = number(learners, learner);
    boolean newSubject = number(subjects, subject);
    int learnerNumber = learners.get(learner);
    int subjectNumber = subjects.get(subject);
    copy.begin().add(row).add(learnerNumber).add(subjectNumber);
    copy.add(again(learnerNumber, subjectNumber));
    copy.add(fact.enrolledAt()).add(fact.lastActivityAt());
    copy.addHundredths(fact.progress()).addHundredths(fact.learningHours());
    copy.add(fact.completed()).add(fact.completedAt()).add(fact.removed());
    copy.add(fact.grade()).add(fact.certificateUrl());
    copy.add(fact.joinedAt()).add(fact.invitedAt()).add(fact.state());
    copy.add(newLearner ? learner.name() : null);
    copy.add(newLearner ? learner.email() : null);
    copy.add(newLearner ? learner.externalId() : null);
    copy.add(newSubject ? subject.kind().name() : null);
    copy.add(newSubject ? subject.courseId() : null);
    copy.add(newSubject ? subject.name() : null);
    copy.add(newSubject ? subject.slug() : null);
    copy.add(newSubject ? subject.partner() : null);
    copy.add(newSubject ? subject.programSlug() : null);
    copy.addNull().addNull().addNull().end();
  }

  private void refuse(ReportRow row, RefusedRow refusal, BinaryCopy copy) throws IOException {
    copy.begin().add(row.number());
    for (int i = 0; i < COLUMNS_OF_A_FACT; i++) {
      copy.addNull();
    }
    copy.add(refusal.field()).add(refusal.getMessage()).add(asJson(row)).end();
  }

  /** Gives it a number if it has none; true if it had none. */
  private <T> boolean number(Map<T, Integer> numbered, T thing) {
    if (numbered.containsKey(thing)) {
      return false;
    }
    if (numbered.size() == REMEMBERED) {
      numbered.clear();
    }
    numbered.put(thing, numbers++);
    return true;
  }

  /** Never false for a second row; true for a few first ones. */
  private boolean again(int learner, int subject) {
    long mixed = (((long) learner << 32) ^ subject) * 0x9E3779B97F4A7C15L;
    int bit = (int) (mixed >>> 38);
    boolean again = seen.get(bit);
    seen.set(bit);
    return again;
  }

  private String asJson(ReportRow row) {
    try {
      return json.writeValueAsString(row.content());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // a map of texts can be written
    }
  }
}
