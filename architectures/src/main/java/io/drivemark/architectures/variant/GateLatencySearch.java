package io.drivemark.architectures.variant;

import io.drivemark.architectures.estimate.GateEstimator;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.latency.InterleavedMeter;
import io.drivemark.architectures.latency.LatencyMeter;
import io.drivemark.architectures.latency.MeasuredShare;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the greatest ratio with which the network takes at most a share of its parent's measured
 * latency. A ratio is chosen by the predicted latency; the parent with gates that have the median
 * frame's units live, heads included, is measured in turns with the parent over real frames, and
 * the predicted share that is asked for next is corrected by the result. Gates are not trained yet:
 * what they learn may use more or fewer units than the target says. Not thread-safe.
 */
final class GateLatencySearch {
  /** Ratios that are measured. */
  static final int ROUNDS = 6;

  /** How far under the share a measured one may lie without a further round. */
  static final double CLOSE = 0.02;

  /** Frames that are measured in turns. */
  static final int FRAMES = 8;

  private final GateEstimator estimator;
  private final Network parent;
  private final PruneRequest.KeepLatency keep;
  private final LatencyMeter meter;
  private final Progress progress;

  private record Attempt(double ratio, double predicted, MeasuredShare measured) {}

  GateLatencySearch(
      GateEstimator estimator,
      Network parent,
      PruneRequest.KeepLatency keep,
      LatencyMeter meter,
      Progress progress) {
    this.estimator = estimator;
    this.parent = parent;
    this.keep = keep;
    this.meter = meter;
    this.progress = progress;
  }

  /** A search that measures on this machine. */
  static GateLatencySearch on(
      GateEstimator estimator,
      VariantMaker.Setting setting,
      PruneRequest.KeepLatency keep,
      Progress progress) {
    return new GateLatencySearch(
        estimator, setting.parent().network(), keep, meter(setting.frames(), keep), progress);
  }

  /** Measures over some of the frames. */
  static LatencyMeter meter(CalibrationSet frames, PruneRequest.KeepLatency keep) {
    List<float[]> images = frames.images();
    return new InterleavedMeter(
        keep.setup(),
        frames.height(),
        frames.width(),
        List.copyOf(images.subList(0, Math.min(FRAMES, images.size()))),
        NanoClock.SYSTEM);
  }

  /**
   * Seeks.
   *
   * @param found gets what was predicted and measured
   * @return the ratio
   * @throws BadInputException if the least that can be live takes more; the message has how much
   */
  double run(Map<String, String> found) {
    double least = estimator.leastLatency();
    ShareSearch shares = new ShareSearch(keep.share() - CLOSE / 2, least);
    Optional<Attempt> best = Optional.empty();
    for (int round = 0; round < ROUNDS && shares.isOpen(); round++) {
      double wanted = Math.max(least, shares.next());
      Attempt attempt = attempt(wanted);
      double measured = attempt.measured().share();
      if (measured <= keep.share()) {
        best = best.filter(b -> b.measured().share() >= measured).or(() -> Optional.of(attempt));
        if (keep.share() - measured <= CLOSE) {
          break;
        }
      }
      shares.found(wanted, measured);
    }
    Attempt chosen = best.orElseGet(() -> attempt(least));
    if (chosen.measured().share() > keep.share() + chosen.measured().halfBand()) {
      throw unreachable(chosen);
    }
    found.put("estimate-latency-engine", keep.setup().toString());
    found.put("estimate-latency-measured", GateMaker.number(chosen.measured().share()));
    found.put("estimate-latency-band", GateMaker.number(chosen.measured().halfBand()));
    return chosen.ratio();
  }

  private Attempt attempt(double predicted) {
    double ratio = estimator.ratioForLatency(predicted);
    Network gated = estimator.gated().constant(estimator.typical(ratio)).network();
    return new Attempt(ratio, predicted, meter.measure(parent, gated, progress));
  }

  private BadInputException unreachable(Attempt attempt) {
    double left = attempt.measured().share();
    return new BadInputException(
        String.format(
            Locale.ROOT,
            "network %s cannot be made to take %s of its latency on %s: %.4f were measured (%.4f"
                + " predicted, A-A band ±%.4f) with as little live as may be. %s, or for other units",
            parent.name(),
            keep.share(),
            keep.setup(),
            left,
            attempt.predicted(),
            attempt.measured().halfBand(),
            attempt.measured().nearest()));
  }
}
