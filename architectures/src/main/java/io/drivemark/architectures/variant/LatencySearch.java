package io.drivemark.architectures.variant;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.latency.InterleavedMeter;
import io.drivemark.architectures.latency.LatencyMeter;
import io.drivemark.architectures.latency.LatencyTables;
import io.drivemark.architectures.latency.MeasuredShare;
import io.drivemark.architectures.latency.PredictedLatency;
import io.drivemark.architectures.pruning.PruningPlan;
import io.drivemark.architectures.pruning.Quantity;
import io.drivemark.architectures.pruning.Technique;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the largest plan whose measured latency is at most {@code share} × the network's. Plans are
 * made for a predicted share. The network that a plan leaves is measured side by side with the
 * whole one, and the predicted share of the next plan is corrected by the result.
 *
 * <p>The chosen plan is measured once more, and its evidence holds that second measurement: the
 * largest of several noisy measurements below the share is too low on average. The second one may
 * lie above the share by less than the A-A band, which is a tie. If it lies farther above, the
 * choice was luck, and the next smaller plan is measured once more. Not thread-safe.
 */
final class LatencySearch {
  /** Plans that are measured. */
  static final int ROUNDS = 6;

  /** Rounds at most while what was found lies far under the share. */
  static final int MOST_ROUNDS = 12;

  /** What lies farther under the share than this is far under it. */
  static final double FAR = 0.1;

  /** Frames by which the normalisation of a plan's network is made to fit again. */
  static final int RECALIBRATION_FRAMES = 8;

  /** How far under the share a measured one may lie without a further round. */
  static final double CLOSE = 0.02;

  private final Network reference;
  private final Network network;
  private final Planner planner;
  private final PruneRequest.KeepLatency keep;
  private final Quantity predicted;
  private final LatencyMeter meter;
  private final int height;
  private final int width;
  private final String engine;
  private final Progress progress;
  private final List<Attempt> attempts = new ArrayList<>();

  /** A plan and what it leaves. */
  private record Attempt(PruningPlan plan, double predicted, MeasuredShare measured) {}

  /**
   * @param reference the network whose latency is a share of 1
   * @param network the network that is pruned: the reference, or what earlier rounds left of it
   * @param predicted predicts the latency of the networks that plans leave
   * @param height height of the images
   * @param width width of the images
   * @param engine name and version of the engine, for the evidence
   */
  LatencySearch(
      Network reference,
      Network network,
      Planner planner,
      PruneRequest.KeepLatency keep,
      Quantity predicted,
      LatencyMeter meter,
      int height,
      int width,
      String engine,
      Progress progress) {
    this.reference = reference;
    this.network = network;
    this.planner = planner;
    this.keep = keep;
    this.predicted = predicted;
    this.meter = meter;
    this.height = height;
    this.width = width;
    this.engine = engine;
    this.progress = progress;
  }

  /** A search that measures on this machine. */
  static LatencySearch on(
      Network reference,
      Network network,
      Planner planner,
      Technique technique,
      PruneRequest.KeepLatency keep,
      CalibrationSet frames,
      LatencyTables tables,
      Progress progress) {
    int height = frames.height();
    int width = frames.width();
    PredictedLatency latency =
        PredictedLatency.of(
            reference,
            height,
            width,
            technique.changesWidths(),
            tables.open(keep.setup()),
            progress);
    return new LatencySearch(
        reference,
        network,
        planner,
        keep,
        new Predicted(latency),
        delivered(
            new InterleavedMeter(
                keep.setup(), height, width, frames.get(0).image(), NanoClock.SYSTEM),
            frames,
            keep.setup().threads()),
        height,
        width,
        keep.setup().engine()
            + " "
            + keep.setup().version()
            + ", threads "
            + keep.setup().threads(),
        progress);
  }

  /**
   * Measures parts as they are delivered, with their normalisation measured anew. Without that most
   * values behind a cut lie on one side of zero, activations branch one way, and a processor that
   * foresees it makes the part faster than it will be.
   */
  private static LatencyMeter delivered(LatencyMeter meter, CalibrationSet frames, int threads) {
    List<float[]> images = frames.images();
    List<float[]> few = images.subList(0, Math.min(RECALIBRATION_FRAMES, images.size()));
    return (whole, part, progress) ->
        meter.measure(
            whole, Recalibration.of(part, frames.batch(1), few, threads, Progress.NONE), progress);
  }

