package org.lwdb.casework.learning;

import java.util.Map;

/**
 * A row of a report that is about nobody we know of.
 *
 * @param row counted from 1 without the header
 * @param content the row's values by the headers of Coursera's report; blank ones are left out
 */
public record UnmatchedRow(int row, Map<String, Object> content) {}
