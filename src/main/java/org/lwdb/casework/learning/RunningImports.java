package org.lwdb.casework.learning;

import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How far the imports are, for the people of their boards on every node. An import is one
 * transaction that nobody can look into, so this is written beside it, every second; what has not
 * been written for ten seconds was killed.
 */
@Component
public class RunningImports {

  /** One of this node's. */
  final class Told implements AutoCloseable {
    private final UUID id = UUID.randomUUID();
    private final String[] boards;
    private volatile RunningImport now;
    private boolean over;

    private Told(RunningImport now, String[] boards) {
      this.now = now;
      this.boards = boards;
    }

    void step(RunningImport.Step step, ReportKind kind) {
      now = now.at(step, kind);
      write();
    }

    /** Is written a second later at the most. */
    void read(int percent) {
      now = now.read(percent);
    }

    @Override
    public synchronized void close() {
      over = true;
      own.remove(id);
      forgive(() -> jdbc.sql("delete from running_import where id = ?").param(id).update());
    }

    private synchronized void write() {
      if (!over) {
        forgive(this::insertOrUpdate);
      }
    }

    private void insertOrUpdate() {
      RunningImport told = now;
      jdbc.sql("delete from running_import where seen_at < clock_timestamp() - interval '1 h'")
          .update();
      jdbc.sql(
              """
              insert into running_import (id, file_name, boards, imported_by, started_at, kind,
                step, percent, seen_at)
              values (?, ?, ?, ?, ?, ?, ?, ?, clock_timestamp())
              on conflict (id) do update
                set kind = excluded.kind, step = excluded.step, percent = excluded.percent,
                    seen_at = excluded.seen_at
              """)
          .params(
              id,
              told.fileName(),
              boards,
              told.importedBy(),
              Timestamp.from(told.startedAt()),
              told.kind() == null ? null : told.kind().name(),
              told.step().name(),
              told.percent())
          .update();
    }

    /** Whatever happens to the telling, the import goes on. */
    private void forgive(Runnable writing) {
      try {
        apart.executeWithoutResult(status -> writing.run());
      } catch (DataAccessException | TransactionException e) {
        log.warn("How far an import is could not be told: {}", e.getMessage());
      }
    }
  }

  private static final Logger log = LoggerFactory.getLogger(RunningImports.class);

  private final Map<UUID, Told> own = new ConcurrentHashMap<>();
  private final JdbcClient jdbc;
  private final TransactionTemplate apart;

  RunningImports(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    apart = new TransactionTemplate(transactions);
    apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** Those of the boards' people, the longest running first. */
  public List<RunningImport> list(Set<String> boards) {
    return jdbc.sql(
            """
            select file_name, kind, imported_by, started_at, step, percent from running_import
             where boards <@ cast(? as text[]) and seen_at > clock_timestamp() - interval '10 s'
             order by started_at, id
            """)
        .param(boards.toArray(String[]::new))
        .query(
            (row, n) ->
                new RunningImport(
                    row.getString("file_name"),
                    row.getString("kind") == null
                        ? null
                        : ReportKind.valueOf(row.getString("kind")),
                    row.getString("imported_by"),
                    row.getTimestamp("started_at").toInstant(),
                    RunningImport.Step.valueOf(row.getString("step")),
                    row.getInt("percent")))
        .list();
  }

  Told begin(RunningImport waiting, String[] boards) {
    Told told = new Told(waiting, boards);
    own.put(told.id, told);
    told.write();
    return told;
  }

  @Scheduled(fixedRate = 1000)
  void writeOwn() {
    own.values().forEach(Told::write);
  }
}
