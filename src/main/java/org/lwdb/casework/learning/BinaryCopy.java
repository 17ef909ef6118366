package org.lwdb.casework.learning;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Rows on their way into a table by COPY in PostgreSQL's binary format: what is a number here need
 * neither be printed nor parsed.
 */
final class BinaryCopy implements AutoCloseable {

  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final long EPOCH = 946_684_800; // PostgreSQL counts from 2000-01-01
  private static final int NUMERIC_BASE = 10_000;

  private final PGCopyOutputStream out;
  private final short columns;
  private ByteBuffer row = ByteBuffer.allocate(1 << 14);

  /**
   * @param columns of the table, with commas between them, in the order of the values that follow
   */
  BinaryCopy(Connection connection, String table, String columns) throws SQLException, IOException {
    out =
        new PGCopyOutputStream(
            connection.unwrap(PGConnection.class),
            "copy " + table + " (" + columns + ") from stdin (format binary)",
            1 << 16);
    this.columns = (short) columns.split(",").length;
    out.write(HEADER);
  }

  BinaryCopy begin() {
    row.clear();
    row.putShort(columns);
    return this;
  }

  BinaryCopy add(Integer value) {
    if (value == null) {
      return addNull();
    }
    room(8).putInt(4).putInt(value);
    return this;
  }

  BinaryCopy add(Boolean value) {
    if (value == null) {
      return addNull();
    }
    room(5).putInt(1).put((byte) (value ? 1 : 0));
    return this;
  }

  BinaryCopy add(Instant value) {
    if (value == null) {
      return addNull();
    }
    room(12)
        .putInt(8)
        .putLong((value.getEpochSecond() - EPOCH) * 1_000_000 + value.getNano() / 1_000);
    return this;
  }

  /** A number that is not negative, with two decimals. */
  BinaryCopy addHundredths(Long value) {
    if (value == null) {
      return addNull();
    }
    // Digits to the base of 10,000, the first one's weight, the sign, decimals to show.
    long whole = value / 100;
    room(18).putInt(14).putShort((short) 3).putShort((short) 1).putShort((short) 0);
    row.putShort((short) 2)
        .putShort((short) (whole / NUMERIC_BASE))
        .putShort((short) (whole % NUMERIC_BASE))
        .putShort((short) (value % 100 * 100));
    return this;
  }

  BinaryCopy add(String value) {
    if (value == null) {
      return addNull();
    }
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    room(4 + text.length).putInt(text.length).put(text);
    return this;
  }

  BinaryCopy addNull() {
    room(4).putInt(-1);
    return this;
  }

  void end() throws IOException {
    out.write(row.array(), 0, row.position());
  }

  /** All rows are there: without this, none is kept. */
  void finish() throws IOException, SQLException {
    out.write(new byte[] {(byte) 0xff, (byte) 0xff});
    out.endCopy();
  }

  /** Cancels what was not finished. */
  @Override
  public void close() throws IOException {
    try {
      if (out.isActive()) {
        out.cancelCopy();
      }
    } catch (SQLException e) {
      // The transaction is rolled back for what went wrong before.
    }
  }

  private ByteBuffer room(int bytes) {
    if (row.remaining() < bytes) {
      row = ByteBuffer.allocate(2 * (row.position() + bytes)).put(row.flip());
    }
    return row;
  }
}
