package org.lwdb.casework.mail;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A mail as the SMTP server gets it: with a Message-ID that stays the same however often it is
 * tried, and knowing whether the server was given all of it.
 */
class OutgoingMail extends MimeMessage {

  private static final Pattern BARE =
      Pattern.compile("[^\\s\\p{Cntrl}@,;:<>()\"\\\\]+@[^\\s\\p{Cntrl}@,;:<>()\"\\\\]+");

  private final String messageId;
  private MimeMultipart alternatives;
  private boolean written;

  OutgoingMail(UUID id, InternetAddress from, InternetAddress to, String subject, Instant sentAt)
      throws MessagingException {
    super((Session) null);
    String address = from.getAddress();
    messageId = "<" + id + address.substring(address.lastIndexOf('@')) + ">";
    setFrom(from);
    setRecipient(Message.RecipientType.TO, to);
    setSubject(subject, StandardCharsets.UTF_8.name());
    setSentDate(Date.from(sentAt));
    setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: out-of-office replies stay away
  }

  /**
   * @throws AddressException unless it is one bare address: no list, no group, no name, no header
   */
  static InternetAddress address(String text) throws AddressException {
    if (!BARE.matcher(text).matches()) {
      throw new AddressException("Not one bare address");
    }
    return new InternetAddress(text, true);
  }

  OutgoingMail body(Composer.Body body) throws MessagingException {
    alternatives = new MimeMultipart("alternative");
    alternatives.addBodyPart(part(body.plainText(), "plain"));
    alternatives.addBodyPart(part(body.html(), "html"));
    setContent(alternatives);
    if (body.stopLink() != null) { // RFC 8058: the mail program's own button stops the mails
      setHeader("List-Unsubscribe", "<" + body.stopLink() + ">");
      setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
    return this;
  }

  /**
   * With copies and a document; addresses that are none are left out. An answer to a mail with
   * copies goes to those who got them.
   */
  OutgoingMail enclosing(Outbox.Enclosed enclosed) throws MessagingException {
    for (String copy : enclosed.cc()) {
      try {
        addRecipient(Message.RecipientType.CC, address(copy));
      } catch (AddressException e) {
        // The mail itself is what matters.
      }
    }
    if (getRecipients(Message.RecipientType.CC) != null) {
      setReplyTo(getRecipients(Message.RecipientType.CC));
    }
    if (enclosed.enclosure() != null) {
      MimeBodyPart text = new MimeBodyPart();
      text.setContent(alternatives);
      MimeBodyPart document = new MimeBodyPart();
      document.setDataHandler(
          new DataHandler(
              new ByteArrayDataSource(enclosed.enclosure().content(), "application/pdf")));
      document.setDisposition(Part.ATTACHMENT);
      document.setFileName(enclosed.enclosure().name());
      setContent(new MimeMultipart("mixed", text, document));
    }
    return this;
  }

  /** Where an answer goes; an address that is none is left out. */
  OutgoingMail replyTo(String text) throws MessagingException {
    try {
      setReplyTo(new InternetAddress[] {address(text)});
    } catch (AddressException e) {
      setReplyTo(null);
    }
    return this;
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text, StandardCharsets.UTF_8.name(), subtype);
    return part;
  }

  /** Whether the server was given the whole mail, so that it may have taken it. */
  boolean written() {
    return written;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }

  @Override
  public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
    super.writeTo(out, ignored);
    written = true;
  }
}
