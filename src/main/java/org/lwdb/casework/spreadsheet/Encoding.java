package org.lwdb.casework.spreadsheet;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Finds out in which encoding a text is while it passes by: UTF-8, UTF-16 with a byte-order mark
 * (Excel's "Unicode text"), or Latin-1, which is Windows' own, in which not every byte is a
 * character.
 */
final class Encoding {

  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private static final int NUL = 1;
  private static final int NOT_ASCII = 2;
  private static final int NOT_WINDOWS = 4;
  private static final byte[] CLASSES = classes();

  private Charset unicode; // until the text shows that it is something else
  private CharsetDecoder decoder;
  private ByteBuffer rest = ByteBuffer.allocate(0);
  private final CharBuffer chars = CharBuffer.allocate(1 << 13);
  private int seen;
  private boolean foreign;

  void accept(byte[] bytes, int length) {
    if (decoder == null) {
      start(bytes, length);
    }
    int classes = 0;
    for (int i = 0; i < length; i++) {
      classes |= CLASSES[bytes[i] & 0xff];
    }
    seen |= classes;
    boolean plain = unicode == StandardCharsets.UTF_8 && (classes & NOT_ASCII) == 0;
    if (unicode != null && (!plain || rest.hasRemaining())) {
      decode(bytes, length);
    }
  }

  /** Null if the bytes are no text in one of them. */
  Charset charset() {
    boolean cutOff = rest.hasRemaining(); // in the middle of a character, unless it is Windows' own
    if (unicode == StandardCharsets.UTF_8) {
      return (seen & NUL) != 0 ? null : cutOff && !foreign ? windows() : unicode;
    }
    return unicode == null ? windows() : unicode;
  }

  private Charset windows() {
    return (seen & (NUL | NOT_WINDOWS)) == 0 ? WINDOWS : null;
  }

  private void start(byte[] bytes, int length) {
    unicode = StandardCharsets.UTF_8;
    if (length >= 2 && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe) {
      unicode = StandardCharsets.UTF_16LE;
    } else if (length >= 2 && bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff) {
      unicode = StandardCharsets.UTF_16BE;
    }
    decoder = unicode.newDecoder();
  }

  private void decode(byte[] bytes, int length) {
    ByteBuffer in =
        ByteBuffer.allocate(rest.remaining() + length).put(rest).put(bytes, 0, length).flip();
    CoderResult result;
    do {
      chars.clear();
      result = decoder.decode(in, chars, false);
      if (result.isError() || !isText()) {
        unicode = null;
        rest = ByteBuffer.allocate(0);
        return;
      }
    } while (result.isOverflow());
    rest = in; // a character that goes on in what comes next
  }

  private boolean isText() {
    for (int i = 0; i < chars.position(); i++) {
      char c = chars.get(i);
      foreign |= c >= 0x80;
      if (c == 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] classes() {
    byte[] classes = new byte[256];
    classes[0] = NUL;
    for (int b = 0x80; b <= 0xff; b++) {
      boolean windows = WINDOWS.decode(ByteBuffer.wrap(new byte[] {(byte) b})).get(0) != '\uFFFD';
      classes[b] = (byte) (windows ? NOT_ASCII : NOT_ASCII | NOT_WINDOWS);
    }
    return classes;
  }
}
