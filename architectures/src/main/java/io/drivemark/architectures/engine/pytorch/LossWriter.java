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

  /** A map at the size of the labels, bilinear. */
  String upsampled(String expression, Shape shape) {
    return LossScript.upsampled(expression, shape, size);
  }
}
