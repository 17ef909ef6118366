package org.lwdb.casework.report;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.participant.Accountability;
import org.lwdb.casework.participant.Languages;
import org.lwdb.casework.participant.Stage;

/**
 * What figures are to be of. The boards are the wall; of the rest null means all.
 *
 * @param from first day, New York's calendar; of what, each figure says
 * @param to last day, included
 * @param stage where the case stands today
 * @param status reportable individual or WIOA participant, today
 * @param language an ISO 639-1 code
 */
public record ResultsFilter(
    Set<String> boards,
    LocalDate from,
    LocalDate to,
    Stage stage,
    Accountability status,
    String language) {

  public ResultsFilter {
    language = language == null || language.isBlank() ? null : language;
    new BadInput.Collector()
        .addIf(
            from != null && to != null && to.isBefore(from),
            "to",
            "The period ends before it begins: give a last day that is not before the first.")
        .addIf(tooFar(from), "from", "Give a day between 01/01/2000 and 12/31/2999.")
        .addIf(tooFar(to), "to", "Give a day between 01/01/2000 and 12/31/2999.")
        .addIf(
            language != null && !Languages.NAMES.containsKey(language),
            "language",
            "There is no language '"
                + language
                + "'. Use one of "
                + String.join(", ", Languages.NAMES.keySet())
                + ".")
        .throwIfAny();
  }

  public static ResultsFilter of(Set<String> boards, LocalDate from, LocalDate to) {
    return new ResultsFilter(boards, from, to, null, null, null);
  }

  /** Does not look at single people, but at whole months of all. */
  boolean ofWholeMonths() {
    return stage == null
        && status == null
        && language == null
        && (from == null || from.getDayOfMonth() == 1)
        && (to == null || to.plusDays(1).getDayOfMonth() == 1);
  }

  /**
   * Whether figures leave the board that they are of: they cover several, or are given to somebody
   * of several, as NYSDOL is.
   */
  boolean leavesTheBoard() {
    return boards.size() > 1 || CurrentUser.boards().size() > 1;
  }

  /**
   * SQL for the participants {@code p}, and for a moment of theirs.
   *
   * @param moment the column of type timestamptz that the period is about
   */
  String sql(String moment) {
    return "p.board_id = any(:boards)"
        + (from == null ? "" : " and " + moment + " >= :begin")
        + (to == null ? "" : " and " + moment + " < :end")
        + (stage == null ? "" : " and p.stage = :stage")
        + (status == null ? "" : " and p.accountability = :status")
        + (language == null ? "" : " and p.language = :language");
  }

  /** The parameters of {@link #sql}. */
  Map<String, Object> params() {
    Map<String, Object> params = new HashMap<>();
    params.put("boards", boards.toArray(String[]::new));
    if (from != null) {
      params.put("begin", from.atStartOfDay(NewYork.ZONE).toOffsetDateTime());
    }
    if (to != null) {
      params.put("end", to.plusDays(1).atStartOfDay(NewYork.ZONE).toOffsetDateTime());
    }
    if (stage != null) {
      params.put("stage", stage.name());
    }
    if (status != null) {
      params.put("status", status.name());
    }
    if (language != null) {
      params.put("language", language);
    }
    return params;
  }

  private static boolean tooFar(LocalDate day) {
    return day != null && (day.getYear() < 2000 || day.getYear() > 2999);
  }
}
