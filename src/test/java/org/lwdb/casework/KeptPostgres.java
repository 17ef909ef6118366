package org.lwdb.casework;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL whose data outlives the application, and a kill of it at any moment. Spring closes
 * it after everything that uses it.
 */
record KeptPostgres(EmbeddedPostgres postgres) implements AutoCloseable {

  /** Starts it; the caller makes sure that nobody else works in the folder. */
  static KeptPostgres start(Path folder) throws IOException {
    Path complete = folder.resolveSibling(folder.getFileName() + ".complete");
    stopOrphan(folder);
    if (!Files.exists(complete)) {
      FileSystemUtils.deleteRecursively(folder); // Killed while it was being made.
    }
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setPGStartupWait(Duration.ofMinutes(2))
            .start();
    Files.writeString(complete, "The database in " + folder.getFileName() + " is complete.\n");
    return new KeptPostgres(postgres);
  }

  String jdbcUrl() {
    return postgres.getJdbcUrl("postgres", "postgres");
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }

  /** PostgreSQL lives on when the application is killed: it is stopped if it is ours. */
  private static void stopOrphan(Path folder) throws IOException {
    Path pidFile = folder.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    if (!lines.isEmpty() && lines.get(0).matches("\\d+")) {
      ProcessHandle.of(Long.parseLong(lines.get(0)))
          .filter(process -> isOurs(process, folder))
          .ifPresent(KeptPostgres::stop);
    }
    Files.deleteIfExists(pidFile); // Its number may be another program's by now.
  }

  private static boolean isOurs(ProcessHandle process, Path folder) {
    String command = process.info().commandLine().orElse("");
    return command.contains("postgres") && command.contains(folder.toString());
  }

  private static void stop(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new CannotStart(
          "The PostgreSQL of an application that was killed does not stop: end process "
              + process.pid()
              + ".",
          e);
    }
  }
}
