package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No output of any command replaces or joins what a dataset or a model is read from. */
class DatasetKeptTest {
  private static final String SCENES = " --dataset camvid --root ROOT ";
  private static final String PRUNE =
      "prune --model enet-camvid --technique filter --keep macs=0.5";

  @TempDir static Path scenes;
  @TempDir Path folder;
  private Path root;
  private Path label;

  @BeforeAll
  static void draw() {
    Invocation.of("synth", "--out", scenes.toString(), "--count", "5", "--size", "48x64").fine();
  }

  @BeforeEach
  void write() throws IOException {
    root = folder.resolve("data");
    try (Stream<Path> all = Files.walk(scenes)) {
      for (Path path : all.toList()) {
        Files.copy(path, root.resolve(scenes.relativize(path).toString()));
      }
    }
    try (Stream<Path> labels = Files.list(root.resolve("valannot"))) {
      label = labels.sorted().findFirst().orElseThrow();
    }
    Files.writeString(
        folder.resolve("study.yaml"),
        """
        schema: drivemark-study/1
        datasets: [{name: camvid, root: data, split: val}]
        models: [enet-camvid]
        engines: [{name: onnxruntime, threads: 1}]
        """);
    Files.createSymbolicLink(folder.resolve("labels"), root.resolve("valannot"));
    Files.createSymbolicLink(folder.resolve("again"), Path.of("data"));
    Files.createSymbolicLink(folder.resolve("label.json"), label);
    Files.createSymbolicLink(folder.resolve("label.onnx"), label);
    Files.createSymbolicLink(folder.resolve("new.json"), root.resolve("val/new.png"));
    Files.createSymbolicLink(folder.resolve("new.onnx"), root.resolve("val/new.png"));
    Files.createLink(folder.resolve("hard.json"), label);
    Files.createLink(folder.resolve("hard.onnx"), label);
    Files.createDirectories(folder.resolve("p"));
  }

  private String[] words(String line) {
    return Arrays.stream(line.strip().split(" +"))
        .map(w -> w.replace("ROOT", root.toString()).replace("HERE", folder.toString()))
        .toArray(String[]::new);
  }

  /** Every name below the folder and what is in it. */
  private Map<String, String> tree() {
    Map<String, String> out = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        out.put(
            folder.relativize(path).toString(),
            Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                ? Arrays.hashCode(Files.readAllBytes(path)) + ""
                : "");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out;
  }

  static Stream<String> outputs() {
    List<String> out = new ArrayList<>();
    List<String> folders =
        List.of(
            "ROOT/valannot",
            "ROOT/val",
            "ROOT/trainannot",
            "ROOT/testannot", // not there yet
            "ROOT/val/../valannot",
            "HERE/p/../data/./trainannot",
            "HERE/labels",
            "HERE/again/valannot",
            "HERE/again/testannot",
            "HERE/labels/../trainannot");
    List<String> files =
        List.of(
            "ROOT/valannot/newX",
            "ROOT/val.txtX",
            "ROOT/test/../val/newX",
            "HERE/labels/newX",
            "HERE/again/train/newX",
            "HERE/labelX",
            "HERE/hardX",
            "HERE/newX");
    for (String place : folders) {
      out.add("predict --model enet-camvid --split val" + SCENES + "--out " + place);
      out.add("run HERE/study.yaml --out " + place);
      out.add(PRUNE + SCENES + "--out HERE/m.onnx --latency-tables " + place);
    }
    for (String place : files) {
      String json = place.replace("val.txtX", "val.txt").replace("X", ".json");
      String onnx = place.replace("val.txtX", "val/m.onnx").replace("X", ".onnx");
      out.add("score --split val --predictions HERE/p" + SCENES + "--json " + json);
      out.add("verify --split val" + SCENES + "--json " + json);
      out.add("verify" + SCENES + "--json " + json);
      out.add("train --architecture enet --epochs 1" + SCENES + "--out " + onnx);
      out.add(PRUNE + SCENES + "--out " + onnx);
      out.add(PRUNE + SCENES + "--out HERE/m.onnx --save-plan " + json);
      String depth = "score-depth --truth ROOT/valannot --predictions HERE/p ";
      if (!place.contains("train") && !place.contains("val.txt") && !place.contains("/newX")
          || place.contains("valannot/")
          || place.contains("labels/")) {
        out.add(depth + "--json " + json);
        out.add(depth + "--csv " + json);
      }
    }
    return out.stream();
  }

