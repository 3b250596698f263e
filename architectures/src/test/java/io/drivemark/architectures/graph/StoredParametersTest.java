package io.drivemark.architectures.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Weights that are stored in other types than float32 are counted, or said to be uncounted. */
class StoredParametersTest {
  private final List<Node> nodes = new ArrayList<>();
  private final List<Weight> weights = new ArrayList<>();

  private void stored(String name, String type, int... extents) {
    Opaque.Stored tensor = new Opaque.Stored(type, Shape.of(extents));
    node("Constant", name, new Opaque("Constant", "", "", 1, Optional.of(tensor)));
  }

  private void scales(String name, int... extents) {
    int n = (int) Shape.of(extents).elements();
    weights.add(
        new Weight(name, Weight.Role.LEARNED, "", Tensor.of(Shape.of(extents), new float[n])));
  }

  private void node(String type, String output, Opaque op, String... inputs) {
    nodes.add(new Node(type + nodes.size(), op, List.of(inputs), List.of(output)));
  }

  private void foreign(String type, String domain, String output, String... inputs) {
    node(type, output, new Opaque(type, domain, "", 1), inputs);
  }

  private void conv(String x, String w, String b, String y) {
    Conv2d op = new Conv2d(Extent.ONE, Padding.NONE, Extent.ONE, 1);
    nodes.add(new Node("Conv" + nodes.size(), op, List.of(x, w, b), List.of(y)));
  }

  private StoredParameters counted(String output) {
    return StoredParameters.of(
        new Network(
            "theirs",
            List.of(new NetworkInput("x", Shape.of(1, 3, 4, 4))),
            nodes,
            weights,
            List.of(output),
            Map.of()));
  }

  @Test
  void quantisedWeightsCountAndTheirScalesDoNot() {
    stored("w8", "int8", 5, 3, 1, 1);
    stored("b32", "int32", 5);
    stored("zero", "int8", 5);
    scales("scale", 5);
    foreign("DequantizeLinear", "", "w", "w8", "scale", "zero");
    foreign("DequantizeLinear", "", "b", "b32", "scale");
    conv("x", "w", "b", "y");
    StoredParameters found = counted("y");
    assertEquals(20, found.total());
    assertEquals(Set.of("int8", "int32"), found.byType().keySet());
    assertEquals("int8", found.precision());
    assertTrue(found.exact());
    assertEquals(OptionalLong.of(15 + 5 * 4), found.bytes());
  }

  @Test
  void operatorsThatComputeWithIntegersCountTheirWeights() {
    stored("w8", "uint8", 5, 3, 1, 1);
    stored("b32", "int32", 5);
    stored("zero", "uint8");
    scales("scale", 1);
    foreign(
        "QLinearConv",
        "",
        "y",
        "x",
        "scale",
        "zero",
        "w8",
        "scale",
        "zero",
        "scale",
        "zero",
        "b32");
    assertEquals(20, counted("y").total());
    assertEquals("int8", counted("y").precision());
  }

  @Test
  void halfAndSingleTogetherAreMixed() {
    stored("w16", "float16", 5, 3, 1, 1);
    scales("b", 5);
    conv("x", "w16", "b", "y");
    assertEquals(20, counted("y").total());
    assertEquals("mixed (fp16, fp32)", counted("y").precision());
    assertEquals(OptionalLong.of(15 * 2 + 5 * 4), counted("y").bytes());
  }

  @Test
  void sizesStoredAsIntegersAreNoParameters() {
    stored("shape", "int32", 4);
    foreign("Cast", "", "shape64", "shape");
    foreign("Reshape", "", "y", "x", "shape64");
    assertEquals(0, counted("y").total());
    assertTrue(counted("y").exact());
  }

  @Test
  void whatAnotherToolsOperatorReadsIsUnknown() {
    stored("packed", "uint8", 64);
    foreign("MatMulNBits", "com.microsoft", "y", "x", "packed");
    assertFalse(counted("y").exact());
    assertEquals("unknown", counted("y").precision());
  }

  /** What is seen is no answer where something is not. */
  @Test
  void someKnownAndSomeNotIsUnknown() {
    scales("w", 5, 3, 1, 1);
    scales("b", 5);
    conv("x", "w", "b", "c");
    stored("packed", "uint8", 64);
    foreign("MatMulNBits", "com.microsoft", "y", "c", "packed");
    assertFalse(counted("y").exact());
    assertEquals("unknown", counted("y").precision());
  }
}
