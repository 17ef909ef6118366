package org.lwdb.casework.web.desk;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CurrentUser;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The filters that the signed-in person keeps under a name, for each page of the desk. */
@Repository
class SavedViews {

  private static final int LONGEST_NAME = 60;

  /**
   * @param query the page's query as it stands in the address
   */
  record SavedView(String name, String query) {}

  private final JdbcClient jdbc;
  private final Clock clock;

  SavedViews(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  List<SavedView> of(String page) {
    return jdbc.sql(
            "select name, query from saved_view where username = ? and page = ? order by name")
        .params(CurrentUser.name(), page)
        .query(SavedView.class)
        .list();
  }

  /** Keeps the view; one of the same name is replaced. */
  void save(String page, String name, String query) {
    if (name.isBlank() || name.strip().length() > LONGEST_NAME) {
      throw new BadInput("name", "Give the view a name of up to " + LONGEST_NAME + " characters.");
    }
    jdbc.sql(
            """
            insert into saved_view (username, page, name, query, saved_at) values (?, ?, ?, ?, ?)
            on conflict (username, page, name)
            do update set query = excluded.query, saved_at = excluded.saved_at
            """)
        .params(CurrentUser.name(), page, name.strip(), query, Timestamp.from(clock.instant()))
        .update();
  }

  void delete(String page, String name) {
    jdbc.sql("delete from saved_view where username = ? and page = ? and name = ?")
        .params(CurrentUser.name(), page, name)
        .update();
  }
}
