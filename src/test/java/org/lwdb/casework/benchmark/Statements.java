package org.lwdb.casework.benchmark;

import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which statements PostgreSQL executed for the application, counted by pg_stat_statements. */
@TestComponent
class Statements {

  /** How many of them are listed. */
  private static final int LISTED = Integer.getInteger("benchmark.statements", 10);

  private static final String OURS =
      " from pg_stat_statements where dbid = (select oid from pg_database where datname ="
          + " current_database()) and query not like '%pg_stat_statements%'";

  private final JdbcClient jdbc;

  Statements(JdbcClient jdbc) {
    this.jdbc = jdbc;
    // After the migrations: Flyway refuses a schema that is not empty.
    jdbc.sql("create extension if not exists pg_stat_statements").update();
  }

  /** Counts from here. */
  void reset() {
    jdbc.sql("select pg_stat_statements_reset()").query().singleRow();
  }

  /**
   * How many statements there were for each of so many cases, and the most frequent and slowest.
   */
  String perCase(String what, int cases) {
    return "%s: %.1f statements and %.2f ms in PostgreSQL for each case%n  most frequent%n%s%n  most time%n%s"
        .formatted(
            what,
            total("calls", cases),
            total("total_exec_time", cases),
            top("calls", cases),
            top("total_exec_time", cases));
  }

  private double total(String column, int cases) {
    return jdbc.sql("select sum(" + column + ")::float8" + OURS).query(Double.class).single()
        / cases;
  }

  private String top(String order, int cases) {
    return jdbc
        .sql(
            "select calls, total_exec_time, regexp_replace(query, '\\s+', ' ', 'g') as query"
                + OURS
                + " order by "
                + order
                + " desc limit "
                + LISTED)
        .query(
            (row, n) -> {
              String query = row.getString("query");
              return String.format(
                  Locale.ROOT,
                  "  %7.2f calls %7.3f ms  %s",
                  row.getDouble("calls") / cases,
                  row.getDouble("total_exec_time") / cases,
                  query.substring(0, Math.min(110, query.length())));
            })
        .list()
        .stream()
        .collect(Collectors.joining("\n"));
  }
}
