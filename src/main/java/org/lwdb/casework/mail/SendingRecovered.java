package org.lwdb.casework.mail;

import java.util.UUID;

/**
 * What {@link SendingFailed} told no longer needs a person: the mail went out after all, was
 * withdrawn, or somebody has decided about it.
 *
 * @param participantId null for a mail to staff
 */
public record SendingRecovered(UUID message, Long participantId) {}
