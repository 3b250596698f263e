package io.drivemark.architectures.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Which place of each pooling window one engine took as the largest, in one run of a network that
 * unpools. Two values of a window that differ by rounding alone may swap their order from one
 * engine to the next; the unpooled value then sits one pixel beside, and everything after it
 * differs. With the switches of one run baked in, a network compares no values any more: unpooling
 * is then nearest upsampling times a constant of zeros and ones, which any two runs must compute
 * alike.
 */
public final class Switches {
  /**
   * Of the largest magnitude in the pooled map: what rounding may put between two values. Not of
   * the two values themselves: a sum is rounded by the size of its terms, also where it comes out
   * as nearly zero and an activation makes zero of one of the two. float32 holds seven digits, of
   * which a dozen layers lose one or two; 3e-6 was the most found, in SegNet at 512×1024.
   */
  private static final double TIE = 1e-5;

  /** Below this floats hold every whole number. */
  private static final float EXACT = 1 << 24;

  private final Map<String, Pool> byPositions;
  private final List<float[]> outputs;

  private Switches(Map<String, Pool> byPositions, List<float[]> outputs) {
    this.byPositions = byPositions;
    this.outputs = outputs;
  }

  /**
   * Runs a network. The switches are worked out from the pooled maps; the first place wins where
   * values are equal, and the positions that the engine answers with must say the same.
   *
   * @param image [1, 3, height, width]
   */
  static Switches of(String engine, Network network, float[] image, int height, int width) {
    List<Node> pools =
        network.nodes().stream().filter(n -> n.op() instanceof MaxPool p && p.indices()).toList();
    List<String> taps = new ArrayList<>(network.outputs());
    pools.forEach(p -> taps.addAll(List.of(p.inputs().get(0), p.outputs().get(1))));
    List<float[]> values =
        EngineAgreement.run(engine, network.withOutputs(taps), image, height, width);
    Map<String, Shape> shapes = network.shapesAt(height, width);
    Map<String, Pool> byPositions = new LinkedHashMap<>();
    int next = network.outputs().size();
    for (Node node : pools) {
      String map = node.inputs().get(0);
      Pool pool = Pool.of(node, shapes.get(map), values.get(next));
      pool.requirePositions(engine, values.get(next + 1));
      byPositions.put(node.outputs().get(1), pool);
      next += 2;
    }
    return new Switches(byPositions, List.copyOf(values.subList(0, network.outputs().size())));
  }

  /** What the network answered in that run. */
  List<float[]> outputs() {
    return outputs;
  }

  /** The switches of a network that has lost channels. */
  Switches keeping(Function<String, int[]> channelsByMap) {
    Map<String, Pool> kept = new LinkedHashMap<>();
    byPositions.forEach(
        (positions, pool) ->
            kept.put(positions, pool.keeping(channelsByMap.apply(pool.node.inputs().get(0)))));
    return new Switches(kept, outputs);
  }

  /** A network that computes the same from this image, and from others puts values elsewhere. */
  Network bakedInto(Network network) {
    List<Weight> weights = new ArrayList<>(network.weights().values());
    List<Node> nodes = new ArrayList<>();
    for (Node node : network.nodes()) {
      if (node.op() instanceof MaxPool pool && pool.indices()) {
        MaxPool silent =
            new MaxPool(pool.kernel(), pool.stride(), pool.padding(), pool.ceil(), false);
        nodes.add(new Node(node.name(), silent, node.inputs(), List.of(node.output())));
      } else if (node.op() instanceof MaxUnpool unpool) {
        Pool pool = Objects.requireNonNull(byPositions.get(node.inputs().get(1)), node.name());
        assertEquals(pool.window, unpool.kernel(), node.name());
        assertEquals(pool.window, unpool.stride(), node.name());
        Weight mask = Weight.constant(Weight.CONSTANT_PREFIX + node.name(), pool.mask());
        weights.add(mask);
        String up = node.name() + ".up";
        Resize nearest = new Resize(ResizeMode.NEAREST, pool.window.h(), pool.window.w());
        nodes.add(new Node(up, nearest, node.inputs().subList(0, 1), List.of(up)));
        Elementwise times = new Elementwise(Elementwise.Kind.MUL);
        nodes.add(new Node(node.name(), times, List.of(up, mask.name()), node.outputs()));
      } else {
        nodes.add(node);
      }
    }
    return new Network(
        network.name(), network.inputs(), nodes, weights, network.outputs(), network.metadata());
  }

