package io.drivemark.architectures.estimate;

import io.drivemark.architectures.estimate.GateEstimate.Row;
import io.drivemark.architectures.estimate.GateEstimate.Spread;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.pruning.gate.GateDesign;
import io.drivemark.architectures.pruning.gate.GatePlacement;
import io.drivemark.architectures.pruning.gate.GateSite;
import io.drivemark.architectures.pruning.gate.GateTarget;
import io.drivemark.architectures.pruning.gate.GatedCost;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import io.drivemark.eval.metrics.gates.GateVariation;
import io.drivemark.eval.metrics.gates.SiteGates;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Says what ratios would save on a network, from the responses of its units to some frames. The
 * network is run once over the frames; ratios are then tried on the numbers that are kept. Not
 * thread-safe.
 *
 * <p>After Elkerdawy et al., 2022, arXiv:2110.08232, where the reduction is known before training.
 */
public final class GateEstimator {
  /** The ratios of a curve unless others are asked for. */
  public static final List<Double> RATIOS = List.of(1.0, .97, .95, .92, .9, .85, .8, .7, .6, .5);

  /** Ratios are sought in steps of 1 / this. */
  private static final int STEPS = 1000;

  /** Frames whose latency is predicted, evenly spread: each takes a network of its own. */
  private static final int CLOCK_FRAMES = 4;

  private final Network dense;
  private final GatePlacement placement;
  private final FrameResponses responses;
  private final DoubleFunction<GateTarget> targets;
  private final GatedNetwork gated;
  private final GatedCost cost;
  private final Tiles tiles;
  private final int height;
  private final int width;
  private Optional<GateClock> clock = Optional.empty();

  /** As below, with masks for whole frames. */
  public GateEstimator(
      Network dense,
      GatePlacement placement,
      DoubleFunction<GateTarget> targets,
      List<float[]> images,
      int height,
      int width,
      int threads,
      Progress progress) {
    this(dense, placement, Tiles.WHOLE, targets, images, height, width, threads, progress);
  }

  /**
   * Frames are looked at once, here.
   *
   * @param dense without gates
   * @param tiles of a frame, each of which has masks of its own; a tile's share of the work is its
   *     share of the frame, what it reads beyond its border is not counted
   * @param targets for a ratio the target of single units
   * @param images normalised, [3, height, width], each read when it is its turn
   * @param threads of the operators
   * @throws BadInputException if no place of the network can have gates, or maps are too small for
   *     the tiles; the message says why
   */
  public GateEstimator(
      Network dense,
      GatePlacement placement,
      Tiles tiles,
      DoubleFunction<GateTarget> targets,
      List<float[]> images,
      int height,
      int width,
      int threads,
      Progress progress) {
    if (placement.sites().isEmpty()) {
      throw nowhere(dense, placement);
    }
    this.dense = dense;
    this.placement = placement;
    this.tiles = tiles;
    this.targets = targets;
    this.height = height;
    this.width = width;
    this.gated = GatedNetwork.attach(dense, placement.sites(), GateDesign.published(1), Map.of());
    this.cost = GatedCost.of(gated, height, width);
    this.responses =
        FrameResponses.of(
            dense, placement.sites(), tiles, images, height, width, threads, progress);
  }

  private static BadInputException nowhere(Network dense, GatePlacement placement) {
    StringBuilder why = new StringBuilder();
    placement
        .refused()
        .forEach((name, reason) -> why.append("\n  ").append(name).append(": ").append(reason));
    return new BadInputException(
        "network "
            + dense.name()
            + " has no place where units can be switched for each frame"
            + (why.isEmpty() ? ": it has no unit of layers that can be left out" : why));
  }

  /**
   * From now on rows say what the clock would give.
   *
   * @throws IllegalStateException if there are tiles: no network computes each in its own time
   */
  public void timedBy(GateClock newClock) {
    if (tiles.count() > 1) {
      throw new IllegalStateException("masks of tiles cannot be timed");
    }
    clock = Optional.of(newClock);
  }

  /** The network with gates that the estimate is of; its heads know nothing. */
  public GatedNetwork gated() {
    return gated;
  }

  /**
   * The curve.
   *
   * @param name of the model, for people, as are the three that follow
   */
  public GateEstimate estimate(
      String name, String frames, String target, String unit, List<Double> ratios) {
    Map<String, Shape> shapes = dense.shapesAt(height, width);
    return new GateEstimate(
        name,
        height,
        width,
        frames,
        target,
        unit,
        tiles,
        cost.dense(),
        cost.heads() * tiles.count(),
        placement.sites().stream()
            .map(
                s ->
                    new GateEstimate.Site(
                        s.name(),
                        s.units(),
                        s.unit(),
                        shapes.get(s.tap()).height(),
                        shapes.get(s.tap()).width()))
            .toList(),
        placement.refused(),
        clock.map(GateClock::toString),
        ratios.stream().sorted(Comparator.reverseOrder()).map(this::row).toList());
  }