  /** The predicted latency as something to keep a share of. */
  record Predicted(PredictedLatency latency) implements Quantity {
    @Override
    public String key() {
      return "latency";
    }

    @Override
    public double amount(Network network, int height, int width) {
      return latency.nanos(network);
    }
  }

  /**
   * Seeks.
   *
   * @return a plan that leaves at most the share, or as much as the band cannot tell from it, with
   *     what was predicted and what was measured after it was chosen
   * @throws BadInputException if the most that can go leaves more; the message has how much
   */
  PruningPlan run() {
    double left = amount(network) / amount(reference);
    double least = left * planner.least(predicted);
    ShareSearch shares = new ShareSearch(keep.share() - CLOSE / 2, least);
    Optional<Attempt> best = Optional.empty();
    while (attempts.size() < rounds(best) && shares.isOpen()) {
      double wanted = shares.next();
      Attempt attempt = attempt(wanted, left);
      double measured = attempt.measured().share();
      if (measured <= keep.share()) {
        best = best.filter(b -> b.measured().share() >= measured).or(() -> Optional.of(attempt));
        if (keep.share() - measured <= CLOSE) {
          break;
        }
      }
      shares.found(wanted, measured);
    }
    if (best.isEmpty()) {
      Attempt most = attempt(least, left);
      if (most.measured().share() > keep.share()) {
        throw unreachable(most);
      }
    }
    return withEvidence(confirmed(least, left));
  }

  /** The largest plan that was measured under the share and, measured again, is not above it. */
  private Attempt confirmed(double least, double left) {
    List<Attempt> under =
        attempts.stream()
            .filter(a -> a.measured().share() <= keep.share())
            .sorted(Comparator.comparingDouble((Attempt a) -> a.measured().share()).reversed())
            .toList();
    Attempt again = null;
    for (Attempt attempt : under) {
      again = again(attempt);
      if (isAtMostTheShare(again)) {
        return again;
      }
    }
    Attempt most = attempt(least, left);
    if (!under.contains(most)) {
      again = again(most);
    }
    if (!isAtMostTheShare(again)) {
      throw unreachable(again);
    }
    return again;
  }

  private Attempt again(Attempt attempt) {
    Network small = attempt.plan().apply(network);
    return new Attempt(
        attempt.plan(), attempt.predicted(), meter.measure(reference, small, progress));
  }

  private boolean isAtMostTheShare(Attempt attempt) {
    return attempt.measured().share() <= keep.share() + attempt.measured().halfBand();
  }

  private double amount(Network of) {
    return predicted.amount(of, height, width);
  }

  private int rounds(Optional<Attempt> best) {
    boolean close = best.filter(b -> keep.share() - b.measured().share() <= FAR).isPresent();
    return close ? ROUNDS : MOST_ROUNDS;
  }

  /** Plans that remove the same are measured once. */
  private Attempt attempt(double share, double left) {
    PruningPlan plan = planner.keep(predicted, Math.min(1, share / left));
    for (Attempt earlier : attempts) {
      if (earlier.plan().removesTheSame(plan)) {
        return earlier;
      }
    }
    Network small = plan.apply(network);
    double predictedShare = amount(small) / amount(reference);
    Attempt attempt = new Attempt(plan, predictedShare, meter.measure(reference, small, progress));
    attempts.add(attempt);
    return attempt;
  }

  private PruningPlan withEvidence(Attempt attempt) {
    Map<String, String> found =
        LatencyFacts.of(
            engine, where(), LatencyFacts.share(attempt.predicted()), attempt.measured());
    String goal = attempt.plan().goal();
    int scope = goal.indexOf(", ");
    return attempt
        .plan()
        .with(
            "latency="
                + keep.share()
                + " at "
                + where()
                + " on "
                + keep.setup()
                + (scope < 0 ? "" : goal.substring(scope)),
            found);
  }

  private String where() {
    return height + "x" + width;
  }

  private BadInputException unreachable(Attempt attempt) {
    double left = attempt.measured().share();
    return new BadInputException(
        String.format(
            Locale.ROOT,
            "network %s cannot be pruned to %s of its latency at %s on %s: %.4f were measured"
                + " (%.4f predicted, A-A band ±%.4f) with all removed that may be. %s",
            reference.name(),
            keep.share(),
            where(),
            keep.setup(),
            left,
            attempt.predicted(),
            attempt.measured().halfBand(),
            attempt.measured().nearest()));
  }
}
