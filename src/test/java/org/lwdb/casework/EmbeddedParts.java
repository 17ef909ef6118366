package org.lwdb.casework;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import javax.sql.DataSource;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * The parts of the embedded default: a real PostgreSQL, an SMTP server that writes each mail into a
 * file, and the demo people. All of it is kept in .data, or in the folder that CASEWORK_DATA names.
 */
@TestConfiguration(proxyBeanMethods = false)
@Import({DemoPeople.class, DemoCases.class})
class EmbeddedParts {

  @Bean
  @Primary
  DemoClock demoClock() {
    return new DemoClock();
  }

  @Bean
  DataFolder dataFolder(Environment environment) {
    return DataFolder.lock(Path.of(environment.getProperty("CASEWORK_DATA", ".data")));
  }

  @Bean
  KeptPostgres postgres(DataFolder folder) throws IOException {
    return KeptPostgres.start(folder.path().resolve("postgres"));
  }

  @Bean
  DataSource dataSource(KeptPostgres postgres) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(postgres.jdbcUrl());
    pool.setMaximumPoolSize(20);
    return pool;
  }

  @Bean(initMethod = "start", destroyMethod = "stop")
  GreenMail smtpServer(DataFolder folder, Clock clock) throws IOException {
    Path mails = Files.createDirectories(folder.path().resolve("mails"));
    GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
    server
        .getUserManager()
        .setMessageDeliveryHandler(
            (message, to) -> {
              String name =
                  DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSS")
                          .format(LocalDateTime.ofInstant(clock.instant(), NewYork.ZONE))
                      + " "
                      + to.getEmail()
                      + " "
                      + message.getMessage().getSubject();
              String file = name.replaceAll("[^\\p{L}\\p{N}@., -]", "_");
              try (var out =
                  Files.newOutputStream(
                      mails.resolve(file.substring(0, Math.min(120, file.length())) + ".eml"))) {
                message.getMessage().writeTo(out);
              } catch (IOException e) {
                throw new jakarta.mail.MessagingException("The mail could not be written.", e);
              }
              var users = server.getUserManager();
              var user = users.getUserByEmail(to.getEmail());
              return user != null ? user : users.createUser(to.getEmail(), to.getEmail(), "demo");
            });
    return server;
  }

  @Bean
  JavaMailSender mailSender(GreenMail smtpServer) {
    JavaMailSenderImpl sender = new JavaMailSenderImpl();
    sender.setHost("127.0.0.1");
    sender.setPort(smtpServer.getSmtp().getPort());
    return sender;
  }
}