  /** Where two runs took different places, both places hold the same but for rounding. */
  void requireOnlyTiesDiffer(Switches other, String what) {
    assertEquals(byPositions.keySet(), other.byPositions.keySet(), what);
    byPositions.forEach(
        (positions, pool) ->
            pool.requireOnlyTiesDiffer(
                other.byPositions.get(positions), what + ", pooling of " + pool.node.name()));
  }

  /**
   * One pooling.
   *
   * @param window kernel and stride
   * @param shape of the pooled map, [1, C, H, W]
   * @param map what is pooled
   * @param places the largest value's place in each window, rows first
   */
  private record Pool(Node node, Extent window, Shape shape, float[] map, byte[] places) {
    static Pool of(Node node, Shape shape, float[] map) {
      MaxPool op = (MaxPool) node.op();
      assertEquals(op.kernel(), op.stride(), node.name());
      assertEquals(Padding.NONE, op.padding(), node.name());
      assertEquals(0, shape.height() % op.kernel().h(), node.name());
      assertEquals(0, shape.width() % op.kernel().w(), node.name());
      byte[] places = new byte[map.length / (op.kernel().h() * op.kernel().w())];
      Pool pool = new Pool(node, op.kernel(), shape, map, places);
      for (int i = 0; i < places.length; i++) {
        int best = 0;
        for (int place = 1; place < op.kernel().h() * op.kernel().w(); place++) {
          best = map[pool.position(i, place)] > map[pool.position(i, best)] ? place : best;
        }
        places[i] = (byte) best;
      }
      return pool;
    }

    /** Where in the map, counted through all planes, a place of a window is. */
    int position(int windowIndex, int place) {
      int across = shape.width() / window.w();
      int row = windowIndex / across * window.h() + place / window.w();
      return row * shape.width() + windowIndex % across * window.w() + place % window.w();
    }

    /** Engines count through one plane or through all. */
    void requirePositions(String engine, float[] positions) {
      assertEquals(places.length, positions.length, engine);
      int plane = shape.height() * shape.width();
      for (int i = 0; i < places.length; i++) {
        if (positions[i] < EXACT) {
          int expected = position(i, places[i]) % plane;
          if (expected != (int) positions[i] % plane) {
            assertEquals(expected, (int) positions[i] % plane, engine + ", " + node.name());
          }
        }
      }
    }

    Pool keeping(int[] channels) {
      int plane = shape.height() * shape.width();
      int windows = places.length / shape.channels();
      float[] fewer = new float[channels.length * plane];
      byte[] chosen = new byte[channels.length * windows];
      for (int i = 0; i < channels.length; i++) {
        System.arraycopy(map, channels[i] * plane, fewer, i * plane, plane);
        System.arraycopy(places, channels[i] * windows, chosen, i * windows, windows);
      }
      Shape left = Shape.of(1, channels.length, shape.height(), shape.width());
      return new Pool(node, window, left, fewer, chosen);
    }

    /** One where a window's largest value is, else zero. */
    Tensor mask() {
      float[] mask = new float[map.length];
      for (int i = 0; i < places.length; i++) {
        mask[position(i, places[i])] = 1;
      }
      return Tensor.sharing(shape, mask);
    }

    void requireOnlyTiesDiffer(Pool other, String what) {
      assertEquals(shape, other.shape, what);
      double rounding = TIE * largest();
      for (int i = 0; i < places.length; i++) {
        if (places[i] != other.places[i]) {
          requireTie(map, i, other, rounding, what);
          requireTie(other.map, i, other, rounding, what);
        }
      }
    }

    private void requireTie(float[] values, int i, Pool other, double rounding, String what) {
      float a = values[position(i, places[i])];
      float b = values[position(i, other.places[i])];
      assertTrue(
          Math.abs((double) a - b) <= rounding,
          () -> what + ": window " + i + " holds " + a + " and " + b + ", which are no tie");
    }

    private double largest() {
      double largest = 0;
      for (float value : map) {
        largest = Math.max(largest, Math.abs(value));
      }
      return largest;
    }
  }
}
