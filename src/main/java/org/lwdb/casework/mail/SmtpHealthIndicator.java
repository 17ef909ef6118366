package org.lwdb.casework.mail;

import jakarta.mail.MessagingException;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/**
 * Whether the SMTP server can be reached: shown as {@code smtp}, with a status of its own that
 * makes nothing else unhealthy, since mails wait in the outbox meanwhile.
 */
@Component
class SmtpHealthIndicator implements HealthIndicator {

  static final Status UNREACHABLE = new Status("UNREACHABLE", "Mails wait in the outbox.");

  private final JavaMailSenderImpl smtp;

  SmtpHealthIndicator(JavaMailSenderImpl smtp) {
    this.smtp = smtp;
  }

  @Override
  public Health health() {
    try {
      smtp.testConnection();
      return Health.up().build();
    } catch (MessagingException e) {
      return Health.status(UNREACHABLE).withDetail("error", e.getClass().getSimpleName()).build();
    }
  }
}
