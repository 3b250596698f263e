package io.drivemark.architectures.engine.pytorch;

import io.drivemark.architectures.graph.op.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One output of disparities and the photographs at its extent, for the terms of pairs; what signs
 * mean and what lies beyond the border says {@link PhotometricError}. Not thread-safe.
 */
final class PairViews {
  private static final int CHANNELS = 3;

  private final LossWriter writer;
  private final int number;
  private final Shape shape;
  private final String expression;

  private PairViews(LossWriter writer, String output) {
    this.writer = writer;
    this.number = writer.number(output);
    this.shape = writer.shape(output);
    this.expression = writer.expression(output);
    if (shape.channels() != 2) {
      throw new IllegalArgumentException(
          "output " + output + " is " + shape + ", expected disparities of two views");
    }
  }

  /** The outputs of a term, finest first, ready for its lines. */
  static List<PairViews> of(LossWriter writer, List<String> outputs) {
    return outputs.stream().map(output -> new PairViews(writer, output)).toList();
  }

  /** The photographs that a step gives. */
  static Map<String, Shape> targets(Shape batch) {
    Map<String, Shape> all = new LinkedHashMap<>();
    Shape shape = Shape.of(batch.extent(0), CHANNELS, batch.height(), batch.width());
    all.put(PhotometricError.LEFT, shape);
    all.put(PhotometricError.RIGHT, shape);
    return all;
  }

  /** Checks what terms of pairs are made of. */
  static List<String> checked(List<String> outputs, double weight) {
    if (outputs.isEmpty() || !(weight >= 0)) {
      throw new IllegalArgumentException(
          "a loss of pairs: outputs " + outputs + ", weight " + weight);
    }
    return List.copyOf(outputs);
  }

  /** The height of the output. */
  int height() {
    return shape.height();
  }

  /** The width of the output. */
  int width() {
    return shape.width();
  }

  /** The disparities of the left view, [N, 1, h, w]. */
  String leftDisparity() {
    return writer.once("dl" + number, "torch.slice(" + expression + ", 1, 0, 1, 1)");
  }

  /** The disparities of the right view. */
  String rightDisparity() {
    return writer.once("dr" + number, "torch.slice(" + expression + ", 1, 1, 2, 1)");
  }

  /** The left photographs at the output's extent, [N, 3, h, w]. */
  String left() {
    return averaged("il", PhotometricError.LEFT);
  }

  /** The right photographs at the output's extent. */
  String right() {
    return averaged("ir", PhotometricError.RIGHT);
  }

  private String averaged(String name, String photographs) {
    return writer.once(
        name + number,
        "torch.adaptive_avg_pool2d(" + photographs + ", [" + height() + ", " + width() + "])");
  }

  /** A map of the right view as the left view sees it, by the left view's disparities. */
  String fromRight(String map) {
    return moved(map, "sl", "torch.mul(" + leftDisparity() + ", -2.)");
  }

  /** A map of the left view as the right view sees it, by the right view's disparities. */
  String fromLeft(String map) {
    return moved(map, "sr", "torch.mul(" + rightDisparity() + ", 2.)");
  }

  /** Columns and rows are −1 to 1 from the first one's left border to the last one's right one. */
  private String moved(String map, String grid, String shift) {
    String ones =
        writer.once("ones" + number, "torch.ones_like(torch.detach(" + leftDisparity() + "))");
    String columns = writer.once("columns" + number, places(ones, 3, width()));
    String rows = writer.once("rows" + number, places(ones, 2, height()));
    String places =
        writer.once(
            grid + number,
            "torch.stack([torch.select(torch.add("
                + columns
                + ", "
                + shift
                + "), 1, 0), torch.select("
                + rows
                + ", 1, 0)], 3)");
    return "torch.grid_sampler(" + map + ", " + places + ", 0, 0, False)";
  }

  private static String places(String ones, int axis, int extent) {
    return "torch.sub(torch.div(torch.sub(torch.mul(torch.cumsum("
        + ones
        + ", "
        + axis
        + "), 2.), 1.), "
        + extent
        + "), 1.)";
  }

  /** The sum of values. */
  static String sum(List<String> values) {
    return values.stream().reduce((a, b) -> "torch.add(" + a + ", " + b + ")").orElseThrow();
  }

  /** The mean of |a − b|. */
  static String apart(String a, String b) {
    return "torch.mean(torch.abs(torch.sub(" + a + ", " + b + ")))";
  }
}
