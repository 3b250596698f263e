package io.drivemark.eval.runner.derive;

import io.drivemark.eval.metrics.gates.GateVariation;
import io.drivemark.eval.metrics.gates.GatedMacs;
import io.drivemark.eval.metrics.gates.SiteGates;
import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.Cost.FrameWork;
import io.drivemark.eval.runner.record.Cost.Gated;
import io.drivemark.eval.runner.record.Cost.Site;
import io.drivemark.eval.runner.record.Cost.Spread;
import io.drivemark.eval.runner.record.Cost.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** From the gates of frames to what a record says of a gated network's cost. Stateless. */
public final class GatedCosts {
  private GatedCosts() {}

  /**
   * What a gated network switched on; without pictures.
   *
   * @param samples the ids of the judged frames
   * @param gates of each of them
   * @param macs of each of them; empty where they are not known
   * @throws IllegalArgumentException if frames contradict each other: they are not of one network
   */
  public static Gated of(List<String> samples, List<List<SiteGates>> gates, List<GatedMacs> macs) {
    GateVariation variation = GateVariation.of(gates);
    requireEqualCosts(samples, gates, macs);
    requireBounded(samples, gates, macs);
    List<Site> sites =
        variation.sites().stream()
            .map(
                s ->
                    new Site(
                        s.name(),
                        s.units(),
                        (double) s.live() / variation.frames(),
                        s.always(),
                        s.never()))
            .toList();
    return new Gated(
        sites,
        macs.isEmpty() ? Optional.empty() : Optional.of(work(samples, macs)),
        Optional.empty(),
        Optional.empty());
  }

  /** Frames with the same gates cost the same. */
  private static void requireEqualCosts(
      List<String> samples, List<List<SiteGates>> gates, List<GatedMacs> macs) {
    Map<List<SiteGates>, Integer> first = new HashMap<>();
    for (int i = 0; i < macs.size(); i++) {
      int before = first.getOrDefault(gates.get(i), i);
      first.put(gates.get(i), before);
      if (!macs.get(before).equals(macs.get(i))) {
        throw new IllegalArgumentException(
            "frames "
                + samples.get(before)
                + " and "
                + samples.get(i)
                + " have the same gates and cost "
                + macs.get(before).strict()
                + " and "
                + macs.get(i).strict()
                + " MACs");
      }
    }
  }

  /** With all units live a frame costs the dense network and the heads; never more. */
  private static void requireBounded(
      List<String> samples, List<List<SiteGates>> gates, List<GatedMacs> macs) {
    for (int i = 0; i < macs.size(); i++) {
      GatedMacs of = macs.get(i);
      long most = of.dense() + of.heads();
      boolean all = gates.get(i).stream().allMatch(site -> site.live() == site.units());
      if (of.strict() > most || all && of.strict() < most) {
        throw new IllegalArgumentException(
            "frame "
                + samples.get(i)
                + " costs "
                + of.strict()
                + " MACs, with all units live it is "
                + most);
      }
    }
  }

  private static Work work(List<String> samples, List<GatedMacs> macs) {
    GatedMacs first = macs.get(0);
    List<FrameWork> frames = new ArrayList<>();
    for (int i = 0; i < macs.size(); i++) {
      GatedMacs of = macs.get(i);
      if (of.dense() != first.dense() || of.heads() != first.heads()) {
        throw new IllegalArgumentException(
            "frame "
                + samples.get(i)
                + " is of a dense network of "
                + of.dense()
                + " MACs with heads of "
                + of.heads()
                + ", the first frame of "
                + first.dense()
                + " and "
                + first.heads());
      }
      frames.add(new FrameWork(samples.get(i), of.strict(), of.paper()));
    }
    return new Work(
        first.dense(),
        first.heads(),
        spread(frames, FrameWork::strict),
        spread(frames, FrameWork::paper),
        frames);
  }

  private static Spread spread(List<FrameWork> frames, ToLongFunction<FrameWork> number) {
    long[] values = frames.stream().mapToLong(number).toArray();
    long sum = 0;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (long value : values) {
      sum = Math.addExact(sum, value);
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    double mean = (double) sum / values.length;
    double squares = 0;
    for (long value : values) {
      squares += (value - mean) * (value - mean);
    }
    double std = values.length == 1 ? 0 : Math.sqrt(squares / (values.length - 1));
    return new Spread(mean, std, min, max);
  }

  /**
   * The first frame that took least; empty where all took the same, or it is not known what they
   * took.
   */
  public static Optional<String> least(Gated gated) {
    return extreme(gated, w -> w.strict().min());
  }

  /** The first frame that took most; empty as {@link #least}. */
  public static Optional<String> most(Gated gated) {
    return extreme(gated, w -> w.strict().max());
  }

  private static Optional<String> extreme(Gated gated, ToLongFunction<Cost.Work> macs) {
    return gated
        .work()
        .filter(w -> w.strict().min() < w.strict().max())
        .flatMap(
            w ->
                w.frames().stream()
                    .filter(f -> f.strict() == macs.applyAsLong(w))
                    .map(FrameWork::id)
                    .findFirst());
  }
}
