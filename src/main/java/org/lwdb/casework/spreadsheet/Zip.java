package org.lwdb.casework.spreadsheet;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * What is in a zip, which a workbook of Excel is, too. It has been read through once, so that its
 * check sums are right, and it is not larger than what can be worked with.
 */
final class Zip {

  private static final long MOST_BYTES = 2L << 30;
  private static final long MOST_BYTES_OF_A_PART = 100L << 20;
  private static final int MOST_ENTRIES = 10_000;
  private static final int MOST_NAMED = 10;

  private final Path path;
  private final List<String> names = new ArrayList<>();
  private long bytes;
  private long largestPart; // of a workbook but its sheets, which are read row by row
  private int rows;

  private Zip(Path path) {
    this.path = path;
  }

  /** Reads the zip through. */
  static Zip of(Path path) throws IOException {
    Zip zip = new Zip(path);
    try (ZipFile file = zip.open()) {
      if (file.size() > MOST_ENTRIES) {
        throw tooLarge();
      }
      for (ZipEntry entry : Collections.list(file.entries())) {
        try (InputStream in = file.getInputStream(entry)) {
          zip.readThrough(entry, in);
        }
      }
    } catch (ZipException | EOFException e) {
      throw damaged();
    }
    if (zip.isWorkbook() && zip.largestPart > MOST_BYTES_OF_A_PART) {
      throw tooLarge();
    }
    return zip;
  }

  boolean isWorkbook() {
    return has("[Content_Types].xml");
  }

  boolean hasStyles() {
    return has("xl/styles.xml");
  }

  /** How many rows the sheets of the workbook have together. */
  int rows() {
    return rows;
  }

  /** The one file that is in it. */
  StoredFile onlyFile() throws IOException {
    if (has("mimetype") && has("content.xml")) {
      throw new BadFile(
          "This is an OpenDocument file (.ods). Save it as .xlsx or CSV and send that.");
    }
    List<String> files = names.stream().filter(Zip::isWanted).toList();
    if (files.isEmpty()) {
      throw new BadFile("The zip file is empty or damaged. Send the CSV or Excel file by itself.");
    }
    if (files.size() > 1) {
      throw new BadFile(
          "There are several files in the zip file: "
              + String.join(", ", files.subList(0, Math.min(files.size(), MOST_NAMED)))
              + (files.size() > MOST_NAMED ? ", …" : "")
              + ". Send each by itself.");
    }
    try (ZipFile file = open();
        InputStream in = file.getInputStream(file.getEntry(files.get(0)))) {
      return StoredFile.of(in);
    }
  }

  private ZipFile open() throws IOException {
    return new ZipFile(path.toFile(), StandardCharsets.ISO_8859_1); // unless a name says UTF-8
  }

  private void readThrough(ZipEntry entry, InputStream in) throws IOException {
    boolean sheet = entry.getName().toLowerCase(Locale.ROOT).startsWith("xl/worksheets/");
    names.add(entry.getName());
    CRC32 checkSum = new CRC32();
    byte[] buffer = new byte[1 << 16];
    long size = 0;
    for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
      size += length;
      bytes += length;
      checkSum.update(buffer, 0, length);
      if (bytes > MOST_BYTES) {
        throw tooLarge();
      }
      if (sheet) {
        countRows(buffer, length);
      }
    }
    if (checkSum.getValue() != entry.getCrc()) {
      throw damaged();
    }
    largestPart = sheet ? largestPart : Math.max(largestPart, size);
  }

  /** Nearly: what begins before the buffer is left out. */
  private void countRows(byte[] xml, int length) {
    for (int i = 0; i < length - 3; i++) {
      if (xml[i] == '<' && xml[i + 1] == 'r' && xml[i + 2] == 'o' && xml[i + 3] == 'w') {
        rows++;
      }
    }
  }

  private boolean has(String name) {
    return names.stream().anyMatch(name::equalsIgnoreCase);
  }

  /** No folder, and nothing that a Mac adds by itself or hides. */
  private static boolean isWanted(String name) {
    return !name.endsWith("/")
        && !name.startsWith("__MACOSX/")
        && !name.substring(name.lastIndexOf('/') + 1).startsWith(".");
  }

  private static BadFile damaged() {
    return new BadFile(
        "This Excel or zip file is damaged, or has a password. Save or download it again, and send"
            + " it without a password.");
  }

  private static BadFile tooLarge() {
    return new BadFile(
        "This Excel or zip file becomes too large when it is unpacked. Save it as CSV, or in"
            + " several files, and send these.");
  }
}
