package org.lwdb.casework.learning;

import java.time.Instant;

/**
 * What a report told of a case, and what became of it.
 *
 * @param deliveredAt null while it waits
 * @param attempts how often it could not be delivered
 * @param detail why it waits, or what came of it for a closed case; null if there is nothing to say
 */
public record ReportedNews(
    long id,
    String caseNumber,
    String kind,
    Instant createdAt,
    Instant deliveredAt,
    int attempts,
    String detail) {}
