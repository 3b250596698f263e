package io.drivemark.architectures.onnx.gated;

import io.drivemark.architectures.graph.FoldedNormalisation;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.Identity;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.PRelu;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.pruning.gate.GateSite;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A gated network whose gates are computed and, at the sites that can be narrow, multiply nothing:
 * what is to be rewritten. Its batch normalisations are folded, every gated convolution has a bias
 * of its own, by which it is found whatever a runtime makes of the graph. Immutable.
 *
 * @param network answers with the outputs of the gated one, then with each site's logits and gates
 * @param outputs how many are the gated one's
 * @param sites that can be narrow
 * @param masked why others cannot, by name
 */
record Bypassed(
    Network network, int outputs, List<Narrowing.Site> sites, Map<String, String> masked) {

  /** Bypasses the gates of filters; those of residual units are left alone. */
  static Bypassed of(GatedNetwork gated) {
    return new Pass(FoldedNormalisation.of(gated.network())).run(gated);
  }

  private static final class Pass {
    private final Network network;
    private final Map<String, Node> makers = new HashMap<>();
    private final Map<String, Weight> weights;
    private final Map<String, String> instead = new HashMap<>();
    private final Map<String, String> biases = new HashMap<>(); // by convolution
    private final List<Narrowing.Site> sites = new ArrayList<>();
    private final Map<String, String> masked = new LinkedHashMap<>();

    Pass(Network folded) {
      this.network = folded;
      this.weights = new LinkedHashMap<>(folded.weights());
      folded.nodes().forEach(n -> n.outputs().forEach(o -> makers.put(o, n)));
    }

    Bypassed run(GatedNetwork gated) {
      Set<String> outputs = new LinkedHashSet<>(network.outputs());
      for (GateSite site : gated.sites()) {
        if (site.kind() == GateSite.Kind.FILTERS) {
          refusal(site).ifPresentOrElse(why -> masked.put(site.name(), why), () -> bypass(site));
        }
        outputs.add(GatedNetwork.logits(site));
        outputs.add(GatedNetwork.live(site));
      }
      List<Node> nodes = new ArrayList<>();
      for (Node node : network.nodes()) {
        if (!instead.containsKey(node.output())) {
          nodes.add(rewired(node));
        }
      }
      Network whole =
          new Network(
              network.name(),
              network.inputs(),
              nodes,
              weights.values(),
              network.outputs(),
              network.metadata());
      return new Bypassed(
          whole.forInference(List.copyOf(outputs)),
          network.outputs().size(),
          List.copyOf(sites),
          masked);
    }

    private Node rewired(Node node) {
      List<String> inputs =
          new ArrayList<>(node.inputs().stream().map(i -> instead.getOrDefault(i, i)).toList());
      String bias = biases.get(node.name());
      if (bias != null && inputs.size() == 2) {
        inputs.add(bias);
      } else if (bias != null) {
        inputs.set(2, bias);
      }
      return new Node(node.name(), node.op(), inputs, node.outputs());
    }

    /** Why a site stays masked; empty if its map can be narrow from its convolution on. */
    private Optional<String> refusal(GateSite site) {
      if (network.outputs().contains(GatedNetwork.gated(site, 0))) {
        return Optional.of("its map is an output");
      }
      String at = tap(site);
      Node maker = makers.get(at);
      while (maker != null && keepsZeros(maker.op())) {
        if (network.outputs().contains(at)) {
          return Optional.of("its map is an output");
        }
        maker = makers.get(maker.inputs().get(0));
      }
      if (maker == null || !maker.name().equals(site.name())) {
        return Optional.of(
            (maker == null ? "an input" : maker.op().getClass().getSimpleName())
                + " stands between its filters and its gates");
      }
      if (!(maker.op() instanceof Conv2d conv) || conv.groups() != 1) {
        return Optional.of("its filters are grouped");
      }
      boolean stored = weights.containsKey(maker.inputs().get(1));
      return stored ? Optional.empty() : Optional.of("its filters are computed");
    }

    private String tap(GateSite site) {
      return makers.get(GatedNetwork.gated(site, 0)).inputs().get(0);
    }

    private void bypass(GateSite site) {
      Node conv = null;
      for (Node node : network.nodes()) {
        conv = node.name().equals(site.name()) ? node : conv;
      }
      int[] units = site.unitOfChannel().stream().mapToInt(Integer::intValue).toArray();
      String bias = GatedNetwork.bias(site) + "-of-filters";
      Tensor offsets =
          conv.inputs().size() > 2
              ? weights.get(conv.inputs().get(2)).tensor()
              : Tensor.filled(Shape.of(units.length), 0);
      weights.put(bias, new Weight(bias, Weight.Role.LEARNED, Weight.OFFSETS, offsets));
      biases.put(conv.name(), bias);
      instead.put(GatedNetwork.gated(site, 0), tap(site));
      Set<String> spread = new LinkedHashSet<>();
      for (int i = 1; i < site.places().size(); i++) {
        spread.add(makers.get(GatedNetwork.gated(site, i)).inputs().get(1));
      }
      sites.add(
          new Narrowing.Site(
              site.name(),
              bias,
              GatedNetwork.logits(site),
              GatedNetwork.live(site),
              units,
              spread));
    }

    private static boolean keepsZeros(Op op) {
      if (op instanceof Activation activation) {
        return switch (activation.kind()) {
          case RELU, LEAKY_RELU, ELU, TANH, HARD_SWISH, SQRT -> true;
          case CLIP -> activation.a() <= 0 && activation.b() >= 0;
          case SIGMOID, HARD_SIGMOID, EXP, STEP -> false;
        };
      }
      return op instanceof PRelu || op instanceof Dropout || op instanceof Identity;
    }
  }
}
