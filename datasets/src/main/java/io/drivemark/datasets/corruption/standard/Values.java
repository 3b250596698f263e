package io.drivemark.datasets.corruption.standard;

/** Values of pixels as whole numbers 0 to 255. */
final class Values {
  static final int MOST = 255;

  private Values() {}

  /** A value rounded down and kept within 0..255. */
  static byte floor(double value) {
    return (byte) Math.max(0, Math.min(MOST, (int) Math.floor(value)));
  }

  /** The place before the first or after the last, mirrored at the edge, which is not repeated. */
  static int mirrored(int place, int count) {
    if (count == 1) {
      return 0;
    }
    int period = 2 * (count - 1);
    int within = Math.floorMod(place, period);
    return within < count ? within : period - within;
  }

  /** Mirrored places of {@code -reach} to {@code count - 1 + reach}, in that order. */
  static int[] mirrored(int count, int reach, int step) {
    int[] places = new int[count + 2 * reach];
    for (int i = 0; i < places.length; i++) {
      places[i] = mirrored(i - reach, count) * step;
    }
    return places;
  }
}
