package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.Models;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command says which operator of a foreign file stops what. */
class UnknownOperatorTest {
  /** ONNX's ModelProto: opset_import {version 13}, graph {node {input _, output _, op Abs}}. */
  private static final byte[] ABS = {
    ':', 13, 10, 11, 10, 1, '_', 0x12, 1, '_', '"', 3, 'A', 'b', 's', 'B', 2, 0x10, 13
  };

  private static final String SENTENCE =
      "operator Abs (node abs, ai.onnx 13) is not known here and kept as it is: engine pytorch"
          + " cannot run it, onnxruntime does; the cost of 1 of 4 operators is not known (abs);"
          + " filters of head cannot be removed";

  @TempDir static Path folder;
  private static String file;

  @BeforeAll
  static void write() {
    NetworkBuilder b = new NetworkBuilder("foreign", 1);
    String x = b.conv("stem", b.input("image", 3), 8, 3).stride(2).padding(1).bias().build();
    x = b.conv("head", b.relu("relu", x), 11, 1).bias().build();
    Opaque abs = new Opaque("Abs", "", Base64.getEncoder().encodeToString(ABS), 1);
    Model model =
        new Model(
            new ModelSpec(
                "theirs",
                "foreign",
                Map.of(),
                new InputSpec(
                    Optional.of(new ModelSpec.Size(64, 96)),
                    "rgb",
                    InputSpec.IMAGENET.mean(),
                    InputSpec.IMAGENET.std()),
                "camvid-11",
                LabelsHead.Form.LOGITS,
                ModelSpec.Variant.DENSE,
                Map.of()),
            b.build(b.add("abs", abs, x)));
    Path path = folder.resolve("theirs.onnx");
    Models.write(model, path);
    file = path.toString();
  }

  @Test
  void costSaysIt() throws Exception {
    List<String> lines =
        Invocation.of("cost", "--model", file, "--size", "64x96").fine().out().lines().toList();
    assertTrue(lines.contains("unknownOperator\t" + SENTENCE), lines.toString());
    JsonNode json =
        new ObjectMapper()
            .readTree(
                Invocation.of("cost", "--model", file, "--size", "64x96", "--json").fine().out());
    assertEquals(SENTENCE, json.get("unknownOperators").get(0).textValue());
  }

  @Test
  void importSaysIt() throws Exception {
    Path yaml =
        Files.writeString(folder.resolve("theirs.yaml"), "name: other\nfile: theirs.onnx\n");
    Path out = folder.resolve("out.onnx");
    assertEquals(
        List.of(
            "Wrote other (foreign, 323 parameters) to " + out.toAbsolutePath().normalize(),
            SENTENCE),
        Invocation.of("import", "--model", yaml.toString(), "--out", out.toString())
            .fine()
            .out()
            .lines()
            .filter(line -> !line.startsWith("  ")) // how it was read
            .toList());
  }

  @Test
  void detailsOfAModelFileSayIt() {
    List<String> lines =
        Invocation.of("list", "models", file, "--details").fine().out().lines().toList();
    assertEquals("name\ttheirs", lines.get(0));
    assertTrue(lines.contains("file\t" + file), lines.toString());
    assertTrue(lines.contains("unknownOperators\t" + SENTENCE), lines.toString());
    assertTrue(lines.contains("exact\tfalse"), lines.toString());
  }

  @Test
  void aPageSaysItAndMarksTheBlock() throws Exception {
    Path pages = folder.resolve("pages");
    Invocation.of("list", "models", file, "--details", "--html", pages.toString()).fine();
    String page = Files.readString(pages.resolve("theirs.html"));
    assertTrue(page.contains(SENTENCE), page);
    assertTrue(page.contains("<g class=\"opaque\"><title>abs: "), page);
    assertTrue(Files.readString(pages.resolve("index.html")).contains("href=\"theirs.html\""));
  }

  @Test
  void pruneSaysItAndPrunesTheRest() {
    Path out = folder.resolve("small.onnx");
    Invocation pruned =
        Invocation.of(
            "prune",
            "--model=" + file,
            "--technique=filter",
            "--criterion=l1",
            "--keep=filters=0.8",
            "--dataset=synthdrive",
            "--data-option=count=4",
            "--data-option=size=64x96",
            "--calibration-frames=2",
            "--threads=1",
            "--out=" + out);
    assertEquals("note: " + SENTENCE, pruned.err().lines().findFirst().orElse(""));
  }
}
