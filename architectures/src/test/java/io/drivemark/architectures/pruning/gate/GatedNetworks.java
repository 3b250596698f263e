package io.drivemark.architectures.pruning.gate;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.GateForm;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.architectures.zoo.Calibration;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Small gated networks of the zoo, and what engines make of them. */
public final class GatedNetworks {
  public static final int HEIGHT = 48;
  public static final int WIDTH = 64;

  private GatedNetworks() {}

  /** A narrow network of the zoo whose activations neither vanish nor explode. */
  public static Network dense(String architecture, double width) {
    Network network =
        Architectures.build(architecture, Map.of("width", Double.toString(width)), 5, 3);
    return Calibration.of(network, image(1), HEIGHT, WIDTH);
  }

  /** Gates at these sites, with the published head, every unit live. */
  public static GatedNetwork gated(Network dense, List<GateSite> sites) {
    return GatedNetwork.attach(dense, sites, GateDesign.published(1), Map.of());
  }

  /** The same with random heads: what is live depends on the frame. */
  public static GatedNetwork random(GatedNetwork gated, long seed) {
    Random random = new Random(seed);
    Map<String, Tensor> tensors = new HashMap<>();
    for (Weight weight : gated.network().weights().values()) {
      if (weight.group().equals(GatedNetwork.GROUP)) {
        Shape shape = weight.tensor().shape();
        float[] values = new float[Math.toIntExact(shape.elements())];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (shape.rank() == 1 ? 0.3 : 4) * (float) random.nextGaussian();
        }
        tensors.put(weight.name(), Tensor.of(shape, values));
      }
    }
    return GatedNetwork.of(gated.network().withTensors(tensors)).orElseThrow();
  }

  /** Random live units, at least one of each site of filters. */
  public static List<BitSet> live(GatedNetwork gated, double share, long seed) {
    Random random = new Random(seed);
    List<BitSet> all = new ArrayList<>();
    for (GateSite site : gated.sites()) {
      BitSet live = new BitSet();
      for (int u = 0; u < site.units(); u++) {
        live.set(u, random.nextDouble() < share);
      }
      if (live.isEmpty() && site.kind() == GateSite.Kind.FILTERS) {
        live.set(random.nextInt(site.units()));
      }
      all.add(live);
    }
    return all;
  }

  /** A smooth picture with some noise, [1, 3, height, width]. */
  public static float[] image(long seed) {
    Random random = new Random(seed);
    float[] image = new float[3 * HEIGHT * WIDTH];
    for (int i = 0; i < image.length; i++) {
      double wave = Math.sin(i * (0.01 + 0.002 * seed)) + Math.cos(i % WIDTH * 0.1 * seed);
      image[i] = (float) (wave + 0.2 * random.nextGaussian());
    }
    return image;
  }

  /** All outputs of a network for one image; gates run in masked form. */
  public static List<float[]> run(String engine, Network network, float[] image) {
    try (Session session =
        Engines.named(engine)
            .open(network, HEIGHT, WIDTH, new EngineOptions(1).withForm(GateForm.MASKED))) {
      FloatBuffer input = Session.buffer(session.inputShape());
      input.put(0, image);
      List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
      session.run(input, outputs);
      return outputs.stream()
          .map(
              o -> {
                float[] values = new float[o.capacity()];
                o.get(0, values);
                return values;
              })
          .toList();
    }
  }

  /** The largest difference, as a share of the largest value (at least 1). */
  public static double difference(float[] a, float[] b) {
    double largest = 1;
    double difference = a.length == b.length ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      largest = Math.max(largest, Math.abs(a[i]));
      difference = Math.max(difference, Math.abs((double) a[i] - b[i]));
    }
    return difference / largest;
  }

  /** The units as numbers, one site behind the other, as the output of gates has them. */
  public static float[] numbers(GatedNetwork gated, List<BitSet> live) {
    float[] all = new float[gated.units()];
    int at = 0;
    for (int s = 0; s < live.size(); s++) {
      for (int u = 0; u < gated.sites().get(s).units(); u++) {
        all[at++] = live.get(s).get(u) ? 1 : 0;
      }
    }
    return all;
  }

  /** The units of an output of gates. */
  public static List<BitSet> sets(GatedNetwork gated, float[] numbers) {
    List<BitSet> all = new ArrayList<>();
    int at = 0;
    for (GateSite site : gated.sites()) {
      float[] own = Arrays.copyOfRange(numbers, at, at + site.units());
      BitSet live = new BitSet();
      for (int u = 0; u < own.length; u++) {
        live.set(u, own[u] == 1);
      }
      all.add(live);
      at += site.units();
    }
    return all;
  }

  /** The engines of these tests. */
  public static Stream<String> engines() {
    return Stream.of("onnxruntime", "pytorch", "opencv");
  }
}
