package io.drivemark.eval.metrics;

import io.drivemark.eval.statistics.ClusterBootstrap;
import io.drivemark.eval.statistics.Interval;
import io.drivemark.eval.statistics.Resampled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How sure a run's mIoU and IoUs are: intervals by the bootstrap over clusters of frames, from the
 * counts of the images alone. Immutable.
 *
 * @param miou the mean IoU
 * @param iou by class name, in index order
 * @param clusters what was drawn, for the report
 * @param bootstrap how it was drawn
 */
public record ScoreIntervals(
    Estimate miou, Map<String, Estimate> iou, String clusters, ClusterBootstrap bootstrap) {

  /**
   * A value and its intervals.
   *
   * @param value NaN-free; the protocol's own value up to the order of additions
   * @param percentile empty where the value is undefined
   * @param bca bias-corrected and accelerated; empty where it cannot be had
   * @param expanded the percentile interval widened for few clusters; empty where that is
   * @param undefinedDraws draws left out because the value was undefined in them
   */
  public record Estimate(
      MetricValue value,
      Optional<Interval> percentile,
      Optional<Interval> bca,
      Optional<Interval> expanded,
      int undefinedDraws) {
    public Estimate {
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(percentile, "percentile");
      Objects.requireNonNull(bca, "bca");
      Objects.requireNonNull(expanded, "expanded");
    }

    static Estimate of(Resampled resampled, int statistic) {
      double value = resampled.estimate(statistic);
      return new Estimate(
          Double.isNaN(value)
              ? MetricValue.undefined("undefined over all frames")
              : MetricValue.of(value),
          resampled.percentile(statistic),
          resampled.bca(statistic),
          resampled.expanded(statistic),
          resampled.undefinedDraws(statistic));
    }
  }

  public ScoreIntervals {
    Objects.requireNonNull(miou, "miou");
    iou = Collections.unmodifiableMap(new LinkedHashMap<>(iou));
    Objects.requireNonNull(clusters, "clusters");
    Objects.requireNonNull(bootstrap, "bootstrap");
  }

  /**
   * The intervals of a run; empty if there are fewer than two clusters, from which nothing follows.
   *
   * @param perImage the counts of each frame, in the order of the clusters
   * @throws IllegalArgumentException if their number is not that of the clusters' frames
   */
  public static Optional<ScoreIntervals> of(
      Protocol protocol,
      List<ConfusionMatrix> perImage,
      Clusters clusters,
      ClusterBootstrap bootstrap) {
    if (clusters.count() < 2) {
      return Optional.empty();
    }
    List<String> names = perImage.get(0).space().classNames();
    ScoreVectors vectors = new ScoreVectors(protocol, names.size());
    List<double[]> frames = new ArrayList<>();
    perImage.forEach(image -> frames.add(vectors.of(image)));
    Resampled resampled =
        bootstrap.resample(
            clusters.sums(frames), vectors.scores(), (sums, out) -> vectors.scores(sums, 0, out));
    Map<String, Estimate> iou = new LinkedHashMap<>();
    for (int c = 0; c < names.size(); c++) {
      iou.put(names.get(c), Estimate.of(resampled, 1 + c));
    }
    return Optional.of(
        new ScoreIntervals(Estimate.of(resampled, 0), iou, clusters.description(), bootstrap));
  }
}
