package io.drivemark.architectures.pruning;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.PRelu;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One place of a network whose channels a criterion scores. Immutable.
 *
 * @param node the convolution, or the normalisation
 * @param value the map whose channels the scores are for: what the node makes, or what follows it
 * @param weights names of the weights it is about: a convolution's kernel; scale and shift
 */
public record ScoreSite(String node, String value, List<String> weights) {
  public ScoreSite {
    weights = List.copyOf(weights);
  }

  /** All places of a kind, in the network's order. */
  public static List<ScoreSite> of(Network network, Criterion.Site kind) {
    Map<String, List<Node>> readers = new HashMap<>();
    for (Node node : network.nodes()) {
      for (String input : node.inputs()) {
        readers.computeIfAbsent(input, k -> new ArrayList<>()).add(node);
      }
    }
    List<ScoreSite> sites = new ArrayList<>();
    for (Node node : network.nodes()) {
      boolean normalises = node.op() instanceof BatchNorm;
      boolean wanted =
          kind == Criterion.Site.NORMALISATION
              ? normalises
              : node.op() instanceof Conv2d || node.op() instanceof ConvTranspose2d;
      if (!wanted) {
        continue;
      }
      List<String> weights = node.inputs().subList(1, Math.min(normalises ? 3 : 2, size(node)));
      if (network.weights().keySet().containsAll(weights)) {
        sites.add(new ScoreSite(node.name(), value(network, node, kind, readers), weights));
      }
    }
    return sites;
  }

  private static int size(Node node) {
    return node.inputs().size();
  }

  private static String value(
      Network network, Node node, Criterion.Site kind, Map<String, List<Node>> readers) {
    String value = node.output();
    if (kind == Criterion.Site.MAP || kind == Criterion.Site.ACTIVATION) {
      value = after(network, value, readers, BatchNorm.class);
    }
    if (kind == Criterion.Site.ACTIVATION) {
      String activated = after(network, value, readers, Activation.class);
      value = activated.equals(value) ? after(network, value, readers, PRelu.class) : activated;
    }
    return value;
  }

  /** The value after the only reader, if that is of a kind. */
  private static String after(
      Network network, String value, Map<String, List<Node>> readers, Class<?> kind) {
    List<Node> all = readers.getOrDefault(value, List.of());
    return all.size() == 1
            && kind.isInstance(all.get(0).op())
            && all.get(0).inputs().get(0).equals(value)
            && !network.outputs().contains(value)
        ? all.get(0).output()
        : value;
  }

  /** One row a filter of tensors that belong to the site's weights: the weights or gradients. */
  public float[][] rows(Network network, List<float[]> tensors) {
    Node maker = network.nodes().stream().filter(n -> n.name().equals(node)).findFirst().get();
    if (maker.op() instanceof BatchNorm) {
      float[][] rows = new float[tensors.get(0).length][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = new float[] {tensors.get(0)[i], tensors.get(1)[i]};
      }
      return rows;
    }
    Tensor kernel = network.weights().get(weights.get(0)).tensor();
    int[] extents = kernel.shape().extents();
    return maker.op() instanceof ConvTranspose2d transposed
        ? transposedRows(tensors.get(0), extents, transposed.groups())
        : plainRows(tensors.get(0), extents[0]);
  }

  /** One row a filter: its weights, or its scale and shift. */
  public float[][] rows(Network network) {
    return rows(
        network,
        weights.stream().map(w -> network.weights().get(w).tensor().sharedFloats()).toList());
  }

  private static float[][] plainRows(float[] values, int filters) {
    float[][] rows = new float[filters][];
    int each = values.length / Math.max(1, filters);
    for (int f = 0; f < filters; f++) {
      rows[f] = Arrays.copyOfRange(values, f * each, (f + 1) * each);
    }
    return rows;
  }

  /** Kernels [I, O/groups, kH, kW]: filter f of group g reads the inputs of that group. */
  private static float[][] transposedRows(float[] values, int[] extents, int groups) {
    int inputs = extents[0] / groups;
    int outputs = extents[1];
    int kernel = extents[2] * extents[3];
    float[][] rows = new float[outputs * groups][inputs * kernel];
    for (int f = 0; f < rows.length; f++) {
      for (int i = 0; i < inputs; i++) {
        int from = ((f / outputs * inputs + i) * outputs + f % outputs) * kernel;
        System.arraycopy(values, from, rows[f], i * kernel, kernel);
      }
    }
    return rows;
  }
}
