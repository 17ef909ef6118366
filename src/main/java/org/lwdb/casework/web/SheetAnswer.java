package org.lwdb.casework.web;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.function.Consumer;
import java.util.function.Function;
import org.lwdb.casework.spreadsheet.SheetWriter;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A sheet of figures, small enough to be made in memory, as a file to keep. */
final class SheetAnswer {

  static final String CSV = "text/csv";
  static final String EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private SheetAnswer() {}

  /**
   * @param file its name without the ending
   */
  static ResponseEntity<byte[]> csv(String file, Consumer<SheetWriter> rows) {
    return answer(file + ".csv", CSV + ";charset=UTF-8", written(SheetWriter::csv, rows));
  }

  /**
   * @param name the sheet's, up to 31 characters
   */
  static ResponseEntity<byte[]> excel(String file, String name, Consumer<SheetWriter> rows) {
    return answer(file + ".xlsx", EXCEL, written(out -> SheetWriter.excel(out, name), rows));
  }

  private static byte[] written(
      Function<OutputStream, SheetWriter> format, Consumer<SheetWriter> rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (SheetWriter sheet = format.apply(out)) {
      rows.accept(sheet);
    }
    return out.toByteArray();
  }

  private static ResponseEntity<byte[]> answer(String file, String type, byte[] body) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(type))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(file).build().toString())
        .body(body);
  }
}
