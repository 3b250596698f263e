package io.drivemark.architectures.engine.pytorch;

import java.util.BitSet;
import java.util.List;

/**
 * Which units the gates made live for some images, and which they should have. A unit is live if
 * its logit is above 0; of a site of filters also the one with the largest logit, so that no layer
 * goes dark. Immutable.
 */
public final class GateBits {
  private final List<GateError.Site> sites;
  private final int images;
  private final int units;
  private final BitSet live = new BitSet();
  private final BitSet targets = new BitSet();

  /**
   * @param sites whose units follow each other
   * @param logits of all units, image by image
   * @param targets 1 = should be live, 0 = not
   */
  public GateBits(List<GateError.Site> sites, int images, float[] logits, float[] targets) {
    this.sites = List.copyOf(sites);
    this.images = images;
    this.units = sites.stream().mapToInt(GateError.Site::units).sum();
    for (int i = 0; i < targets.length; i++) {
      this.targets.set(i, targets[i] == 1);
    }
    int at = 0;
    for (int image = 0; image < images; image++) {
      for (GateError.Site site : sites) {
        float open = site.residual() ? Float.POSITIVE_INFINITY : largest(logits, at, site);
        for (int end = at + site.units(); at < end; at++) {
          live.set(at, logits[at] > 0 || logits[at] >= open);
        }
      }
    }
  }

  private static float largest(float[] logits, int from, GateError.Site site) {
    float largest = logits[from];
    for (int i = from + 1; i < from + site.units(); i++) {
      largest = Math.max(largest, logits[i]);
    }
    return largest;
  }

  /** The sites, whose units follow each other. */
  public List<GateError.Site> sites() {
    return sites;
  }

  /** How many images. */
  public int images() {
    return images;
  }

  /** How many units all sites have together. */
  public int units() {
    return units;
  }

  /** Whether a unit was live for an image. */
  public boolean live(int image, int unit) {
    return live.get(image * units + unit);
  }

  /** Whether it should have been. */
  public boolean target(int image, int unit) {
    return targets.get(image * units + unit);
  }
}
