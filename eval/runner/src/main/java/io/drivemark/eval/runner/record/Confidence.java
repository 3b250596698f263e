package io.drivemark.eval.runner.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How sure an accuracy is, by the bootstrap over clusters of frames. Immutable.
 *
 * @param clusters what was drawn, in words
 * @param resamples how many draws
 * @param seed of the draws
 * @param level the nominal coverage, for example 0.95
 * @param miou of the mean IoU
 * @param iou by class name
 * @param derivation the version of the rule that made the intervals; records of old do not say it
 */
public record Confidence(
    String clusters,
    int resamples,
    long seed,
    double level,
    Range miou,
    @JsonSetter(nulls = Nulls.FAIL) Map<String, Range> iou,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Integer> derivation) {

  /** Intervals of a record that does not say its derivation. */
  public Confidence(
      String clusters, int resamples, long seed, double level, Range miou, Map<String, Range> iou) {
    this(clusters, resamples, seed, level, miou, iou, Optional.empty());
  }

  /**
   * The intervals of one number; empty ends where it is undefined.
   *
   * @param low of the percentile interval
   * @param high of the percentile interval
   * @param bcaLow of the bias-corrected and accelerated interval
   * @param bcaHigh of the bias-corrected and accelerated interval
   * @param expandedLow of the percentile interval widened for few clusters; records of old have
   *     none
   * @param expandedHigh of the percentile interval widened for few clusters
   */
  public record Range(
      OptionalDouble low,
      OptionalDouble high,
      OptionalDouble bcaLow,
      OptionalDouble bcaHigh,
      OptionalDouble expandedLow,
      OptionalDouble expandedHigh) {
    public Range {
      Objects.requireNonNull(low, "low");
      Objects.requireNonNull(high, "high");
      Objects.requireNonNull(bcaLow, "bcaLow");
      Objects.requireNonNull(bcaHigh, "bcaHigh");
      Objects.requireNonNull(expandedLow, "expandedLow");
      Objects.requireNonNull(expandedHigh, "expandedHigh");
    }

    private Range withoutExpanded() {
      return new Range(low, high, bcaLow, bcaHigh, OptionalDouble.empty(), OptionalDouble.empty());
    }
  }

  public Confidence {
    Objects.requireNonNull(clusters, "clusters");
    Objects.requireNonNull(miou, "miou");
    iou = Collections.unmodifiableMap(new LinkedHashMap<>(iou));
    Objects.requireNonNull(derivation, "derivation");
  }

  /**
   * The version of the rule that made the intervals. Records that do not say it are of version 1 if
   * no interval is widened for few clusters, else of version 2.
   */
  public int version() {
    return derivation.orElse(isExpanded() ? 2 : 1);
  }

  /** Whether the intervals are the same, whether or not both say their derivation. */
  public boolean agrees(Confidence other) {
    return with(Optional.empty()).equals(other.with(Optional.empty()));
  }

  private Confidence with(Optional<Integer> other) {
    return new Confidence(clusters, resamples, seed, level, miou, iou, other);
  }

  /** Whether any number has its interval widened for few clusters; records of old have none. */
  public boolean isExpanded() {
    return miou.expandedLow().isPresent()
        || iou.values().stream().anyMatch(range -> range.expandedLow().isPresent());
  }

  /** The same as records of old have it. */
  public Confidence withoutExpanded() {
    Map<String, Range> others = new LinkedHashMap<>();
    iou.forEach((name, range) -> others.put(name, range.withoutExpanded()));
    return new Confidence(clusters, resamples, seed, level, miou.withoutExpanded(), others);
  }
}
