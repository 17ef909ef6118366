package org.lwdb.casework.spreadsheet;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A text whose fields are separated by commas, semicolons or tabs, as its header says. */
final class CsvRows implements Rows.Source {

  /** Longer than any field: what is longer is a quotation mark that does not close. */
  private static final int LONGEST_FIELD = 100_000;

  private static final String SEPARATORS = ",;\t";

  private final long size;
  private final Counting bytes;
  private final CloseableIterator<String[]> records;

  CsvRows(Path path, Charset charset) throws IOException {
    size = Files.size(path);
    bytes = new Counting(Files.newInputStream(path));
    Reader text = withoutByteOrderMark(new InputStreamReader(bytes, charset));
    records =
        CsvReader.builder()
            .fieldSeparator(separator(text))
            .allowExtraCharsAfterClosingQuote(true)
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(4 * LONGEST_FIELD)
            .build(new Fields(), text)
            .iterator();
  }

  @Override
  public String[] next() throws Rows.Unreadable {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (CsvParseException e) {
      throw new Rows.Unreadable(
          "a quotation mark opens a field there that does not end. Correct it, or download the"
              + " file again.",
          e);
    }
  }

  @Override
  public int percentRead() {
    return (int) (100 * bytes.count / size);
  }

  @Override
  public void close() throws IOException {
    records.close();
  }

  private static Reader withoutByteOrderMark(Reader reader) throws IOException {
    Reader text = new BufferedReader(reader, 1 << 16);
    text.mark(1);
    if (text.read() != '\uFEFF') {
      text.reset();
    }
    return text;
  }

  /** That of which the first line has most, outside quotation marks. */
  private static char separator(Reader text) throws IOException {
    int[] count = new int[SEPARATORS.length()];
    boolean quoted = false;
    boolean blank = true;
    text.mark(LONGEST_FIELD);
    for (int i = 0; i < LONGEST_FIELD; i++) {
      int c = text.read();
      if (c < 0 || !blank && !quoted && (c == '\n' || c == '\r')) {
        break;
      }
      quoted ^= c == '"';
      blank &= Character.isWhitespace(c);
      if (!quoted && SEPARATORS.indexOf(c) >= 0) {
        count[SEPARATORS.indexOf(c)]++;
      }
    }
    text.reset();
    int most = 0;
    for (int i = 1; i < count.length; i++) {
      most = count[i] > count[most] ? i : most;
    }
    return SEPARATORS.charAt(most);
  }

  /** Makes a text of a field once it is stripped, and no row of fields that are all blank. */
  private static final class Fields extends AbstractBaseCsvCallbackHandler<String[]> {

    private String[] fields = new String[64];
    private boolean blank;

    @Override
    protected void handleBegin(long line) {
      blank = true;
    }

    @Override
    protected void handleField(int index, char[] text, int offset, int length, boolean quoted) {
      int from = offset;
      int to = offset + length;
      while (from < to && isSpace(text[from])) {
        from++;
      }
      while (from < to && isSpace(text[to - 1])) {
        to--;
      }
      if (to - from > LONGEST_FIELD || index >= Rows.MOST_FIELDS) {
        throw new CsvParseException("The field or the record is too long");
      }
      if (index == fields.length) {
        fields = Arrays.copyOf(fields, 2 * index);
      }
      blank &= from == to;
      fields[index] = from == to ? "" : new String(text, from, to - from);
    }

    @Override
    protected String[] buildRecord() {
      return blank ? null : Arrays.copyOf(fields, getFieldCount());
    }

    private static boolean isSpace(char c) {
      return c <= ' ' || c >= 0x80 && (Character.isWhitespace(c) || Character.isSpaceChar(c));
    }
  }

  private static final class Counting extends FilterInputStream {

    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count += Math.max(read, 0);
      return read;
    }
  }
}
