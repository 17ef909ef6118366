package org.lwdb.casework.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** The figures of a course; slug and partner may be null. */
public record CourseResult(
    String courseId, String slug, String name, String partner, @JsonUnwrapped Figures figures) {}
