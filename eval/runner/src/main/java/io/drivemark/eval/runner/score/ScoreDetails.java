package io.drivemark.eval.runner.score;

import io.drivemark.eval.gauge.standard.BoundaryFGauge;
import io.drivemark.eval.metrics.Calibration;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.PerImageScores;
import io.drivemark.eval.metrics.ScoreIntervals;
import io.drivemark.eval.metrics.boundary.BoundaryCounts;
import io.drivemark.eval.metrics.errata.Erratum;
import io.drivemark.eval.metrics.safety.VulnerableRecall;
import io.drivemark.eval.runner.derive.Slice;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be said of a score beside its headline: how sure it is, where it is bad, what it means
 * for driving. Immutable.
 *
 * @param categoryIou by category; empty if the dataset has none
 * @param levels by level, where the names of classes have levels (Mapillary Vistas)
 * @param objects instance-level IoU, where the dataset defines it and its object files are there
 * @param intervals empty if the frames make fewer than two clusters
 * @param perImage the per-image family
 * @param slices by attribute and value, for attributes with at least two values and not too many
 * @param people regions of vulnerable road users, where the label space has such classes
 * @param regions parts of the image that matter more
 * @param boundaries where asked for
 * @param flicker where asked for
 * @param calibration where confidences were given
 * @param errata numbers that published tools get wrong here
 */
public record ScoreDetails(
    Map<String, MetricValue> categoryIou,
    Map<Integer, LevelScore> levels,
    Optional<ObjectScores> objects,
    Optional<ScoreIntervals> intervals,
    PerImageScores perImage,
    Map<String, Map<String, Slice>> slices,
    Optional<VulnerableRecall.Counts> people,
    List<RegionScore> regions,
    Optional<Boundaries> boundaries,
    Optional<Flickering> flicker,
    Optional<Calibration> calibration,
    List<Erratum> errata) {

  /**
   * IoU of groups of classes.
   *
   * @param miou over the groups that are scored
   * @param iou by group
   */
  public record LevelScore(MetricValue miou, Map<String, MetricValue> iou) {}

  /**
   * Instance-level IoU.
   *
   * @param classIou by class with a mean object size
   * @param categoryIou by category of which all classes have one
   */
  public record ObjectScores(
      Map<String, MetricValue> classIou, Map<String, MetricValue> categoryIou) {}

  /**
   * A slice with its name.
   *
   * @param attribute for example weather
   * @param value for example rain
   */
  public record NamedSlice(String attribute, String value, Slice slice) {}

  /**
   * A part of the image.
   *
   * @param name for example near-field
   * @param miou under the score's protocol
   * @param falselyDrivable share of what is not drivable that is predicted drivable
   * @param falselyBlocked share of what is drivable that is predicted as something else
   */
  public record RegionScore(
      String name, MetricValue miou, MetricValue falselyDrivable, MetricValue falselyBlocked) {}

  /**
   * How well borders are met.
   *
   * @param counts for the boundary IoU, pooled over images
   * @param f boundary F by class; empty where not asked for
   * @param trimapMiou mIoU of the pixels within so many pixels of a border; empty where not asked
   *     for
   */
  public record Boundaries(
      Optional<BoundaryCounts> counts,
      Map<String, MetricValue> f,
      Map<Integer, MetricValue> trimapMiou) {

    /** The mean of the boundary F over the classes that have one. */
    public MetricValue meanF() {
      return BoundaryFGauge.mean(f);
    }
  }

  public ScoreDetails {
    categoryIou = Collections.unmodifiableMap(new LinkedHashMap<>(categoryIou));
    levels = Collections.unmodifiableMap(new LinkedHashMap<>(levels));
    Objects.requireNonNull(objects, "objects");
    Objects.requireNonNull(intervals, "intervals");
    Objects.requireNonNull(perImage, "perImage");
    slices = Collections.unmodifiableMap(new LinkedHashMap<>(slices));
    Objects.requireNonNull(people, "people");
    regions = List.copyOf(regions);
    Objects.requireNonNull(boundaries, "boundaries");
    Objects.requireNonNull(flicker, "flicker");
    Objects.requireNonNull(calibration, "calibration");
    errata = List.copyOf(errata);
  }

  /** The slice with the lowest mIoU; the first of equals. */
  public Optional<NamedSlice> worstSlice() {
    return slices.entrySet().stream()
        .flatMap(
            attribute ->
                attribute.getValue().entrySet().stream()
                    .map(s -> new NamedSlice(attribute.getKey(), s.getKey(), s.getValue())))
        .filter(s -> s.slice().miou().isDefined())
        .min(Comparator.comparingDouble(s -> s.slice().miou().value().orElseThrow()));
  }
}
