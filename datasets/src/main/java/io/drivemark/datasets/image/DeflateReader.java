package io.drivemark.datasets.image;

import java.util.Arrays;
import java.util.zip.DataFormatException;

/**
 * Decodes deflate data (RFC 1951) in plain Java, several times as fast as the JDK's inflater on
 * label maps: what is decoded stays in one array, in which copies of what came before are made
 * eight bytes at a time, and no checksum is taken on the way. It takes what zlib takes and refuses
 * what zlib refuses; its messages are for nobody, since whoever is refused asks the JDK's inflater.
 * No byte outside the arrays is read or written, whatever the data. For one thread.
 */
final class DeflateReader {
  /** So many bytes a copy can refer back. */
  static final int HISTORY = 1 << 15;

  /** Bytes behind the limit that may be decoded nevertheless, or overwritten. */
  static final int SLACK = 512;

  /** Zeros that must follow the data. */
  static final int PADDING = 16;

  /** Bytes of one call: what is called often is compiled whole, from its first byte on. */
  private static final int STRETCH = 1 << 13;

  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private static final int MOST_LITERALS = 286;
  private static final int MOST_DISTANCES = 30;
  private static final int END_OF_BLOCK = 256;

  private final byte[] in;
  private final int end;
  private int next; // the byte that enters the bits next
  private long bits; // the lowest is the next one
  private int count; // of those; above them are bits that enter again
  private boolean isLast;
  private boolean inBlock;
  private boolean done;
  private int stored; // bytes of a stored block that are left
  private final byte[] lengths = new byte[MOST_LITERALS + 34];
  private final HuffmanTable codeLengths = HuffmanTable.codeLengths();
  private final HuffmanTable ownLiterals = HuffmanTable.literals();
  private final HuffmanTable ownDistances = HuffmanTable.distances();
  private HuffmanTable fixedLiterals; // null until needed
  private HuffmanTable fixedDistances;
  private HuffmanTable literals = ownLiterals;
  private HuffmanTable distances = ownDistances;

  /**
   * Reads a part of an array.
   *
   * @param in not copied; {@value #PADDING} zeros follow the data
   * @param from where the data begins
   * @param end the byte after the data
   */
  DeflateReader(byte[] in, int from, int end) {
    if (from < 0 || end < from || in.length < end + PADDING) {
      throw new IllegalArgumentException(
          "deflate data from " + from + " to " + end + " of " + in.length + " bytes");
    }
    this.in = in;
    this.next = from;
    this.end = end;
  }

  /**
   * Decodes on, until the data ends or at least {@code limit} is reached.
   *
   * @param out holds everything decoded so far, or at least the last {@value #HISTORY} bytes of it,
   *     right before {@code from}, and nothing else there; {@value #SLACK} bytes follow the limit
   * @return the position after the last byte decoded
   * @throws DataFormatException if the data is damaged or ends too early
   */
  int decode(byte[] out, int from, int limit) throws DataFormatException {
    int at = from;
    while (at < limit && !done) {
      if (stored > 0) {
        at = copyStored(out, at, limit);
      } else if (inBlock) {
        at = symbols(out, at, Math.min(limit, at + STRETCH));
      } else {
        beginBlock();
      }
    }
    if (done && position() > end) {
      throw endsEarly();
    }
    return at;
  }

  /** Whether the last block has ended. */
  boolean isDone() {
    return done;
  }

  /** The first byte of which nothing was read. */
  int position() {
    return next - (count >>> 3);
  }

  private void refill() throws DataFormatException {
    if (next > end + 8) {
      throw endsEarly();
    }
    bits |= ByteWords.get(in, next) << count;
    next += 63 - count >>> 3;
    count |= 56;
  }

  private int take(int n) {
    int value = (int) bits & (1 << n) - 1;
    bits >>>= n;
    count -= n;
    return value;
  }

  private void beginBlock() throws DataFormatException {
    refill();
    isLast = take(1) == 1;
    inBlock = true;
    switch (take(2)) {
      case 0 -> beginStored();
      case 1 -> beginFixed();
      case 2 -> beginDynamic();
      default -> throw new DataFormatException("a block of no kind");
    }
  }

  private void endBlock() {
    inBlock = false;
    done = isLast;
  }

  private void beginStored() throws DataFormatException {
    take(count & 7);
    int length = take(16);
    if (take(16) != (~length & 0xFFFF)) {
      throw new DataFormatException("a stored block of two lengths");
    }
    next = position();
    bits = 0;
    count = 0;
    stored = length;
    if (length > end - next) {
      throw endsEarly();
    }
    if (length == 0) {
      endBlock();
    }
  }

  private int copyStored(byte[] out, int at, int limit) {
    int n = Math.min(stored, limit - at);
    System.arraycopy(in, next, out, at, n);
    next += n;
    stored -= n;
    if (stored == 0) {
      endBlock();
    }
    return at + n;
  }

  private void beginFixed() {
    if (fixedLiterals == null) {
      byte[] fixed = new byte[288];
      Arrays.fill(fixed, 0, 144, (byte) 8);
      Arrays.fill(fixed, 144, 256, (byte) 9);
      Arrays.fill(fixed, 256, 280, (byte) 7);
      Arrays.fill(fixed, 280, 288, (byte) 8);
      fixedLiterals = HuffmanTable.literals();
      fixedLiterals.fill(fixed, 0, 288);
      Arrays.fill(fixed, 0, 32, (byte) 5);
      fixedDistances = HuffmanTable.distances();
      fixedDistances.fill(fixed, 0, 32);
    }
    literals = fixedLiterals;
    distances = fixedDistances;
  }

