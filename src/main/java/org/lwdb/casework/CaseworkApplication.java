package org.lwdb.casework;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.retry.annotation.EnableRetry;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Coursera Casework: case management for New York's local workforce development boards. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
@EnableRetry(order = Ordered.LOWEST_PRECEDENCE - 1) // around the transaction
public class CaseworkApplication {

  public static void main(String[] args) {
    SpringApplication.run(CaseworkApplication.class, args);
  }

  /**
   * The one clock that everything asks for the time; tests put a clock of their own in its place.
   */
  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }
}
