package io.drivemark.architectures.pruning.gate;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.Concat;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.Gate;
import io.drivemark.architectures.graph.op.Gather;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Softmax;
import io.drivemark.architectures.graph.op.StopGradient;
import io.drivemark.architectures.graph.op.Transpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Puts heads and gates into a network. One use. */
final class GateGraph {
  /** What every name of a head or gate starts with. */
  static final String PREFIX = "gate/";

  private static final float START_WEIGHT = 0.01f;

  private final Network dense;
  private final GateDesign design;
  private final Map<String, Standardisation> pooled;
  private final Map<String, Shape> shapes;
  private final Map<String, Weight> weights;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, String> renamed = new HashMap<>();

  GateGraph(Network dense, GateDesign design, Map<String, Standardisation> pooled) {
    this.dense = dense;
    this.design = design;
    this.pooled = pooled;
    this.shapes = dense.shapes(dense.inputs().stream().map(i -> i.shape()).toList());
    this.weights = new LinkedHashMap<>(dense.weights());
  }

  Network attach(List<GateSite> sites) {
    Map<String, GateSite> producers = new HashMap<>();
    Map<String, GateSite> places = new HashMap<>();
    for (GateSite site : sites) {
      for (GateSite.Place place : site.places()) {
        GateSite other = places.put(place.value(), site);
        require(other == null, site, "%s is a place of %s too", place.value(), other);
        Shape map = shapes.get(place.value());
        require(
            map != null && map.channels() == place.unitOfChannel().size(),
            site,
            "%s is %s, gates are for %s channels",
            place.value(),
            map,
            place.unitOfChannel().size());
      }
      if (site.kind() == GateSite.Kind.FILTERS) {
        producers.put(site.name(), site);
      }
    }
    for (Node node : dense.nodes()) {
      if (producers.containsKey(node.name())) {
        head(producers.get(node.name()));
      }
      List<String> inputs = node.inputs().stream().map(this::now).toList();
      nodes.add(new Node(node.name(), node.op(), inputs, node.outputs()));
      for (String made : node.outputs()) {
        GateSite site = places.get(made);
        if (site != null && site.kind() == GateSite.Kind.LAYERS) {
          head(site);
        }
        if (site != null) {
          apply(site, made);
        }
      }
    }
    String gates =
        add(
            GatedNetwork.OUTPUT,
            new Concat(1),
            sites.stream().map(GatedNetwork::live).toArray(String[]::new));
    List<String> outputs = new ArrayList<>(dense.outputs().stream().map(this::now).toList());
    outputs.add(gates);
    Network network =
        new Network(
            dense.name(), dense.inputs(), nodes, weights.values(), outputs, dense.metadata());
    return network.withMetadata(Map.of(GateNotes.KEY, new GateNotes(design, sites).toJson()));
  }

  private static void require(boolean holds, GateSite site, String message, Object... given) {
    if (!holds) {
      throw new IllegalArgumentException(
          "gate site " + site.name() + ": " + String.format(Locale.ROOT, message, given));
    }
  }

  private String now(String value) {
    return renamed.getOrDefault(value, value);
  }

  /** Predicts a site's gates; a layer's largest logits are always live, so that none goes dark. */
  private void head(GateSite site) {
    String at = PREFIX + site.name() + "/";
    String x = now(site.input());
    if (!design.joint()) {
      x = add(at + "stop", new StopGradient(), x);
    }
    x =
        add(
            at + "pool",
            new GlobalPool(
                design.pool() == GateDesign.Pool.MAX
                    ? GlobalPool.Kind.MAX
                    : GlobalPool.Kind.AVERAGE),
            x);
    int channels = shapes.get(site.input()).channels();
    x =
        switch (design.scaling()) {
          case SOFTMAX -> add(at + "softmax", new Softmax(1), x);
          case STANDARDISED -> standardised(site, at, x, channels);
        };
    String logits =
        add(
            GatedNetwork.logits(site),
            new Conv2d(Extent.square(1), Padding.NONE, Extent.square(1), 1),
            x,
            weight(at + "weight", start(site, channels)),
            weight(at + "bias", ones(site.units())));
    if (site.kind() == GateSite.Kind.LAYERS) {
      step(GatedNetwork.live(site), logits);
      return;
    }
    String above = step(at + "above", logits);
    String across = add(at + "across", new Transpose(List.of(0, 2, 1, 3)), logits);
    String top = add(at + "top", new GlobalPool(GlobalPool.Kind.MAX), across);
    String distance = add(at + "distance", new Elementwise(Elementwise.Kind.SUB), top, logits);
    String below = step(at + "below", distance);
    String isTop =
        add(
            at + "is-top",
            new Elementwise(Elementwise.Kind.SUB),
            constant(at + "one", Tensor.of(Shape.of(1), new float[] {1})),
            below);
    String either = add(at + "either", new Elementwise(Elementwise.Kind.ADD), above, isTop);
    step(GatedNetwork.live(site), either);
  }

