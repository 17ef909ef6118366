package org.lwdb.casework.mail;

import java.util.UUID;

/**
 * The attempts to send a mail are used up: an operator has to look at the mail server. It is still
 * tried every hour.
 *
 * @param participantId null for a mail to staff
 * @param why a sentence without personal data
 */
public record SendingFailed(UUID message, Long participantId, String why) {}
