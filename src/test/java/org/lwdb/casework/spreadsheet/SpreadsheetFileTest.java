package org.lwdb.casework.spreadsheet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lwdb.casework.spreadsheet.Workbooks.edited;
import static org.lwdb.casework.spreadsheet.Workbooks.excel;
import static org.lwdb.casework.spreadsheet.Workbooks.zip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dhatim.fastexcel.VisibilityState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetFileTest {

  private static final String CAFES = "Name,Place\r\nAda,Café\r\n";
  private static final String[] HEADERS = {"Name", "Place"};

  static Stream<byte[]> encodings() {
    return Stream.of(
        CAFES.getBytes(UTF_8),
        ("\uFEFF" + CAFES).getBytes(UTF_8),
        ("\uFEFF" + CAFES.replace(',', '\t')).getBytes(UTF_16LE),
        ("\uFEFF" + CAFES).getBytes(UTF_16BE),
        CAFES.getBytes(ISO_8859_1),
        CAFES.replace(',', ';').getBytes(Charset.forName("windows-1252")));
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void readsTextInTheEncodingsThatPeopleSave(byte[] file) {
    assertThat(read(file)).containsExactly(List.of(HEADERS), List.of("Ada", "Café"));
  }

  /** A character may lie across the pieces in which a file is read. */
  @ParameterizedTest
  @ValueSource(ints = {65_533, 65_534, 65_535, 65_536, 131_071})
  void recognizesUtf8WhereverItsCharactersLie(int before) {
    StringBuilder file = new StringBuilder("A");
    for (int i = 1; i < before; i++) {
      file.append(i % 1_000 == 0 ? '\n' : 'x');
    }
    file.append("é€😀\n");

    assertThat(read(file.toString().getBytes(UTF_8)).toString()).contains("é€😀");
  }

  /** The last character was cut through; what is before it is still as it was. */
  @Test
  void aFileThatWasCutOffKeepsItsEncoding() {
    byte[] utf8 = "Name,Place\nAda,Café\nZoë,Trouvé".getBytes(UTF_8);
    byte[] utf16 = ("\uFEFF" + CAFES).getBytes(UTF_16LE);

    assertThat(read(Arrays.copyOf(utf8, utf8.length - 1)).toString()).contains("Café", "Trouv");
    assertThat(read(Arrays.copyOf(utf16, utf16.length - 1)).toString()).contains("Café");
    assertThat(read("Name,Place\nAda,Café".getBytes(ISO_8859_1)).toString()).contains("Café");
  }

  @Test
  void fieldsAreStrippedAndBlankRowsAreNone() {
    assertThat(
            read(
                "\n , \n Name , Place\n\n  \u00a0Ada\t,\"A,\r\n\"\"B\"\" \"\n,,\n".getBytes(UTF_8)))
        .containsExactly(List.of(HEADERS), List.of("Ada", "A,\r\n\"B\""));
  }

  @Test
  void aSeparatorInQuotesIsNone() {
    assertThat(read("\"Name, first; last\";Place\nAda;Café, Rome\n".getBytes(UTF_8)).get(1))
        .containsExactly("Ada", "Café, Rome");
  }

  @Test
  void rowsAreNumberedFromOneAndTheHeaderIsNone() throws IOException {
    try (SpreadsheetFile file =
            SpreadsheetFile.of(new ByteArrayInputStream(CAFES.getBytes(UTF_8)));
        Rows rows = file.rows()) {
      assertThat(rows.number()).isZero();
      rows.next();
      assertThat(rows.number()).isOne();
      assertThat(rows.next()).isNull();
      assertThat(rows.percentRead()).isEqualTo(100);
      assertThat(file.digest())
          .isEqualTo("9b482347e0042417ac7ba44899bdafc4913545fc45f947f8c51ba9841c11642f");
    }
  }

  // ---- Excel ----

  @Test
  void cellsOfExcelBecomeTheTextThatMeansTheSameEverywhere() {
    byte[] file =
        excel(
            sheet -> {
              for (int i = 0; i < 9; i++) {
                sheet.value(0, i, "H" + i);
              }
              sheet.value(1, 0, " text ");
              sheet.value(1, 1, 3155550100L);
              sheet.style(1, 1).format("(000) 000-0000").set();
              sheet.value(1, 2, 57.730000000000004);
              sheet.value(1, 3, LocalDate.of(2021, 2, 1));
              sheet.style(1, 3).format("[$-409]d-mmm-yy;@").set();
              sheet.value(1, 4, LocalDateTime.of(2021, 2, 1, 15, 24, 27));
              sheet.style(1, 4).format("m/d/yyyy h:mm AM/PM").set();
              sheet.value(1, 5, true);
              sheet.value(1, 6, new BigDecimal("0.5773"));
              sheet.style(1, 6).format("0.00%").set();
              sheet.value(1, 7, LocalDateTime.of(2021, 2, 1, 0, 0));
              sheet.style(1, 7).format("yyyy-mm-dd hh:mm").set();
              sheet.value(1, 8, 1_000_000);
              sheet.style(1, 8).format("#,##0 \"days\"").set();
            });

    assertThat(read(file).get(1))
        .containsExactly(
            "text",
            "3155550100",
            "57.73",
            "2021-02-01",
            "2021-02-01T15:24:27",
            "true",
            "57.73%",
            "2021-02-01T00:00:00",
            "1000000");
  }

  /** What was calculated counts, and not how. */
  @Test
  void formulasErrorsAndTextsWithoutATableOfTextsAreRead() {
    byte[] file =
        edited(
            excel(HEADERS, new String[] {"1", "2", "3", "4"}),
            "xl/worksheets",
            sheet ->
                sheet.replaceFirst(
                    "(<row r=\"2\".*?>).*</row>",
                    """
                    $1<c r="A2" t="str"><f>B1&amp;B2</f><v> AB </v></c>\
                    <c r="B2"><f>1+1</f><v>2.0</v></c><c r="C2" t="e"><v>#N/A</v></c>\
                    <c r="D2" t="inlineStr"><is><t>in </t><t>line</t></is></c></row>\
                    """));

    assertThat(read(file).get(1)).containsExactly("AB", "2", "#N/A", "in line");
  }

  @Test
  void theFirstVisibleSheetWithRowsIsRead() {
    byte[] file =
        excel(
            sheet -> {
              sheet.setVisibilityState(VisibilityState.HIDDEN);
              sheet.value(0, 0, "hidden");
            },
            sheet -> sheet.value(5, 0, " "),
            sheet -> {
              sheet.value(2, 0, "Name");
              sheet.value(2, 1, "Place");
              sheet.value(4, 0, "Ada");
            },
            sheet -> sheet.value(0, 0, "another"));

    assertThat(read(file)).containsExactly(List.of(HEADERS), List.of("Ada", ""));
  }

  // ---- zip ----

  @Test
  void theOneFileInAZipIsReadWhateverAMacAddsToIt() {
    byte[] csv =
        zip("folder/", "", "folder/r.csv", CAFES, "__MACOSX/folder/._r.csv", "x", ".DS_Store", "y");

    assertThat(read(csv)).hasSize(2);
    assertThat(read(zip("r.bin", excel(HEADERS, HEADERS)))).hasSize(2);
  }

  static Stream<Object[]> refused() {
    return Stream.of(
        new Object[] {zip("a.csv", CAFES, "b.csv", CAFES), "a.csv, b.csv. Send each by itself"},
        new Object[] {zip("a.zip", zip("a.csv", CAFES)), "a zip file in the zip file"},
        new Object[] {zip(), "empty or damaged"},
        new Object[] {zip("a.csv", ""), "The file is empty"},
        new Object[] {zip("mimetype", "", "content.xml", ""), "OpenDocument"},
        new Object[] {zip("[Content_Types].xml", "", "word/document.xml", ""), "no Excel file"},
        new Object[] {"\u00d0\u00cf\u0011\u00e0".getBytes(ISO_8859_1), "an old Excel file (.xls)"},
        new Object[] {excel(sheet -> {}), "The file has no headers"},
        new Object[] {Arrays.copyOf(excel(HEADERS), 700), "damaged, or has a password"},
        new Object[] {
          edited(excel(HEADERS, HEADERS), "xl/worksheets", s -> s.replace("r=\"A2\"", "r=\"?\"")),
          "cannot be read from row 1 on: it is damaged"
        },
        new Object[] {
          edited(excel(HEADERS, HEADERS), "xl/worksheets", s -> s.replace("\"B2\"", "\"XFE2\"")),
          "cannot be read from row 1 on: it is damaged"
        },
        new Object[] {
          edited(excel(HEADERS), "xl/sharedStrings", s -> s + " ".repeat(101 << 20)),
          "too large when it is unpacked"
        },
        new Object[] {zip(emptyFiles(10_001)), "too large when it is unpacked"},
        new Object[] {("A,B\n1,\"" + "x".repeat(500_000)).getBytes(UTF_8), "from row 1 on"},
        new Object[] {("A\n" + ",".repeat(20_000)).getBytes(UTF_8), "from row 1 on"},
        new Object[] {new byte[] {'a', 0, 'b'}, "not a text file"},
        new Object[] {"\uFEFFa\0b".getBytes(UTF_16LE), "not a text file"},
        new Object[] {new byte[0], "The file is empty"});
  }

  private static Object[] emptyFiles(int count) {
    return IntStream.range(0, 2 * count).mapToObj(i -> i % 2 == 0 ? "f" + i : "").toArray();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatCannotBeReadIsRefusedWithWhatToDo(byte[] file, String sentence) {
    assertThatThrownBy(() -> read(file)).isInstanceOf(BadFile.class).hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource({"# Enrolled Courses*, enrolledcourses", "E-mail Address, emailaddress", "É_1, é1"})
  void headersAreComparedByTheirLettersAndDigits(String header, String key) {
    assertThat(Headers.key(header)).isEqualTo(key);
  }

  private static List<List<String>> read(byte[] bytes) {
    try (InputStream in = new ByteArrayInputStream(bytes);
        SpreadsheetFile file = SpreadsheetFile.of(in);
        Rows rows = file.rows()) {
      List<List<String>> all = new ArrayList<>();
      for (String[] row = rows.headers(); row != null; row = rows.next()) {
        all.add(List.of(row));
      }
      return all;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
