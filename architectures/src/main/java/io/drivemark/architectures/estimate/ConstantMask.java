package io.drivemark.architectures.estimate;

import java.util.BitSet;
import java.util.List;

/**
 * What one mask for all frames, each unit as it is in most of them, would get right. Immutable.
 *
 * @param right the share of all frames' bits that are as in the constant mask, 0.5 to 1
 * @param entropy the mean over units of the entropy of being live, bits: 0 = never changes, 1 =
 *     live in half of the frames
 */
public record ConstantMask(double right, double entropy) {

  /**
   * Counts.
   *
   * @param frames at least one, each with its live units
   * @param units how many there are
   */
  public static ConstantMask of(List<BitSet> frames, int units) {
    int n = frames.size();
    int[] live = new int[units];
    frames.forEach(bits -> bits.stream().forEach(u -> live[u]++));
    long right = 0;
    double entropy = 0;
    for (int count : live) {
      right += Math.max(count, n - count);
      entropy += entropy((double) count / n);
    }
    return new ConstantMask((double) right / ((long) n * units), entropy / units);
  }

  private static double entropy(double p) {
    return p == 0 || p == 1 ? 0 : -(p * Math.log(p) + (1 - p) * Math.log(1 - p)) / Math.log(2);
  }
}
