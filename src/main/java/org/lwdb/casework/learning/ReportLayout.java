package org.lwdb.casework.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.lwdb.casework.spreadsheet.BadFile;
import org.lwdb.casework.spreadsheet.Headers;
import org.lwdb.casework.spreadsheet.RowProblem;

/**
 * Which report a file is, recognized by its headers, and where its columns are.
 *
 * @param width how many columns the file has, with those that are ignored
 */
record ReportLayout(ReportKind kind, Map<Column, Integer> positions, int width) {

  private static final List<String> ONLY_IN_COURSE_ACTIVITY =
      List.of(
          Headers.key("Collection ID"),
          Headers.key("Total Estimated Learning Hours (since enrolled)"));

  /** The layout of the file with these headers, or a refusal with those expected and found. */
  static ReportLayout of(String[] headers) {
    List<String> keys = Arrays.stream(headers).map(Headers::key).toList();
    Map<Column, Integer> positions = new EnumMap<>(Column.class);
    for (Column column : Column.values()) {
      int position = column.positionIn(keys);
      if (position >= 0) {
        positions.put(column, position);
      }
    }
    requireAll(positions, headers);
    requireOnce(positions, keys);
    ReportKind kind =
        keys.stream().anyMatch(ONLY_IN_COURSE_ACTIVITY::contains)
            ? ReportKind.COURSE_ACTIVITY
            : ReportKind.USAGE;
    return new ReportLayout(kind, positions, keys.size());
  }

  /** How many fields a row has at least, unless the file was cut off within it. */
  int leastFields() {
    return Column.REQUIRED.stream().mapToInt(positions::get).max().orElseThrow() + 1;
  }

  private static void requireAll(Map<Column, Integer> positions, String[] headers) {
    List<Column> missing = Column.REQUIRED.stream().filter(c -> !positions.containsKey(c)).toList();
    if (missing.isEmpty()) {
      return;
    }
    String expectedAndFound =
        "Expected are the headers "
            + Column.REQUIRED.stream().map(Column::header).collect(Collectors.joining(", "))
            + " and others; found were "
            + shown(headers)
            + ".";
    if (missing.size() > Column.REQUIRED.size() / 2) {
      throw new BadFile(
          "This is none of Coursera's reports that can be imported. " + expectedAndFound);
    }
    List<RowProblem> problems = new ArrayList<>();
    for (Column column : missing) {
      problems.add(
          new RowProblem(
              null, column.header(), "The column '" + column.header() + "' is missing."));
    }
    problems.add(new RowProblem(null, null, expectedAndFound));
    throw new BadFile(problems);
  }

  private static void requireOnce(Map<Column, Integer> positions, List<String> keys) {
    List<RowProblem> problems = new ArrayList<>();
    positions.forEach(
        (column, position) -> {
          if (keys.lastIndexOf(keys.get(position)) != position) {
            problems.add(
                new RowProblem(
                    null,
                    column.header(),
                    "The column '" + column.header() + "' is there twice: remove one of them."));
          }
        });
    if (!problems.isEmpty()) {
      throw new BadFile(problems);
    }
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
