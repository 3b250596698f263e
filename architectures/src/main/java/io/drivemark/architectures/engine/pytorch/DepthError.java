package io.drivemark.architectures.engine.pytorch;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.DepthHead;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How wrong a map of depth [N, 1, h, w] is about distances: the mean, over the pixels whose
 * distance is known and within the head's range, of the error between the output, bilinearly
 * upsampled to the truth's size, and the distance in the output's own form (metres, their inverse
 * or their logarithm), or of their natural logarithms whatever the form. Other pixels have a
 * gradient of exactly 0. A step gives the distances as {@link #TARGET}, [N, H, W] in metres, NaN
 * where unknown. Of several outputs the errors are summed, each times its share; an output's first
 * map counts.
 *
 * @param shares the factor of each output, in order, the finest first
 * @param head what its numbers are
 * @param norm how errors count
 * @param weight see {@link LossTerm}
 */
public record DepthError(Map<String, Double> shares, DepthHead head, Norm norm, double weight)
    implements LossTerm {
  /** The name of the true distances. */
  public static final String TARGET = "depth";

  /** How an error e counts. */
  public enum Norm {
    /** |e|. */
    L1,
    /**
     * |e| up to c, above it (e² + c²)/(2c), c a fifth of the batch's largest |e| (Laina et al.,
     * arXiv 1606.00373).
     */
    BERHU,
    /**
     * |ln prediction − ln distance|, whatever the output's form; below half of what the range
     * allows, the logarithm goes on as its tangent, so that numbers at and below 0 still learn.
     */
    LOG
  }

  public DepthError {
    shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
    Objects.requireNonNull(head, "head");
    Objects.requireNonNull(norm, "norm");
    if (!(weight >= 0)) {
      throw new IllegalArgumentException("depth error: weight at least 0, found " + weight);
    }
    if (shares.isEmpty() || !shares.values().stream().allMatch(s -> s > 0)) {
      throw new IllegalArgumentException("depth error: shares above 0, found " + shares);
    }
  }

  /** Of one output. */
  public DepthError(String output, DepthHead head, Norm norm, double weight) {
    this(Map.of(output, 1.0), head, norm, weight);
  }

  /**
   * Of a network's scales, each counting half of the finer one before it: 1, 1/2, 1/4, 1/8.
   *
   * @param outputs the finest first
   */
  public static DepthError ofScales(List<String> outputs, DepthHead head, Norm norm) {
    Map<String, Double> shares = new LinkedHashMap<>();
    outputs.forEach(o -> shares.put(o, Math.scalb(1.0, -shares.size())));
    return new DepthError(shares, head, norm, 1);
  }

  @Override
  public List<String> outputs() {
    return List.copyOf(shares.keySet());
  }

  @Override
  public DepthError withWeight(double other) {
    return new DepthError(shares, head, norm, other);
  }

  @Override
  public Map<String, Shape> targets(Shape batch) {
    return Map.of(TARGET, Shape.of(batch.extent(0), batch.height(), batch.width()));
  }

  /** Whether a true distance counts. */
  boolean counts(float metres) {
    return metres >= (float) head.nearest() && metres <= (float) head.farthest();
  }

  @Override
  public String write(LossWriter writer) {
    String near = (double) (float) head.nearest() + "";
    String far = (double) (float) head.farthest() + "";
    List<String> maps = outputs().stream().map(writer::atFullSize).toList();
    writer.line(
        "known", "torch.logical_and(torch.ge(depth, " + near + "), torch.le(depth, " + far + "))");
    writer.line("metres", "torch.masked_fill(depth, torch.logical_not(known), " + near + ")");
    List<String> summands = new ArrayList<>();
    for (double share : shares.values()) {
      int i = summands.size();
      String value = error(writer, maps.get(i), i == 0 ? "" : "_" + i);
      summands.add(share == 1 ? value : "torch.mul(" + value + ", " + share + ")");
    }
    return PairViews.sum(summands);
  }

  /**
   * The mean error of one map.
   *
   * @param end of the names of its lines
   */
  private String error(LossWriter writer, String map, String end) {
    String apart = "apart" + end;
    writer.line(
        apart,
        "torch.masked_fill(torch.abs(torch.sub("
            + prediction(writer, "torch.select(" + map + ", 1, 0)", "plain" + end)
            + ", "
            + (norm == Norm.LOG ? "torch.log(metres)" : goal())
            + ")), torch.logical_not(known), 0.)");
    writer.once("many", "torch.clamp_min(torch.sum(torch.to(known, 6)), 1.)");
    if (norm != Norm.BERHU) {
      return "torch.div(torch.sum(" + apart + "), many)";
    }
    String c = "c" + end;
    String farApart = "far_apart" + end;
    writer.line(
        c, "torch.clamp_min(torch.mul(torch.max(torch.detach(" + apart + ")), 0.2), 1.e-06)");
    writer.line(
        farApart,
        "torch.div(torch.add(torch.mul("
            + apart
            + ", "
            + apart
            + "), torch.mul("
            + c
            + ", "
            + c
            + ")), torch.mul("
            + c
            + ", 2.))");
    return "torch.div(torch.sum(torch.where(torch.le("
        + apart
        + ", "
        + c
        + "), "
        + apart
        + ", torch.masked_fill("
        + farApart
        + ", torch.logical_not(known), 0.))), many)";
  }

  /** What is compared with the goal: the output itself, or the logarithm of its metres. */
  private String prediction(LossWriter writer, String output, String name) {
    if (norm != Norm.LOG) {
      return output;
    }
    return switch (head.form()) {
      case METRES -> logarithm(writer, name, output, head.nearest() / 2);
      case INVERSE -> "torch.neg(" + logarithm(writer, name, output, 0.5 / head.farthest()) + ")";
      case LOG -> output;
      case UNIT_INVERSE -> {
        String inverse = "torch.add(torch.mul(" + output + ", " + span() + "), " + low() + ")";
        yield "torch.neg(" + logarithm(writer, name, inverse, 0.5 / head.farthest()) + ")";
      }
    };
  }

  /** The natural logarithm, below a number its tangent there: ln max(x, a) + min(x, a)/a − 1. */
  private static String logarithm(LossWriter writer, String name, String x, double least) {
    writer.line(name, x);
    return "torch.sub(torch.add(torch.log(torch.clamp_min("
        + name
        + ", "
        + least
        + ")), torch.div(torch.clamp_max("
        + name
        + ", "
        + least
        + "), "
        + least
        + ")), 1.)";
  }

  private double low() {
    return 1 / head.farthest();
  }

  private double span() {
    return 1 / head.nearest() - low();
  }

  /** The true distances in the output's own form. */
  private String goal() {
    return switch (head.form()) {
      case METRES -> "metres";
      case INVERSE -> "torch.reciprocal(metres)";
      case LOG -> "torch.log(metres)";
      case UNIT_INVERSE ->
          "torch.div(torch.sub(torch.reciprocal(metres), " + low() + "), " + span() + ")";
    };
  }
}