  @ParameterizedTest
  @MethodSource("outputs")
  void whatADatasetIsReadFromIsNeverWrittenTo(String line) {
    Map<String, String> before = tree();
    Invocation run = Invocation.of(words(line));
    assertEquals(before, tree());
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(
        run.err().contains(" is read from") && run.err().contains(": give another place"),
        run.err());
  }

  @Test
  void theMessageNamesTheFolderAndWhatReadsIt() {
    Invocation.refused(
        List.of(
            "drivemark verify: --json: "
                + folder.resolve("labels/new.json")
                + " would lie in a folder that dataset camvid is read from ("
                + root.resolve("valannot")
                + "); nothing is written there: give another place"),
        words("verify --split val" + SCENES + "--json HERE/labels/new.json"));
    Invocation.refused(
        List.of(
            "drivemark score: --json: "
                + folder.resolve("label.json")
                + " is a file that dataset camvid is read from ("
                + label
                + "); it is not replaced: give another place"),
        words("score --split val --predictions HERE/p" + SCENES + "--json HERE/label.json"));
    Invocation.refused(
        List.of(
            "drivemark predict: --out: "
                + folder.resolve("labels").resolve(label.getFileName())
                + " is a file that dataset camvid is read from ("
                + label
                + "); it is not replaced: give another place"),
        words("predict --model enet-camvid --split val --limit 1" + SCENES + "--out HERE/labels"));
  }

  /** A hard link in the output folder, and a file that some other tool left there. */
  @Test
  void onlyEarlierPredictionsAreReplaced() throws IOException {
    String predict =
        "predict --model enet-camvid --split val --threads 1" + SCENES + "--out HERE/p";
    Invocation.of(words(predict)).fine();
    Map<String, String> first = tree();
    Invocation.of(words(predict)).fine();
    assertEquals(first, tree());
    Path mine = folder.resolve("p").resolve(label.getFileName());
    Files.delete(mine);
    Files.createLink(mine, label);
    Map<String, String> before = tree();
    Invocation.refused(
        List.of(
            "drivemark predict: --out: "
                + mine
                + " is a file that dataset camvid is read from ("
                + label
                + "); it is not replaced: give another place"),
        words(predict));
    assertEquals(before, tree());
    Files.delete(mine);
    Files.copy(label, mine);
    Invocation.refused(
        List.of(
            "drivemark predict: "
                + mine
                + ": there already, and no prediction that Drivemark wrote; it is not replaced: give"
                + " another folder, or remove the file if it is not needed"),
        words(predict));
    Files.delete(mine);
    Files.createSymbolicLink(mine, folder.resolve("nowhere"));
    before = tree();
    assertEquals(2, Invocation.of(words(predict)).exitCode());
    assertEquals(before, tree());
  }

  @Test
  void aFolderOfItsOwnInsideTheDatasetIsHarmless() {
    Map<String, String> before = tree();
    Invocation.of(
            words(
                "predict --model enet-camvid --split val --threads 1"
                    + SCENES
                    + "--out ROOT/predictions/mine"))
        .fine();
    Invocation score =
        Invocation.of(
                words(
                    "score --split val"
                        + SCENES
                        + "--predictions ROOT/predictions/mine --json ROOT/predictions/score.json"))
            .fine();
    assertTrue(score.out().startsWith("mIoU\t"), score.out());
    Invocation.of(words("run HERE/study.yaml --out ROOT/results --until accuracy")).fine();
    Map<String, String> after = tree();
    after.keySet().removeIf(name -> name.matches("data/(predictions|results).*"));
    assertEquals(before, after);
  }

