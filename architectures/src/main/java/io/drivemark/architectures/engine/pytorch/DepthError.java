package io.drivemark.architectures.engine.pytorch;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.DepthHead;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How wrong a map of depth [N, 1, h, w] is about distances: the mean, over the pixels whose
 * distance is known and within the head's range, of the error between the output, bilinearly
 * upsampled to the truth's size, and the distance in the output's own form (metres, their inverse
 * or their logarithm), or of their natural logarithms whatever the form. Other pixels have a
 * gradient of exactly 0. A step gives the distances as {@link #TARGET}, [N, H, W] in metres, NaN
 * where unknown.
 *
 * @param output the network's output
 * @param head what its numbers are
 * @param norm how errors count
 * @param weight see {@link LossTerm}
 */
public record DepthError(String output, DepthHead head, Norm norm, double weight)
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
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(head, "head");
    Objects.requireNonNull(norm, "norm");
    if (!(weight >= 0)) {
      throw new IllegalArgumentException("depth error: weight at least 0, found " + weight);
    }
  }

  @Override
  public List<String> outputs() {
    return List.of(output);
  }

  @Override
  public DepthError withWeight(double other) {
    return new DepthError(output, head, norm, other);
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
    String z = writer.atFullSize(output);
    String near = (double) (float) head.nearest() + "";
    String far = (double) (float) head.farthest() + "";
    writer.line(
        "known", "torch.logical_and(torch.ge(depth, " + near + "), torch.le(depth, " + far + "))");
    writer.line("metres", "torch.masked_fill(depth, torch.logical_not(known), " + near + ")");
    writer.line(
        "apart",
        "torch.masked_fill(torch.abs(torch.sub("
            + prediction(writer, "torch.select(" + z + ", 1, 0)")
            + ", "
            + (norm == Norm.LOG ? "torch.log(metres)" : goal())
            + ")), torch.logical_not(known), 0.)");
    writer.line("many", "torch.clamp_min(torch.sum(torch.to(known, 6)), 1.)");
    if (norm != Norm.BERHU) {
      return "torch.div(torch.sum(apart), many)";
    }
    writer.line("c", "torch.clamp_min(torch.mul(torch.max(torch.detach(apart)), 0.2), 1.e-06)");
    writer.line(
        "far_apart",
        "torch.div(torch.add(torch.mul(apart, apart), torch.mul(c, c)), torch.mul(c, 2.))");
    return "torch.div(torch.sum(torch.where(torch.le(apart, c), apart, torch.masked_fill(far_apart,"
        + " torch.logical_not(known), 0.))), many)";
  }

  /** What is compared with the goal: the output itself, or the logarithm of its metres. */
  private String prediction(LossWriter writer, String output) {
    if (norm != Norm.LOG) {
      return output;
    }
    return switch (head.form()) {
      case METRES -> logarithm(writer, output, head.nearest() / 2);
      case INVERSE -> "torch.neg(" + logarithm(writer, output, 0.5 / head.farthest()) + ")";
      case LOG -> output;
      case UNIT_INVERSE -> {
        String inverse = "torch.add(torch.mul(" + output + ", " + span() + "), " + low() + ")";
        yield "torch.neg(" + logarithm(writer, inverse, 0.5 / head.farthest()) + ")";
      }
    };
  }

  /** The natural logarithm, below a number its tangent there: ln max(x, a) + min(x, a)/a − 1. */
  private static String logarithm(LossWriter writer, String x, double least) {
    writer.line("plain", x);
    return "torch.sub(torch.add(torch.log(torch.clamp_min(plain, "
        + least
        + ")), torch.div(torch.clamp_max(plain, "
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
