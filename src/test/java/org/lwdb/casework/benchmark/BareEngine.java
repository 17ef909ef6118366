package org.lwdb.casework.benchmark;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.lwdb.casework.MovableClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * The baseline: the same engine with its full history and nothing of ours, in a database of its own
 * on the same PostgreSQL, with the application's connection pool and executor settings.
 */
class BareEngine implements AutoCloseable {

  private static final String FAR = "2100-01-01T00:00:00";

  private final HikariDataSource pool;
  private final ProcessEngine engine;
  private final RuntimeService runtime;
  private final JdbcClient jdbc;
  private final DueJobs jobs;
  private final MovableClock clock;
  private final int threads;

  BareEngine(
      EmbeddedPostgres postgres,
      HikariDataSource ours,
      JobExecutor executor,
      MovableClock clock,
      int threads) {
    this.clock = clock;
    this.threads = threads;
    JdbcClient.create(postgres.getPostgresDatabase()).sql("create database bare").update();
    HikariConfig config = new HikariConfig();
    ours.copyStateTo(config);
    config.setPoolName("bare");
    config.setJdbcUrl(postgres.getJdbcUrl("postgres", "bare"));
    pool = new HikariDataSource(config);
    jdbc = JdbcClient.create(pool);
    JobExecutor like = like((SpringJobExecutor) executor);
    ProcessEngineConfigurationImpl bare = new StandaloneProcessEngineConfiguration();
    bare.setProcessEngineName("bare");
    bare.setDataSource(pool);
    bare.setDatabaseSchemaUpdate("true");
    bare.setHistory("full");
    bare.setIdGenerator(new StrongUuidGenerator());
    bare.setEnforceHistoryTimeToLive(false);
    bare.setJobExecutor(like);
    bare.setJobExecutorActivate(false);
    bare.setJobExecutorAcquireByDueDate(true);
    engine = bare.buildProcessEngine();
    jdbc.sql("create index on act_ru_job (duedate_)").update();
    runtime = engine.getRuntimeService();
    jobs = new DueJobs(like, jdbc);
    deploy(
        "start",
        Bpmn.createExecutableProcess("start")
            .startEvent()
            .serviceTask()
            .camundaAsyncBefore()
            .camundaExpression("${true}")
            .userTask()
            .endEvent()
            .done());
    deploy(
        "message",
        Bpmn.createExecutableProcess("message")
            .startEvent()
            .intermediateCatchEvent()
            .message("Told")
            .serviceTask()
            .camundaExpression("${true}")
            .endEvent()
            .done());
    deploy(
        "timer",
        Bpmn.createExecutableProcess("timer")
            .startEvent()
            .intermediateCatchEvent()
            .timerWithDate(FAR)
            .serviceTask()
            .camundaExpression("${true}")
            .endEvent()
            .done());
  }

  private static JobExecutor like(SpringJobExecutor ours) {
    ThreadPoolTaskExecutor threads = (ThreadPoolTaskExecutor) ours.getTaskExecutor();
    DefaultJobExecutor executor = new DefaultJobExecutor();
    executor.setCorePoolSize(threads.getCorePoolSize());
    executor.setMaxPoolSize(threads.getMaxPoolSize());
    executor.setQueueSize(threads.getQueueCapacity());
    executor.setMaxJobsPerAcquisition(ours.getMaxJobsPerAcquisition());
    executor.setWaitTimeInMillis(ours.getWaitTimeInMillis());
    executor.setMaxWait(ours.getMaxWait());
    return executor;
  }

  private void deploy(String name, BpmnModelInstance model) {
    engine
        .getRepositoryService()
        .createDeployment()
        .addModelInstance(name + ".bpmn", model)
        .deploy();
  }

  /** Start → asynchronous no-op → user task, until each waits there. */
  Duration startToUserTask(int cases) {
    return Measured.time(() -> jobs.execute(clock.instant(), () -> start("start", cases)));
  }

  /** A message, by its business key, to each of so many that wait for it → no-op → end. */
  Duration correlate(int cases) {
    List<String> waiting = start("message", cases);
    return Measured.time(
        () ->
            Measured.onThreads(
                threads,
                waiting,
                key ->
                    runtime
                        .createMessageCorrelation("Told")
                        .processInstanceBusinessKey(key)
                        .correlate()));
  }

  /** So many timers that are due at once → no-op → end. */
  Duration fireTimers(int cases) {
    start("timer", cases);
    jdbc.sql("update act_ru_job set duedate_ = ? where handler_type_ like 'timer%'")
        .param(Timestamp.from(clock.instant()))
        .update();
    return Measured.time(() -> jobs.execute(clock.instant()));
  }

  private List<String> start(String process, int cases) {
    List<String> keys = Stream.generate(() -> UUID.randomUUID().toString()).limit(cases).toList();
    Measured.onThreads(threads, keys, key -> runtime.startProcessInstanceByKey(process, key));
    return keys;
  }

  @Override
  public void close() {
    engine.close();
    pool.close();
  }
}