  private String standardised(GateSite site, String at, String x, int channels) {
    Standardisation found = pooled.get(site.name());
    if (found == null || found.mean().length != channels) {
      throw new IllegalArgumentException(
          "gate site " + site.name() + ": no standardisation of its " + channels + " channels");
    }
    float[] factors = new float[channels];
    for (int i = 0; i < channels; i++) {
      factors[i] = 1 / found.deviation()[i];
    }
    Shape each = Shape.of(1, channels, 1, 1);
    String centred =
        add(
            at + "centred",
            new Elementwise(Elementwise.Kind.SUB),
            x,
            constant(at + "mean", Tensor.of(each, found.mean())));
    String scaled =
        add(
            at + "scaled",
            new Elementwise(Elementwise.Kind.MUL),
            centred,
            constant(at + "factor", Tensor.of(each, factors)));
    int bound = Standardisation.BOUND;
    return add(at + "bounded", new Activation(Activation.Kind.CLIP, -bound, bound), scaled);
  }

  /**
   * Small, so that every unit is live at first, for the biases are 1: what a softmax gives adds up
   * to 1, standardised values are at most the bound each.
   */
  private Tensor start(GateSite site, int channels) {
    float most =
        switch (design.scaling()) {
          case SOFTMAX -> START_WEIGHT;
          case STANDARDISED -> Math.min(START_WEIGHT, 0.5f / (Standardisation.BOUND * channels));
        };
    SplittableRandom random = new SplittableRandom(design.seed() * 31 + site.name().hashCode());
    float[] values = new float[site.units() * channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = most * (float) (2 * random.nextDouble() - 1);
    }
    return Tensor.of(Shape.of(site.units(), channels, 1, 1), values);
  }

  private static Tensor ones(int count) {
    float[] values = new float[count];
    Arrays.fill(values, 1);
    return Tensor.of(Shape.of(count), values);
  }

  /** Multiplies a value by its gates; what reads it from here on reads the product. */
  private void apply(GateSite site, String value) {
    int index = placeOf(site, value);
    String at = PREFIX + site.name() + "/";
    long[] units =
        site.places().get(index).unitOfChannel().stream().mapToLong(Integer::longValue).toArray();
    String spread =
        add(
            at + "spread" + index,
            new Gather(1),
            GatedNetwork.live(site),
            constant(at + "units" + index, Tensor.ofLongs(units)));
    String gated = GatedNetwork.gated(site, index);
    if (site.kind() == GateSite.Kind.FILTERS) {
      renamed.put(value, add(gated, new Gate(), now(value), spread));
      return;
    }
    String off =
        add(
            at + "off",
            new Elementwise(Elementwise.Kind.SUB),
            constant(at + "one", Tensor.of(Shape.of(1), new float[] {1})),
            spread);
    String kept = add(at + "kept", new Gate(), now(value), spread);
    String passed = add(at + "passed", new Gate(), now(site.input()), off);
    renamed.put(value, add(gated, new Elementwise(Elementwise.Kind.ADD), kept, passed));
  }

  private static int placeOf(GateSite site, String value) {
    for (int i = 0; i < site.places().size(); i++) {
      if (site.places().get(i).value().equals(value)) {
        return i;
      }
    }
    throw new IllegalStateException(site + " has no place " + value);
  }

  private String step(String name, String x) {
    return add(name, Activation.of(Activation.Kind.STEP), x);
  }

  private String add(String name, Op op, String... inputs) {
    nodes.add(new Node(name, op, List.of(inputs), List.of(name)));
    return name;
  }

  private String weight(String name, Tensor tensor) {
    weights.put(name, new Weight(name, Weight.Role.LEARNED, GatedNetwork.GROUP, tensor));
    return name;
  }

  private String constant(String name, Tensor tensor) {
    String full = Weight.CONSTANT_PREFIX + name;
    weights.putIfAbsent(full, Weight.constant(full, tensor));
    return full;
  }
}
