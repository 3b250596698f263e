package io.drivemark.architectures.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.pruning.ChannelMasks;
import io.drivemark.architectures.pruning.MaskedNetwork;
import io.drivemark.architectures.pruning.Materialise;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.image.ChannelOrder;
import io.drivemark.datasets.image.Preprocess;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Whether engines compute the same from one frame of SynthDrive.
 *
 * @param difference the largest between two values of one place
 * @param largest the largest value's magnitude, at least 1
 * @param labels the share of pixels whose label is another; 0 where there are none
 */
public record EngineAgreement(double difference, double largest, double labels) {
  /** Of {@code largest}: rounding adds up over a hundred layers. */
  private static final double TOLERANCE = 1e-3;

  /** Pixels whose two best classes are nearly equal may go either way. */
  private static final double OTHER_LABELS = 0.001;

  /** Of {@code largest}: one engine, the same sums. */
  private static final double SAME_ENGINE = 1e-6;

  /** Of {@code largest}: one engine, sums of fewer zeros. */
  private static final double CUT = 1e-4;

  private static final String ONNX = "onnxruntime";
  private static final String TORCH = "pytorch";

  /**
   * ONNX Runtime against PyTorch on one frame; fails where they differ by more than rounding, or
   * label pixels differently, or all alike.
   */
  static EngineAgreement require(Network network, int height, int width) {
    List<float[]> logits =
        requireEnginesAgree(network, frame(height, width), height, width, network.name());
    int classes = network.shapesAt(height, width).get(network.outputs().get(0)).channels();
    float[] one = logits.get(0);
    float[] two = logits.get(1);
    double labels = otherLabels(one, two, classes);
    assertTrue(labels <= OTHER_LABELS, labels + " of the labels differ");
    return new EngineAgreement(difference(one, two), largest(one), labels);
  }

  /**
   * The same of a network that answers with depth: all values agree, and they are not all alike.
   */
  static EngineAgreement requireDepth(Network network, int height, int width) {
    List<float[]> maps =
        requireEnginesAgree(network, frame(height, width), height, width, network.name());
    float[] one = maps.get(0);
    double spread = 0;
    for (float value : one) {
      spread = Math.max(spread, Math.abs(value - one[0]));
    }
    assertTrue(spread > 1e-3, "all pixels have one depth, which compares nothing");
    return new EngineAgreement(difference(one, maps.get(1)), largest(one), 0);
  }

  /**
   * ONNX Runtime against PyTorch, at every value of every output. Where the network unpools, each
   * engine must compute with its own switches baked in what it computes without, only ties may be
   * switched differently, and both must compute the same with PyTorch's switches.
   *
   * @param image [1, 3, height, width]
   * @return the first output of each, with the same switches
   */
  public static List<float[]> requireEnginesAgree(
      Network network, float[] image, int height, int width, String what) {
    Switches one = Switches.of(ONNX, network, image, height, width);
    Switches two = Switches.of(TORCH, network, image, height, width);
    List<float[]> first = one.outputs();
    List<float[]> second = two.outputs();
    if (unpools(network)) {
      one.requireOnlyTiesDiffer(two, what + ", engines");
      Network fixed = two.bakedInto(network);
      requireEqual(
          first,
          run(ONNX, one.bakedInto(network), image, height, width),
          SAME_ENGINE,
          what + ", unpooled by " + ONNX);
      second = run(TORCH, fixed, image, height, width);
      requireEqual(two.outputs(), second, SAME_ENGINE, what + ", unpooled by " + TORCH);
      first = run(ONNX, fixed, image, height, width);
    }
    requireEqual(first, second, TOLERANCE, what + ", engines");
    return List.of(first.get(0), second.get(0));
  }

  /**
   * The network with channels masked against the network that has lost them, on ONNX Runtime. Where
   * it unpools, both get the switches of the masked one; their own may differ at ties only.
   *
   * @return what the masked one answers first
   */
  public static float[] requireCutEqualsMasked(
      Network network, ChannelMasks masks, float[] image, int height, int width, String what) {
    Network cut = Materialise.apply(network, masks);
    Network masked = MaskedNetwork.of(network, masks);
    Switches whole = Switches.of(ONNX, masked, image, height, width);
    Switches part = Switches.of(ONNX, cut, image, height, width);
    List<float[]> found = part.outputs();
    if (unpools(cut)) {
      Switches kept = whole.keeping(map -> kept(masks, map));
      kept.requireOnlyTiesDiffer(part, what);
      found = run(ONNX, kept.bakedInto(cut), image, height, width);
    }
    requireEqual(whole.outputs(), found, CUT, what);
    return whole.outputs().get(0);
  }

  private static boolean unpools(Network network) {
    return network.nodes().stream().anyMatch(n -> n.op() instanceof MaxUnpool);
  }

  private static int[] kept(ChannelMasks masks, String map) {
    int[] units = masks.groups().unitsOf(map).orElseThrow();
    return IntStream.range(0, units.length).filter(c -> masks.keeps(units[c])).toArray();
  }

  private static void requireEqual(
      List<float[]> one, List<float[]> two, double tolerance, String what) {
    assertEquals(one.size(), two.size(), what);
    for (int i = 0; i < one.size(); i++) {
      requireEqual(one.get(i), two.get(i), tolerance, what + ", output " + i);
    }
  }

  /** All values agree to {@code tolerance}·max(1, max|value|). */
  static void requireEqual(float[] one, float[] two, double tolerance, String what) {
    assertEquals(one.length, two.length, what);
    double bound = tolerance * largest(one);
    int off = 0;
    for (int i = 0; i < one.length; i++) {
      off += Math.abs((double) one[i] - two[i]) <= bound ? 0 : 1; // what is no number is off, too
    }
    String found = what + ": " + off + " of " + one.length + " values differ by more than " + bound;
    assertEquals(0, off, () -> found + ", at most by " + difference(one, two));
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
            .frame(0)
            .sample()
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

  private static double difference(float[] one, float[] two) {
    double worst = 0;
    for (int i = 0; i < one.length; i++) {
      worst = Math.max(worst, Math.abs((double) one[i] - two[i]));
    }
    return worst;
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
