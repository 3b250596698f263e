package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.Models;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.reports.GatedScenes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are given a network with gates. */
class GatedModelCommandsTest {
  private static final String SIZE = "48x64";

  @TempDir static Path folder;
  private static Path file;
  private static Model parent;

  @BeforeAll
  static void write() {
    parent = GatedScenes.shipped("enet-synthdrive", 48, 64);
    Dataset scenes =
        Datasets.open(
            DatasetRequest.of("synthdrive", "test")
                .withOption("count", "4")
                .withOption("size", SIZE));
    file = folder.resolve("dynamic.onnx");
    Models.write(GatedScenes.of(parent, scenes, false), file);
  }

  private static JsonNode cost(String model) throws Exception {
    return new ObjectMapper()
        .readTree(Invocation.of("cost", "--model", model, "--size", SIZE, "--json").fine().out());
  }

  @Test
  void costSaysWhatAFrameTakesAtMost() throws Exception {
    JsonNode plain = cost("enet-synthdrive");
    JsonNode gated = cost(file.toString());
    assertTrue(plain.path("gateSites").isMissingNode());
    assertEquals(56, gated.path("gateSites").asInt());
    assertEquals(1468, gated.path("gateUnits").asInt());
    assertEquals(plain.path("macs").asLong(), gated.path("macsDense").asLong());
    long heads = gated.path("macsHeads").asLong();
    assertTrue(heads > 0);
    assertEquals(plain.path("macs").asLong() + heads, gated.path("macsAllLive").asLong());
    List<String> lines =
        Invocation.of("cost", "--model", file.toString(), "--size", SIZE)
            .fine()
            .out()
            .lines()
            .toList();
    assertTrue(lines.contains("macsHeads\t" + heads), lines.toString());
    assertTrue(
        lines.contains(
            "note\tgates choose for each frame which units are computed: a frame takes macsAllLive at"
                + " most, the gate heads included, and less by what its gates leave out; 'drivemark"
                + " run' counts it frame by frame. 'macs' is the masked form: everything is computed"
                + " and multiplied by 0 or 1"),
        lines.toString());
  }

  @Test
  void predictWritesItsLabels() throws Exception {
    Path out = folder.resolve("predictions");
    Invocation.of(
            "predict",
            "--model",
            file.toString(),
            "--dataset",
            "synthdrive",
            "--split",
            "test",
            "--data-option",
            "count=2",
            "--data-option",
            "size=" + SIZE,
            "--out",
            out.toString())
        .fine();
    try (Stream<Path> files = Files.walk(out)) {
      assertEquals(2, files.filter(f -> f.toString().endsWith(".png")).count());
    }
  }
}
