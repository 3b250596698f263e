package io.drivemark.eval.runner;

import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.head.DepthHead;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.model.Wiring;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.variant.MadeVariants;
import io.drivemark.eval.runner.variant.Variants;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A study that makes variants of a tiny network, in a folder. */
record TinyStudy(Path folder) {
  Path out() {
    return folder.resolve("out");
  }

  /** A stem, two residual units of one convolution each, a classifier. */
  static Model tiny() {
    NetworkBuilder b = new NetworkBuilder("tiny", 3);
    String x = b.input("image", 3);
    x = b.relu("stem.act", b.batchNorm("stem.bn", conv(b, "stem", x, 2), 1e-5));
    for (String unit : List.of("a", "b")) {
      String y = b.batchNorm(unit + ".bn", conv(b, unit, x, 1), 1e-5);
      x = b.relu(unit + ".act", b.sum(unit + ".sum", x, y));
    }
    return model("tiny", b.build(b.conv("head", x, 11, 1).bias().build()));
  }

  /** Its residual units are of two convolutions, so that there are filters nothing is tied to. */
  static Model deep() {
    NetworkBuilder b = new NetworkBuilder("deep", 3);
    String x = b.input("image", 3);
    x = b.relu("stem.act", b.batchNorm("stem.bn", conv(b, "stem", x, 2), 1e-5));
    for (String unit : List.of("a", "b")) {
      String y = b.relu(unit + ".act1", conv(b, unit + "1", x, 1));
      y = b.batchNorm(unit + ".bn", conv(b, unit + "2", y, 1), 1e-5);
      x = b.relu(unit + ".act", b.sum(unit + ".sum", x, y));
    }
    return model("deep", b.build(b.conv("head", x, 11, 1).bias().build()));
  }

  /** The deep one with a depth head: log metres at half size. */
  static Model far() {
    NetworkBuilder b = new NetworkBuilder("far", 3);
    String x = b.input("image", 3);
    x = b.relu("stem.act", b.batchNorm("stem.bn", conv(b, "stem", x, 2), 1e-5));
    for (String unit : List.of("a", "b")) {
      String y = b.relu(unit + ".act1", conv(b, unit + "1", x, 1));
      y = b.batchNorm(unit + ".bn", conv(b, unit + "2", y, 1), 1e-5);
      x = b.relu(unit + ".act", b.sum(unit + ".sum", x, y));
    }
    return new Model(
        new ModelSpec(
            "far",
            "foreign",
            Map.of(),
            ModelSpec.InputSpec.IMAGENET,
            List.of(
                new Head("depth", Optional.of("head"), new DepthHead(1, 80, DepthHead.Form.LOG))),
            ModelSpec.Variant.DENSE,
            Map.of("epochs", "none"),
            Wiring.PLAIN),
        b.build(b.conv("head", x, 1, 1).bias().build()));
  }

  private static Model model(String name, Network network) {
    return new Model(
        new ModelSpec(
            name,
            "foreign",
            Map.of(),
            ModelSpec.InputSpec.IMAGENET,
            "camvid-11",
            LabelsHead.Form.LOGITS,
            ModelSpec.Variant.DENSE,
            Map.of("epochs", "none")),
        network);
  }

  private static String conv(NetworkBuilder b, String name, String x, int stride) {
    return b.conv(name, x, 8, 3).stride(stride).padding(1).build();
  }

  static final Sources SOURCES =
      new Sources(
          Datasets::open,
          name ->
              switch (name) {
                case "tiny" -> tiny();
                case "deep" -> deep();
                case "far" -> far();
                default -> {
                  if (!name.endsWith(".onnx")) {
                    throw new BadInputException("no model " + name);
                  }
                  yield Models.load(name);
                }
              },
          Engines::named,
          NanoClock.SYSTEM);

  Study study(String finetune, String variants) {
    try {
      Path file = folder.resolve("study.yaml");
      Files.writeString(
          file,
          """
          schema: drivemark-study/1
          datasets: [{name: synthdrive, count: 3, size: 48x64}]
          engines: [{name: onnxruntime, threads: 1}]
          size: 32x48
          latency: off
          prune:
            train: {count: 4}
            calibration-frames: 2
            finetune: %s
            scratch: {epochs: 2}
            variants:
          %s"""
              .formatted(finetune, variants.indent(4)));
      return Study.read(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  StudyResult run(String finetune, String variants) {
    return new Runner(study(finetune, variants), out(), Progress.NONE, SOURCES).run();
  }

  /** Makes the variants and measures nothing. */
  MadeVariants make(String finetune, String variants) {
    return Variants.of(
            study(finetune, variants),
            out(),
            SOURCES.datasets(),
            SOURCES.models(),
            "this machine",
            Progress.NONE)
        .orElseThrow()
        .make();
  }

  Map<String, Long> files() throws IOException {
    Map<String, Long> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(out().resolve("variants"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        found.put(
            file.getFileName().toString().replaceFirst("-[0-9a-f]{8}\\.", "."),
            Files.getLastModifiedTime(file).toMillis());
      }
    }
    return found;
  }
}