  /** The folder of a study has folders of its own; none may be the dataset's. */
  @Test
  void aStudyIntoTheFolderAboveIsRefusedWhereNamesMeet() throws IOException {
    Files.move(root.resolve("val"), root.resolve("cells"));
    Files.move(root.resolve("valannot"), root.resolve("truths"));
    Files.writeString(
        folder.resolve("yard.yaml"),
        """
        name: yard
        root: data
        labels: camvid-11
        layout: {image: 'cells/{id}.png', truth: 'truths/{id}.png'}
        coding: {kind: index, void: [11]}
        """);
    Files.writeString(
        folder.resolve("study.yaml"),
        """
        schema: drivemark-study/1
        datasets: [{name: yard.yaml, split: all}]
        models: [enet-camvid]
        engines: [{name: onnxruntime, threads: 1}]
        """);
    Map<String, String> before = tree();
    Invocation.refused(
        List.of(
            "drivemark run: --out: "
                + root.resolve("cells")
                + " is a folder that dataset yard is read from; nothing is written there: give"
                + " another place"),
        words("run HERE/study.yaml --out ROOT"));
    assertEquals(before, tree());
  }

  @Test
  void aModelIsNotReplacedByWhatIsMadeOfIt() throws IOException {
    Path model = folder.resolve("net.onnx");
    Invocation.of(words("export --model enet-camvid --size 48x64 --out " + model)).fine();
    Files.writeString(folder.resolve("net.yaml"), "name: net\nfile: net.onnx\n");
    Files.createSymbolicLink(folder.resolve("other.onnx"), model);
    Map<String, String> before = tree();
    String said = " is a file that model ";
    for (String line :
        List.of(
            "export --size 96x96 --model HERE/net.onnx --out HERE/net.onnx",
            "export --size 96x96 --model HERE/net.onnx --out HERE/other.onnx",
            "import --model HERE/net.yaml --out HERE/net.onnx",
            "import --model HERE/net.yaml --out HERE/p/../net.onnx",
            PRUNE.replace("enet-camvid", "HERE/net.onnx") + SCENES + "--out HERE/net.onnx",
            PRUNE.replace("enet-camvid", "HERE/net.yaml") + SCENES + "--out HERE/other.onnx",
            "train --from HERE/net.onnx --epochs 1" + SCENES + "--out HERE/net.onnx")) {
      Invocation run = Invocation.of(words(line));
      assertEquals(2, run.exitCode(), run.err());
      assertTrue(run.err().contains(said), run.err());
      assertEquals(before, tree());
    }
    assertFalse(Files.exists(folder.resolve("net.onnx.checkpoint")));
  }

  @Test
  void generatedScenesReplaceNoOthers() throws IOException {
    Map<String, String> before = tree();
    Invocation.of(words("synth --out ROOT --count 5 --size 48x64")).fine();
    assertEquals(before, tree());
    for (String other : List.of("--count 5 --size 64x64", "--count 5 --seed 9", "--count 6")) {
      Invocation run = Invocation.of(words("synth --size 48x64 --out ROOT " + other));
      if (other.contains("64x64")) {
        run = Invocation.of(words("synth --out ROOT " + other));
      }
      assertEquals(2, run.exitCode(), other);
      assertTrue(run.err().contains(": choose an empty folder"), run.err());
      assertEquals(before, tree(), other);
    }
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Files.writeString(empty.resolve("train.txt"), "train/mine.png\n");
    Invocation.refused(
        List.of(
            "drivemark synth: "
                + empty.resolve("train.txt")
                + ": names other frames already; it is not replaced: choose an empty folder"),
        words("synth --count 5 --size 48x64 --out HERE/empty"));
  }
}
