package org.lwdb.casework.web.desk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.participant.Accountability;
import org.lwdb.casework.participant.Languages;
import org.lwdb.casework.report.ParticipantList.Row;

/** What the list of participants can show, in its order. */
public enum ParticipantColumn {
  NAME("Name", "name", row -> row.lastName() + ", " + row.firstName()),
  CASE("Case", "case", Row::caseNumber),
  BOARD("Board", null, Row::board) {
    @Override
    Object value(Row row, Function<String, String> lwdbName) {
      return lwdbName.apply(row.board());
    }
  },
  STAGE(
      "Stage",
      "stage",
      row ->
          row.closedReason() == null
              ? row.stage().label()
              : row.stage().label() + ": " + words(row.closedReason())),
  EMAIL("E-mail", null, Row::email),
  PHONE("Phone", null, Row::phone),
  ELIGIBILITY(
      "Eligibility",
      null,
      row -> row.eligibilityResult() == null ? null : words(row.eligibilityResult())),
  ACCOUNTABILITY(
      "Counts as",
      null,
      row ->
          row.accountability() == Accountability.WIOA_PARTICIPANT
              ? "WIOA participant"
              : "Reportable individual"),
  LANGUAGE("Language", null, row -> Languages.NAMES.getOrDefault(row.language(), row.language())),
  OSOS_ID("OSOS id", null, Row::ososId),
  OPENED("Opened", "opened", row -> day(row.openedAt())),
  INVITED("Invited", "invited", Row::invitedOn),
  JOINED("Joined", "joined", row -> day(row.joinedAt())),
  ENROLLED("Courses", null, Row::enrolled),
  COMPLETED("Completed", null, Row::completed),
  PROGRESS("Furthest open course, %", null, Row::progress),
  LAST_ACTIVITY("Last activity", null, row -> day(row.lastActivityAt())),
  LAST_MAIL("Last mail", null, row -> day(row.lastMailAt()));

  /** Shown until somebody chooses others. */
  static final Set<ParticipantColumn> USUAL =
      Set.of(NAME, CASE, BOARD, STAGE, OPENED, ENROLLED, COMPLETED, LAST_ACTIVITY);

  private final String label;
  private final String sort;
  private final Function<Row, Object> value;

  ParticipantColumn(String label, String sort, Function<Row, Object> value) {
    this.label = label;
    this.sort = sort;
    this.value = value;
  }

  public String label() {
    return label;
  }

  /** The field that the list can be sorted by; null: not by this column. */
  public String sort() {
    return sort;
  }

  /** A text, a number, a day or null. */
  Object value(Row row, Function<String, String> lwdbName) {
    return value.apply(row);
  }

  /** The value as people read it. */
  public String text(Row row, Function<String, String> lwdbName) {
    Object value = value(row, lwdbName);
    return value instanceof LocalDate date ? NewYork.format(date) : Objects.toString(value, "");
  }

  /** Numbers stand at the right. */
  public boolean number() {
    return this == ENROLLED || this == COMPLETED || this == PROGRESS;
  }

  private static Object day(Instant at) {
    return at == null ? null : NewYork.dateOf(at);
  }

  /** NOT_ENROLLED as people read it: not enrolled. */
  private static String words(String constant) {
    return constant.toLowerCase().replace('_', ' ');
  }
}
