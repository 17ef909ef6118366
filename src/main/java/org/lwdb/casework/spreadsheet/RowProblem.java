package org.lwdb.casework.spreadsheet;

/**
 * What is wrong with a file or with a row of it, and what to do.
 *
 * @param row counted from 1 without the header; null when it is about the whole file
 * @param field the column's header; null when it is about none or several
 */
public record RowProblem(Integer row, String field, String message) {}
