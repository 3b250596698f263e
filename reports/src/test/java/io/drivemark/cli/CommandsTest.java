package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.zoo.Architectures;
import java.awt.image.Raster;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands one after the other, as a user would, on a few small generated frames. */
class CommandsTest {
  private static final int CLASSES = 11;

  @TempDir static Path folder;
  private static Path scenes;
  private static Path model;

  @BeforeAll
  static void prepare() {
    scenes = folder.resolve("scenes");
    Invocation.of(
            "synth", "--out", scenes.toString(), "--count", "15", "--seed", "5", "--size", "96x128")
        .fine();
    model = folder.resolve("dabnet-toy.onnx");
    Network network = Architectures.build("dabnet", Map.of(), CLASSES, 3);
    Models.write(
        new Model(
            new ModelSpec(
                "dabnet-toy",
                "dabnet",
                Map.of("classes", "" + CLASSES),
                new ModelSpec.InputSpec(
                    Optional.of(new ModelSpec.Size(96, 128)),
                    "rgb",
                    ModelSpec.InputSpec.IMAGENET.mean(),
                    ModelSpec.InputSpec.IMAGENET.std()),
                "camvid-11",
                LabelsHead.Form.LOGITS,
                ModelSpec.Variant.DENSE,
                Map.of("dataset", "none")),
            network),
        model);
  }

  @Test
  void predictThenScoreIsRunToTheLastDigitAndAnIndependentCount() throws Exception {
    Path study = study("exact.yaml", scenes, "latency: off\n");
    Path out = folder.resolve("exact");
    Invocation run = Invocation.of("run", study.toString(), "--out", out.toString()).fine();
    assertTrue(run.out().contains("Report: " + out.resolve("report.html")), run.out());
    JsonNode entry = json(out.resolve("results.json")).path("entries").path(0);

    Path predictions = folder.resolve("predictions");
    Invocation.of(
            "predict",
            "--model",
            model.toString(),
            "--dataset",
            "camvid",
            "--root",
            scenes.toString(),
            "--split",
            "val",
            "--out",
            predictions.toString())
        .fine();
    Path score = folder.resolve("score.json");
    Invocation scored =
        Invocation.of(
                "score",
                "--dataset",
                "camvid",
                "--root",
                scenes.toString(),
                "--split",
                "val",
                "--predictions",
                predictions.toString(),
                "--json",
                score.toString())
            .fine();
    JsonNode result = json(score);
    double expected = plainMiou(predictions, scenes.resolve("valannot"));
    assertEquals(expected, entry.at("/accuracy/miou").doubleValue(), "run");
    assertEquals(expected, result.get("miou").doubleValue(), "score");
    assertEquals(entry.at("/accuracy/iou"), result.get("iou"));
    assertEquals(3, result.get("images").intValue());
    assertTrue(scored.out().startsWith("mIoU\t"), scored.out());
  }

  /** An independent count: plain loops, one table, divisions to 60 digits. */
  private static double plainMiou(Path predictions, Path truths) throws IOException {
    long[][] counts = new long[CLASSES][CLASSES + 1];
    List<Path> files;
    try (Stream<Path> all = Files.list(truths)) {
      files = all.sorted().toList();
    }
    for (Path file : files) {
      Raster truth = ImageIO.read(file.toFile()).getRaster();
      Raster predicted = ImageIO.read(predictions.resolve(file.getFileName()).toFile()).getRaster();
      for (int y = 0; y < truth.getHeight(); y++) {
        for (int x = 0; x < truth.getWidth(); x++) {
          int t = truth.getSample(x, y, 0);
          int p = predicted.getSample(x, y, 0);
          if (t < CLASSES) {
            counts[t][p < CLASSES ? p : CLASSES]++;
          }
        }
      }
    }
    MathContext exact = new MathContext(60);
    BigDecimal sum = BigDecimal.ZERO;
    int defined = 0;
    for (int c = 0; c < CLASSES; c++) {
      long union = -counts[c][c];
      for (int i = 0; i <= CLASSES; i++) {
        union += counts[c][i];
      }
      for (int i = 0; i < CLASSES; i++) {
        union += counts[i][c];
      }
      if (union > 0) {
        sum =
            sum.add(
                BigDecimal.valueOf(counts[c][c]).divide(BigDecimal.valueOf(union), exact), exact);
        defined++;
      }
    }
    return sum.divide(BigDecimal.valueOf(defined), exact).doubleValue();
  }

