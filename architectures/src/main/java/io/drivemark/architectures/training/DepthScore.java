package io.drivemark.architectures.training;

import io.drivemark.eval.metrics.depth.DepthRule;
import io.drivemark.eval.metrics.depth.DepthScores;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How wrong a network is about the distances of val. Immutable.
 *
 * @param frames how many had distances that are judged
 * @param errors means over these frames, each counting alike; empty if there were none
 */
public record DepthScore(long frames, Optional<DepthScores> errors) implements ValScore {
  /** Which pixels are judged: those that are known, all of the image, up to any distance. */
  static final DepthRule RULE = DepthRule.everywhere();

  private static final String PROTOCOL =
      "all known distances, whole image, mean over frames of each frame's mean";
  private static final int NUMBERS = 14;

  public DepthScore {
    Objects.requireNonNull(errors, "errors");
    if (frames > 0 != errors.isPresent()) {
      throw new IllegalArgumentException("depth score of " + frames + " frames: " + errors);
    }
  }

  @Override
  public ValFigure figure() {
    return ValFigure.ABS_REL;
  }

  /** AbsRel. */
  @Override
  public OptionalDouble value() {
    return errors.map(e -> OptionalDouble.of(e.absRel())).orElse(OptionalDouble.empty());
  }

  /** One row: frames, pixels, and the bits of the errors in their order. */
  @Override
  public long[][] numbers() {
    long[] row = new long[NUMBERS];
    row[0] = frames;
    errors.ifPresent(
        e -> {
          row[1] = e.pixels();
          int i = 2;
          for (double error : e.byName().values()) {
            row[i++] = Double.doubleToRawLongBits(error);
          }
        });
    return new long[][] {row};
  }

  /** From {@link #numbers}; empty if these are no such numbers. */
  static Optional<DepthScore> of(long[][] numbers) {
    if (numbers.length != 1 || numbers[0].length != NUMBERS || numbers[0][0] < 0) {
      return Optional.empty();
    }
    long[] n = numbers[0];
    double[] e = new double[NUMBERS];
    for (int i = 2; i < NUMBERS; i++) {
      e[i] = Double.longBitsToDouble(n[i]);
    }
    DepthScores scores =
        new DepthScores(
            n[1], e[2], e[3], e[4], e[5], e[6], e[7], e[8], e[9], e[10], e[11], e[12], e[13]);
    return Optional.of(new DepthScore(n[0], n[0] > 0 ? Optional.of(scores) : Optional.empty()));
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(figure().fact(), ValFigure.text(value()));
    errors.ifPresent(
        e -> {
          facts.put("val-rmse", ValFigure.text(OptionalDouble.of(e.rmse())));
          facts.put("val-delta1", ValFigure.text(OptionalDouble.of(e.delta1())));
        });
    facts.put("val-protocol", PROTOCOL);
    return facts;
  }
}
