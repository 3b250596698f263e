package io.drivemark.architectures.onnx.gated;

/** How the filters of a site fall into units. Stateless. */
final class Pieces {
  private Pieces() {}

  /** Filters a unit, if all units are equally many filters side by side in order; else 0. */
  static int unit(int[] unitOfFilter) {
    int unit = 0;
    while (unit < unitOfFilter.length && unitOfFilter[unit] == 0) {
      unit++;
    }
    if (unit == 0 || unitOfFilter.length % unit != 0) {
      return 0;
    }
    for (int i = 0; i < unitOfFilter.length; i++) {
      if (unitOfFilter[i] != i / unit) {
        return 0;
      }
    }
    return unit;
  }

  /** The unit of each piece of this many filters. */
  static int[] units(int[] unitOfFilter, int piece) {
    int[] units = new int[unitOfFilter.length / piece];
    for (int i = 0; i < units.length; i++) {
      units[i] = unitOfFilter[i * piece];
    }
    return units;
  }
}
