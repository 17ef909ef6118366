package org.lwdb.casework.spreadsheet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Makes the Excel and zip files of tests. */
public final class Workbooks {

  private Workbooks() {}

  /** What a test writes into a sheet. */
  @FunctionalInterface
  public interface Filling {
    void fill(Worksheet sheet);
  }

  /** A workbook with one sheet for each of these. */
  public static byte[] excel(Filling... sheets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(out, "Test", "1.0")) {
      for (int i = 0; i < sheets.length; i++) {
        sheets[i].fill(workbook.newWorksheet("Sheet " + (i + 1)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A workbook with these texts. */
  public static byte[] excel(String[]... rows) {
    return excel(sheet -> fill(sheet, rows));
  }

  private static void fill(Worksheet sheet, String[]... rows) {
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < rows[row].length; column++) {
        sheet.value(row, column, rows[row][column]);
      }
    }
  }

  /** The zip or workbook with another text in the parts whose names begin so. */
  public static byte[] edited(byte[] zip, String names, UnaryOperator<String> change) {
    List<Object> parts = new ArrayList<>();
    try (ZipFile in =
        ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(zip)).get()) {
      for (ZipArchiveEntry entry : Collections.list(in.getEntries())) {
        String text = new String(in.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        parts.add(entry.getName());
        parts.add(entry.getName().startsWith(names) ? change.apply(text) : text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zip(parts.toArray());
  }

  /** A zip of a name and its content, and another name and its content, and so on. */
  public static byte[] zip(Object... namesAndContents) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
        zip.write(
            namesAndContents[i + 1] instanceof byte[] bytes
                ? bytes
                : ((String) namesAndContents[i + 1]).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
