package org.lwdb.casework.mail;

import java.util.UUID;

/**
 * The application was stopped while it sent a mail: nobody knows whether it went out, and it is
 * never sent again unless a person says so.
 *
 * @param participantId null for a mail to staff
 */
public record DeliveryUnknown(UUID message, Long participantId) {}
