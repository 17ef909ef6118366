package org.lwdb.casework.web.desk;

import java.util.EnumSet;
import java.util.Set;
import org.lwdb.casework.Page;
import org.lwdb.casework.participant.Accountability;
import org.lwdb.casework.participant.Stage;
import org.lwdb.casework.report.ParticipantList.Between;
import org.lwdb.casework.report.ParticipantList.Filter;
import org.lwdb.casework.report.ParticipantList.Reminded;

/**
 * What is looked for in the list of participants, and how it is shown: the page's query.
 *
 * @param board one of the person's; null: all of them
 * @param cases null: the open ones
 */
public record ParticipantSearch(
    String query,
    Cases cases,
    Stage stage,
    String board,
    Reminded reminded,
    Integer inactive,
    Between between,
    Accountability accountability,
    String language,
    Set<ParticipantColumn> columns,
    String sort,
    Integer page) {

  private static final int ROWS = 50;

  /** Open cases, closed ones, or both. */
  public enum Cases {
    OPEN("Open"),
    CLOSED("Closed"),
    ALL("Open and closed");

    private final String label;

    Cases(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  public ParticipantSearch {
    cases = cases == null ? stage == Stage.CLOSED ? Cases.CLOSED : Cases.OPEN : cases;
    columns =
        EnumSet.copyOf(columns == null || columns.isEmpty() ? ParticipantColumn.USUAL : columns);
  }

  Filter filter() {
    return new Filter(
        query,
        stage,
        cases == Cases.ALL ? null : cases == Cases.OPEN,
        reminded,
        inactive,
        between,
        accountability,
        blank(language) ? null : language);
  }

  Page.Request request() {
    return new Page.Request(page == null ? 0 : page, ROWS, sort);
  }

  /** The same search as it stands in an address, without the page. */
  public String address() {
    return address(sort);
  }

  /** The address that sorts by the column; the other way round if it is sorted by it already. */
  public String sortedBy(ParticipantColumn column) {
    return address(column.sort().equals(sort) ? column.sort() + ",desc" : column.sort());
  }

  /** How the list is sorted by the column, as ARIA has it; null: not by this column. */
  public String ariaSort(ParticipantColumn column) {
    if (sort == null || column.sort() == null || !sort.split(",")[0].equals(column.sort())) {
      return null;
    }
    return sort.endsWith(",desc") ? "descending" : "ascending";
  }

  private String address(String sort) {
    return Address.of(
        "query", query,
        "cases", cases == Cases.OPEN ? null : cases,
        "stage", stage,
        "board", board,
        "reminded", reminded,
        "inactive", inactive,
        "between", between,
        "accountability", accountability,
        "language", language,
        "columns", columns.equals(ParticipantColumn.USUAL) ? null : columns,
        "sort", sort);
  }

  private static boolean blank(String text) {
    return text == null || text.isBlank();
  }
}
