package io.drivemark.architectures.engine.onnxruntime;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.pruning.gate.GateDesign;
import io.drivemark.architectures.pruning.gate.GateSite;
import io.drivemark.architectures.pruning.gate.GateSites;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import io.drivemark.architectures.pruning.gate.Standardisation;
import io.drivemark.architectures.zoo.Architectures;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Gated networks of random weights for tests. */
final class GatedNetworks {
  private GatedNetworks() {}

  /** A network of the zoo whose normalisations are not neutral, so that folding them matters. */
  static Network dense(String architecture, Map<String, String> options, long seed) {
    Network network = Architectures.build(architecture, options, 11, seed);
    Random random = new Random(seed);
    Map<String, Tensor> tensors = new HashMap<>();
    for (Weight weight : network.weights().values()) {
      Shape shape = weight.tensor().shape();
      boolean vector = weight.tensor().isFloat() && shape.rank() == 1;
      if (vector && weight.role() != Weight.Role.CONSTANT) {
        float[] values = weight.tensor().floats();
        for (int i = 0; i < values.length; i++) {
          float noise = 0.2f * (float) random.nextGaussian();
          values[i] = values[i] == 1 ? 1 + Math.abs(noise) : values[i] + noise;
        }
        tensors.put(weight.name(), Tensor.of(shape, values));
      }
    }
    return network.withTensors(tensors);
  }

  static GatedNetwork published(Network dense, List<GateSite> sites) {
    return GatedNetwork.attach(dense, sites, GateDesign.published(1), Map.of());
  }

  /** With heads whose logits are about normally distributed over images, so that masks vary. */
  static GatedNetwork varying(Network dense, List<GateSite> sites, long seed) {
    Map<String, Shape> shapes = dense.shapes(dense.inputs().stream().map(i -> i.shape()).toList());
    Map<String, Standardisation> pooled = new HashMap<>();
    for (GateSite site : sites) {
      int channels = shapes.get(site.input()).channels();
      float[] deviation = new float[channels];
      java.util.Arrays.fill(deviation, 0.05f);
      pooled.put(site.name(), new Standardisation(new float[channels], deviation));
    }
    GatedNetwork gated = GatedNetwork.attach(dense, sites, GateDesign.standardised(seed), pooled);
    Random random = new Random(seed);
    Map<String, Tensor> tensors = new HashMap<>();
    for (GateSite site : sites) {
      for (String name : List.of(GatedNetwork.weight(site), GatedNetwork.bias(site))) {
        Shape shape = gated.network().weights().get(name).tensor().shape();
        float[] values = new float[(int) shape.elements()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextGaussian() * (shape.rank() == 1 ? 0.3f : 1);
        }
        tensors.put(name, Tensor.of(shape, values));
      }
    }
    return gated.withWeightsOf(gated.network().withTensors(tensors));
  }

  /** Sites of whole blocks: those of layers that divide into them. */
  static List<GateSite> blocks(Network dense, int block) {
    return GateSites.of(dense).sites().stream()
        .filter(s -> s.channels() % block == 0 && s.units() == s.channels())
        .map(s -> s.inBlocks(block))
        .toList();
  }

  /** About this share of each site's units; of filters at least one. */
  static List<BitSet> random(GatedNetwork gated, double share, Random random) {
    List<BitSet> live = new ArrayList<>();
    for (GateSite site : gated.sites()) {
      BitSet bits = new BitSet();
      for (int u = 0; u < site.units(); u++) {
        bits.set(u, random.nextDouble() < share);
      }
      if (bits.isEmpty() && site.kind() == GateSite.Kind.FILTERS) {
        bits.set(random.nextInt(site.units()));
      }
      live.add(bits);
    }
    return live;
  }
}
