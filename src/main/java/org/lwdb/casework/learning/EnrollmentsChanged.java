package org.lwdb.casework.learning;

import java.util.Set;

/**
 * Enrollments have come, changed, or gone to another participant; published in the transaction that
 * did it, after it has, so that figures change with what they count. Whoever changes enrollments
 * publishes it, and holds the lock {@code coursera-report}, shared or alone.
 *
 * @param boards where they are, and where they were before
 * @param courses the ids of their courses
 */
public record EnrollmentsChanged(Set<String> boards, Set<String> courses) {}
