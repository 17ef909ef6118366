package org.lwdb.casework.learning;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * How far a participant has come.
 *
 * @param currentEnrollmentId the one with the latest activity of those that are neither completed
 *     nor removed from the program; null when there is none, as are its course and progress
 * @param progress of the current course, percent
 * @param lastActivity the latest enrollment or activity in any course; null when there is none
 * @param neverStarted enrolled, but without progress in any course
 */
public record Progress(
    boolean enrolled,
    int courses,
    int completedCourses,
    Long currentEnrollmentId,
    String currentCourse,
    BigDecimal progress,
    Instant lastActivity,
    boolean neverStarted) {}
