package io.drivemark.datasets;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * A class index for each pixel: H×W bytes, row by row, {@value LabelSpace#VOID} = void, each other
 * value below the size of its {@link LabelSpace}. The array belongs to the map: {@link #pixels()}
 * hands it out without a copy for speed and callers must not write to it. Safe to share between
 * threads as long as nobody writes.
 */
public final class LabelMap {
  /** See {@link #ofStored}. */
  public static final int UNKNOWN = 256;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long BYTE_ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final int MOST_BY_WORDS = 128;
  private static final int BLOCK = 32;
  private static final int BYTES = 256;

  /** Pixels of one call: what is called often is compiled whole, from its first pixel on. */
  private static final int PIECE = 1 << 13;

  private final LabelSpace space;
  private final int height;
  private final int width;
  private final byte[] pixels;

  private LabelMap(LabelSpace space, int height, int width, byte[] pixels) {
    this.space = space;
    this.height = height;
    this.width = width;
    this.pixels = pixels;
  }

  /**
   * Takes over an array of class indices.
   *
   * @param pixels {@code height·width} unsigned bytes, row-major; not copied
   * @throws IllegalArgumentException if the length does not fit, or a value is neither void nor an
   *     index of the space (the message names row and column)
   */
  public static LabelMap of(LabelSpace space, int height, int width, byte[] pixels) {
    Objects.requireNonNull(space, "space");
    requireFit(height, width, pixels);
    int foreign = firstForeign(space.size(), pixels);
    if (foreign >= 0) {
      throw new IllegalArgumentException(
          "label map: value "
              + (pixels[foreign] & 0xFF)
              + " at row "
              + foreign / width
              + ", column "
              + foreign % width
              + " is no class of "
              + space.name()
              + " (0.."
              + (space.size() - 1)
              + ", 255 = void)");
    }
    return new LabelMap(space, height, width, pixels);
  }

  /**
   * As {@link #of}, but empty if a value is neither void nor an index of the space: for files that
   * mostly hold indices as they are.
   *
   * @throws IllegalArgumentException if the length does not fit
   */
  public static Optional<LabelMap> ofIndices(
      LabelSpace space, int height, int width, byte[] pixels) {
    requireFit(height, width, pixels);
    return firstForeign(space.size(), pixels) < 0
        ? Optional.of(new LabelMap(space, height, width, pixels))
        : Optional.empty();
  }

  /**
   * What stored bytes stand for by a table. The table is checked instead of all pixels.
   *
   * @param stored {@code height·width} bytes
   * @param meanings of each byte, 256 of them: an index of the space, {@value LabelSpace#VOID}, or
   *     {@value #UNKNOWN} for a byte that becomes void and whose places are told
   * @param out takes the indices; belongs to the map from now on
   * @param unknown is told the pixels {@code row·width + column} of such bytes, in order
   * @throws IllegalArgumentException if a length does not fit, or a meaning is none of these
   */
  public static LabelMap ofStored(
      LabelSpace space,
      int height,
      int width,
      byte[] stored,
      int[] meanings,
      byte[] out,
      IntConsumer unknown) {
    requireFit(height, width, stored);
    requireFit(height, width, out);
    int[] table = new int[BYTES];
    for (int value = 0; value < BYTES; value++) {
      int meaning = meanings[value];
      if (meaning < 0
          || meaning >= space.size() && meaning != LabelSpace.VOID && meaning != UNKNOWN) {
        throw new IllegalArgumentException(
            "label map: stored value "
                + value
                + " means "
                + meaning
                + ", which is no class of "
                + space.name());
      }
      table[value] = meaning == UNKNOWN ? ByteTable.OTHERWISE | LabelSpace.VOID : meaning;
    }
    ByteTable.lookUp(stored, table, out, unknown);
    return new LabelMap(space, height, width, out);
  }

  private static void requireFit(int height, int width, byte[] pixels) {
    if (height < 1 || width < 1 || (long) height * width != pixels.length) {
      throw new IllegalArgumentException(
          "label map: " + height + "x" + width + " does not fit " + pixels.length + " pixels");
    }
  }

  /** The first pixel that is neither class nor void, or −1. */
  private static int firstForeign(int classes, byte[] pixels) {
    int foreign = -1;
    for (int from = 0; foreign < 0 && from < pixels.length; from += PIECE) {
      int to = Math.min(from + PIECE, pixels.length);
      int at = classes > MOST_BY_WORDS ? from : firstSuspect(classes, pixels, from, to);
      foreign = firstForeign(classes, pixels, at, to);
    }
    return foreign;
  }

  /**
   * The first pixel of the first block that has a foreign one among its own, or of what is left
   * after the last block. Eight pixels are looked at together: adding 128 − classes to a byte's
   * lower bits sets its highest bit where they are no class, adding 1 where they are 127, as in
   * void.
   */
  private static int firstSuspect(int classes, byte[] pixels, int from, int to) {
    long toClasses = (MOST_BY_WORDS - classes) * BYTE_ONES;
    long good = 0; // the first class eight times
    int i = from;
    for (; i <= to - BLOCK; i += BLOCK) {
      long first = (long) WORDS.get(pixels, i);
      long second = (long) WORDS.get(pixels, i + 8);
      long third = (long) WORDS.get(pixels, i + 16);
      long fourth = (long) WORDS.get(pixels, i + 24);
      if ((first ^ good | second ^ good | third ^ good | fourth ^ good) != 0) {
        // No byte is above what all of them have together, which is mostly a class, too.
        long all = first | second | third | fourth;
        good = fourth;
        if (((all | (all & ~HIGH_BITS) + toClasses) & HIGH_BITS) == 0) {
          continue;
        }
        long bad = suspects(first, toClasses) | suspects(second, toClasses);
        if ((bad | suspects(third, toClasses) | suspects(fourth, toClasses)) != 0) {
          return i;
        }
      } else {
        i += Long.BYTES * RepeatedBytes.words(pixels, i + BLOCK, to);
      }
    }
    return i;
  }

  private static long suspects(long word, long toClasses) {
    long noClass = word | (word & ~HIGH_BITS) + toClasses;
    long isVoid = word & (word & ~HIGH_BITS) + BYTE_ONES;
    return noClass & ~isVoid & HIGH_BITS;
  }

  private static int firstForeign(int classes, byte[] pixels, int from, int to) {
    for (int i = from; i < to; i++) {
      int value = pixels[i] & 0xFF;
      if (value >= classes && value != LabelSpace.VOID) {
        return i;
      }
    }
    return -1;
  }

  public LabelSpace space() {
    return space;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** The class index at a pixel, 255 for void. */
  public int at(int row, int column) {
    return pixels[Math.addExact(Math.multiplyExact(row, width), column)] & 0xFF;
  }

  /** The map's own array of unsigned bytes, row-major; not to be written to. */
  public byte[] pixels() {
    return pixels;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelMap map
        && space.equals(map.space)
        && height == map.height
        && width == map.width
        && Arrays.equals(pixels, map.pixels);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(space.name(), height, width) + Arrays.hashCode(pixels);
  }

  @Override
  public String toString() {
    return "LabelMap[" + height + "x" + width + ", " + space.name() + "]";
  }
}
