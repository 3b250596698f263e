package io.drivemark.architectures.training;

import java.util.List;
import java.util.Locale;

/**
 * What the masks of a network came to after an epoch. Immutable.
 *
 * @param lambda the factor of what live masks cost
 * @param kept the share that remains, as {@link MaskLearning#kept}
 * @param survivors masks that are 1, one number a site
 */
public record MaskProgress(double lambda, double kept, List<Integer> survivors) {
  public MaskProgress {
    survivors = List.copyOf(survivors);
  }

  /** Masks that are 1 at all sites together. */
  public int live() {
    return survivors.stream().mapToInt(s -> s).sum();
  }

  /** As JSON. */
  String json() {
    return String.format(
        Locale.ROOT,
        "{\"lambda\":%.4e,\"kept\":%.6f,\"live\":%d,\"survivors\":%s}",
        lambda,
        kept,
        live(),
        survivors.toString().replace(" ", ""));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%d live, %.1f %% kept, lambda %.1e", live(), 100 * kept, lambda);
  }
}
