package org.lwdb.casework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database of the embedded default outlives a kill. */
class KeptPostgresTest {

  @TempDir Path folder;

  /** An application that is killed right after a commit. */
  static class Killed {
    public static void main(String[] args) throws Exception {
      KeptPostgres postgres = KeptPostgres.start(Path.of(args[0]));
      try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
          Statement statement = connection.createStatement()) {
        statement.execute("create table kept as select 42 as answer");
      }
      Runtime.getRuntime().halt(137);
    }
  }

  @Test
  void whatWasCommittedIsThereAfterAKill() throws Exception {
    Path data = folder.resolve("postgres");
    Process killed =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Killed.class.getName(),
                data.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("killed.log").toFile())
            .start();
    assertThat(killed.waitFor()).isEqualTo(137);
    long orphan = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    assertThat(ProcessHandle.of(orphan)).isPresent();

    try (KeptPostgres again = KeptPostgres.start(data);
        Connection connection = DriverManager.getConnection(again.jdbcUrl());
        Statement statement = connection.createStatement()) {
      assertThat(ProcessHandle.of(orphan)).isEmpty();
      assertThat(single(statement, "select answer from kept")).isEqualTo("42");
      assertThat(single(statement, "show fsync")).isEqualTo("on");
      assertThat(single(statement, "show synchronous_commit")).isEqualTo("on");
      assertThat(single(statement, "show listen_addresses")).isEqualTo("localhost");
    }
  }

  @Test
  void aDatabaseThatWasHalfMadeIsMadeAnew() throws Exception {
    Path data = Files.createDirectories(folder.resolve("postgres"));
    Files.writeString(data.resolve("postgresql.conf"), "");
    try (KeptPostgres postgres = KeptPostgres.start(data);
        Connection connection = DriverManager.getConnection(postgres.jdbcUrl())) {
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  @Test
  void aFolderIsForOneApplicationAtATime() throws Exception {
    DataFolder first = DataFolder.lock(folder);
    assertThatThrownBy(() -> DataFolder.lock(folder))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("CASEWORK_DATA");
    first.close();
    DataFolder.lock(folder).close();
  }

  private static String single(Statement statement, String query) throws Exception {
    try (ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    }
  }
}
