package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.GateBits;
import io.drivemark.architectures.engine.pytorch.GateError;
import java.util.List;
import java.util.Optional;

/** Counts what gates did and what they should have done. Not thread-safe. */
final class GateTally {
  private final List<GateError.Site> sites;
  private final long[] wanted;
  private final long[] right;
  private long live;
  private long images;

  GateTally(List<GateError.Site> sites) {
    this.sites = sites;
    int units = sites.stream().mapToInt(GateError.Site::units).sum();
    this.wanted = new long[units];
    this.right = new long[units];
  }

  void add(GateBits bits) {
    images += bits.images();
    for (int image = 0; image < bits.images(); image++) {
      for (int unit = 0; unit < wanted.length; unit++) {
        boolean target = bits.target(image, unit);
        boolean is = bits.live(image, unit);
        wanted[unit] += target ? 1 : 0;
        right[unit] += target == is ? 1 : 0;
        live += is ? 1 : 0;
      }
    }
  }

  /** Empty if no image was seen. */
  Optional<GateProgress> progress() {
    if (images == 0) {
      return Optional.empty();
    }
    double agreement = 0;
    double constant = 0;
    int at = 0;
    for (GateError.Site site : sites) {
      long own = 0;
      long most = 0;
      for (int end = at + site.units(); at < end; at++) {
        own += right[at];
        most += Math.max(wanted[at], images - wanted[at]);
      }
      double all = (double) images * site.units();
      agreement += own / all / sites.size();
      constant += most / all / sites.size();
    }
    return Optional.of(
        new GateProgress((double) live / images / wanted.length, agreement, constant));
  }
}
