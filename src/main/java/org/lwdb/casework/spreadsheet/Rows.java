package org.lwdb.casework.spreadsheet;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** The rows of a file, one after the other; no more than a few of them are in memory. */
public final class Rows implements AutoCloseable {

  static final int MOST_FIELDS = 16_384; // as in Excel

  /** A file of one format, row by row. */
  interface Source extends Closeable {

    /** The fields of the next row that is not blank, stripped; null at the end. */
    String[] next() throws Unreadable;

    int percentRead();
  }

  /** The rest of a file cannot be read; the message is the second half of a sentence. */
  static final class Unreadable extends Exception {
    Unreadable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private final Source source;
  private final String[] headers;
  private int number;

  Rows(Source source) {
    this.source = source;
    try {
      headers = source.next();
    } catch (Unreadable e) {
      throw new BadFile("The file cannot be read: " + e.getMessage());
    }
    if (headers == null) {
      throw new BadFile("The file has no headers: its first row has to name the columns.");
    }
  }

  /** As they are in the file, stripped. */
  public String[] headers() {
    return headers;
  }

  /**
   * The fields of the next row that is not blank, stripped; null at the end of the file.
   *
   * @throws BadFile when the file cannot be read from there on
   */
  public String[] next() {
    String[] fields;
    try {
      fields = source.next();
    } catch (Unreadable e) {
      int row = number + 1;
      throw new BadFile(
          List.of(
              new RowProblem(
                  row,
                  null,
                  "The file cannot be read from row " + row + " on: " + e.getMessage())));
    }
    if (fields != null) {
      number++;
    }
    return fields;
  }

  /** The number of the row given last, counted from 1 without the header. */
  public int number() {
    return number;
  }

  /** How much of the file has been read, from 0 to 100. */
  public int percentRead() {
    return source.percentRead();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
