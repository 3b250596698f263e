package io.drivemark.architectures.pruning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.NetworkDigest;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From scores to a plan, and from a plan to a smaller network. */
class PlanTest {
  private static final int SIZE = 16;

  @TempDir Path folder;

  /** Filters of a and b by their L1 norms; every convolution is 1×1 without bias. */
  private static Network chain() {
    NetworkBuilder b = new NetworkBuilder("chain", 1);
    String x = weighted(b, "a", b.input("image", 1), new float[] {4, 1, 3, 2});
    x = weighted(b, "b", x, new float[] {10, 80, 30, 40, 50, 60, 70, 20});
    return b.build(b.conv("head", x, 2, 1).build());
  }

  /** Each filter has these weights' sum as its L1 norm. */
  private static String weighted(NetworkBuilder b, String name, String x, float[] norms) {
    int in = b.channels(x);
    float[] weights = new float[norms.length * in];
    for (int f = 0; f < norms.length; f++) {
      java.util.Arrays.fill(weights, f * in, (f + 1) * in, norms[f] / in);
    }
    Tensor kernel = Tensor.of(Shape.of(norms.length, in, 1, 1), weights);
    return b.conv(name, x, norms.length, 1).initial(kernel).build();
  }

  private static Importance l1(Network network) {
    return Importance.of(network, Criteria.named("l1"), 1);
  }

  private static FilterGoal filters(double share) {
    return FilterGoal.keep(Measure.FILTERS, share, SIZE, SIZE);
  }

  private static PruningPlan plan(Network network, FilterGoal goal) {
    return FilterPlanner.plan(network, l1(network), goal, 1);
  }

  private static String refusal(Executable call) {
    return assertThrows(BadInputException.class, call).getMessage();
  }

  /** One unit of ESPNetv2 is in 21 layers: removing it takes two fifths of the network. */
  @Test
  void familyWhoseUnitIsTooMuchStaysWhereOthersReachTheGoal() {
    Network network = Architectures.build("espnetv2", Map.of(), 11, 1);
    Importance l1 = Importance.of(network, Criteria.named("l1"), 1);
    long whole = Measure.MACS.of(network, 96, 128);
    for (FilterGoal.Scope scope : FilterGoal.Scope.values()) {
      FilterGoal goal = FilterGoal.keep(Measure.MACS, 0.8, 96, 128).withScope(scope);
      PruningPlan plan = FilterPlanner.plan(network, l1, goal, 1);
      double left = (double) Measure.MACS.of(plan.apply(network), 96, 128) / whole;
      assertTrue(left <= 0.8 && left > 0.76, scope + ": " + left);
    }
  }

  @Test
  void everyLayerLosesItsLeastFilters() {
    // 14 filters, 2 of them the head's: half of them is 7, so five are left of a's and b's 12.
    PruningPlan plan = plan(chain(), filters(0.5));
    assertEquals(Map.of("a", List.of(1, 3), "b", List.of(0, 2, 3, 4, 7)), plan.filters());
    Network small = plan.apply(chain());
    assertEquals(7, Measure.FILTERS.of(small, SIZE, SIZE));
    assertEquals(Shape.of(3, 2, 1, 1), small.weights().get("b.weight").tensor().shape());
  }

  @Test
  void globallyTheLeastOfAllGo() {
    PruningPlan plan = plan(chain(), filters(0.5).withScope(FilterGoal.Scope.GLOBAL));
    assertEquals(Map.of("a", List.of(1, 2, 3), "b", List.of(0, 2, 3, 7)), plan.filters());
  }

  @Test
  void minimumWidthHolds() {
    FilterGoal goal = filters(0.5).withScope(FilterGoal.Scope.GLOBAL).withMinimumWidth(3);
    assertEquals(
        Map.of("a", List.of(1), "b", List.of(0, 2, 3, 4, 7)),
        plan(chain(), filters(0.6).withMinimumWidth(3)).filters());
    assertEquals(
        "network chain cannot be pruned to 0.5 of its filters at 16x16: at least 0.5714 remain with"
            + " 3 filters a group. Channels that stay: 2 because it is output head of the network;"
            + " 1 because it is the network's input. Ask for 0.5715 or more",
        refusal(() -> plan(chain(), goal)));
  }

  @Test
  void widthsAreRoundedUp() {
    Map<String, Shape> widths =
        plan(chain(), filters(0.75).withMultiple(4)).apply(chain()).shapesAt(SIZE, SIZE);
    assertEquals(4, widths.get("a").channels());
    assertEquals(4, widths.get("b").channels());
  }

  @Test
  void sparedLayersKeepAllFilters() {
    PruningPlan plan = plan(chain(), filters(0.8).withSpared(Set.of("b*")));
    assertEquals(Map.of("a", List.of(1, 2, 3)), plan.filters());
    assertEquals(
        "network chain has no layer 'bb' to spare (did you mean 'b'?); 'name*' spares all that begin"
            + " with name",
        refusal(() -> plan(chain(), filters(0.8).withSpared(Set.of("bb")))));
  }

  @Test
  void plantedZeroFilterIsTheOneChosen() {
    Network enet = Architectures.build("enet", Map.of(), 11, 4);
    String layer = "stage2.3.middle.row";
    Tensor kernel = enet.weights().get(layer + ".weight").tensor();
    float[] weights = kernel.floats();
    int each = weights.length / kernel.shape().extent(0);
    java.util.Arrays.fill(weights, 5 * each, 6 * each, 0);
    Network planted =
        enet.withTensors(Map.of(layer + ".weight", Tensor.of(kernel.shape(), weights)));
    FilterGoal goal =
        FilterGoal.keep(Measure.FILTERS, 0.99999, 64, 64).withScope(FilterGoal.Scope.GLOBAL);
    PruningPlan plan = plan(planted, goal);
    assertEquals(Map.of(layer, List.of(5)), plan.filters());
  }

