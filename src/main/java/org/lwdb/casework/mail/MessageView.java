package org.lwdb.casework.mail;

import java.time.Instant;
import java.util.UUID;

/** A mail as staff see it: what, to whom, and how it ended. */
public record MessageView(
    UUID id,
    String template,
    String to,
    String cc,
    String subject,
    Instant queuedAt,
    String state,
    Instant stateAt,
    String detail) {}
