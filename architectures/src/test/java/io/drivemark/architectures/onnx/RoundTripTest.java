package io.drivemark.architectures.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.drivemark.architectures.Networks;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.architectures.zoo.Option;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {
  static Stream<Network> networks() {
    return Stream.concat(Stream.of(Networks.mixed()), Networks.perOperator().values().stream());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void whatWasWrittenIsReadBackEqual(Network network) {
    byte[] bytes = OnnxWriter.toBytes(network, 21, 30);

    Network again = OnnxReader.read(bytes);

    assertEquals(network.nodes(), again.nodes());
    assertEquals(network, again);
    assertArrayEquals(bytes, OnnxWriter.toBytes(again, 21, 30));
  }

  @ParameterizedTest
  @MethodSource("io.drivemark.architectures.zoo.Architectures#names()")
  void everyArchitectureIsReadBackEqualAtAnOddSize(String architecture) {
    boolean multiplies =
        Architectures.named(architecture).options().stream()
            .anyMatch(o -> o.name().equals("width") && o.domain() instanceof Option.Real);
    Map<String, String> narrow = multiplies ? Map.of("width", "0.25") : Map.of();
    Network network = Architectures.build(architecture, narrow, 11, 1);
    assertEquals(network, OnnxReader.read(OnnxWriter.toBytes(network, 353, 501)));
  }

  @Test
  void theSizeOfTheFileDoesNotStayInTheNetwork() {
    Network network = Networks.mixed();
    Network small = OnnxReader.read(OnnxWriter.toBytes(network, 32, 48));
    Network large = OnnxReader.read(OnnxWriter.toBytes(network, 97, 51));
    assertEquals(small, large);
    assertEquals("[1, 5, 97, 51]", small.shapesAt(97, 51).get("head").toString());
  }

  @Test
  void filesOnDiskKeepTheNetworkAndLeaveNoPartBehind(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("models/mixed.onnx");
    OnnxWriter.write(Networks.mixed(), file, 32, 32);
    assertEquals(Networks.mixed(), OnnxReader.read(file));
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void changedWeightsAreReadAndTheStructureKept() throws Exception {
    Network network = Networks.mixed();
    ModelProto.Builder model =
        ModelProto.parseFrom(OnnxWriter.toBytes(network, 32, 32)).toBuilder();
    for (int i = 0; i < model.getGraph().getInitializerCount(); i++) {
      var weight = model.getGraphBuilder().getInitializerBuilder(i);
      if (weight.getName().equals("stem.act.weight")) {
        weight.clearRawData();
        for (int c = 0; c < 8; c++) {
          weight.addFloatData(c);
        }
      }
    }

    Network trained = OnnxReader.read(model.build().toByteArray());

    assertEquals(network.nodes(), trained.nodes());
    assertArrayEquals(
        new float[] {0, 1, 2, 3, 4, 5, 6, 7},
        trained.weights().get("stem.act.weight").tensor().floats());
  }

  @Test
  void aNodeThatNoLongerIsWhatItsNoteSaysIsReadAsItStands() throws Exception {
    Network network = Networks.perOperator().get("gate and slope shared");
    ModelProto.Builder model = ModelProto.parseFrom(OnnxWriter.toBytes(network, 8, 8)).toBuilder();
    int at = 0;
    while (!model.getGraph().getNode(at).getOpType().equals("Mul")) {
      at++;
    }
    NodeProto.Builder mul = model.getGraphBuilder().getNodeBuilder(at);
    mul.setOpType("Add");

    Network read = OnnxReader.read(model.build().toByteArray());

    assertTrue(
        read.nodes().stream().anyMatch(n -> n.op().equals(new Elementwise(Elementwise.Kind.ADD))));
  }

  @Test
  void theReservedMetadataKeyIsRefused() {
    Network network = Networks.mixed().withMetadata(Map.of("drivemark.graph", "mine"));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> OnnxWriter.toBytes(network, 32, 32));
    assertEquals("network mixed: the metadata key drivemark.graph is reserved", e.getMessage());
  }
}
