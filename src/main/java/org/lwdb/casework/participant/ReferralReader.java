package org.lwdb.casework.participant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.BadInput.Problem;

/** Makes a referral of each row of a file, by the rules that hold at every other door. */
final class ReferralReader {

  private static final Pattern NINE_DIGITS = Pattern.compile("\\d{9}");

  /**
   * What a row came to.
   *
   * @param referral null if it is refused
   * @param kept the row's own cells, without what may not be stored
   */
  record Row(Referral referral, List<String> kept, List<Problem> problems) {}

  private final ReferralColumns columns;
  private final ReferralCells cells;
  private final ReferralRules rules;
  private final Set<String> boards;
  private final String defaultBoard;

  /**
   * @param boards those that a row may be of
   * @param defaultBoard of a row that names none; may be null
   */
  ReferralReader(
      ReferralColumns columns,
      ReferralCells cells,
      ReferralRules rules,
      Set<String> boards,
      String defaultBoard) {
    this.columns = columns;
    this.cells = cells;
    this.rules = rules;
    this.boards = boards;
    this.defaultBoard = defaultBoard;
  }

  Row read(String[] row) {
    BadInput.Collector problems = new BadInput.Collector();
    List<String> kept = columns.cells(row);
    Map<String, Object> values = cells.read(columns.fields(), kept, problems);
    if (defaultBoard != null) {
      values.putIfAbsent("board", defaultBoard);
    }
    problems.addIf(
        columns.isExceededBy(row),
        null,
        "The row has more cells than there are headers: put texts with commas between quotation"
            + " marks.");
    Referral referral = null;
    try {
      referral = rules.read(values);
      problems.addIf(
          !boards.contains(referral.board()),
          "board",
          "This board is not yours: only its own people can take somebody in there.");
    } catch (BadInput e) {
      Set<String> told =
          problems.problems().stream().map(Problem::field).collect(Collectors.toSet());
      e.problems().stream()
          .filter(problem -> !told.contains(problem.field()))
          .forEach(problem -> problems.add(problem.field(), problem.message()));
    }
    if (problems.problems().isEmpty()) {
      return new Row(referral, List.of(), List.of());
    }
    return new Row(null, storable(kept, problems), problems.problems());
  }

  /** Whatever looks like a Social Security number is not stored, wherever it stands. */
  private List<String> storable(List<String> row, BadInput.Collector problems) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      String cell = row.get(i).replace("\0", "");
      String field = columns.fields().get(i);
      boolean nineDigits = NINE_DIGITS.matcher(cell).matches();
      problems.addIf(
          nineDigits,
          field,
          Text.label(field)
              + ": nine digits may be a Social Security number, and were not kept. Fill them in"
              + " again if they are none.");
      kept.add(nineDigits || Text.holdsSocialSecurityNumber(cell) ? "" : cell);
    }
    return kept;
  }
}
