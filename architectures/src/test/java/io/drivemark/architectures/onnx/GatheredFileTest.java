package io.drivemark.architectures.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.gate.GateSite;
import io.drivemark.architectures.pruning.gate.GateSites;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import io.drivemark.architectures.pruning.gate.GatedNetworks;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.architectures.zoo.Calibration;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files in gathered form are right in a bare runtime and in our own reader. */
class GatheredFileTest {
  private static final int H = GatedNetworks.HEIGHT;
  private static final int W = GatedNetworks.WIDTH;
  private static final double TOLERANCE = 1e-4; // of the largest value: float32 sums reordered

  @TempDir Path folder;

  private static Network dense(String architecture) {
    Network network = Architectures.build(architecture, Map.of("width", "0.25"), 11, 3);
    return Calibration.of(network, GatedNetworks.image(1), H, W);
  }

  private static Model model(Network network) {
    ModelSpec spec =
        new ModelSpec(
            "gated",
            "dilated-fcn16s",
            Map.of(),
            ModelSpec.InputSpec.IMAGENET,
            LabelSpaces.named("camvid-11"),
            LabelsHead.Form.LOGITS,
            ModelSpec.Variant.DENSE,
            Map.of());
    return new Model(spec, network);
  }

  @ParameterizedTest
  @CsvSource({"dilated-fcn16s, 1", "dilated-fcn16s, 8", "dabnet, layers", "enet, layers"})
  void aBareRuntimeAndOurReaderGiveTheMaskedNetworksAnswer(String architecture, String unit)
      throws Exception {
    Network dense = dense(architecture);
    List<GateSite> sites =
        unit.equals("layers")
            ? GateSites.layers(dense)
            : GateSites.of(dense).inBlocks(Integer.parseInt(unit));
    GatedNetwork gated = GatedNetworks.gated(dense, sites);
    GatedNetwork half = gated.constant(GatedNetworks.live(gated, 0.5, 5));
    Network scores = half.network().forInference();
    float[] image = GatedNetworks.image(4);
    float[] expected = GatedNetworks.run("onnxruntime", scores, image).get(0);
    Path file = folder.resolve("gathered.onnx");
    Models.writeGathered(model(scores), file, new Size(H, W));
    assertTrue(GatedNetworks.difference(expected, BareRuntime.run(file, H, W, image)) < TOLERANCE);
    Model read = Models.load(file.toString());
    assertEquals("gated", read.spec().name());
    assertFalse(GatedNetwork.isGated(read.network()), "it is no masked form");
    assertEquals("gathered", read.network().metadata().get("drivemark.gates.form"));
    assertEquals(
        scores.metadata().get(GatedNetwork.METADATA),
        read.network().metadata().get("drivemark.gates.masked"));
    assertTrue(
        GatedNetworks.difference(
                expected, GatedNetworks.run("onnxruntime", read.network(), image).get(0))
            < TOLERANCE);
  }

  @Test
  void aMaskedFileKeepsItsGates() {
    Network dense = dense("dilated-fcn16s");
    GatedNetwork gated = GatedNetworks.gated(dense, GateSites.of(dense).inBlocks(4));
    Path file = folder.resolve("masked.onnx");
    Models.write(model(gated.network().forInference()), file, new Size(H, W));
    assertEquals(
        gated.sites(),
        GatedNetwork.of(Models.load(file.toString()).network()).orElseThrow().sites());
  }

  @Test
  void aNetworkWithoutGatesHasNoGatheredForm() {
    Network dense = dense("dilated-fcn16s");
    Path file = folder.resolve("none.onnx");
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> Models.writeGathered(model(dense), file, new Size(H, W)));
    assertEquals(
        "model gated in gathered form: it has no gates, so nothing is left out for a frame; write it"
            + " masked",
        e.getMessage());
  }

  @Test
  void operatorsOfARuntimesOwnLayoutAreRefused() {
    String domain = "com.microsoft.nchwc";
    byte[] file =
        Toy.model(
                17,
                Toy.input("image", 1, 1, 16, 6, 8)
                    + "node { domain: 'com.microsoft.nchwc' op_type: 'ReorderInput' name: 'reorder'"
                    + " input: 'image' output: 'blocks' } "
                    + Toy.value("output", "blocks", 1, 1, 16, 6, 8))
            .toBuilder()
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(1))
            .build()
            .toByteArray();
    BadInputException e =
        assertThrows(BadInputException.class, () -> OnnxReader.read(file, "optimised.onnx"));
    assertEquals(
        "optimised.onnx: operator ReorderInput (reorder) is of com.microsoft.nchwc, the layout that"
            + " ONNX Runtime chose for the processor of the machine that saved the file; on another"
            + " it gives wrong numbers or crashes: take the model as it was before it was"
            + " optimised, or save it at optimisation level extended or below",
        e.getMessage());
  }
}
