package org.lwdb.casework.learning;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A report as it was sent, put aside on disk while it is imported: whatever its size, it is never
 * held in memory.
 */
final class ReportFile implements AutoCloseable {

  /** Latin-1 is Windows' own, in which not every byte is a character. */
  private static final List<Charset> CHARSETS =
      List.of(StandardCharsets.UTF_8, Charset.forName("windows-1252"));

  private final Path path;
  private final String digest;
  private final Charset charset;

  private ReportFile(Path path, String digest, Charset charset) {
    this.path = path;
    this.digest = digest;
    this.charset = charset;
  }

  /** Puts the file aside, or refuses it when it is empty or no text in a known encoding. */
  static ReportFile of(InputStream in) throws IOException {
    Path path = Files.createTempFile("coursera-report", ".csv"); // readable by the owner alone
    try {
      String digest = copy(in, path);
      return new ReportFile(path, digest, charset(path));
    } catch (IOException | RuntimeException e) {
      Files.delete(path);
      throw e;
    }
  }

  /** SHA-256 of the file, in hexadecimal. */
  String digest() {
    return digest;
  }

  /** The text without its byte-order mark. */
  Reader reader() throws IOException {
    Reader reader = Files.newBufferedReader(path, charset);
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
    return reader;
  }

  @Override
  public void close() throws IOException {
    Files.delete(path);
  }

  private static String copy(InputStream in, Path path) throws IOException {
    MessageDigest sha256 = sha256();
    byte[] buffer = new byte[1 << 16];
    boolean empty = true;
    try (OutputStream out = Files.newOutputStream(path)) {
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        if (empty && length >= 4 && buffer[0] == 'P' && buffer[1] == 'K' && buffer[2] == 3) {
          throw new BadReport(
              "This is an Excel or zip file. Send the report as the CSV file that Coursera gives.");
        }
        for (int i = 0; i < length; i++) {
          if (buffer[i] == 0) {
            throw notText();
          }
        }
        empty &= length == 0;
        sha256.update(buffer, 0, length);
        out.write(buffer, 0, length);
      }
    }
    if (empty) {
      throw new BadReport("The file is empty. Download the report from Coursera again.");
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static Charset charset(Path path) throws IOException {
    for (Charset charset : CHARSETS) {
      try (Reader reader = Files.newBufferedReader(path, charset)) {
        reader.transferTo(Writer.nullWriter());
        return charset;
      } catch (CharacterCodingException e) {
        // the next one may fit
      }
    }
    throw notText();
  }

  private static BadReport notText() {
    return new BadReport(
        "This is not a text file in UTF-8 or Latin-1. Download the report from Coursera again and"
            + " send the CSV file as it is.");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
