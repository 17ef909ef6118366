package org.lwdb.casework.mail;

import java.util.UUID;

/**
 * A person has to look at a mail: the attempts are used up (it is still tried every hour), or it is
 * unknown whether it went out (it is never tried again by itself).
 *
 * @param participantId null for a mail to staff
 * @param why a sentence without personal data
 */
public record SendingFailed(UUID message, Long participantId, String why) {}
