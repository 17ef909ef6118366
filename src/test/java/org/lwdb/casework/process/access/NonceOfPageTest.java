package org.lwdb.casework.process.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.TestHttp;
import org.lwdb.casework.TestHttp.Answer;
import org.springframework.boot.test.web.server.LocalServerPort;

@CaseworkTest
class NonceOfPageTest {

  @LocalServerPort int port;

  @Test
  void aWebappsPageHasTheNonceOfItsHeaderHoweverManyLoadAtOnce() throws Exception {
    TestHttp staff = new TestHttp(port).signIn("onondaga.staff", "demo");
    ExecutorService people = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Answer>> loads =
          IntStream.range(0, 200)
              .<Callable<Answer>>mapToObj(i -> () -> staff.get("/camunda/app/tasklist/default/"))
              .toList();
      for (Future<Answer> load : people.invokeAll(loads)) {
        Answer page = load.get();
        String nonce =
            page.header("Content-Security-Policy").replaceAll(".*'nonce-([^']+)'.*", "$1");
        assertThat(page.body()).contains("nonce=\"" + nonce + "\"");
        assertThat(page.body().split("nonce=\"", -1).length)
            .isEqualTo(page.body().split("nonce=\"" + nonce + "\"", -1).length);
      }
    } finally {
      people.shutdownNow();
    }
  }
}