  private void beginDynamic() throws DataFormatException {
    int ofLiterals = 257 + take(5);
    int ofDistances = 1 + take(5);
    int ofLengths = 4 + take(4);
    if (ofLiterals > MOST_LITERALS || ofDistances > MOST_DISTANCES) {
      throw new DataFormatException("too many symbols");
    }
    Arrays.fill(lengths, 0, ORDER.length, (byte) 0);
    for (int i = 0; i < ofLengths; i++) {
      refill();
      lengths[ORDER[i]] = (byte) take(3);
    }
    if (!codeLengths.fill(lengths, 0, ORDER.length)) {
      throw new DataFormatException("no code of lengths");
    }
    readLengths(ofLiterals + ofDistances);
    if (lengths[END_OF_BLOCK] == 0
        || !ownLiterals.fill(lengths, 0, ofLiterals)
        || !ownDistances.fill(lengths, ofLiterals, ofDistances)) {
      throw new DataFormatException("no code of symbols");
    }
    literals = ownLiterals;
    distances = ownDistances;
  }

  private void readLengths(int symbols) throws DataFormatException {
    int[] entries = codeLengths.entries();
    int mask = codeLengths.mask();
    for (int i = 0; i < symbols; ) {
      refill();
      int entry = entries[(int) bits & mask];
      take(HuffmanTable.bits(entry));
      int symbol = HuffmanTable.value(entry);
      if (symbol < 16) {
        lengths[i++] = (byte) symbol;
        continue;
      }
      int times =
          switch (symbol) {
            case 16 -> 3 + take(2);
            case 17 -> 3 + take(3);
            default -> 11 + take(7);
          };
      if (i + times > symbols || symbol == 16 && i == 0) {
        throw new DataFormatException("lengths repeat too often");
      }
      Arrays.fill(lengths, i, i + times, symbol == 16 ? lengths[i - 1] : 0);
      i += times;
    }
  }

  /** Decodes symbols until the block ends or the limit is reached. */
  private int symbols(byte[] out, int from, int limit) throws DataFormatException {
    byte[] data = in;
    int[] ofLiterals = literals.entries();
    int literalMask = literals.mask();
    int[] ofDistances = distances.entries();
    int distanceMask = distances.mask();
    int lastRead = end + 8;
    long bits = this.bits;
    int count = this.count;
    int next = this.next;
    int at = from;
    while (at < limit) {
      if (next > lastRead) {
        throw endsEarly();
      }
      bits |= ByteWords.get(data, next) << count;
      next += 63 - count >>> 3;
      count |= 56; // enough for a length and a distance: 15 + 5 + 15 + 13
      int entry = ofLiterals[(int) bits & literalMask];
      if ((entry & HuffmanTable.LINK) != 0) {
        bits >>>= HuffmanTable.bits(entry);
        count -= HuffmanTable.bits(entry);
        entry = ofLiterals[linked(entry, bits)];
      }
      bits >>>= HuffmanTable.bits(entry);
      count -= HuffmanTable.bits(entry);
      if (entry >= 0) {
        out[at++] = (byte) HuffmanTable.value(entry);
        entry = ofLiterals[(int) bits & literalMask]; // where literals are, more follow
        if (entry >= 0) {
          bits >>>= HuffmanTable.bits(entry);
          count -= HuffmanTable.bits(entry);
          out[at++] = (byte) HuffmanTable.value(entry);
        }
        continue;
      }
      if ((entry & HuffmanTable.STOP) != 0) {
        if ((entry & HuffmanTable.END) == 0) {
          throw new DataFormatException("no length has this code");
        }
        endBlock();
        break;
      }
      int length = HuffmanTable.value(entry) + extra(entry, bits);
      bits >>>= HuffmanTable.extra(entry);
      count -= HuffmanTable.extra(entry);
      entry = ofDistances[(int) bits & distanceMask];
      if ((entry & HuffmanTable.LINK) != 0) {
        bits >>>= HuffmanTable.bits(entry);
        count -= HuffmanTable.bits(entry);
        entry = ofDistances[linked(entry, bits)];
      }
      bits >>>= HuffmanTable.bits(entry);
      count -= HuffmanTable.bits(entry);
      int distance = HuffmanTable.value(entry) + extra(entry, bits);
      bits >>>= HuffmanTable.extra(entry);
      count -= HuffmanTable.extra(entry);
      if ((entry & HuffmanTable.STOP) != 0 || distance > at) {
        throw new DataFormatException("a copy from before the beginning");
      }
      DeflateCopy.make(out, at, distance, length);
      at += length;
    }
    this.bits = bits;
    this.count = count;
    this.next = next;
    return at;
  }

  /** Where the entry is that a link and the bits after it lead to. */
  private static int linked(int link, long bits) {
    return HuffmanTable.value(link) + extra(link, bits);
  }

  /** The number that the next bits add to an entry's value. */
  private static int extra(int entry, long bits) {
    return (int) bits & (1 << HuffmanTable.extra(entry)) - 1;
  }

  private static DataFormatException endsEarly() {
    return new DataFormatException("the data ends too early");
  }
}
