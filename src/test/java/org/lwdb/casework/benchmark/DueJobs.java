package org.lwdb.casework.benchmark;

import static org.awaitility.Awaitility.await;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The jobs of an engine, executed by its own executor until none is due. */
record DueJobs(JobExecutor executor, JdbcClient jdbc) {

  void execute(Instant now) {
    execute(now, () -> {});
  }

  /** With work that makes more of them meanwhile. */
  void execute(Instant now, Runnable work) {
    executor.start();
    try {
      work.run();
      await()
          .pollInterval(Duration.ofMillis(50))
          .atMost(Duration.ofMinutes(20))
          .until(() -> noneIsDue(now));
    } finally {
      executor.shutdown();
    }
  }

  private boolean noneIsDue(Instant now) {
    return jdbc.sql(
            """
            select not exists (select from act_ru_job
              where (duedate_ is null or duedate_ <= ?) and handler_type_ <> 'history-cleanup')
            """)
        .param(Timestamp.from(now))
        .query(Boolean.class)
        .single();
  }
}