  @Test
  void oneBadFrameIsLeftOutNamedAndExitCodeOne() throws Exception {
    Path damaged = folder.resolve("damaged");
    Invocation.of(
            "synth",
            "--out",
            damaged.toString(),
            "--count",
            "15",
            "--seed",
            "6",
            "--size",
            "96x128")
        .fine();
    Path bad;
    try (Stream<Path> all = Files.list(damaged.resolve("val"))) {
      bad = all.sorted().findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(bad);
    Files.write(bad, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    Path out = folder.resolve("with-damage");
    Invocation run =
        Invocation.of(
            "run",
            study("damaged.yaml", damaged, "latency: off\n").toString(),
            "--out",
            out.toString());
    assertEquals(1, run.exitCode(), run.err());
    assertTrue(
        run.err().contains("issue: dabnet-toy on onnxruntime: ") && run.err().contains(bad + ""),
        run.err());
    JsonNode entry = json(out.resolve("results.json")).path("entries").path(0);
    assertFalse(entry.get("complete").booleanValue());
    assertEquals(2, entry.at("/dataset/images").intValue());
    String page = Files.readString(out.resolve("report.html"));
    assertTrue(page.contains(bad.getFileName().toString()), "the page names the frame");

    Invocation verify =
        Invocation.of(
            "verify", "--dataset", "camvid", "--root", damaged.toString(), "--split", "val");
    assertEquals(1, verify.exitCode());
    assertTrue(verify.out().startsWith("error\tunreadable\t"), verify.out());
  }

  @Test
  void unmetRequirementIsAFindingAndExitCodeOne() throws Exception {
    Path study = study("strict.yaml", scenes, "latency: {runs: 10}\nrequire: {miou: \">=0.99\"}\n");
    Path out = folder.resolve("strict");
    Invocation run = Invocation.of("run", study.toString(), "--out", out.toString());
    assertEquals(1, run.exitCode(), run.err());
    assertTrue(run.err().lines().anyMatch(l -> l.startsWith("finding: ")), run.err());
    assertTrue(run.out().contains("Drive with dabnet-toy"), run.out());

    Files.delete(out.resolve("report.html"));
    Invocation report = Invocation.of("report", out.toString());
    assertEquals(1, report.exitCode(), report.err());
    assertTrue(Files.size(out.resolve("report.html")) > 1_000_000, "written anew");
  }

  @Test
  void exportedModelCostsTheSame() throws Exception {
    Path exported = folder.resolve("exported.onnx");
    Invocation.of(
            "export", "--model", model.toString(), "--out", exported.toString(), "--size", "64x96")
        .fine();
    String[] sizes = {"--size", "64x96", "--json"};
    JsonNode before = cost(model, sizes);
    JsonNode after = cost(exported, sizes);
    assertEquals(before, after);
    assertEquals(after, cost(exported, "--json"), "the exported size is its own");
  }

  private static JsonNode cost(Path file, String... options) throws Exception {
    String[] args = new String[3 + options.length];
    args[0] = "cost";
    args[1] = "--model";
    args[2] = file.toString();
    System.arraycopy(options, 0, args, 3, options.length);
    return new ObjectMapper().readTree(Invocation.of(args).fine().out());
  }

  @Test
  void costTellsWhereTheTimeGoes() throws Exception {
    Invocation told =
        Invocation.of(
                "cost",
                "--model",
                "skipnet-mobilenet-0.5-synthdrive",
                "--size",
                "96x128",
                "--time",
                "--threads",
                "1")
            .fine();
    assertTrue(told.out().contains("\nkind\tms\ttime\tmacs\n"), told.out());
    assertTrue(told.out().contains("\ndepthwise convolution\t"), told.out());
    assertTrue(told.out().contains("\nup1\ttransposed convolution\t"), told.out());
    Invocation refused =
        Invocation.of("cost", "--model", "enet-synthdrive", "--time", "--engine", "pytorch");
    assertEquals(ExitCode.UNAVAILABLE, refused.exitCode());
    assertTrue(
        refused
            .err()
            .contains(
                "engine pytorch does not tell what its operators take; use --engine onnxruntime"),
        refused.err());
  }

  @Test
  void everyListHasItsNamesFirst() throws Exception {
    for (String kind :
        List.of(
            "datasets",
            "models",
            "engines",
            "mappings",
            "protocols",
            "gauges",
            "figures",
            "criteria",
            "targets",
            "architectures")) {
      List<String> lines = Invocation.of("list", kind).fine().out().lines().toList();
      JsonNode rows =
          new ObjectMapper().readTree(Invocation.of("list", kind, "--json").fine().out());
      assertEquals(lines.size(), rows.size(), kind);
      for (int i = 0; i < rows.size(); i++) {
        assertEquals(rows.get(i).get("name").textValue(), lines.get(i).split("\t")[0]);
      }
    }
  }

  @Test
  void trainingWritesAModelThatSaysHowItCameToBeAndResumes() throws Exception {
    Path out = folder.resolve("enet-toy.onnx");
    String[] command = {
      "train",
      "--architecture",
      "enet",
      "--dataset",
      "camvid",
      "--root",
      scenes.toString(),
      "--out",
      out.toString(),
      "--epochs",
      "1",
      "--batch",
      "4",
      "--crop",
      "64x96",
      "--class-weights",
      "none",
      "--threads",
      "2"
    };
    Invocation trained = Invocation.of(command).fine();
    assertTrue(trained.out().contains("mIoU on val "), trained.out());
    JsonNode cost = cost(out, "--json");
    assertEquals("enet-toy", cost.get("model").textValue());
    assertEquals(96, cost.get("height").intValue());
    ModelSpec spec = Models.load(out.toString()).spec();
    assertEquals("camvid", spec.provenance().get("dataset"));
    assertEquals("random weights", spec.provenance().get("start"));
    byte[] first = Files.readAllBytes(out);
    Files.delete(out);
    Invocation.of(command).fine();
    assertTrue(java.util.Arrays.equals(first, Files.readAllBytes(out)), "from its checkpoint");
  }

  private static Path study(String name, Path root, String more) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(
        file,
        "schema: drivemark-study/1\ndatasets: [{name: camvid, root: "
            + root
            + ", split: val}]\nmodels: ["
            + model
            + "]\nengines: [{name: onnxruntime, threads: 1}]\n"
            + more);
    return file;
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }
}
