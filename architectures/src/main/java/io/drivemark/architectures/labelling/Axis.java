package io.drivemark.architectures.labelling;

/**
 * Where the pixels of one axis of an upsampled map lie in the original: output i lies at max(0, (i
 * + ½)·from/to − ½), between {@code low[i]} and the next original pixel, the next one having weight
 * {@code upper[i]}. In float32, as PyTorch computes it. Immutable but for its arrays, which nobody
 * writes to.
 */
final class Axis {
  final int from;
  final int to;
  final int[] low;
  final float[] upper;

  /** Outputs {@code first[c]} to {@code first[c + 1]}, exclusive, lie in cell c. */
  final int[] first;

  Axis(int from, int to) {
    this(from, to, 1);
  }

  /**
   * @param share how much of the original, from its start, the output shows
   */
  Axis(int from, int to, double share) {
    this.from = from;
    this.to = to;
    low = new int[to];
    upper = new float[to];
    first = new int[from + 1];
    float scale = (float) (from * share) / to;
    for (int i = 0; i < to; i++) {
      float at = Math.max(0, scale * (i + 0.5f) - 0.5f);
      low[i] = Math.min((int) at, from - 1);
      upper[i] = at - low[i];
    }
    int output = 0;
    for (int cell = 0; cell < from; cell++) {
      first[cell] = output;
      while (output < to && low[output] == cell) {
        output++;
      }
    }
    first[from] = to;
  }

  boolean fits(int otherFrom, int otherTo) {
    return from == otherFrom && to == otherTo;
  }

  /** The original pixel after a cell's own; the last one has none. */
  int next(int cell) {
    return Math.min(cell + 1, from - 1);
  }
}
