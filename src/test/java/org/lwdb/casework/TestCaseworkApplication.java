package org.lwdb.casework;

import org.springframework.boot.SpringApplication;

/**
 * The embedded default, {@code mvn spring-boot:test-run}: the whole application with a PostgreSQL
 * and an SMTP server of its own, on the loopback address alone.
 */
public class TestCaseworkApplication {

  public static void main(String[] args) {
    SpringApplication.from(CaseworkApplication::main)
        .with(EmbeddedParts.class)
        .withAdditionalProfiles("embedded")
        .run(args);
  }
}
