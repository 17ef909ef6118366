package org.lwdb.casework.spreadsheet;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of rows as a person sent it, put aside on disk for as long as it is worked with. What it
 * is, its content says and not its name.
 */
public final class SpreadsheetFile implements AutoCloseable {

  private final String digest;
  private final StoredFile file;
  private final Zip workbook; // null: the file is a text

  private SpreadsheetFile(String digest, StoredFile file, Zip workbook) {
    this.digest = digest;
    this.file = file;
    this.workbook = workbook;
  }

  /**
   * Puts the file aside, unpacked if it is a zip.
   *
   * @throws BadFile when it is empty, or neither a text nor a workbook nor a zip of one of these
   */
  public static SpreadsheetFile of(InputStream in) throws IOException {
    MessageDigest sha256 = sha256();
    StoredFile sent = StoredFile.of(new DigestInputStream(in, sha256));
    String digest = HexFormat.of().formatHex(sha256.digest());
    StoredFile file = sent;
    try {
      Zip zip = zip(sent);
      if (zip != null && !zip.isWorkbook()) {
        file = zip.onlyFile();
        sent.close();
        zip = zip(file);
        if (zip != null && !zip.isWorkbook()) {
          throw new BadFile(
              "There is a zip file in the zip file. Send the CSV or Excel file in it by itself.");
        }
      }
      return new SpreadsheetFile(digest, file, zip);
    } catch (IOException | RuntimeException e) {
      sent.close();
      file.close();
      throw e;
    }
  }

  /** SHA-256 of the file as it was sent, in hexadecimal. */
  public String digest() {
    return digest;
  }

  /**
   * The rows from the first on, anew each time.
   *
   * @throws BadFile when there are none, or they cannot be read
   */
  public Rows rows() throws IOException {
    Rows.Source source =
        workbook == null
            ? new CsvRows(file.path(), file.charset())
            : new ExcelRows(file.path(), workbook);
    try {
      return new Rows(source);
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** The zip that a file is, or null if it is a text. */
  private static Zip zip(StoredFile file) throws IOException {
    if (file.isZip()) {
      return Zip.of(file.path());
    }
    if (file.isEmpty()) {
      throw new BadFile("The file is empty. Save or download it again.");
    }
    if (file.isOldOffice()) {
      throw new BadFile(
          "This is an old Excel file (.xls), or one with a password. Save it in Excel as .xlsx or"
              + " CSV, without a password, and send that.");
    }
    if (file.charset() == null) {
      throw new BadFile(
          "This is no Excel file, and not a text file in UTF-8 or Latin-1. Save it as .xlsx or"
              + " CSV and send that.");
    }
    return null;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
