package org.lwdb.casework.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.lang.management.ManagementFactory;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.localarea.Boards;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends what is in the outbox. A mail is claimed in one transaction, marked as being sent in a
 * second, handed to the SMTP server outside of any, and settled in a third: a node that is killed
 * loses none and sends none twice, and several nodes may run.
 */
@Service
public class Sender {

  /** Longer than the SMTP timeouts of one mail together (application.yml). */
  static final Duration LEASE = Duration.ofMinutes(5);

  static final String STOPPED_WHILE_SENDING =
      "The application stopped while this mail was being sent: it is unknown whether it went out.";

  private static final int BATCH = 50;
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final Logger log = LoggerFactory.getLogger(Sender.class);

  private record Prepared(Outbox.Row mail, String to, Composer.Body body, String replyTo) {}

  private final Outbox outbox;
  private final Addressees addressees;
  private final Composer composer;
  private final Pace pace;
  private final Boards boards;
  private final JavaMailSender smtp;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher events;
  private final JdbcClient jdbc;
  private final CaseworkSettings settings;
  private final Clock clock;
  private final InternetAddress from;
  private final String node = ManagementFactory.getRuntimeMXBean().getName();
  private volatile boolean closing;

  Sender(
      Outbox outbox,
      Addressees addressees,
      Composer composer,
      Pace pace,
      Boards boards,
      JavaMailSender smtp,
      PlatformTransactionManager transactions,
      ApplicationEventPublisher events,
      JdbcClient jdbc,
      CaseworkSettings settings,
      Clock clock) {
    this.outbox = outbox;
    this.addressees = addressees;
    this.composer = composer;
    this.pace = pace;
    this.boards = boards;
    this.smtp = smtp;
    this.transaction = new TransactionTemplate(transactions);
    this.events = events;
    this.jdbc = jdbc;
    this.settings = settings;
    this.clock = clock;
    try {
      this.from = new InternetAddress(settings.mail().from(), true);
    } catch (AddressException e) {
      throw new IllegalStateException(
          "casework.mail.from is not an e-mail address: '" + settings.mail().from() + "'", e);
    }
  }

  /**
   * One round: sends up to a batch of what is due, and stops early when no mail can be sent now.
   *
   * @return how many the SMTP server accepted
   */
  public int sendDue() {
    outbox.abandoned().forEach(this::giveUp);
    String claimant = node + "/" + UUID.randomUUID();
    List<UUID> batch = outbox.claim(claimant, clock.instant().plus(LEASE), BATCH);
    if (batch.isEmpty()) {
      return 0;
    }
    int accepted = 0;
    try {
      for (UUID id : batch) {
        Delivery.Outcome outcome = closing ? Delivery.Outcome.UNREACHABLE : send(id, claimant);
        if (outcome == Delivery.Outcome.UNREACHABLE || outcome == Delivery.Outcome.UNKNOWN) {
          break;
        }
        accepted += outcome == Delivery.Outcome.ACCEPTED ? 1 : 0;
      }
    } finally {
      outbox.release(claimant);
    }
    return accepted;
  }

  /** The application stops: the mail that is being sent is still settled, the next not begun. */
  @EventListener
  void close(ContextClosedEvent event) {
    closing = true;
  }

  /** A claim whose lease has expired: sent later, unless it may have gone out already. */
  private void giveUp(UUID id) {
    try {
      transaction.executeWithoutResult(
          status -> {
            Outbox.Row mail = outbox.lock(id);
            if (mail.state() != State.CLAIMED || !mail.claimedUntil().isBefore(clock.instant())) {
              return; // another node was faster
            }
            if (mail.sendingAt() == null) {
              outbox.postpone(mail, clock.instant());
            } else {
              outbox.unknown(mail, STOPPED_WHILE_SENDING);
            }
          });
    } catch (RuntimeException e) {
      log.error("Mail {} could not be given up: {}", id, e.getClass().getName());
    }
  }

  /** Null: it was not to be sent. */
  private Delivery.Outcome send(UUID id, String claimant) {
    Prepared prepared;
    try {
      prepared = transaction.execute(status -> prepare(id, claimant));
    } catch (RuntimeException e) {
      log.error("Mail {} could not be written: {}", id, e.getClass().getName());
      log.debug("Mail {}", id, e);
      settle(id, claimant, mail -> retry(mail, Delivery.failed("The mail could not be written.")));
      return Delivery.Outcome.FAILED;
    }
    if (prepared == null) {
      return null;
    }
    Delivery delivery = deliver(prepared);
    if (delivery.outcome() != Delivery.Outcome.ACCEPTED) {
      log.warn("Mail {} was not sent: {}", id, delivery.why());
    }
    settle(id, claimant, mail -> settle(mail, prepared.to(), delivery));
    return delivery.outcome();
  }

