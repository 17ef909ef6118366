package org.lwdb.casework.spreadsheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;

class SheetWriterTest {

  private static final List<List<?>> ROWS =
      List.of(
          List.of("Name", "Enrolled", "On", "Eligible"),
          Arrays.asList("Zoë \"Z\" O’Neill, Jr.", 12, LocalDate.of(2021, 2, 1), true),
          Arrays.asList("=HYPERLINK(\"x\")", 0.5, null, false));

  @Test
  void csvIsReadAsItWasWrittenAndHoldsNoFormula() {
    assertThat(new String(written(SheetWriter::csv), StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines(
            """
            Name,Enrolled,On,Eligible
            "Zoë ""Z"" O’Neill, Jr.",12,02/01/2021,Yes
            "'=HYPERLINK(""x"")",0.5,,No
            """);
  }

  @Test
  void excelHasTypedCells() throws IOException {
    byte[] file = written(out -> SheetWriter.excel(out, "Results"));
    try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(file))) {
      List<Row> rows = workbook.getFirstSheet().read();
      assertThat(workbook.getFirstSheet().getName()).isEqualTo("Results");
      assertThat(rows).hasSize(3);
      assertThat(rows.get(1).getCellAsNumber(1))
          .hasValueSatisfying(n -> assertThat(n).isEqualByComparingTo("12"));
      assertThat(rows.get(1).getCellAsDate(2)).hasValue(LocalDate.of(2021, 2, 1).atStartOfDay());
      assertThat(rows.get(2).getCell(0).getType()).isEqualTo(CellType.STRING);
      assertThat(rows.get(2).getCellText(0)).isEqualTo("=HYPERLINK(\"x\")");
    }
  }

  private static byte[] written(Function<ByteArrayOutputStream, SheetWriter> kind) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (SheetWriter writer = kind.apply(out)) {
      ROWS.forEach(writer::row);
    }
    return out.toByteArray();
  }
}
