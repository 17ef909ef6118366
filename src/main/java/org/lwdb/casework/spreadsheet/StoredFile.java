package org.lwdb.casework.spreadsheet;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Bytes put aside on disk, whatever their size, and what they say of themselves. */
final class StoredFile implements Closeable {

  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] EMPTY_ZIP = {'P', 'K', 5, 6};
  private static final byte[] OLD_OFFICE = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0};

  private final Path path;
  private final byte[] head;
  private final Charset charset;

  private StoredFile(Path path, byte[] head, Charset charset) {
    this.path = path;
    this.head = head;
    this.charset = charset;
  }

  static StoredFile of(InputStream in) throws IOException {
    Path path = Files.createTempFile("spreadsheet", null); // readable by the owner alone
    try (OutputStream out = Files.newOutputStream(path)) {
      byte[] buffer = new byte[1 << 16];
      int length = in.readNBytes(buffer, 0, buffer.length);
      byte[] head = Arrays.copyOf(buffer, Math.min(length, ZIP.length));
      Encoding encoding = new Encoding();
      while (length > 0) {
        encoding.accept(buffer, length);
        out.write(buffer, 0, length);
        length = in.readNBytes(buffer, 0, buffer.length);
      }
      return new StoredFile(path, head, encoding.charset());
    } catch (IOException | RuntimeException e) {
      Files.delete(path);
      throw e;
    }
  }

  Path path() {
    return path;
  }

  boolean isEmpty() {
    return head.length == 0;
  }

  /** Which a workbook of Excel is, too. */
  boolean isZip() {
    return Arrays.equals(head, ZIP) || Arrays.equals(head, EMPTY_ZIP);
  }

  /** Also what Excel protects with a password. */
  boolean isOldOffice() {
    return Arrays.equals(head, OLD_OFFICE);
  }

  /** Null if it is no text. */
  Charset charset() {
    return charset;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