  /**
   * Looks at everything once more, and marks the mail as being sent; null if it is not sent now.
   */
  private Prepared prepare(UUID id, String claimant) {
    Outbox.Row mail = outbox.lock(id);
    if (mail.state() != State.CLAIMED || !claimant.equals(mail.claimedBy())) {
      return null; // the lease has expired, and another node has it
    }
    Instant leaseUntil = clock.instant().plus(LEASE);
    if (mail.template().staff()) {
      String lwdbName = boards.require(mail.board()).lwdbName();
      Composer.Body body = composer.toStaff(mail.template(), mail.subject(), lwdbName, mail.data());
      outbox.sending(id, mail.to(), body, leaseUntil);
      return new Prepared(mail, mail.to(), body, settings.mail().helpAddress());
    }
    Addressee to = addressees.of(mail);
    String overtaken =
        Overtaken.reason(mail.template(), to, mail.queuedAt(), pace.partnershipIsOpen());
    Instant earliest = pace.earliest(mail.template(), mail.personId());
    if (overtaken != null) {
      outbox.end(mail, State.WITHDRAWN, overtaken);
      return null;
    } else if (to.addressSuppressed()) {
      outbox.end(mail, State.SUPPRESSED, Outbox.ADDRESS_REJECTED);
      return null;
    } else if (earliest.isAfter(clock.instant())) {
      outbox.postpone(mail, earliest);
      return null;
    }
    Composer.Body body = composer.letter(mail.template(), mail.subject(), to);
    outbox.sending(id, to.email(), body, leaseUntil);
    return new Prepared(
        mail,
        to.email(),
        body,
        to.contact() == null ? settings.mail().helpAddress() : to.contact().email());
  }

  private Delivery deliver(Prepared prepared) {
    InternetAddress to;
    try {
      to = OutgoingMail.address(prepared.to());
    } catch (AddressException e) {
      return Delivery.rejected("This is not an e-mail address.");
    }
    OutgoingMail mail = null;
    try {
      Outbox.Row row = prepared.mail();
      mail =
          new OutgoingMail(row.id(), from, to, row.subject(), clock.instant())
              .body(prepared.body())
              .replyTo(prepared.replyTo())
              .enclosing(outbox.enclosed(row));
      smtp.send(mail);
      return Delivery.ACCEPTED;
    } catch (MessagingException e) {
      return Delivery.failed("The mail could not be written.");
    } catch (RuntimeException e) {
      return Delivery.of(e, mail != null && mail.written());
    }
  }

  private void settle(Outbox.Row mail, String address, Delivery delivery) {
    switch (delivery.outcome()) {
      case ACCEPTED -> {
        outbox.end(mail, State.ACCEPTED, null);
        if (mail.template().staff()) {
          events.publishEvent(new MailAccepted(mail.id()));
        }
      }
      case REJECTED -> reject(mail, address, delivery);
      case FAILED, UNREACHABLE -> retry(mail, delivery);
      case UNKNOWN -> outbox.unknown(mail, delivery.why());
    }
  }

  /** A learner's address gets nothing more until it is corrected; staff are not cut off. */
  private void reject(Outbox.Row mail, String address, Delivery delivery) {
    outbox.end(mail, State.BOUNCED, delivery.detail());
    if (mail.participantId() == null) {
      events.publishEvent(
          new SendingFailed(mail.id(), null, "The address of a member of staff was rejected."));
      return;
    }
    jdbc.sql(
            """
            insert into suppressed_address (email, reason, since) values (?, ?, ?)
            on conflict (email) do nothing
            """)
        .params(
            address.toLowerCase(Locale.ROOT), delivery.detail(), Timestamp.from(clock.instant()))
        .update();
    events.publishEvent(new AddressRejected(addressees.currentCase(mail.personId()), address));
  }

  private void retry(Outbox.Row mail, Delivery delivery) {
    Duration pause = Duration.ofMinutes(1L << Math.min(mail.attempts(), 6));
    outbox.failed(
        mail,
        delivery.why(),
        delivery.detail(),
        clock.instant().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE));
  }

  /**
   * Settles a mail that is ours, even if the lease has expired meanwhile. Tried a few times: what
   * is not settled ends as a mail of which nobody knows whether it went out.
   */
  private void settle(UUID id, String claimant, Consumer<Outbox.Row> how) {
    for (int attempt = 1; ; attempt++) {
      try {
        transaction.executeWithoutResult(
            status -> {
              Outbox.Row mail = outbox.lock(id);
              if (claimant.equals(mail.claimedBy())
                  && (mail.state() == State.CLAIMED
                      || mail.state() == State.FAILED && mail.sendingAt() != null)) {
                how.accept(mail);
              }
            });
        return;
      } catch (RuntimeException e) {
        if (attempt == 3) {
          throw e;
        }
        log.warn("Mail {} could not be settled, once more: {}", id, e.getClass().getName());
      }
    }
  }
}
