package org.lwdb.casework.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * What the benchmarks of one run measured, each beside its baseline. It is printed once, at the
 * end, and written to {@code target/benchmark.txt}.
 */
class BenchmarkTable implements CloseableResource {

  /** Gives the run's one table to whatever method asks for it. */
  static class Shared implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == BenchmarkTable.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .getOrComputeIfAbsent(
              BenchmarkTable.class,
              none ->
                  new BenchmarkTable(
                      SpringExtension.getApplicationContext(context).getBean(JdbcClient.class)));
    }
  }

  private static final Path FILE = Path.of("target", "benchmark.txt");
  private static final String ROW = "%-62s | %-50s | %9s | %9s | %5s | %s%n";

  private final List<String> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final String machine;

  private BenchmarkTable(JdbcClient jdbc) {
    machine =
        "%s, %d cores, %s %s with %d MB, PostgreSQL %s (fsync and synchronous_commit on)"
            .formatted(
                LocalDateTime.now().truncatedTo(ChronoUnit.MINUTES),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name"),
                System.getProperty("java.version"),
                Runtime.getRuntime().maxMemory() >> 20,
                jdbc.sql("show server_version").query(String.class).single());
    rows.add(ROW.formatted("measure", "against", "baseline", "ours", "ratio", "reach"));
  }

  /** Compares rates: ours is to be at least that many times the baseline's. */
  void perSecond(String measure, String against, double baseline, double ours, double atLeast) {
    double ratio = ours / baseline;
    row(measure, against, baseline, ours, "%.0f/s", ratio, ratio >= atLeast, "at least " + atLeast);
  }

  /** Compares durations: ours is to be at most that many times the baseline's. */
  void seconds(String measure, String against, double baseline, double ours, double atMost) {
    double ratio = ours / baseline;
    row(measure, against, baseline, ours, "%.2f s", ratio, ratio <= atMost, "at most " + atMost);
  }

  /** Says more, below the table. */
  void note(String text) {
    notes.add(text);
  }

  private void row(
      String measure,
      String against,
      double baseline,
      double ours,
      String unit,
      double ratio,
      boolean reached,
      String reach) {
    rows.add(
        String.format(
            Locale.ROOT,
            ROW,
            measure,
            against,
            unit.formatted(baseline),
            unit.formatted(ours),
            "%.2f".formatted(ratio),
            reach + (reached ? "" : ": MISSED")));
  }

  @Override
  public void close() throws IOException {
    String text =
        machine
            + "\nThe machine may be busy with other things: ratios within a run count.\n\n"
            + String.join("", rows)
            + "\n"
            + String.join("\n\n", notes)
            + "\n";
    Files.createDirectories(FILE.getParent());
    Files.writeString(FILE, text);
    System.out.println(text);
  }
}
