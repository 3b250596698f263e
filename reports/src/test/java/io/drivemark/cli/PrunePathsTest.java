package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.NetworkDigest;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.PlanFile;
import io.drivemark.architectures.pruning.PruningPlan;
import io.drivemark.architectures.zoo.Architectures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line and a study remove the same and leave the same weights. */
class PrunePathsTest {
  private static final List<String> LINES =
      List.of(
          "technique: filter, keep: macs=0.7, criterion: bn-scale",
          "technique: layer, remove-layers: 3, criterion: taylor-gate",
          "technique: filter, keep: macs=0.7, iterations: 2, multiple: 4",
          "technique: layer, remove-layers: 2, iterations: 2, round-epochs: 1");

  @TempDir static Path folder;
  private static Path parent;
  private static Map<String, Model> ofStudy;

  @BeforeAll
  static void runTheStudy() throws Exception {
    parent = folder.resolve("toy.onnx");
    InputSpec usual = InputSpec.IMAGENET;
    Models.write(
        new Model(
            new ModelSpec(
                "toy",
                "enet",
                Map.of("classes", "11"),
                new InputSpec(
                    Optional.of(new ModelSpec.Size(64, 96)),
                    usual.channels(),
                    usual.mean(),
                    usual.std()),
                "camvid-11",
                LabelsHead.Form.LOGITS,
                ModelSpec.Variant.DENSE,
                Map.of("dataset", "none")),
            Architectures.build("enet", Map.of(), 11, 3)),
        parent);
    StringBuilder study =
        new StringBuilder(
            """
            schema: drivemark-study/1
            datasets: [{name: synthdrive, count: 4, size: 64x96}]
            engines: [{name: onnxruntime, threads: 1}]
            latency: off
            prune:
              calibration-frames: 2
              finetune: {epochs: 1, batch: 2, threads: 1}
              variants:
            """);
    for (int i = 0; i < LINES.size(); i++) {
      study.append("    - {parent: toy.onnx, name: v" + i + ", " + LINES.get(i) + "}\n");
    }
    Path file = Files.writeString(folder.resolve("study.yaml"), study);
    Path out = folder.resolve("study");
    Invocation.of("run", file.toString(), "--out", out.toString(), "--until", "variants").fine();
    ofStudy = new TreeMap<>();
    try (Stream<Path> files = Files.list(out.resolve("variants"))) {
      for (Path model : files.filter(f -> f.toString().endsWith(".onnx")).toList()) {
        Model made = Models.load(model.toString());
        ofStudy.put(made.spec().name(), made);
      }
    }
  }

  private static Model ofCommand(String... options) {
    String name = "command-" + Integer.toHexString(List.of(options).hashCode());
    Path out = folder.resolve(name + ".onnx");
    Stream<String> all =
        Stream.concat(
            Stream.of(
                "prune",
                "--model=" + parent,
                "--dataset=synthdrive",
                "--data-option=count=4",
                "--data-option=size=64x96",
                "--calibration-frames=2",
                "--threads=1",
                "--batch=2",
                "--evaluate-every=1",
                "--finetune-epochs=1",
                "--out=" + out),
            Stream.of(options));
    Invocation.of(all.toArray(String[]::new)).fine();
    return Models.load(out.toString());
  }

  private static void requireSame(int variant, Model command) {
    Model study = ofStudy.get("v" + variant);
    Map<String, String> there = study.spec().provenance();
    Map<String, String> here = command.spec().provenance();
    PruningPlan plan = PlanFile.parse("study", there.get("plan"));
    assertTrue(plan.filters().size() + plan.layers().size() > 0);
    assertEquals(plan, PlanFile.parse("command", here.get("plan")));
    assertEquals(
        NetworkDigest.of(study.network()),
        NetworkDigest.of(command.network()),
        "variant " + variant);
    Map<String, String> facts = new TreeMap<>(there);
    facts.remove("request-digest");
    assertEquals(facts, new TreeMap<>(here));
    assertEquals(study.spec().variant(), command.spec().variant());
  }

  @Test
  void filters() {
    requireSame(0, ofCommand("--technique=filter", "--keep=macs=0.7", "--criterion=bn-scale"));
  }

  @Test
  void layers() {
    requireSame(1, ofCommand("--technique=layer", "--remove-layers=3", "--criterion=taylor-gate"));
  }

  @Test
  void filtersInRounds() {
    requireSame(
        2, ofCommand("--technique=filter", "--keep=macs=0.7", "--iterations=2", "--multiple=4"));
  }

  @Test
  void layersInRoundsWithTrainingBetween() {
    requireSame(
        3,
        ofCommand("--technique=layer", "--remove-layers=2", "--iterations=2", "--round-epochs=1"));
  }
}
