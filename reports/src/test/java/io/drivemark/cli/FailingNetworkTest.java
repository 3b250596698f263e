package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.ArgMax;
import io.drivemark.architectures.graph.op.Gather;
import io.drivemark.architectures.graph.op.Reshape;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Transpose;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.Models;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that every engine opens and none can run, taken through the command line. */
class FailingNetworkTest {
  @TempDir Path folder;

  private static Model model() {
    NetworkBuilder b = new NetworkBuilder("lookup", 1);
    String largest = b.add("largest", new ArgMax(1, false), b.input("image", 3));
    String data = b.constant("data", Tensor.of(Shape.of(1, 11), new float[11]));
    String rows =
        b.add(
            "rows",
            new Gather(0),
            data,
            b.add("flat", new Reshape(java.util.List.of(-1)), largest));
    String image = b.add("grid", new Reshape(java.util.List.of(1, 48, 64, 11)), rows);
    return new Model(
        new ModelSpec(
            "lookup",
            "foreign",
            Map.of(),
            new InputSpec(
                Optional.of(new ModelSpec.Size(48, 64)),
                "rgb",
                InputSpec.IMAGENET.mean(),
                InputSpec.IMAGENET.std()),
            "camvid-11",
            LabelsHead.Form.LOGITS,
            ModelSpec.Variant.DENSE,
            Map.of("epochs", "1")),
        b.build(b.add("scores", new Transpose(java.util.List.of(0, 3, 1, 2)), image)));
  }

  @Test
  void aStudyWithItEndsWithFindingsAndTheOtherNetworkIsWhole() throws Exception {
    Models.write(model(), folder.resolve("lookup.onnx"));
    Path study = folder.resolve("study.yaml");
    Files.writeString(
        study,
        """
        schema: drivemark-study/1
        datasets: [{name: synthdrive, count: 4, seed: 3, size: 48x64, limit: 2}]
        models: [{file: lookup.onnx}, espnet-synthdrive]
        engines: [{name: onnxruntime, threads: 1}]
        size: 48x64
        latency: {runs: 10}
        """);
    Path out = folder.resolve("out");
    Invocation run = Invocation.of("run", study.toString(), "--out", out.toString());
    assertEquals(1, run.exitCode(), run.err());
    JsonNode entries =
        new ObjectMapper().readTree(out.resolve("results.json").toFile()).get("entries");
    assertEquals(
        "[\"frame val_000000_000: engine onnxruntime failed while it ran network lookup at 48x64: Error code -"
            + " ORT_INVALID_ARGUMENT - message: Non-zero status code returned while running Gather"
            + " node. Name:'rows' Status Message: indices element out of data bounds, idx=2 must be"
            + " within the inclusive range [-1,0]; try another engine, or a smaller size if memory is"
            + " short\"]",
        entries.get(0).get("issues").toString());
    assertEquals("[]", entries.get(1).get("issues").toString());
    assertEquals(true, entries.get(1).get("complete").asBoolean());
    assertEquals(10, entries.get(1).get("latencyMs").get("count").asInt());
    assertEquals(
        "second session", entries.get(1).get("latency").get("control").get("kind").textValue());
    assertTrue(Files.readString(out.resolve("report.html")).contains("failed while it ran"));

    Invocation predict =
        Invocation.of(
            "predict",
            "--model",
            folder.resolve("lookup.onnx").toString(),
            "--dataset",
            "synthdrive",
            "--split",
            "val",
            "--limit",
            "1",
            "--out",
            folder.resolve("predictions").toString());
    assertEquals(3, predict.exitCode(), predict.err());
    assertTrue(
        predict.err().contains("engine onnxruntime failed while it ran network lookup"),
        predict.err());
  }
}
