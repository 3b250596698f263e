package io.drivemark.architectures.pruning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.ChannelShuffle;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Pad;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Slice;
import io.drivemark.architectures.graph.op.Softmax;
import io.drivemark.architectures.graph.op.Split;
import io.drivemark.architectures.zoo.Architectures;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelGroupsTest {
  private final NetworkBuilder b = new NetworkBuilder("net", 1);
  private final String image = b.input("image", 3);

  private String conv(String name, String x, int out) {
    return b.conv(name, x, out, 1).build();
  }

  private ChannelGroups groups(String last) {
    return ChannelGroups.of(b.build(conv("head", last, 2)));
  }

  private static int[] units(ChannelGroups groups, String value) {
    return groups.unitsOf(value).orElseThrow();
  }

  @Test
  void additionTiesItsOperands() {
    String x = b.sum("sum", conv("a", image, 4), b.relu("r", conv("b", image, 4)));
    ChannelGroups groups = groups(x);
    assertArrayEquals(units(groups, "a"), units(groups, "b"));
    assertArrayEquals(units(groups, "a"), units(groups, "sum"));
    assertEquals(
        List.of(new ChannelGroups.Family(List.of("a", "b"), List.of(3, 4, 5, 6), Optional.empty())),
        groups.prunable());
  }

  @Test
  void concatenationPutsUnitsSideBySide() {
    ChannelGroups groups = groups(b.concat("c", conv("a", image, 2), image, conv("b", image, 1)));
    int[] a = units(groups, "a");
    int[] in = units(groups, "image");
    int[] last = units(groups, "b");
    assertArrayEquals(new int[] {a[0], a[1], in[0], in[1], in[2], last[0]}, units(groups, "c"));
  }

  @Test
  void depthwiseConvolutionHandsUnitsOn() {
    String x = conv("a", image, 4);
    ChannelGroups groups = groups(b.conv("d", x, 8, 3).depthwise().build());
    int[] a = units(groups, "a");
    assertArrayEquals(
        new int[] {a[0], a[0], a[1], a[1], a[2], a[2], a[3], a[3]}, units(groups, "d"));
  }

  @Test
  void shufflePermutesUnits() {
    ChannelGroups groups = groups(b.add("s", new ChannelShuffle(2), conv("a", image, 6)));
    int[] a = units(groups, "a");
    assertArrayEquals(new int[] {a[0], a[3], a[1], a[4], a[2], a[5]}, units(groups, "s"));
  }

  @Test
  void unpoolingTiesItsMapToThePooledOne() {
    String x = conv("a", image, 4);
    Extent two = Extent.square(2);
    List<String> pooled =
        b.addAll(
            "p", new MaxPool(two, two, Padding.NONE, false, true), List.of(x), List.of("p", "i"));
    String up = b.add("u", new MaxUnpool(two, two), conv("b", pooled.get(0), 4), pooled.get(1));
    ChannelGroups groups = groups(up);
    assertArrayEquals(units(groups, "a"), units(groups, "b"));
  }

  @Test
  void appendedZerosAreTiedToWhatTheyAreAddedTo() {
    String x = b.sum("sum", b.add("p", Pad.channels(2), conv("a", image, 2)), conv("b", image, 4));
    ChannelGroups groups = groups(x);
    assertArrayEquals(units(groups, "p"), units(groups, "b"));
    assertEquals(units(groups, "a")[1], units(groups, "b")[1]);
    assertEquals(2, groups.prunable().size());
  }

  @Test
  void groupsLoseTheSamePlaces() {
    String x = conv("a", image, 4);
    ChannelGroups groups = groups(b.conv("g", x, 6, 3).groups(2).build());
    int[] a = units(groups, "a");
    int[] g = units(groups, "g");
    assertArrayEquals(new int[] {a[0], a[1], a[0], a[1]}, a);
    assertArrayEquals(new int[] {g[0], g[1], g[2], g[0], g[1], g[2]}, g);
    assertEquals(5, groups.prunable().stream().mapToInt(f -> f.units().size()).sum());
  }

  @Test
  void groupsThatMakeOneChannelGoAsAWhole() {
    String x = conv("a", image, 6);
    ChannelGroups groups = groups(b.conv("g", x, 3, 3).groups(3).build());
    int[] a = units(groups, "a");
    int[] g = units(groups, "g");
    assertArrayEquals(new int[] {g[0], g[0], g[1], g[1], g[2], g[2]}, a);
  }

  @Test
  void groupedConvolutionsAreCutInEveryGroup() {
    String x = conv("a", image, 4);
    x = b.conv("g", x, 6, 3).groups(2).bias().build();
    Network before = b.build(conv("head", b.conv("h", x, 3, 1).groups(3).build(), 2));
    ChannelGroups groups = ChannelGroups.of(before);
    int second = groups.unitOf("a", 1).orElseThrow();
    Network after = Materialise.apply(before, ChannelMasks.without(groups, List.of(second)));
    assertEquals(Shape.of(2, 3, 1, 1), shape(after, "a.weight"));
    assertEquals(Shape.of(6, 1, 3, 3), shape(after, "g.weight"));
    float[] whole = before.weights().get("g.weight").tensor().floats();
    float[] cut = after.weights().get("g.weight").tensor().floats();
    for (int f = 0; f < 6; f++) {
      assertEquals(whole[f * 2 * 9], cut[f * 9], "filter " + f + " keeps its first input");
    }
    // h joins g's channels in pairs, and g ties places 0 and 3: all of them hang together.
    assertEquals(units(groups, "h")[0], units(groups, "g")[0]);
  }

  @Test
  void groupedTransposedConvolutionsAreCutInEveryGroup() {
    String x = conv("a", image, 4);
    x = b.convTranspose("g", x, 8, 3).groups(2).bias().build();
    x = b.convTranspose("h", conv("c", x, 6), 3, 2).groups(3).build();
    Network before = b.build(conv("head", x, 2));
    ChannelGroups groups = ChannelGroups.of(before);
    List<Integer> removed =
        List.of(
            groups.unitOf("a", 1).orElseThrow(),
            groups.unitOf("g", 2).orElseThrow(),
            groups.unitOf("h", 0).orElseThrow());
    ChannelMasks masks = ChannelMasks.without(groups, removed);
    Network after = Materialise.apply(before, masks);
    assertEquals(Shape.of(2, 3, 3, 3), shape(after, "g.weight"));
    assertEquals(Shape.of(6), shape(after, "g.bias"));
    assertEquals(Shape.of(4, 1, 2, 2), shape(after, "h.weight"));
    assertArrayEquals(run(MaskedNetwork.of(before, masks)), run(after), 1e-5f);
  }

  private static float[] run(Network network) {
    try (Session session = Engines.named("onnxruntime").open(network, 4, 5, new EngineOptions(1))) {
      FloatBuffer image = Session.buffer(session.inputShape());
      for (int i = 0; i < image.capacity(); i++) {
        image.put(i, (float) Math.sin(i));
      }
      FloatBuffer output = Session.buffer(session.outputShapes().get(0));
      session.run(image, List.of(output));
      float[] values = new float[output.capacity()];
      output.get(0, values);
      return values;
    }
  }

  @Test
  void whatCannotBeRemovedSaysWhy() {
    String s = b.add("s", new Softmax(1), conv("c", image, 4));
    ChannelGroups groups = groups(s);
    assertEquals("it is the network's input", lock(groups, "image"));
    assertEquals("Softmax s mixes channels", lock(groups, "c"));
    assertEquals("it is output head of the network", lock(groups, "head"));
    assertTrue(groups.prunable().isEmpty());
  }

  private static String lock(ChannelGroups groups, String value) {
    return groups.lock(groups.unitOf(value, 0).orElseThrow()).orElseThrow();
  }

  @Test
  void lockedUnitsAndLastChannelsStay() {
    ChannelGroups groups = groups(conv("a", image, 2));
    assertEquals(
        "unit 0 cannot be removed: it is the network's input",
        assertThrows(IllegalArgumentException.class, () -> ChannelMasks.without(groups, List.of(0)))
            .getMessage());
    assertEquals(
        "all 2 channels of a would be removed; keep at least one",
        assertThrows(
                IllegalArgumentException.class, () -> ChannelMasks.without(groups, List.of(3, 4)))
            .getMessage());
    assertEquals(
        "unit 99 does not exist; there are 7",
        assertThrows(
                IllegalArgumentException.class, () -> ChannelMasks.without(groups, List.of(99)))
            .getMessage());
  }

  @Test
  void keepingEverythingChangesNothing() {
    Network enet = Architectures.build("enet", Map.of(), 11, 1);
    ChannelMasks all = ChannelMasks.all(ChannelGroups.of(enet));
    assertEquals(enet, Materialise.apply(enet, all));
    assertEquals(enet, MaskedNetwork.of(enet, all));
  }

  @Test
  void exactlyTheRemovedFiltersAndTheirReadersAreCut() {
    Network before = b.build(conv("head", b.batchNorm("n", conv("a", image, 4), 1e-5), 2));
    ChannelGroups groups = ChannelGroups.of(before);
    int third = groups.unitOf("a", 2).orElseThrow();
    Network after = Materialise.apply(before, ChannelMasks.without(groups, List.of(third)));
    assertEquals(Shape.of(3, 3, 1, 1), shape(after, "a.weight"));
    assertEquals(Shape.of(3), shape(after, "n.running_var"));
    assertEquals(Shape.of(2, 3, 1, 1), shape(after, "head.weight"));
    float[] whole = before.weights().get("a.weight").tensor().floats();
    float[] cut = after.weights().get("a.weight").tensor().floats();
    assertArrayEquals(
        new float[] {whole[9], whole[10], whole[11]}, new float[] {cut[6], cut[7], cut[8]});
    assertEquals(before.parameters() - 3 - 2 - 2, after.parameters());
  }

  @Test
  void channelAttributesFollowTheCut() {
    String a = conv("a", image, 6);
    List<String> parts =
        b.addAll("split", new Split(1, List.of(2, 4)), List.of(a), List.of("left", "right"));
    Op middle = new Slice(List.of(1), List.of(1), List.of(4));
    String s = b.add("slice", middle, parts.get(1));
    Network before = b.build(conv("head", b.concat("c", parts.get(0), s), 2));
    ChannelGroups groups = ChannelGroups.of(before);
    List<Integer> removed =
        List.of(groups.unitOf("a", 1).orElseThrow(), groups.unitOf("a", 3).orElseThrow());
    Network after = Materialise.apply(before, ChannelMasks.without(groups, removed));
    Map<String, Shape> shapes = after.shapesAt(4, 4);
    assertEquals(1, shapes.get("left").channels());
    assertEquals(3, shapes.get("right").channels());
    assertEquals(2, shapes.get("slice").channels());
    assertEquals(new Slice(List.of(1), List.of(1), List.of(3)), op(after, "slice"));
  }

  private static Shape shape(Network network, String weight) {
    return network.weights().get(weight).tensor().shape();
  }

  private static Op op(Network network, String node) {
    return network.nodes().stream().filter(n -> n.name().equals(node)).findFirst().get().op();
  }
}
