package org.lwdb.casework.learning;

/** A row that cannot be imported; the message is for the person who sent the file. */
final class RefusedRow extends Exception {

  private final String field;

  RefusedRow(Column column, String message) {
    super(message, null, false, false);
    this.field = column == null ? null : column.header();
  }

  String field() {
    return field;
  }
}