  /** What one ratio gives. */
  public Row row(double ratio) {
    List<List<BitSet>> samples = live(ratio);
    List<GateSite> sites = placement.sites();
    double whole = cost.dense();
    List<ConstantMask> bySite = new ArrayList<>();
    for (int s = 0; s < sites.size(); s++) {
      int index = s;
      bySite.add(
          ConstantMask.of(samples.stream().map(f -> f.get(index)).toList(), sites.get(s).units()));
    }
    return new Row(
        ratio,
        Spread.of(byFrame(samples, f -> strict(f) / whole)),
        Spread.of(byFrame(samples, f -> cost.paper(f) / whole)),
        GateVariation.of(samples.stream().map(this::named).toList()),
        ConstantMask.of(samples.stream().map(this::joined).toList(), gated.units()),
        strict(merged(samples, true)) / whole,
        strict(merged(samples, false)) / whole,
        clock.isPresent() ? OptionalDouble.of(latency(samples)) : OptionalDouble.empty(),
        bySite);
  }

  /** Of one mask: what must be computed with it, and a head for each tile. */
  private double strict(List<BitSet> live) {
    return cost.strict(live) + (double) cost.heads() * (tiles.count() - 1);
  }

  /** A number of each frame, the mean over its tiles. */
  private double[] byFrame(List<List<BitSet>> samples, ToDoubleFunction<List<BitSet>> number) {
    int each = tiles.count();
    double[] frames = new double[samples.size() / each];
    for (int i = 0; i < frames.length; i++) {
      frames[i] =
          samples.subList(i * each, (i + 1) * each).stream()
              .mapToDouble(number)
              .average()
              .orElseThrow();
    }
    return frames;
  }

  /**
   * The greatest ratio, in thousandths, with which a frame takes at most a share of the
   * multiply-accumulates on average, heads included.
   *
   * @throws BadInputException if even the least takes more; the message has how much
   */
  public double ratioForMacs(double share) {
    return ratio(share, "multiply-accumulates", this::macs);
  }

  /**
   * As above, of the predicted latency.
   *
   * @throws IllegalStateException if there is no clock
   */
  public double ratioForLatency(double share) {
    if (clock.isEmpty()) {
      throw new IllegalStateException("an estimate without a clock predicts no latency");
    }
    return ratio(share, "predicted latency", r -> latency(live(r)));
  }

  /** The least predicted share of the latency that a ratio gives. */
  public double leastLatency() {
    return latency(live(1.0 / STEPS));
  }

  /** The share of the multiply-accumulates that a frame takes on average, heads included. */
  public double macs(double ratio) {
    return live(ratio).stream().mapToDouble(this::strict).average().orElseThrow() / cost.dense();
  }

  private double ratio(double share, String of, ToDoubleFunction<Double> given) {
    if (given.applyAsDouble(1.0) <= share) {
      return 1;
    }
    double least = given.applyAsDouble(1.0 / STEPS);
    if (least > share) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "network %s cannot be made to take %s of its %s: with one unit a site it takes %.4f,"
                  + " heads included. Ask for %.2f or more, or for other units",
              dense.name(),
              share,
              of,
              least,
              Math.ceil(least * 100) / 100));
    }
    int low = 1;
    int high = STEPS;
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (given.applyAsDouble((double) middle / STEPS) <= share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (double) low / STEPS;
  }

  /**
   * The live units of the frame whose cost is the median one.
   *
   * @return of each site
   */
  public List<BitSet> typical(double ratio) {
    List<List<BitSet>> frames = live(ratio);
    return frames.stream()
        .sorted(Comparator.comparingLong(cost::strict))
        .skip((frames.size() - 1) / 2)
        .findFirst()
        .orElseThrow();
  }

  private List<List<BitSet>> live(double ratio) {
    return responses.live(targets.apply(ratio));
  }

  private double latency(List<List<BitSet>> frames) {
    GateClock by = clock.orElseThrow();
    int n = Math.min(CLOCK_FRAMES, frames.size());
    return IntStream.range(0, n)
        .mapToDouble(i -> by.share(frames.get((int) ((long) i * frames.size() / n))))
        .average()
        .orElseThrow();
  }

  private List<SiteGates> named(List<BitSet> frame) {
    List<SiteGates> named = new ArrayList<>();
    for (int s = 0; s < frame.size(); s++) {
      GateSite site = placement.sites().get(s);
      named.add(new SiteGates(site.name(), site.units(), frame.get(s)));
    }
    return named;
  }

  private BitSet joined(List<BitSet> sites) {
    BitSet all = new BitSet();
    int from = 0;
    for (int s = 0; s < sites.size(); s++) {
      int offset = from;
      sites.get(s).stream().forEach(u -> all.set(offset + u));
      from += placement.sites().get(s).units();
    }
    return all;
  }

  /** Of each site what is live in some frame, or in every frame. */
  private static List<BitSet> merged(List<List<BitSet>> frames, boolean some) {
    List<BitSet> out = new ArrayList<>();
    for (int s = 0; s < frames.get(0).size(); s++) {
      BitSet bits = (BitSet) frames.get(0).get(s).clone();
      for (List<BitSet> frame : frames) {
        if (some) {
          bits.or(frame.get(s));
        } else {
          bits.and(frame.get(s));
        }
      }
      out.add(bits);
    }
    return out;
  }
}
