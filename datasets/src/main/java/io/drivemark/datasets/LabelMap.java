package io.drivemark.datasets;

import java.util.Arrays;
import java.util.Objects;

/**
 * A class index for each pixel: H×W bytes, row by row, {@value LabelSpace#VOID} = void, each other
 * value below the size of its {@link LabelSpace}. The array belongs to the map: {@link #pixels()}
 * hands it out without a copy for speed and callers must not write to it. Safe to share between
 * threads as long as nobody writes.
 */
public final class LabelMap {
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
    if (height < 1 || width < 1 || (long) height * width != pixels.length) {
      throw new IllegalArgumentException(
          "label map: " + height + "x" + width + " does not fit " + pixels.length + " pixels");
    }
    int classes = space.size();
    for (int i = 0; i < pixels.length; i++) {
      int value = pixels[i] & 0xFF;
      if (value >= classes && value != LabelSpace.VOID) {
        throw new IllegalArgumentException(
            "label map: value "
                + value
                + " at row "
                + i / width
                + ", column "
                + i % width
                + " is no class of "
                + space.name()
                + " (0.."
                + (classes - 1)
                + ", 255 = void)");
      }
    }
    return new LabelMap(space, height, width, pixels);
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
