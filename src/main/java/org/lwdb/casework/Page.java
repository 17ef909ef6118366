package org.lwdb.casework;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** One page of a list, in the shape that the HTTP API answers. */
public record Page<T>(List<T> content, Numbers page) {

  public record Numbers(int number, int size, long totalElements, int totalPages) {}

  public static <T> Page<T> of(List<T> content, Request request, long totalElements) {
    int pages = (int) ((totalElements + request.size() - 1) / request.size());
    return new Page<>(content, new Numbers(request.page(), request.size(), totalElements, pages));
  }

  /**
   * Which page: counted from 0, up to 500 things each, sorted by {@code field,desc}; sort may be
   * null.
   */
  public record Request(int page, int size, String sort) {

    public Request {
      new BadInput.Collector()
          .addIf(page < 0, "page", "The page is 0 or more.")
          .addIf(size < 1 || size > 500, "size", "The size of a page is from 1 to 500.")
          .throwIfAny();
    }

    public long offset() {
      return (long) page * size;
    }

    /**
     * The SQL behind {@code order by}: only the listed fields can be sorted by.
     *
     * @param columns the field as the API names it and the column behind it
     * @param otherwise the SQL when no sort is asked for
     */
    public String orderBy(Map<String, String> columns, String otherwise) {
      if (sort == null || sort.isBlank()) {
        return otherwise;
      }
      String[] parts = sort.split(",", 2);
      String column = columns.get(parts[0]);
      boolean descending = parts.length == 2 && parts[1].equalsIgnoreCase("desc");
      if (column == null
          || (parts.length == 2 && !descending && !parts[1].equalsIgnoreCase("asc"))) {
        throw new BadInput(
            "sort", "Sort by one of " + new TreeSet<>(columns.keySet()) + ", then ,asc or ,desc.");
      }
      return column + (descending ? " desc nulls last" : " asc nulls last");
    }
  }
}
