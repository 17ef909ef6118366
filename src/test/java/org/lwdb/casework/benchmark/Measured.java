package org.lwdb.casework.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does work on several threads, and takes the time. */
final class Measured {

  private Measured() {}

  static Duration time(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Does the work on each item; the first failure ends it. */
  static <T> void onThreads(int threads, List<T> items, Consumer<T> work) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (Future<Void> done :
          pool.invokeAll(
              items.stream()
                  .map(
                      item ->
                          (Callable<Void>)
                              () -> {
                                work.accept(item);
                                return null;
                              })
                  .toList())) {
        done.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
