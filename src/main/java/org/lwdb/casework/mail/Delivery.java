package org.lwdb.casework.mail;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailSendException;

/**
 * What became of a mail when the SMTP server was spoken to.
 *
 * @param why a sentence without personal data
 * @param detail what the server said, if it said something
 */
record Delivery(Outcome outcome, String why, String detail) {

  enum Outcome {
    ACCEPTED,
    /** The address is wrong for good. */
    REJECTED,
    /** This mail was not taken; another may be. */
    FAILED,
    /** No mail can be sent now. */
    UNREACHABLE,
    /** The server was given the mail and has not answered. */
    UNKNOWN
  }

  private record Reply(int code, String text, boolean toAddress) {}

  private static final Pattern BAD_ADDRESS = Pattern.compile("\\b5\\.1\\.\\d+\\b");
  private static final Pattern POLICY = Pattern.compile("\\b5\\.7\\.\\d+\\b");

  static final Delivery ACCEPTED = new Delivery(Outcome.ACCEPTED, null, null);

  static Delivery rejected(String detail) {
    return new Delivery(Outcome.REJECTED, "The address was rejected.", detail);
  }

  static Delivery failed(String why) {
    return new Delivery(Outcome.FAILED, why, why);
  }

  /**
   * @param written whether the server was given the whole mail before the exception
   */
  static Delivery of(Exception exception, boolean written) {
    boolean sending = exception instanceof MailSendException;
    if (written && sending && ((MailSendException) exception).getFailedMessages().isEmpty()) {
      return ACCEPTED; // only the good-bye failed
    }
    List<Throwable> causes = causes(exception);
    Optional<Reply> reply = causes.stream().flatMap(Delivery::reply).findFirst();
    if (reply.isPresent()) {
      return of(reply.get());
    }
    if (written) {
      return new Delivery(
          Outcome.UNKNOWN,
          "The mail server was given the mail and did not answer: it is unknown whether it went out.",
          null);
    }
    if (exception instanceof MailAuthenticationException) {
      return unreachable("The mail server refuses our user name or password.");
    }
    if (sending && exception.getCause() != null
        || causes.stream().anyMatch(IOException.class::isInstance)) {
      return unreachable("The mail server cannot be reached.");
    }
    return failed("The mail could not be sent.");
  }

  private static Delivery unreachable(String why) {
    return new Delivery(Outcome.UNREACHABLE, why, why);
  }

  /** A refusal for reasons of policy (5.7.x, such as relaying) says nothing about the address. */
  private static Delivery of(Reply reply) {
    boolean addressIsWrong =
        BAD_ADDRESS.matcher(reply.text()).find()
            || reply.toAddress() && reply.code() >= 550 && reply.code() <= 559;
    if (addressIsWrong && !POLICY.matcher(reply.text()).find()) {
      return rejected(reply.text());
    }
    return new Delivery(
        reply.code() == 421 ? Outcome.UNREACHABLE : Outcome.FAILED,
        "The mail server answered " + reply.code() + ".",
        "The mail server answered: " + reply.text());
  }

  /** The answer of the server that refuses something, if this is one. */
  private static Stream<Reply> reply(Throwable e) {
    Reply reply = null;
    if (e instanceof SMTPAddressFailedException a) {
      reply = new Reply(a.getReturnCode(), text(a), true);
    } else if (e instanceof SMTPSendFailedException s) {
      reply = new Reply(s.getReturnCode(), text(s), false);
    } else if (e instanceof SMTPSenderFailedException s) {
      reply = new Reply(s.getReturnCode(), text(s), false);
    }
    return Stream.ofNullable(reply).filter(r -> r.code() >= 400);
  }

  /** The exception and all behind it; what befell the mail comes before what befell the rest. */
  private static List<Throwable> causes(Exception exception) {
    List<Throwable> causes = new ArrayList<>();
    if (exception instanceof MailSendException e) {
      causes.addAll(e.getFailedMessages().values());
    }
    causes.add(exception);
    for (int i = 0; i < causes.size(); i++) {
      Throwable e = causes.get(i);
      Stream.of(e.getCause(), e instanceof MessagingException m ? m.getNextException() : null)
          .filter(cause -> cause != null && !causes.contains(cause))
          .forEach(causes::add);
    }
    return causes;
  }

  private static String text(Exception e) {
    String text = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
    return text.length() > 500 ? text.substring(0, 500) : text;
  }
}
