package io.drivemark.eval.runner.record;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.drivemark.eval.metrics.depth.DepthCrop;
import io.drivemark.eval.metrics.depth.DepthRule;
import io.drivemark.eval.metrics.depth.DepthScores;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How far a model's distances are off over a split: the errors of {@link DepthScores}, of each
 * frame and their means over frames, each frame counting alike. Immutable.
 *
 * @param rule which pixels were judged
 * @param mean the means over the frames that have a judged pixel; its pixels are their sum; absent
 *     if there is no such frame
 * @param frames those frames, in sample order
 * @param unjudged ids of the frames that have no judged pixel
 * @param confidence how sure the means are; absent if the frames make fewer than two clusters
 * @param slices the means over the frames that share an attribute's value
 * @param worstFrames pictures of the frames with the largest AbsRel, the largest first
 * @param differences from others: see {@link Entry#differences}; not kept in its cell
 */
public record DepthAccuracy(
    Rule rule,
    Optional<DepthScores> mean,
    List<Frame> frames,
    List<String> unjudged,
    Optional<Intervals> confidence,
    List<Slice> slices,
    List<Picture> worstFrames,
    List<Difference> differences) {
  public DepthAccuracy {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(mean, "mean");
    frames = List.copyOf(frames);
    unjudged = List.copyOf(unjudged);
    Objects.requireNonNull(confidence, "confidence");
    slices = List.copyOf(slices);
    worstFrames = List.copyOf(worstFrames);
    differences = List.copyOf(differences);
    if (mean.isPresent() == frames.isEmpty()) {
      throw new IllegalArgumentException("depth: a mean of no frames, or frames without a mean");
    }
  }

  /**
   * Which pixels were judged: those of a known distance between the limits, inside the crop.
   *
   * @param leastMetres nearer truth is not judged, nearer predictions are set to it
   * @param mostMetres farther truth is not judged, farther predictions are set to it; absent: no
   *     limit
   * @param crop {@code none}, {@code garg} or {@code eigen}
   */
  public record Rule(double leastMetres, OptionalDouble mostMetres, String crop) {
    private static final List<String> CROPS =
        Arrays.stream(DepthCrop.values()).map(c -> c.name().toLowerCase(Locale.ROOT)).toList();

    public Rule {
      Objects.requireNonNull(mostMetres, "mostMetres");
      if (!CROPS.contains(crop)) {
        throw new IllegalArgumentException("crop '" + crop + "' is none of " + CROPS);
      }
    }

    /** The rule as a record keeps it. */
    public static Rule of(DepthRule rule) {
      return new Rule(
          rule.leastMetres(),
          Double.isInfinite(rule.mostMetres())
              ? OptionalDouble.empty()
              : OptionalDouble.of(rule.mostMetres()),
          rule.crop().name().toLowerCase(Locale.ROOT));
    }

    /** The rule itself. */
    public DepthRule rule() {
      return new DepthRule(
          leastMetres,
          mostMetres.orElse(Double.POSITIVE_INFINITY),
          DepthCrop.values()[CROPS.indexOf(crop)]);
    }
  }

  /**
   * One frame.
   *
   * @param id the sample
   * @param scores its errors
   * @param attributes what else is known of it, its sequence for example; sorted by name
   */
  public record Frame(String id, DepthScores scores, Map<String, String> attributes) {
    public Frame {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(scores, "scores");
      attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }
  }

  /**
   * How sure the means are, by the bootstrap over clusters of frames.
   *
   * @param clusters what was drawn, in words
   * @param resamples how many draws
   * @param seed of the draws
   * @param level the nominal coverage, for example 0.95
   * @param errors by the names of {@link DepthScores#byName}
   * @param derivation the version of the rule that made the intervals
   */
  public record Intervals(
      String clusters,
      int resamples,
      long seed,
      double level,
      @JsonSetter(nulls = Nulls.FAIL) Map<String, Confidence.Range> errors,
      int derivation) {
    public Intervals {
      Objects.requireNonNull(clusters, "clusters");
      errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
    }
  }

  /**
   * The frames that share a value of an attribute.
   *
   * @param attribute for example weather
   * @param value for example rain
   * @param images how many of these frames have a judged pixel
   * @param scores the means over them
   */
  public record Slice(String attribute, String value, int images, DepthScores scores) {
    public Slice {
      Objects.requireNonNull(attribute, "attribute");
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(scores, "scores");
    }
  }

  /**
   * By how much a model's errors differ from another's on the same frames, engine and size, by the
   * paired bootstrap.
   *
   * @param from name of the other model
   * @param errors by the names of {@link DepthScores#byName}
   */
  public record Difference(
      String from, @JsonSetter(nulls = Nulls.FAIL) Map<String, Change> errors) {
    public Difference {
      Objects.requireNonNull(from, "from");
      errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
    }
  }

  /**
   * One error's difference.
   *
   * @param value this model's mean less the other's
   * @param low lower end of the 95 % percentile interval, which is too narrow with few clusters;
   *     absent with fewer than two
   * @param high upper end
   * @param expandedLow lower end of the interval widened for few clusters
   * @param expandedHigh upper end
   * @param swapP two-sided p-value of the swap test, not adjusted
   */
  public record Change(
      double value,
      OptionalDouble low,
      OptionalDouble high,
      OptionalDouble expandedLow,
      OptionalDouble expandedHigh,
      OptionalDouble swapP) {
    public Change {
      Objects.requireNonNull(low, "low");
      Objects.requireNonNull(high, "high");
      Objects.requireNonNull(expandedLow, "expandedLow");
      Objects.requireNonNull(expandedHigh, "expandedHigh");
      Objects.requireNonNull(swapP, "swapP");
    }
  }

  /** The same with these pictures of its worst frames. */
  public DepthAccuracy withWorstFrames(List<Picture> pictures) {
    return new DepthAccuracy(
        rule, mean, frames, unjudged, confidence, slices, pictures, differences);
  }

  /** The same with these differences from others. */
  public DepthAccuracy withDifferences(List<Difference> others) {
    return new DepthAccuracy(rule, mean, frames, unjudged, confidence, slices, worstFrames, others);
  }

  /** A model that could not be judged, or has random weights. */
  public static DepthAccuracy unjudged(DepthRule rule) {
    return new DepthAccuracy(
        Rule.of(rule),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }
}
