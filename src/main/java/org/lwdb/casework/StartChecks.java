package org.lwdb.casework;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

/**
 * What the application cannot do without is asked for before anything else, in one sentence. The
 * embedded default and the tests bring their own.
 */
@Configuration(proxyBeanMethods = false)
@Profile("!embedded & !test")
class StartChecks {

  private static final Map<String, String> REQUIRED = new LinkedHashMap<>();

  static {
    REQUIRED.put("spring.datasource.url", "the database (SPRING_DATASOURCE_URL)");
    REQUIRED.put("spring.mail.host", "the SMTP server (SPRING_MAIL_HOST)");
    REQUIRED.put("casework.mail.from", "the sender of its mails (CASEWORK_MAIL_FROM)");
  }

  @Bean
  static BeanFactoryPostProcessor checkedBeforeTheStart(Environment settings) {
    return beans -> {
      checkGiven(settings);
      checkDatabase(settings);
    };
  }

  static void checkGiven(Environment settings) {
    List<String> missing =
        REQUIRED.entrySet().stream()
            .filter(e -> settings.getProperty(e.getKey(), "").isBlank())
            .map(Map.Entry::getValue)
            .toList();
    if (!missing.isEmpty()) {
      throw new CannotStart(
          "Coursera Casework needs settings that are missing: give "
              + String.join(", ", missing)
              + ".");
    }
  }

  static void checkDatabase(Environment settings) {
    String url = settings.getProperty("spring.datasource.url", "");
    Properties login = new Properties();
    login.setProperty("loginTimeout", "10");
    putIfGiven(login, "user", settings.getProperty("spring.datasource.username"));
    putIfGiven(login, "password", settings.getProperty("spring.datasource.password"));
    try (Connection connection = DriverManager.getConnection(url, login)) {
      if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
        throw new SQLException("it is not a PostgreSQL");
      }
    } catch (SQLException e) {
      throw new CannotStart(
          "Coursera Casework cannot open its database at %s (%s): check SPRING_DATASOURCE_URL, which looks like jdbc:postgresql://host:5432/casework, SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD."
              .formatted(
                  url.replaceAll("\\?.*", ""),
                  e.getMessage().replace(url, "it").lines().findFirst().orElse("")),
          e);
    }
  }

  private static void putIfGiven(Properties login, String key, String value) {
    if (value != null) {
      login.setProperty(key, value);
    }
  }
}
