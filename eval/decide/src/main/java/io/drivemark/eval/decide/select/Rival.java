package io.drivemark.eval.decide.select;

import java.util.Objects;

/**
 * How another network stands to one. Immutable.
 *
 * @param other the other's number in the selection
 * @param label its label
 * @param gain by how much the other is more accurate; below 0 where it is less
 * @param sameCounts whether both answer alike on every cluster of frames
 * @param accuracyP one-sided, of the other being no more accurate; 0 with {@code sameCounts}
 * @param latencyRatio the other's mean latency over this one's
 * @param latencyP one-sided, of the other being no faster
 * @param beatsP of the other not being better in both, adjusted for all claims of the selection
 */
public record Rival(
    int other,
    String label,
    double gain,
    boolean sameCounts,
    double accuracyP,
    double latencyRatio,
    double latencyP,
    double beatsP) {
  public Rival {
    Objects.requireNonNull(label, "label");
  }

  /** The larger of its two p-values: what stands in the way of beating. */
  double p() {
    return Math.max(accuracyP, latencyP);
  }
}
