package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.gate.GateDesign;
import io.drivemark.architectures.pruning.gate.GateSites;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import io.drivemark.datasets.catalog.LabelSpaces;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which form a network with gates is exported. */
class ExportFormTest {
  @TempDir Path folder;

  private Path model(boolean gates) {
    Model plain =
        Models.untrained(
            "gated", "dilated-fcn16s", Map.of("width", "0.25"), LabelSpaces.named("camvid-11"), 1);
    Network dense = plain.network();
    Network network =
        gates
            ? GatedNetwork.attach(
                    dense, GateSites.of(dense).sites(), GateDesign.published(1), Map.of())
                .network()
                .forInference()
            : dense;
    Path file = folder.resolve(gates ? "gates.onnx" : "dense.onnx");
    Models.write(new Model(plain.spec(), network), file, new Size(48, 64));
    return file;
  }

  private String[] export(Path model, String... more) {
    List<String> args =
        List.of(
            "export",
            "--model",
            model.toString(),
            "--out",
            folder.resolve("out.onnx").toString(),
            "--size",
            "48x64");
    return java.util.stream.Stream.concat(args.stream(), List.of(more).stream())
        .toArray(String[]::new);
  }

  @Test
  void gatedNetworksAreExportedInEitherForm() {
    Path model = model(true);
    Invocation.of(export(model)).fine();
    Network masked = Models.load(folder.resolve("out.onnx").toString()).network();
    assertEquals(
        GatedNetwork.of(Models.load(model.toString()).network()).orElseThrow().sites(),
        GatedNetwork.of(masked).orElseThrow().sites());
    Invocation.of(export(model, "--form", "gathered")).fine();
    Network gathered = Models.load(folder.resolve("out.onnx").toString()).network();
    assertTrue(GatedNetwork.of(gathered).isEmpty());
    assertEquals("gathered", gathered.metadata().get("drivemark.gates.form"));
  }

  @Test
  void formsThatCannotBeAreRefused() {
    Path dense = model(false);
    Invocation.refused(
        List.of(
            "drivemark export: --form is blocked, expected masked or gathered: a file must be right on"
                + " every machine; the engine onnxruntime finds what is fastest on this one when it"
                + " opens a masked file"),
        export(dense, "--form", "blocked"));
    Invocation.refused(
        List.of(
            "drivemark export: --form gathered and --for-training exclude each other: only the masked form"
                + " can be trained"),
        export(dense, "--form", "gathered", "--for-training"));
    Invocation.refused(
        List.of(
            "drivemark export: model gated in gathered form: it has no gates, so nothing is left"
                + " out for a frame; write it masked"),
        export(dense, "--form", "gathered"));
    Invocation.refused(
        List.of("drivemark export: form is narrow, expected auto, masked, gathered, blocked"),
        export(dense, "--form", "narrow"));
  }
}
