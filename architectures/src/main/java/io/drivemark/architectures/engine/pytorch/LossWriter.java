package io.drivemark.architectures.engine.pytorch;

import io.drivemark.architectures.graph.op.Shape;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where {@link LossTerm}s write the lines of a learner's script. In it stand {@code t}, the labels
 * as whole numbers [N, H, W], {@code weights}, one a class, {@code kept}, Σ w of the valid pixels
 * and the number of pixels that count, and the terms' targets by their names. Not thread-safe.
 */
public final class LossWriter {
  /** Up to so many rows of a coarse map, a product is faster than PyTorch's own upsampling. */
  private static final int ROWS = 128;

  private final ScriptWriter network;
  private final int images;
  private final int[] size;
  private final StringBuilder text = new StringBuilder();
  private final Map<String, Integer> places = new LinkedHashMap<>();
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final Set<String> written = new HashSet<>();

  LossWriter(ScriptWriter network, Shape batch) {
    this.network = network;
    this.images = batch.extent(0);
    this.size = new int[] {batch.height(), batch.width()};
  }

  /** The lines so far. */
  String text() {
    return text.toString();
  }

  /** Adds {@code name = expression}. */
  void line(String name, String expression) {
    text.append("    ").append(name).append(" = ").append(expression).append('\n');
  }

  /** As {@link #line}, where no line of this name stands yet; returns the name. */
  String once(String name, String expression) {
    if (written.add(name)) {
      line(name, expression);
    }
    return name;
  }

  /** A number for each output, by which the names of its lines differ; writes nothing. */
  int number(String output) {
    return numbers.computeIfAbsent(output, o -> numbers.size());
  }

  /** Adds whole lines. */
  void lines(String more) {
    text.append(more);
  }

  /** A number for each output, by which the names of its lines differ from others'. */
  int place(String output) {
    int before = places.size();
    Integer place = places.putIfAbsent(output, before);
    if (place == null) {
      line("z" + before, upsampled(network.expression(output), network.shape(output)));
      return before;
    }
    return place;
  }

  /** An output of the network at the size of the labels. */
  String atFullSize(String output) {
    return "z" + place(output);
  }

  /** An output of the network as it is. */
  String expression(String output) {
    return network.expression(output);
  }

  /** How many images a step has. */
  int images() {
    return images;
  }

  /** The shape of an output. */
  Shape shape(String output) {
    return network.shape(output);
  }

  /** The number of channels of an output. */
  int channels(String output) {
    return network.shape(output).channels();
  }

  /**
   * A map at the size of the labels, bilinear. A coarse one is multiplied by the matrices of its
   * rows and columns, which are an upsampled identity: the same sums in another order, in half of
   * the time, since PyTorch's own gradient of few channels goes number by number.
   */
  String upsampled(String expression, Shape shape) {
    int height = shape.height();
    int width = shape.width();
    if (2 * height > size[0] || 2 * width > size[1] || height > ROWS || width > 2 * ROWS) {
      return LossScript.upsampled(expression, shape, size);
    }
    String down = once("down" + height, matrix(height, size[0], height));
    String across = once("across" + width, matrix(width, width, size[1]));
    String planes = "torch.contiguous(" + expression + ", memory_format=0)";
    return "torch.matmul(" + down + ", torch.matmul(" + planes + ", " + across + "))";
  }

  /** The identity of an extent, upsampled to a number of rows and columns. */
  private static String matrix(int extent, int rows, int columns) {
    String identity =
        "torch.eye(" + extent + ", dtype=None, layout=None, device=None, pin_memory=None)";
    String image = Site.call("reshape", identity, new int[] {1, 1, extent, extent});
    String large =
        Site.call("upsample_bilinear2d", image, new int[] {rows, columns}, false, "None, None");
    return Site.call("reshape", large, new int[] {rows, columns});
  }
}
