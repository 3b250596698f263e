package io.drivemark.architectures.training;

import java.util.Locale;

/**
 * What the gates of a network did in an epoch, on the cut-outs it learned from. Immutable.
 *
 * @param live share of all units that were live
 * @param right share of a site's bits that were as their target, the mean over the sites
 * @param constant the share that a mask would have had that is the same for all images and says for
 *     each unit what its target says most often: without it {@code right} means nothing
 */
public record GateProgress(double live, double right, double constant) {
  /** As JSON. */
  String json() {
    return String.format(
        Locale.ROOT, "{\"live\":%.4f,\"right\":%.4f,\"constant\":%.4f}", live, right, constant);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.0f %% live, %.1f %% of bits right (constant %.1f)",
        100 * live,
        100 * right,
        100 * constant);
  }
}
