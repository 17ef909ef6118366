package org.lwdb.casework.web;

import io.swagger.v3.oas.annotations.Parameter;
import org.lwdb.casework.Page;

/** Which page of a list, as it stands in the query: {@code ?page=0&size=50&sort=field,desc}. */
record PageQuery(
    @Parameter(description = "Counted from 0; 0 when left out") Integer page,
    @Parameter(description = "Things on a page, 1 to 500; 50 when left out") Integer size,
    @Parameter(description = "A field, then ,asc or ,desc; such as lastName,desc") String sort) {

  Page.Request request() {
    return new Page.Request(page == null ? 0 : page, size == null ? 50 : size, sort);
  }
}
