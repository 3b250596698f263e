package io.drivemark.architectures.variant;

import io.drivemark.architectures.estimate.FrameResponses;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.pruning.gate.GateSite;
import io.drivemark.architectures.pruning.gate.GateTarget;
import io.drivemark.eval.metrics.gates.SiteGates;
import io.drivemark.problem.Progress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One mask for all frames with the budget of a target: of each site as many units as the target
 * makes live on average, those that it makes live in most frames, the first of equals first. Of
 * residual units so many of the whole network. It is the control that tells whether gates profit
 * from looking at the frame. Stateless.
 */
final class ConstantMasks {
  private ConstantMasks() {}

  /**
   * Looks at frames.
   *
   * @param dense without gates
   * @param target of whole units
   */
  static List<BitSet> of(
      Network dense,
      List<GateSite> sites,
      GateTarget target,
      CalibrationSet frames,
      int threads,
      Progress progress) {
    FrameResponses responses =
        FrameResponses.of(
            dense, sites, frames.images(), frames.height(), frames.width(), threads, progress);
    return of(sites, responses.live(target));
  }

  /** The mask of frames' live units, each frame's by site. */
  static List<BitSet> of(List<GateSite> sites, List<List<BitSet>> frames) {
    if (sites.get(0).kind() == GateSite.Kind.LAYERS) {
      int[] often = new int[sites.size()];
      frames.forEach(
          f -> IntStream.range(0, often.length).forEach(s -> often[s] += count(f.get(s))));
      BitSet kept = most(often, frames.size(), 0);
      return IntStream.range(0, often.length).mapToObj(s -> kept.get(s, s + 1)).toList();
    }
    List<BitSet> masks = new ArrayList<>();
    for (int s = 0; s < sites.size(); s++) {
      int[] often = new int[sites.get(s).units()];
      for (List<BitSet> frame : frames) {
        frame.get(s).stream().forEach(u -> often[u]++);
      }
      masks.add(most(often, frames.size(), 1));
    }
    return masks;
  }

  private static int count(BitSet bits) {
    return bits.cardinality();
  }

  private static BitSet most(int[] often, int frames, int least) {
    long all = IntStream.of(often).sum();
    long kept = Math.max(least, Math.round((double) all / frames));
    BitSet mask = new BitSet();
    IntStream.range(0, often.length)
        .boxed()
        .sorted(Comparator.comparingInt((Integer u) -> -often[u]))
        .limit(kept)
        .forEach(mask::set);
    return mask;
  }

  /** {@code conv1=e0 conv2=8}: a site's live units in hexadecimal digits, unit 0 first. */
  static String text(List<GateSite> sites, List<BitSet> mask) {
    return IntStream.range(0, sites.size())
        .mapToObj(s -> new SiteGates(sites.get(s).name(), sites.get(s).units(), mask.get(s)))
        .map(SiteGates::toString)
        .collect(Collectors.joining(" "));
  }
}
