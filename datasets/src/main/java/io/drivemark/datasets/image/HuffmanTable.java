package io.drivemark.datasets.image;

import java.util.Arrays;

/**
 * What the next bits of deflate data stand for, looked up at once where the code is short and in
 * two steps where it is long. Filled again for each block. For one thread.
 *
 * <p>An entry holds, from its lowest bit on: bits of the code to be dropped (5), further bits that
 * belong to the symbol (4), its value or lowest value (16), and above them what it is. Literals
 * have no bit there, so that they are the entries that are not negative.
 */
final class HuffmanTable {
  /** No literal. */
  static final int OTHER = 1 << 31;

  /** The entry for the rest of the code is elsewhere. */
  static final int LINK = 1 << 30;

  /** The end of a block or, without {@link #END}, nothing that a stream may hold. */
  static final int STOP = 1 << 29;

  static final int END = 1 << 28;

  private static final int LONGEST = 15;
  private static final int EXTRA_AT = 5;
  private static final int VALUE_AT = 9;

  private final int[] meanings;
  private final int mostBits;
  private final boolean whole;
  private final int[] table;
  private final int[] ofLength = new int[LONGEST + 1];
  private final int[] starts = new int[LONGEST + 2];
  private final short[] sorted;
  private int bits;

  /**
   * An empty table.
   *
   * @param meanings the entry of each symbol
   * @param mostBits how many bits are looked up at once
   * @param whole whether a code of a single symbol, or of none, is refused too
   */
  private HuffmanTable(int[] meanings, int mostBits, boolean whole) {
    this.meanings = meanings;
    this.mostBits = mostBits;
    this.whole = whole;
    this.table = new int[(1 << mostBits) + (meanings.length << LONGEST - mostBits)];
    this.sorted = new short[meanings.length];
  }

  /** For bytes, ends of blocks and lengths of copies. */
  static HuffmanTable literals() {
    int[] meanings = new int[288];
    for (int s = 0; s < 256; s++) {
      meanings[s] = s << VALUE_AT;
    }
    meanings[256] = OTHER | STOP | END;
    for (int s = 257; s < 265; s++) {
      meanings[s] = number(s - 254, 0);
    }
    for (int s = 265; s < 285; s++) {
      int extra = (s - 261) / 4;
      meanings[s] = number((4 + (s - 265) % 4 << extra) + 3, extra);
    }
    meanings[285] = number(258, 0);
    meanings[286] = OTHER | STOP;
    meanings[287] = OTHER | STOP;
    return new HuffmanTable(meanings, 11, false);
  }

  /** For the distances of copies. */
  static HuffmanTable distances() {
    int[] meanings = new int[32];
    for (int s = 0; s < 30; s++) {
      int extra = Math.max(0, s / 2 - 1);
      meanings[s] = number(s < 2 ? s + 1 : (2 + (s & 1) << extra) + 1, extra);
    }
    meanings[30] = OTHER | STOP;
    meanings[31] = OTHER | STOP;
    return new HuffmanTable(meanings, 9, false);
  }

  /** For the lengths of the codes of the other two. */
  static HuffmanTable codeLengths() {
    int[] meanings = new int[19];
    for (int s = 0; s < meanings.length; s++) {
      meanings[s] = s << VALUE_AT;
    }
    return new HuffmanTable(meanings, 7, true);
  }

  private static int number(int lowest, int extra) {
    return OTHER | lowest << VALUE_AT | extra << EXTRA_AT;
  }

  /** How many bits an entry drops. */
  static int bits(int entry) {
    return entry & 31;
  }

  /** How many further bits belong to it; of a link, how many choose among its entries. */
  static int extra(int entry) {
    return entry >>> EXTRA_AT & 15;
  }

  /** Its value without these; of a link, where its entries begin. */
  static int value(int entry) {
    return entry >>> VALUE_AT & 0xFFFF;
  }

  /** The entries, to be looked up by {@link #mask()}; not to be written to. */
  int[] entries() {
    return table;
  }

  /** Covers the bits that are looked up at once. */
  int mask() {
    return (1 << bits) - 1;
  }

  /**
   * Makes the table of a code.
   *
   * @param lengths of the code of each symbol, 0 = does not occur
   * @param from where the first symbol's is
   * @param symbols how many there are
   * @return false if no code has such lengths: too many or too few, but for a code of one bit
   */
  boolean fill(byte[] lengths, int from, int symbols) {
    Arrays.fill(ofLength, 0);
    for (int s = 0; s < symbols; s++) {
      ofLength[lengths[from + s]]++;
    }
    ofLength[0] = 0;
    int longest = LONGEST;
    while (longest > 0 && ofLength[longest] == 0) {
      longest--;
    }
    int free = 1;
    for (int length = 1; length <= LONGEST; length++) {
      free = 2 * free - ofLength[length];
      if (free < 0) {
        return false;
      }
    }
    if (free > 0 && (whole || longest > 1)) {
      return false;
    }
    sort(lengths, from, symbols);
    bits = Math.max(1, Math.min(longest, mostBits));
    if (free > 0) {
      Arrays.fill(table, 0, 1 << bits, OTHER | STOP);
    }
    assign(longest);
    return true;
  }

  /** Sorts the symbols by the length of their code. */
  private void sort(byte[] lengths, int from, int symbols) {
    starts[1] = 0;
    for (int length = 1; length <= LONGEST; length++) {
      starts[length + 1] = starts[length] + ofLength[length];
    }
    for (int s = 0; s < symbols; s++) {
      int length = lengths[from + s];
      if (length > 0) {
        sorted[starts[length]++] = (short) s;
      }
    }
  }

  /** Gives each symbol its code, the lowest to the first, and enters it wherever it is met. */
  private void assign(int longest) {
    int size = 1 << bits;
    int further = longest - bits;
    int used = size;
    int linked = -1;
    int code = 0;
    int next = 0;
    for (int length = 1; length <= longest; length++) {
      for (int n = ofLength[length]; n > 0; n--) {
        int entry = meanings[sorted[next++]];
        int met = Integer.reverse(code++) >>> Integer.SIZE - length; // codes come highest bit first
        if (length <= bits) {
          for (int i = met; i < size; i += 1 << length) {
            table[i] = entry | length;
          }
          continue;
        }
        int first = met & size - 1;
        if (first != linked) {
          linked = first;
          table[first] = OTHER | LINK | used << VALUE_AT | further << EXTRA_AT | bits;
          used += 1 << further;
        }
        int start = used - (1 << further);
        for (int i = met >>> bits; i < 1 << further; i += 1 << length - bits) {
          table[start + i] = entry | length - bits;
        }
      }
      code <<= 1;
    }
  }
}
