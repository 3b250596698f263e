package io.drivemark.datasets.image;

import io.drivemark.datasets.PixelArrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The inflated data of a PNG file whose chunks have been checked, a row at a time. Our own decoder
 * does it, some rows in advance. Where the data is not whole, sound and exactly as long as the
 * rows, the JDK's inflater does it again from there on, so that it has the last word on what is
 * damaged and why. For one thread.
 */
final class PngData implements AutoCloseable {
  private static final int FIRST_CHUNK_AT = 8;
  private static final int CHUNK_FRAME = 12;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int PLTE = 0x504C5445;

  /**
   * Decoded in advance: small enough to be still near the processor when its rows are unfiltered.
   */
  private static final int BAND = 1 << 17;

  /** The two bytes before deflate data, and the checksum after it. */
  private static final int ZLIB_HEADER = 2;

  private static final int ZLIB_CHECKSUM = 4;

  private final byte[] file;
  private final byte[] buffer;
  private final int room; // of the buffer, without slack
  private final AdlerSum sum = new AdlerSum();
  private DeflateReader reader; // null once the JDK's has taken over
  private byte[] packed; // what the reader reads
  private Inflater inflater; // null until then
  private int nextChunk = FIRST_CHUNK_AT;
  private long left; // bytes that are not decoded yet
  private long given; // bytes of the rows that were handed out
  private int decoded; // to here the buffer is filled
  private int next; // from here on nothing is handed out yet

  /**
   * Opens the data.
   *
   * @param longest bytes of the longest row, with its filter
   * @param total bytes of all rows, with their filters
   * @param arrays where the room for rows is from
   */
  PngData(byte[] file, int longest, long total, PixelArrays arrays) {
    this.file = file;
    this.left = total;
    this.room = (int) Math.min(total, (long) DeflateReader.HISTORY + longest + BAND);
    this.buffer = arrays.take(Math.addExact(room, 2 * DeflateReader.SLACK + 1));
    this.reader = reader();
  }

  /** Where rows lie; not to be written to. */
  byte[] bytes() {
    return buffer;
  }

  /**
   * Finds the next row.
   *
   * @param length of it, with its filter
   * @return where it begins in {@link #bytes()}; it is gone with the next one
   * @throws DataFormatException if there is not so much, or it is damaged
   */
  int row(int length) throws DataFormatException {
    if (decoded - next < length && (reader == null || !decode(length))) {
      inflate(length);
    }
    int from = next;
    next += length;
    given += length;
    return from;
  }

  /** Decodes on so that the next row is there; false if the data is not as it should be. */
  private boolean decode(int length) {
    int from = Math.min(next, Math.max(0, decoded - DeflateReader.HISTORY));
    System.arraycopy(buffer, from, buffer, 0, decoded - from);
    next -= from;
    decoded -= from;
    boolean isEnd = left <= room - decoded + DeflateReader.SLACK;
    try {
      // At the end one byte more than there should be, so that the stream comes to its end.
      int limit = isEnd ? decoded + (int) left + 1 : room;
      int to = reader.decode(buffer, decoded, limit);
      sum.update(buffer, decoded, to);
      left -= to - decoded;
      decoded = to;
    } catch (DataFormatException e) {
      return false; // The JDK's inflater says why.
    }
    return isEnd ? left == 0 && isSound() : left > 0 && decoded - next >= length;
  }

  /** Whether the stream has ended with the right checksum. */
  private boolean isSound() {
    int at = reader.position();
    return reader.isDone()
        && at <= packed.length - DeflateReader.PADDING - ZLIB_CHECKSUM
        && PngHeader.i32(packed, at) == sum.value();
  }

  /** A reader of the data, or null if it does not begin as it should. */
  private DeflateReader reader() {
    packed = packed();
    int end = packed.length - DeflateReader.PADDING;
    int header = (packed[0] & 0xFF) << 8 | packed[1] & 0xFF;
    boolean usual =
        end >= ZLIB_HEADER + ZLIB_CHECKSUM
            && header % 31 == 0
            && (header & 0x0F00) == 0x0800 // deflate
            && header >>> 12 <= 7 // at most 32 KiB of history
            && (header & 0x20) == 0; // no dictionary
    return usual ? new DeflateReader(packed, ZLIB_HEADER, end) : null;
  }

  /** The file's data in one piece and zeros after it. */
  private byte[] packed() {
    byte[] out = new byte[0];
    int used = 0;
    for (int pass = 0; pass < 2; pass++) {
      used = 0;
      for (int at = FIRST_CHUNK_AT; ; at += CHUNK_FRAME + PngHeader.i32(file, at)) {
        int type = PngHeader.i32(file, at + 4);
        int length = PngHeader.i32(file, at);
        if (type == IEND) {
          break;
        }
        if (type == IDAT) {
          if (pass == 1) {
            System.arraycopy(file, at + 8, out, used, length);
          }
          used += length;
        }
      }
      out = pass == 0 ? new byte[used + DeflateReader.PADDING] : out;
    }
    return out;
  }

  /** The next row by the JDK's inflater, which begins anew where it was not asked before. */
  private void inflate(int length) throws DataFormatException {
    if (inflater == null) {
      reader = null;
      inflater = new Inflater();
      for (long skip = given; skip > 0; ) {
        int n = (int) Math.min(skip, buffer.length);
        inflate(buffer, n);
        skip -= n;
      }
    }
    inflate(buffer, length);
    next = 0;
    decoded = length;
  }

  private void inflate(byte[] out, int length) throws DataFormatException {
    int filled = 0;
    while (filled < length) {
      int more = inflater.inflate(out, filled, length - filled);
      filled += more;
      if (more == 0) {
        if (inflater.finished() || inflater.needsDictionary() || !nextData()) {
          throw new DataFormatException("its data ends too early");
        }
      }
    }
  }

  /** Hands the next piece of data over; false if there is none. */
  private boolean nextData() {
    while (true) {
      int length = PngHeader.i32(file, nextChunk);
      int type = PngHeader.i32(file, nextChunk + 4);
      int data = nextChunk + 8;
      if (type == IEND) {
        return false;
      }
      nextChunk += CHUNK_FRAME + length;
      if (type == IDAT && length > 0) {
        inflater.setInput(file, data, length);
        return true;
      }
    }
  }

  /**
   * The colours 0xRRGGBB of the file's palette.
   *
   * @throws DataFormatException if it has none
   */
  static int[] palette(byte[] file) throws DataFormatException {
    for (int at = FIRST_CHUNK_AT; ; at += CHUNK_FRAME + PngHeader.i32(file, at)) {
      int type = PngHeader.i32(file, at + 4);
      if (type == PLTE) {
        int[] colors = new int[PngHeader.i32(file, at) / 3];
        for (int i = 0; i < colors.length; i++) {
          colors[i] = PngHeader.i32(file, at + 7 + 3 * i) & 0xFFFFFF;
        }
        return colors;
      }
      if (type == IEND) {
        throw new DataFormatException("it has no palette");
      }
    }
  }

  @Override
  public void close() {
    if (inflater != null) {
      inflater.end();
    }
  }
}
