package io.drivemark.architectures.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.image.ChannelOrder;
import io.drivemark.datasets.image.Preprocess;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether engines compute the same logits from one frame of SynthDrive.
 *
 * @param difference the largest between two logits of one place
 * @param largest the largest logit's magnitude, at least 1
 * @param labels the share of pixels whose label is another
 */
record EngineAgreement(double difference, double largest, double labels) {
  /** Of {@code largest}: rounding adds up over a hundred layers. */
  private static final double TOLERANCE = 1e-3;

  /** Pixels whose two best classes are nearly equal may go either way. */
  private static final double OTHER_LABELS = 0.001;

  /** Below this floats hold every whole number. */
  private static final float EXACT = 1 << 24;

  /** ONNX Runtime against PyTorch; fails where they differ by more than rounding. */
  static EngineAgreement require(Network network, int height, int width) {
    List<Node> pools =
        network.nodes().stream().filter(n -> n.op() instanceof MaxPool p && p.indices()).toList();
    List<String> taps = new ArrayList<>(network.outputs());
    pools.forEach(p -> taps.addAll(List.of(p.inputs().get(0), p.outputs().get(1))));
    Network tapped = network.withOutputs(taps);
    float[] input = frame(height, width);
    List<float[]> one = run("onnxruntime", tapped, input, height, width);
    List<float[]> two = run("pytorch", tapped, input, height, width);
    double difference = requireEqual(network, one.get(0), two.get(0), TOLERANCE, "engines");
    Map<String, Shape> shapes = network.shapesAt(height, width);
    double labels = otherLabels(one.get(0), two.get(0), shapes.get(taps.get(0)).channels());
    assertTrue(labels <= OTHER_LABELS, labels + " of the labels differ");
    for (int i = 0; i < pools.size(); i++) {
      Shape pooled = shapes.get(pools.get(i).inputs().get(0));
      int plane = pooled.height() * pooled.width();
      float[] map = one.get(1 + 2 * i);
      requireOnlyTiesDiffer(map, one.get(2 + 2 * i), two.get(2 + 2 * i), plane);
    }
    return new EngineAgreement(difference, largest(one.get(0)), labels);
  }

  /**
   * All values agree to {@code tolerance}·max(1, max|value|). Where the network unpools, two per
   * cent may be off by more: two values of a pooling window that differ by less than rounding may
   * swap their order, and then the unpooled value sits one pixel beside.
   *
   * @return the largest difference
   */
  static double requireEqual(
      Network network, float[] one, float[] two, double tolerance, String what) {
    double largest = largest(one);
    double worst = 0;
    int off = 0;
    for (int i = 0; i < one.length; i++) {
      double difference = Math.abs(one[i] - two[i]);
      assertTrue(Double.isFinite(difference), what + ": no number at " + i);
      worst = Math.max(worst, difference);
      off += difference > tolerance * largest ? 1 : 0;
    }
    boolean unpools = network.nodes().stream().anyMatch(n -> n.op() instanceof MaxUnpool);
    assertTrue(
        off <= (unpools ? one.length / 50 : 0),
        what + ": " + off + " of " + one.length + " differ, by up to " + worst + " of " + largest);
    return worst;
  }

  /** The outputs of a network. */
  static List<float[]> run(String engine, Network run, float[] image, int height, int width) {
    try (Session session = Engines.named(engine).open(run, height, width, new EngineOptions(2))) {
      FloatBuffer input = Session.buffer(session.inputShape());
      input.put(0, image);
      List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
      session.run(input, outputs);
      List<float[]> all = new ArrayList<>();
      for (FloatBuffer output : outputs) {
        float[] values = new float[output.capacity()];
        output.get(0, values);
        all.add(values);
      }
      return all;
    }
  }

  /** One frame of SynthDrive, prepared as networks of ours take it. */
  static float[] frame(int height, int width) {
    RgbImage frame =
        Datasets.open(
                DatasetRequest.of("synthdrive", "val")
                    .withLimit(1)
                    .withOption("size", height + "x" + width)
                    .withOption("seed", "3"))
            .load(0)
            .image();
    InputSpec usual = InputSpec.IMAGENET;
    return new Preprocess(ChannelOrder.RGB, usual.mean(), usual.std(), height, width).apply(frame);
  }

  private static double otherLabels(float[] one, float[] two, int classes) {
    int plane = one.length / classes;
    int other = 0;
    Set<Integer> seen = new HashSet<>();
    for (int p = 0; p < plane; p++) {
      int label = argmax(one, p, plane);
      seen.add(label);
      other += label == argmax(two, p, plane) ? 0 : 1;
    }
    assertTrue(seen.size() > 1, "all pixels have one label, which compares nothing");
    return (double) other / plane;
  }

  /**
   * Engines number positions differently, through one plane or through all. They come out as
   * floats, which hold no odd number beyond 2²⁴: 64 planes of 512×1024 have more, of which only the
   * first are looked at.
   */
  private static void requireOnlyTiesDiffer(float[] map, float[] one, float[] two, int plane) {
    int pooled = one.length / (map.length / plane);
    for (int i = 0; i < one.length && Math.max(one[i], two[i]) < EXACT; i++) {
      int start = i / pooled * plane;
      float a = map[start + (int) one[i] % plane];
      float b = map[start + (int) two[i] % plane];
      assertEquals(a, b, 1e-4f, "maxima that the engines take");
    }
  }

  private static double largest(float[] values) {
    float largest = 1;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static int argmax(float[] logits, int pixel, int plane) {
    int best = 0;
    for (int c = 1; c < logits.length / plane; c++) {
      best = logits[c * plane + pixel] > logits[best * plane + pixel] ? c : best;
    }
    return best;
  }
}
