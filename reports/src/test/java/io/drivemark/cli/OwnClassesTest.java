package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.Models;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.image.ImageCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dataset with classes of the user's own, and a network trained on it, moved elsewhere. */
class OwnClassesTest {
  private static final int SIZE = 32;
  private static final List<LabelClass> CLASSES =
      List.of(
          new LabelClass("mud", 0x804020, "flat", false, false),
          new LabelClass("gnome", 0xDC143C, "human", true, true));

  @TempDir Path folder;

  private Path dataset(Path root, String name) throws IOException {
    Random random = new Random(3);
    for (String split : List.of("train", "val")) {
      for (int f = 0; f < 4; f++) {
        byte[] pixels = new byte[3 * SIZE * SIZE];
        byte[] labels = new byte[SIZE * SIZE];
        random.nextBytes(pixels);
        for (int i = 0; i < labels.length; i++) {
          labels[i] = (byte) ((i % SIZE) / (SIZE / 2));
          pixels[3 * i] = (byte) (200 * labels[i]);
        }
        Path at = root.resolve(split);
        ImageCodec.writeImage(at.resolve("photos/f" + f + ".png"), RgbImage.of(SIZE, SIZE, pixels));
        ImageCodec.writeGray8(at.resolve("labels/f" + f + ".png"), SIZE, SIZE, labels);
      }
    }
    return Files.writeString(
        root.resolve(name),
        """
        name: garden
        root: .
        classes:
          - {name: mud, color: '128,64,32', category: flat}
          - {name: gnome, color: '220,20,60', category: human, instances: true, vulnerable: true}
        layout: {image: '{split}/photos/{id}.png', truth: '{split}/labels/{id}.png'}
        coding: {values: {0: mud, 1: gnome}}
        """);
  }

  @Test
  void aNetworkTrainedOnThemKnowsThemWhereverItLies() throws IOException {
    Path here = Files.createDirectory(folder.resolve("here"));
    Path yaml = dataset(here, "garden.yaml");
    Path made = here.resolve("net.onnx");
    Invocation.of(
            "train",
            "--architecture",
            "dabnet",
            "--option",
            "block1=1",
            "--option",
            "block2=1",
            "--dataset",
            yaml.toString(),
            "--epochs",
            "1",
            "--crop",
            "32x32",
            "--batch",
            "2",
            "--threads",
            "1",
            "--out",
            made.toString())
        .fine();
    Path there = Files.createDirectory(folder.resolve("there"));
    Path net = Files.move(made, there.resolve("net.onnx"));
    Files.delete(yaml);

    Model model = Models.load(net.toString());
    assertEquals("garden", model.spec().labels().name());
    assertEquals(CLASSES, model.spec().labels().classes());

    Path pictures = folder.resolve("seen");
    Invocation seen =
        Invocation.of(
            "predict",
            "--model",
            net.toString(),
            "--images",
            here.resolve("val").toString(),
            "--out",
            pictures.toString(),
            "--threads",
            "1");
    // Labels are pictures too; what is there is predicted.
    assertEquals(0, seen.exitCode(), seen.err());
    assertTrue(Files.exists(pictures.resolve("photos/f0.png")));

    Path moved = Files.move(here, folder.resolve("moved"));
    Path again = dataset(moved, "renamed.yaml");
    Path split = folder.resolve("split");
    Invocation.of(
            "predict",
            "--model",
            net.toString(),
            "--dataset",
            again.toString(),
            "--split",
            "val",
            "--out",
            split.toString(),
            "--threads",
            "1")
        .fine();
    assertEquals(
        -1, Files.mismatch(split.resolve("f0.png"), pictures.resolve("photos/f0.png")), "the same");
    Path score = folder.resolve("score.json");
    Invocation.of(
            "score",
            "--dataset",
            again.toString(),
            "--split",
            "val",
            "--predictions",
            split.toString(),
            "--json",
            score.toString())
        .fine();

    Path pruned = there.resolve("pruned.onnx");
    Invocation.of(
            "prune",
            "--model",
            net.toString(),
            "--technique",
            "filter",
            "--keep",
            "macs=0.8",
            "--criterion",
            "l1",
            "--dataset",
            again.toString(),
            "--finetune-epochs",
            "0",
            "--train-split",
            "train",
            "--out",
            pruned.toString())
        .fine();
    assertEquals(CLASSES, Models.load(pruned.toString()).spec().labels().classes());
    Path imported = there.resolve("imported.onnx");
    Path described = Files.writeString(there.resolve("m.yaml"), "name: again\nfile: net.onnx\n");
    Invocation.of("import", "--model", described.toString(), "--out", imported.toString()).fine();
    assertEquals(CLASSES, Models.load(imported.toString()).spec().labels().classes());

    Path study =
        Files.writeString(
            there.resolve("study.yaml"),
            "schema: drivemark-study/1\n"
                + "datasets: [{name: ../moved/renamed.yaml}]\n"
                + "models: [net.onnx, pruned.onnx]\n"
                + "engines: [{name: onnxruntime, threads: 1}]\nlatency: off\n");
    Path out = folder.resolve("out");
    Invocation.of("run", study.toString(), "--out", out.toString()).fine();
    JsonNode entries = json(out.resolve("results.json")).get("entries");
    assertEquals(json(score).get("miou"), entries.at("/0/accuracy/miou"));
    assertEquals("identity", entries.at("/1/protocol/mapping").textValue());
  }

  @Test
  void theSameNameWithOtherClassesIsRefused() throws IOException {
    Path yaml = dataset(folder, "garden.yaml");
    Path net = folder.resolve("net.onnx");
    Invocation.of(
            "train",
            "--architecture",
            "dabnet",
            "--option",
            "block1=1",
            "--option",
            "block2=1",
            "--dataset",
            yaml.toString(),
            "--epochs",
            "1",
            "--crop",
            "32x32",
            "--batch",
            "4",
            "--threads",
            "1",
            "--out",
            net.toString())
        .fine();
    Files.writeString(yaml, Files.readString(yaml).replace("gnome", "dwarf"));
    Invocation run =
        Invocation.of(
            "predict",
            "--model",
            net.toString(),
            "--dataset",
            yaml.toString(),
            "--split",
            "val",
            "--out",
            folder.resolve("out").toString());
    assertEquals(2, run.exitCode());
    assertTrue(
        run.err()
            .startsWith(
                "drivemark predict: model net on dataset garden: its classes do not fit the"
                    + " dataset's: no mapping is known from label space garden (2 classes) to garden"
                    + " (2 classes): they have one name and other classes, class 1 is 'gnome' in"
                    + " the model and 'dwarf' in the dataset; shipped: "),
        run.err());
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }
}
