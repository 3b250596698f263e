package io.drivemark.architectures.estimate;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Slice;
import io.drivemark.architectures.pruning.gate.GateSite;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network whose outputs are what responses are made of, pooled in the graph, over the frame or
 * over each of its tiles: maps never leave the engine. Not thread-safe.
 */
final class PooledTaps {
  private static final String PREFIX = "estimate/";
  private static final String MINUS = Weight.CONSTANT_PREFIX + PREFIX + "minus";

  private final List<GateSite> sites;
  private final Tiles tiles;
  private final Map<String, Shape> shapes;
  private final List<Node> added = new ArrayList<>();
  private final List<String> outputs = new ArrayList<>();
  private final Network network;

  PooledTaps(Network dense, List<GateSite> sites, Tiles tiles, int height, int width) {
    this.sites = sites;
    this.tiles = tiles;
    this.shapes = dense.shapesAt(height, width);
    for (GateSite site : sites) {
      switch (site.kind()) {
        case FILTERS -> {
          pooled(site.tap(), site.tap(), GlobalPool.Kind.MAX, site.name());
          String minus = negative(site.tap(), site.name());
          pooled(minus, site.tap(), GlobalPool.Kind.MAX, site.name() + "/minus");
        }
        case LAYERS -> {
          String change =
              node(
                  site.name() + "/change",
                  new Elementwise(Elementwise.Kind.SUB),
                  List.of(site.tap(), site.input()));
          size(change, site.tap(), site.name() + "/change");
          size(site.input(), site.input(), site.name() + "/entry");
        }
      }
    }
    List<Node> nodes = new ArrayList<>(dense.nodes());
    nodes.addAll(added);
    Map<String, Weight> weights = new LinkedHashMap<>(dense.weights());
    weights.put(MINUS, Weight.constant(MINUS, Tensor.of(Shape.of(1), new float[] {-1})));
    this.network =
        new Network(dense.name(), dense.inputs(), nodes, weights.values(), outputs, Map.of());
  }

  /** With the outputs of all sites. */
  Network network() {
    return network;
  }

  /** What a run gave of a tile, by site and unit. */
  double[][] responses(List<FloatBuffer> values, int tile) {
    double[][] all = new double[sites.size()][];
    for (int s = 0; s < all.length; s++) {
      GateSite site = sites.get(s);
      FloatBuffer one = values.get(2 * s * tiles.count() + tile);
      FloatBuffer other = values.get((2 * s + 1) * tiles.count() + tile);
      all[s] =
          switch (site.kind()) {
            case FILTERS -> {
              double[] units = new double[site.units()];
              for (int c = 0; c < one.capacity(); c++) {
                units[site.unitOfChannel().get(c)] += Math.max(one.get(c), other.get(c));
              }
              yield units;
            }
            case LAYERS -> new double[] {FrameResponses.change(mean(one), mean(other))};
          };
    }
    return all;
  }

  private static double mean(FloatBuffer channels) {
    double sum = 0;
    for (int c = 0; c < channels.capacity(); c++) {
      sum += channels.get(c);
    }
    return sum / channels.capacity();
  }

  /** Mean |value| of each channel: what is above 0 and what is below, both as positive numbers. */
  private void size(String value, String map, String name) {
    String above = node(name + "/above", Activation.relu(), List.of(value));
    String below = node(name + "/below", Activation.relu(), List.of(negative(value, name)));
    String both =
        node(name + "/size", new Elementwise(Elementwise.Kind.ADD), List.of(above, below));
    pooled(both, map, GlobalPool.Kind.AVERAGE, name);
  }

  private String negative(String value, String name) {
    return node(name + "/negative", new Elementwise(Elementwise.Kind.MUL), List.of(value, MINUS));
  }

  /** An output for each tile; the value is as large as a map of the network. */
  private void pooled(String value, String map, GlobalPool.Kind kind, String name) {
    if (tiles.count() == 1) {
      outputs.add(node(name + "/pooled", new GlobalPool(kind), List.of(value)));
      return;
    }
    Shape shape = shapes.get(map);
    for (int tile = 0; tile < tiles.count(); tile++) {
      Tiles.Box box = tiles.box(tile, map, shape.height(), shape.width());
      String part =
          node(
              name + "/tile" + tile,
              new Slice(
                  List.of(2, 3),
                  List.of(box.top(), box.left()),
                  List.of(box.bottom(), box.right())),
              List.of(value));
      outputs.add(node(name + "/pooled" + tile, new GlobalPool(kind), List.of(part)));
    }
  }

  private String node(String name, Op op, List<String> inputs) {
    String made = PREFIX + name;
    added.add(new Node(made, op, inputs, List.of(made)));
    return made;
  }
}
