package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.TextFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights of other precisions are counted alike by `list`, `cost`, `run` and the report. */
class StoredPrecisionCommandsTest {
  private static final int PARAMETERS = 11 * 3 + 11;
  private static final String IMAGE = "image";

  @TempDir private Path folder;

  private static String tensor(String name, int type, String dims, int count, String numbers) {
    StringBuilder out = new StringBuilder("initializer { name: '" + name + "' data_type: " + type);
    out.append(dims);
    for (int i = 0; i < count; i++) {
      out.append(' ').append(numbers).append(": ").append(i % 7 + 1);
    }
    return out.append(" } ").toString();
  }

  private static String node(String type, String from, String to, String attributes) {
    StringBuilder out = new StringBuilder("node { op_type: '" + type + "' output: '" + to + "'");
    for (String value : from.split(" ")) {
      out.append(" input: '").append(value).append('\'');
    }
    return out.append(attributes).append(" } ").toString();
  }

  private void write(String name, String graph) throws Exception {
    String extents =
        " shape { dim { dim_value: 1 } dim { dim_value: 3 } dim { dim_value: 48 }"
            + " dim { dim_value: 64 } }";
    String text =
        "ir_version: 8 opset_import { version: 13 } graph { name: 'g' "
            + graph
            + node("Conv", IMAGE + " W b", "y", "")
            + "input { name: 'image' type { tensor_type { elem_type: 1"
            + extents
            + " } } } output { name: 'y' type { tensor_type { elem_type: 1 } } } }";
    Files.write(
        folder.resolve(name + ".onnx"), TextFormat.parse(text, ModelProto.class).toByteArray());
    Files.writeString(
        folder.resolve(name + ".yaml"),
        "name: "
            + name
            + "\nfile: "
            + name
            + ".onnx\nlabels: camvid-11\ninput: {mean: [0, 0, 0], std: [1, 1, 1]}\n");
  }

  private static final String KERNEL = " dims: 11 dims: 3 dims: 1 dims: 1";

  private void writeAll() throws Exception {
    write(
        "quantised",
        tensor("W8", 3, KERNEL, 33, "int32_data")
            + tensor("b32", 6, " dims: 11", 11, "int32_data")
            + tensor("scale", 1, "", 1, "float_data")
            + node("DequantizeLinear", "W8 scale", "W", "")
            + node("DequantizeLinear", "b32 scale", "b", ""));
    write(
        "half",
        tensor("W16", 10, KERNEL, 33, "int32_data")
            + tensor("b16", 10, " dims: 11", 11, "int32_data")
            + node("Cast", "W16", "W", " attribute { name: 'to' type: INT i: 1 }")
            + node("Cast", "b16", "b", " attribute { name: 'to' type: INT i: 1 }"));
    write(
        "single",
        tensor("W", 1, KERNEL, 33, "float_data") + tensor("b", 1, " dims: 11", 11, "float_data"));
  }

  @Test
  void theyAgree() throws Exception {
    writeAll();
    for (List<String> each :
        List.of(List.of("quantised", "int8"), List.of("half", "fp16"), List.of("single", "fp32"))) {
      String file = folder.resolve(each.get(0) + ".yaml").toString();
      JsonNode cost =
          json(Invocation.of("cost", "--model", file, "--size", "48x64", "--json").fine().out());
      assertEquals(PARAMETERS, cost.get("params").asInt(-1), each.get(0));
      assertEquals(each.get(1), cost.get("precision").textValue());
      List<String> details =
          Invocation.of("list", "models", file, "--details").fine().out().lines().toList();
      assertTrue(details.contains("params\t" + PARAMETERS), details.toString());
      assertEquals(
          !each.get(1).equals("fp32"),
          details.contains("precision\t" + each.get(1)),
          details.toString());
    }
    Path study =
        Files.writeString(
            folder.resolve("study.yaml"),
            """
            schema: drivemark-study/1
            datasets: [{name: synthdrive, count: 2, seed: 3, size: 48x64, limit: 1}]
            models: [quantised.yaml, half.yaml, single.yaml]
            engines: [{name: onnxruntime, threads: 1}]
            size: 48x64
            latency: off
            """);
    Path out = folder.resolve("out");
    Invocation.of("run", study.toString(), "--out", out.toString()).fine();
    JsonNode entries = json(Files.readString(out.resolve("results.json"))).get("entries");
    for (int i = 0; i < 3; i++) {
      assertEquals(PARAMETERS, entries.get(i).at("/cost/params").asInt(-1));
      assertEquals(
          List.of("int8", "fp16", "fp32").get(i),
          entries.get(i).at("/modelFacts/storedPrecision").textValue());
    }
    List<String> report = Files.readString(out.resolve("report.md")).lines().toList();
    assertTrue(
        report.stream().anyMatch(l -> l.contains("quantised") && l.contains("| 44 | int8 |")),
        report.toString());
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }
}
