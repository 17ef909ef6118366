package org.lwdb.casework.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.lwdb.casework.spreadsheet.BadFile;
import org.lwdb.casework.spreadsheet.Headers;
import org.lwdb.casework.spreadsheet.RowProblem;

/** Which report a file is, recognized by its headers, and where its columns are. */
final class ReportLayout {

  private static final List<String> ONLY_IN_COURSE_ACTIVITY =
      List.of(
          Headers.key("Collection ID"),
          Headers.key("Total Estimated Learning Hours (since enrolled)"));

  private final ReportKind kind;
  private final int[] positions; // by the column's ordinal; -1 if it is not there
  private final Set<Column> columns = EnumSet.noneOf(Column.class);
  private final int width;
  private final int leastFields;

  /**
   * @param keys the file's headers as {@link Headers#key keys}
   */
  ReportLayout(ReportKind kind, List<String> keys) {
    this.kind = kind;
    positions = Arrays.stream(Column.values()).mapToInt(c -> c.positionIn(keys)).toArray();
    for (Column column : Column.values()) {
      if (position(column) >= 0) {
        columns.add(column);
      }
    }
    width = keys.size();
    leastFields = kind.required().stream().mapToInt(this::position).max().orElseThrow() + 1;
  }

  /** The layout of the file with these headers, or a refusal with those expected and found. */
  static ReportLayout of(String[] headers) {
    List<String> keys = Arrays.stream(headers).map(Headers::key).toList();
    ReportLayout nearest =
        Arrays.stream(ReportKind.values())
            .map(kind -> new ReportLayout(kind, keys))
            .min(Comparator.comparingDouble(ReportLayout::missingPart))
            .orElseThrow();
    nearest.requireAll(headers);
    nearest.requireOnce(keys);
    return nearest.kind == ReportKind.USAGE
            && keys.stream().anyMatch(ONLY_IN_COURSE_ACTIVITY::contains)
        ? new ReportLayout(ReportKind.COURSE_ACTIVITY, keys)
        : nearest;
  }

  ReportKind kind() {
    return kind;
  }

  /** The columns that are in the file and known. */
  Set<Column> columns() {
    return columns;
  }

  /** -1 if the column is not there. */
  int position(Column column) {
    return positions[column.ordinal()];
  }

  /** How many columns the file has, with those that are ignored. */
  int width() {
    return width;
  }

  /** How many fields a row has at least, unless the file was cut off within it. */
  int leastFields() {
    return leastFields;
  }

  private double missingPart() {
    return (double) missing().size() / kind.required().size();
  }

  private List<Column> missing() {
    return kind.required().stream().filter(c -> !columns.contains(c)).toList();
  }

  private void requireAll(String[] headers) {
    List<Column> missing = missing();
    if (missing.isEmpty()) {
      return;
    }
    String expectedAndFound =
        "Expected are the headers "
            + kind.required().stream().map(Column::header).collect(Collectors.joining(", "))
            + " and others, as in "
            + kind.inWords()
            + "; found were "
            + shown(headers)
            + ".";
    if (missing.size() > kind.required().size() / 2) {
      throw new BadFile(
          "This is none of Coursera's reports that can be imported. " + expectedAndFound);
    }
    List<RowProblem> problems = new ArrayList<>();
    for (Column column : missing) {
      problems.add(problem(column, "is missing."));
    }
    problems.add(new RowProblem(null, null, expectedAndFound));
    throw new BadFile(problems);
  }

  private void requireOnce(List<String> keys) {
    List<RowProblem> problems =
        columns.stream()
            .filter(c -> keys.lastIndexOf(keys.get(position(c))) != position(c))
            .map(c -> problem(c, "is there twice: remove one of them."))
            .toList();
    if (!problems.isEmpty()) {
      throw new BadFile(problems);
    }
  }

  private static RowProblem problem(Column column, String what) {
    return new RowProblem(null, column.header(), "The column '" + column.header() + "' " + what);
  }

  /** The headers for a sentence: those of a file that is something else can be anything. */
  private static String shown(String[] headers) {
    return Arrays.stream(headers)
            .limit(40)
            .map(h -> h.replaceAll("\\p{Cntrl}", " "))
            .map(h -> h.length() > 60 ? h.substring(0, 60) + "…" : h)
            .collect(Collectors.joining(", "))
        + (headers.length > 40 ? ", …" : "");
  }
}
