package org.lwdb.casework.learning;

import java.util.Map;

/**
 * Enrollments of one case of a person were brought into those of another, and are about to be
 * deleted: whoever names them has to name the others.
 *
 * @param by the id that takes the place of each, by that one's id
 */
public record EnrollmentsReplaced(Map<Long, Long> by) {}
