package org.lwdb.casework.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads the next rows while those before are checked and copied: each keeps a processor busy. */
final class ReadAhead implements AutoCloseable {

  private static final int ROWS = 2_000;

  private final ReportReader report;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private Future<List<ReportRow>> next;

  ReadAhead(ReportReader report) {
    this.report = report;
    next = thread.submit(this::read);
  }

  /** The rows that follow; none at the end of the file. */
  List<ReportRow> next() {
    List<ReportRow> rows = get(next);
    next = thread.submit(this::read);
    return rows;
  }

  @Override
  public void close() {
    thread.shutdown();
    next.cancel(false);
  }

  private List<ReportRow> read() {
    List<ReportRow> rows = new ArrayList<>(ROWS);
    while (rows.size() < ROWS) {
      ReportRow row = report.next();
      if (row == null) {
        break;
      }
      rows.add(row);
    }
    return rows;
  }

  private static <T> T get(Future<T> result) {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failed
          ? failed
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The import was interrupted", e);
    }
  }
}