  @ParameterizedTest
  @CsvSource({
    "enet, macs, 0.6, LAYER",
    "enet, params, 0.5, GLOBAL",
    "dabnet, macs, 0.7, GLOBAL",
    "espnet, filters, 0.5, LAYER",
    "skipnet-mobilenet, macs, 0.4, LAYER",
    "skipnet-mobilenet, params, 0.3, GLOBAL",
    "segnet-basic, macs, 0.25, LAYER"
  })
  void atMostTheShareRemainsAndOneFilterLessWouldBeTooMuch(
      String name, String measure, double share, FilterGoal.Scope scope) {
    Network network = Architectures.build(name, Map.of(), 11, 2);
    Measure counted = Measure.named(measure);
    FilterGoal goal = FilterGoal.keep(counted, share, 96, 128).withScope(scope);
    Network small = plan(network, goal).apply(network);
    double left = (double) counted.of(small, 96, 128) / counted.of(network, 96, 128);
    assertTrue(left <= share && left > share - 0.03, name + ": " + left + " of " + share);
  }

  @ParameterizedTest
  @CsvSource({"plan.json", "plan.yaml"})
  void plansAreKeptComparedAndReplayed(String name) throws Exception {
    Network network = Architectures.build("enet", Map.of(), 11, 2);
    FilterGoal goal = FilterGoal.keep(Measure.MACS, 0.6, 96, 128).withMultiple(4);
    PruningPlan plan = plan(network, goal);
    Path file = folder.resolve(name);
    PlanFile.write(plan, file);
    PruningPlan read = PlanFile.read(file);
    assertEquals(plan, read);
    assertEquals(List.of(), plan.differences(read));
    assertEquals(plan.apply(network), read.apply(network));
    assertEquals("macs=0.6 at 96x128, scope layer, multiples of 4", read.goal());
    assertTrue(Files.readString(file).contains("drivemark-plan/1"));
  }

  @Test
  void differencesAreNamed() {
    PruningPlan one = plan(chain(), filters(0.5));
    PruningPlan two = plan(chain(), filters(0.9));
    assertEquals(
        List.of(
            "goal: filters=0.5 at 16x16, scope layer here, filters=0.9 at 16x16, scope layer there",
            "filters of a: [1, 3] here, [1] there",
            "filters of b: [0, 2, 3, 4, 7] here, [0] there"),
        one.differences(two));
  }

  @Test
  void planForAnotherNetworkIsRefusedWithBothDigests() {
    PruningPlan plan = plan(chain(), filters(0.5));
    Network other = chain().withTensors(Map.of("a.weight", Tensor.filled(Shape.of(4, 1, 1, 1), 1)));
    assertEquals(
        "the plan is for network chain with digest "
            + NetworkDigest.of(chain())
            + ", this is chain with digest "
            + NetworkDigest.of(other)
            + "; make a plan for this network",
        refusal(() -> plan.apply(other)));
  }

  @Test
  void changedPlansAreRefusedWithReasons() {
    assertEquals(
        "plan for chain: filter 0 of layer head cannot be removed: it is output head of the network",
        refusal(() -> changed(Map.of("head", List.of(0))).apply(chain())));
    assertEquals(
        "plan for chain: layer a has no filter 4; they are numbered from 0 to 3",
        refusal(() -> changed(Map.of("a", List.of(4))).apply(chain())));
    assertEquals(
        "plan for chain: the network has no layer 'hea' (did you mean 'head'?); make the plan anew",
        refusal(() -> changed(Map.of("hea", List.of(0))).apply(chain())));
    assertEquals(
        "plan for chain: all 4 channels of a would be removed; keep at least one",
        refusal(() -> changed(Map.of("a", List.of(0, 1, 2, 3))).apply(chain())));
  }

  private static PruningPlan changed(Map<String, List<Integer>> filters) {
    return new PruningPlan(
        Technique.FILTER, "chain", NetworkDigest.of(chain()), "l1", 1, "", filters, List.of());
  }

  @Test
  void damagedPlanNamesEveryProblem() throws Exception {
    Path file = folder.resolve("plan.json");
    Files.writeString(
        file,
        "{\"schema\": \"drivemark-plan/2\", \"technique\": \"filters\", \"network\": \"chain\",\n"
            + " \"criterion\": \"l1\", \"filters\": {\"a\": [1, \"x\"]}, \"layer\": []}");
    assertEquals(
        file
            + ": 5 problems\n"
            + "  line 1: schema: found drivemark-plan/2, expected drivemark-plan/1\n"
            + "  line 1: technique: found filters (did you mean 'filter'?), expected one of filter,"
            + " layer\n"
            + "  line 1: key 'digest' is missing: expected a text\n"
            + "  line 2: filters.a: found x, expected a list of whole numbers\n"
            + "  line 2: unknown key 'layer' (did you mean 'layers'?); known here: schema, technique,"
            + " network, digest, criterion, goal, seed, filters, layers, evidence",
        refusal(() -> PlanFile.read(file)));
  }

  @Test
  void measuresHaveNames() {
    assertEquals(
        "nothing called 'mac' can be kept a share of (did you mean 'macs'?); there are macs, params,"
            + " filters",
        refusal(() -> Measure.named("mac")));
  }
}
