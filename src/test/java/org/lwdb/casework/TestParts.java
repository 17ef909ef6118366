package org.lwdb.casework;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/**
 * The real parts of the tests: a throw-away PostgreSQL, an SMTP server, a clock that stands still.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TestParts {

  @Bean(destroyMethod = "close")
  EmbeddedPostgres embeddedPostgres() throws IOException {
    return EmbeddedPostgres.builder().setRegisterShutdownHook(false).start();
  }

  @Bean
  DataSource dataSource(EmbeddedPostgres postgres) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
    pool.setMaximumPoolSize(10);
    return pool;
  }

  @Bean(initMethod = "start", destroyMethod = "stop")
  GreenMail greenMail() {
    return new GreenMail(ServerSetup.SMTP.dynamicPort());
  }

  @Bean
  DynamicPropertyRegistrar smtp(GreenMail greenMail) {
    return properties -> {
      properties.add("spring.mail.host", () -> "127.0.0.1");
      properties.add("spring.mail.port", () -> greenMail.getSmtp().getPort());
    };
  }

  @Bean
  MovableClock clock() {
    return new MovableClock();
  }
}
