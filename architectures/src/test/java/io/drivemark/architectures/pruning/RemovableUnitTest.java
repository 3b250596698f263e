package io.drivemark.architectures.pruning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which layers can be left out, and what that leaves. */
class RemovableUnitTest {
  private static final int HEIGHT = 96;
  private static final int WIDTH = 160;

  private static Network zoo(String name) {
    return Architectures.build(name, Map.of(), 11, 1);
  }

  /** Narrow where that is an option, so that VGG16 fits. */
  private static Network narrow(String name) {
    boolean possible =
        Architectures.named(name).options().stream()
            .anyMatch(o -> o.name().equals("width") && o.domain() instanceof Option.Real);
    return Architectures.build(name, possible ? Map.of("width", "0.25") : Map.of(), 11, 1);
  }

  private static List<String> names(Network network) {
    return RemovableUnit.of(network).stream().map(RemovableUnit::name).toList();
  }

  private static List<String> numbered(String prefix, int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> prefix + i).toList();
  }

  @SafeVarargs
  private static List<String> all(List<String>... parts) {
    List<String> joined = new ArrayList<>();
    for (List<String> part : parts) {
      joined.addAll(part);
    }
    return joined;
  }

  @Test
  void everyFamilyHasItsUnits() {
    assertEquals(
        all(
            numbered("DAB_Block_1.DAB_Module_1_", 0, 2),
            numbered("DAB_Block_2.DAB_Module_2_", 0, 5)),
        names(zoo("dabnet")));
    assertEquals(
        all(
            numbered("stage1.", 1, 4),
            numbered("stage2.", 1, 8),
            numbered("stage3.", 1, 8),
            List.of("stage4.1", "stage4.2", "stage5.1")),
        names(zoo("enet")));
    assertEquals(
        all(numbered("encoder.level2.", 0, 1), numbered("encoder.level3.", 0, 7)),
        names(zoo("espnet")));
    assertEquals(
        all(numbered("base_net.level3.", 0, 2), numbered("base_net.level4.", 0, 6)),
        names(zoo("espnetv2")));
    assertEquals(
        List.of("unit3", "unit5", "unit7", "unit8", "unit9", "unit10", "unit11", "unit13"),
        names(zoo("skipnet-mobilenet")));
    assertEquals(
        List.of("conv_decode4", "conv_decode3", "conv_decode2", "conv_decode1"),
        names(zoo("segnet-basic")));
  }

  @Test
  void encodersBringTheirUnits() {
    assertEquals(
        List.of("layer1.0", "layer1.1", "layer2.1", "layer3.1", "layer4.1", "tail2"),
        names(zoo("linknet")));
    assertEquals(
        all(
            numbered("stage2.unit", 2, 4),
            numbered("stage3.unit", 2, 8),
            numbered("stage4.unit", 2, 4)),
        names(zoo("skipnet-shufflenet")));
    assertEquals(numbered("block", 5, 12), names(narrow("xception-seg")));
    assertEquals(
        List.of("conv3_2", "conv4_2", "conv5_1", "conv5_2", "fc7"), names(narrow("fcn8s")));
    assertEquals(
        List.of(
            "conv3_2",
            "conv4_2",
            "conv5_1",
            "conv5_2",
            "fc7",
            "step1.conv1",
            "step1.conv2",
            "step2.conv1",
            "step2.conv2",
            "step3.conv1",
            "step3.conv2",
            "step4.conv1",
            "step4.conv2",
            "step5.conv1",
            "step5.conv2"),
        names(narrow("unet-vgg16")));
  }

  @Test
  void decodersPlainConvolutionsAreUnitsBesideBlocks() {
    NetworkBuilder b = new NetworkBuilder("net", 1);
    String x = b.relu("stem", b.conv("stem.conv", b.input("image", 3), 4, 3).same().build());
    x = b.relu("encoder.act", b.conv("encoder", x, 4, 3).same().build());
    x = b.sum("block.sum", b.conv("block.conv", x, 4, 3).same().build(), x);
    x = b.add("up", new Resize(ResizeMode.NEAREST, 2, 2), x);
    x = b.relu("decoder.act", b.conv("decoder", x, 4, 3).same().build());
    Network network = b.build(b.conv("head", x, 2, 1).build());
    assertEquals(List.of("block.conv", "decoder"), names(network));
  }

  @Test
  void activationAfterTheSumGoesWithTheBlock() {
    RemovableUnit unit = RemovableUnit.of(zoo("enet")).get(0);
    assertEquals("stage1.0.act", unit.entry());
    assertEquals("stage1.1.act", unit.exit());
    assertTrue(unit.nodes().containsAll(List.of("stage1.1.project", "stage1.1.sum")));
  }

  @Test
  void blockThatNormalisesFirstLeavesTheNextNormalisationAlone() {
    NetworkBuilder b = new NetworkBuilder("pre", 1);
    String x = b.conv("stem", b.input("image", 3), 4, 1).build();
    String y = b.relu("block.relu", b.batchNorm("block.bn", x, 1e-5));
    x = b.sum("block.sum", b.conv("block.conv", y, 4, 1).build(), x);
    x = b.relu("last.relu", b.batchNorm("last.bn", x, 1e-5));
    RemovableUnit unit = RemovableUnit.of(b.build(b.conv("head", x, 2, 1).build())).get(0);
    assertEquals("block.sum", unit.exit());
    assertEquals(List.of("block.bn", "block.relu", "block.conv", "block.sum"), unit.nodes());
  }

  @Test
  void layersThatChangeShapeCarryAPoolOrAreReadInsideStay() {
    NetworkBuilder b = new NetworkBuilder("plain", 1);
    String x = b.relu("wider.act", b.conv("wider", b.input("image", 3), 4, 3).same().build());
    x = b.relu("pooled.act", b.conv("pooled", x, 4, 3).same().build());
    Extent two = Extent.square(2);
    x = b.add("pool", new MaxPool(two, two, Padding.NONE, false, false), x);
    x = b.relu("strided.act", b.conv("strided", x, 4, 3).stride(2).padding(1).build());
    String inside = b.conv("tapped", x, 4, 3).same().build();
    x = b.concat("join", b.relu("tapped.act", inside), inside);
    x = b.relu("free.act", b.conv("free", x, 8, 3).same().build());
    x = b.conv("bare", x, 8, 3).same().build();
    assertEquals(List.of("free"), names(b.build(b.conv("head", x, 2, 1).build())));
  }

  @Test
  void skipsAreReadFromBeforeTheRemovedUnit() {
    Network network = zoo("dabnet");
    List<RemovableUnit> units = RemovableUnit.of(network);
    Network small = LayerRemoval.apply(network, units.subList(0, 3));
    Node concat =
        small.nodes().stream().filter(n -> n.name().equals("concat_2")).findFirst().orElseThrow();
    String first = units.get(0).entry();
    assertEquals(List.of(first, first, "down_2"), concat.inputs());
  }

  static List<String> architectures() {
    return Architectures.names();
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void removalTakesExactlyTheUnitsCost(String name) {
    Network network = narrow(name);
    long whole = Cost.of(network, HEIGHT, WIDTH).macs();
    List<RemovableUnit> units = RemovableUnit.of(network);
    for (RemovableUnit unit : units) {
      long macs = unit.macs(network, HEIGHT, WIDTH);
      assertTrue(macs > 0, unit.name());
      Network small = LayerRemoval.apply(network, List.of(unit));
      assertEquals(whole - macs, Cost.of(small, HEIGHT, WIDTH).macs(), unit.name());
    }
    for (long seed = 1; seed <= 5; seed++) {
      List<RemovableUnit> some = new ArrayList<>(units);
      Collections.shuffle(some, new Random(seed));
      some = some.subList(0, new Random(seed).nextInt(units.size() + 1));
      long macs = some.stream().mapToLong(u -> u.macs(network, HEIGHT, WIDTH)).sum();
      Network small = LayerRemoval.apply(network, some);
      String what = name + ", seed " + seed + ", " + some.size() + " units";
      assertEquals(whole - macs, Cost.of(small, HEIGHT, WIDTH).macs(), what);
      assertFalse(hasUnread(small, network), what);
    }
  }

  /** Whether weights are left over that only removed layers read. */
  private static boolean hasUnread(Network small, Network whole) {
    Set<String> before = read(whole);
    Set<String> after = read(small);
    return small.weights().keySet().stream()
        .anyMatch(w -> before.contains(w) && !after.contains(w));
  }

  private static Set<String> read(Network network) {
    return network.nodes().stream().flatMap(n -> n.inputs().stream()).collect(Collectors.toSet());
  }

  @Test
  void removableUnitsOfAPrunedNetworkAreTheRest() {
    Network network = zoo("enet");
    LayerScores scores = LayerScores.random(RemovableUnit.of(network), 3);
    PruningPlan plan = LayerPlanner.remove(network, scores, 5, 3);
    List<String> rest = new ArrayList<>(names(network));
    rest.removeAll(plan.layers());
    assertEquals(rest, names(plan.apply(network)));
  }

  @Test
  void scoreOfAUnitIsTheMeanOverItsLayers() {
    NetworkBuilder b = new NetworkBuilder("net", 1);
    String x = b.relu("stem.act", b.conv("stem", b.input("image", 3), 2, 1).build());
    String y = b.relu("block.act", b.conv("block.a", x, 4, 1).build());
    x = b.sum("block.sum", b.conv("block.b", y, 2, 1).build(), x);
    Network network = b.build(b.conv("head", x, 2, 1).build());
    Importance l1 = Importance.of(network, Criteria.named("l1"), 1);
    double expected = (l1.mean("block.a").orElseThrow() + l1.mean("block.b").orElseThrow()) / 2;
    LayerScores scores = LayerScores.of(RemovableUnit.of(network), l1);
    assertEquals(Map.of("block", expected), scores.byUnit());
    double[] filters = l1.layer("block.a").orElseThrow();
    assertEquals(
        (filters[0] + filters[1] + filters[2] + filters[3]) / 4,
        l1.mean("block.a").orElseThrow(),
        1e-12);
  }

  @Test
  void ensembleAddsRanks() {
    LayerScores one = new LayerScores("p", Map.of("a", 1.0, "b", 5.0, "c", 3.0, "only", 0.0));
    LayerScores two = new LayerScores("q", Map.of("a", 2.0, "b", 0.5, "c", 1.0));
    LayerScores three = new LayerScores("r", Map.of("a", 9.0, "b", 8.0, "c", 70.0));
    LayerScores sums = LayerScores.ensemble(List.of(one, two, three));
    assertEquals("ensemble(p+q+r)", sums.criterion());
    assertEquals(Map.of("a", 0.0 + 2 + 1, "b", 2.0 + 0 + 0, "c", 1.0 + 1 + 2), sums.byUnit());
    assertEquals(List.of("b", "a", "c"), sums.order());
  }

  @Test
  void plansByCountAndByShareAndTheirLimits() {
    Network network = zoo("skipnet-mobilenet");
    List<RemovableUnit> units = RemovableUnit.of(network);
    LayerScores scores = LayerScores.of(units, Importance.of(network, Criteria.named("l2"), 1));
    PruningPlan two = LayerPlanner.remove(network, scores, 2, 1);
    assertEquals(Set.copyOf(scores.order().subList(0, 2)), Set.copyOf(two.layers()));
    // Every unit is about a twelfth of the network: five have to go for 0.6.
    PruningPlan share = LayerPlanner.keep(network, scores, Measure.MACS, 0.6, 512, 1024, 1);
    assertEquals(Set.copyOf(scores.order().subList(0, 5)), Set.copyOf(share.layers()));
    assertEquals(
        "network skipnet-mobilenet has 8 units of layers that l2 can remove, 9 were asked for; ask"
            + " for 1 to 8",
        assertThrows(BadInputException.class, () -> LayerPlanner.remove(network, scores, 9, 1))
            .getMessage());
    double left =
        (double) Cost.of(LayerRemoval.apply(network, units), 512, 1024).macs()
            / Cost.of(network, 512, 1024).macs();
    assertEquals(
        String.format(
            java.util.Locale.ROOT,
            "network skipnet-mobilenet cannot be cut to 0.1 of its macs at 512x1024 by removing"
                + " layers: %.4f remain without all of its 8 removable units. Ask for %.4f or more,"
                + " or prune filters",
            left,
            Math.ceil(left * 1e4) / 1e4),
        assertThrows(
                BadInputException.class,
                () -> LayerPlanner.keep(network, scores, Measure.MACS, 0.1, 512, 1024, 1))
            .getMessage());
  }

  @Test
  void oneAfterTheOtherIsAsMuchAsAtOnceForOne() {
    Network network = zoo("espnet");
    Importance l1 = Importance.of(network, Criteria.named("l1"), 1);
    LayerScores scores = LayerScores.of(RemovableUnit.of(network), l1);
    Network once = LayerPlanner.remove(network, scores, 1, 1).apply(network);
    Importance again = Importance.of(once, Criteria.named("l1"), 1);
    LayerScores rest = LayerScores.of(RemovableUnit.of(once), again);
    Network stepwise = LayerPlanner.remove(once, rest, 1, 1).apply(once);
    assertEquals(LayerPlanner.remove(network, scores, 2, 1).apply(network), stepwise);
  }
}
