package org.lwdb.casework.mail;

import java.util.UUID;

/** The SMTP server took a mail to staff; published in the transaction that settles it. */
public record MailAccepted(UUID message) {}
