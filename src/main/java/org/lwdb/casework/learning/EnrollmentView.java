package org.lwdb.casework.learning;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * An enrollment as the HTTP API and the pages show it.
 *
 * @param kind COURSE or SPECIALIZATION
 * @param progress percent
 * @param enrolledAt may be null, as may lastActivityAt and what a completion brings
 * @param completedAt when the course was completed, as far as the reports tell; null until then
 * @param removed from Coursera's program: the learner no longer has the course through it
 */
public record EnrollmentView(
    String courseId,
    String slug,
    String name,
    String kind,
    String partner,
    BigDecimal progress,
    Instant enrolledAt,
    Instant lastActivityAt,
    Instant completedAt,
    String grade,
    String certificateUrl,
    boolean removed) {}
