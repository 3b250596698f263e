package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.datasets.catalog.Mappings;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.runner.evidence.SheetFile;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Networks of other tools in a study, described by model files: 19 Cityscapes classes judged on the
 * 11 of CamVid, a normalisation of their own. The networks answer road, sky or person where red,
 * green or blue is strongest after that normalisation, so that their labels can be told by hand;
 * all others score nothing.
 */
class ForeignStudyTest {
  private static final int HEIGHT = 10;
  private static final int WIDTH = 14;
  private static final int FRAMES = 4;
  private static final double[] MEAN = {-10, -20, -5};
  private static final double[] STD = {10, 40, 25};
  private static final List<String> ANSWERS = List.of("road", "sky", "person");
  private static final String INPUT = "input: {mean: [-10, -20, -5], std: [10, 40, 25]}\n";

  @TempDir private Path folder;
  private final LabelSpace from = LabelSpaces.named("cityscapes-19");
  private final LabelSpace to = LabelSpaces.named("camvid-11");
  private final long[][] counts = new long[11][11];

  @BeforeEach
  void writeFramesAndCount() throws IOException {
    LabelMapping mapping = Mappings.between(from, to);
    Random random = new Random(11);
    for (int f = 0; f < FRAMES; f++) {
      byte[] pixels = new byte[3 * HEIGHT * WIDTH];
      byte[] labels = new byte[HEIGHT * WIDTH];
      random.nextBytes(pixels);
      for (int i = 0; i < labels.length; i++) {
        int best = 0;
        for (int c = 1; c < 3; c++) {
          best = normal(pixels[3 * i + c], c) > normal(pixels[3 * i + best], best) ? c : best;
        }
        int predicted = mapping.table()[index(from, ANSWERS.get(best))];
        labels[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(12) : predicted);
        if (labels[i] < 11) {
          counts[labels[i]][predicted]++;
        }
      }
      ImageCodec.writeImage(
          folder.resolve("val/f" + f + ".png"), RgbImage.of(HEIGHT, WIDTH, pixels));
      ImageCodec.writeGray8(folder.resolve("valannot/f" + f + ".png"), HEIGHT, WIDTH, labels);
    }
    Files.writeString(
        folder.resolve("town.yaml"),
        """
        name: town
        labels: camvid-11
        splits: [val]
        layout: [{image: 'val/{id}.png', truth: 'valannot/{id}.png'}]
        coding: {kind: index, void: [11]}
        """);
  }

  private static double normal(byte pixel, int channel) {
    return ((pixel & 0xFF) - MEAN[channel]) / STD[channel];
  }

  private static int index(LabelSpace space, String name) {
    return IntStream.range(0, space.size())
        .filter(i -> space.classNames().get(i).toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow();
  }

  private double expectedMiou() {
    double sum = 0;
    int defined = 0;
    for (int c = 0; c < 11; c++) {
      int k = c;
      long union =
          Arrays.stream(counts[c]).sum()
              + Arrays.stream(counts).mapToLong(row -> row[k]).sum()
              - counts[c][c];
      if (union > 0) {
        sum += (double) counts[c][c] / union;
        defined++;
      }
    }
    return sum / defined;
  }

  /** Each answer's row takes one colour, all other classes' scores are below any of them. */
  private float[] weights() {
    float[] weights = new float[3 * from.size()];
    for (int c = 0; c < 3; c++) {
      weights[3 * index(from, ANSWERS.get(c)) + c] = 1;
    }
    return weights;
  }

  private void write(String name, byte[] bytes, String more) throws IOException {
    Files.write(folder.resolve(name), bytes);
    Files.writeString(
        folder.resolve(name + ".yaml"),
        "name: " + name.replace('.', '-') + "\nfile: " + name + "\n" + INPUT + more);
  }

  private String script() {
    String planes =
        IntStream.range(0, from.size())
            .mapToObj(
                i -> {
                  int c = ANSWERS.indexOf(from.classNames().get(i).toLowerCase(Locale.ROOT));
                  return c < 0 ? "low" : "torch.slice(x, 1, " + c + ", " + (c + 1) + ", 1)";
                })
            .collect(Collectors.joining(", "));
    return "    low = torch.sub(torch.mul(torch.slice(x, 1, 0, 1, 1), 0), 1000)\n"
        + "    return torch.cat(["
        + planes
        + "], 1)\n";
  }

  @Test
  void anOnnxFileAndATorchScriptFileAreJudgedAsCountedByHand() throws IOException {
    write("net.onnx", HandMadeOnnx.pointwise(weights(), false, false), "labels: cityscapes-19\n");
    write("net.pt", HandMadeTorchScript.of(script()), "labels: cityscapes-19\n");
    StudyResult result = run("onnxruntime, pytorch", "net.onnx.yaml", "net.pt.yaml");
    Entry onnx = result.entries().get(0);
    Entry onnxOnPytorch = result.entries().get(1);
    Entry scriptOnOnnx = result.entries().get(2);
    Entry script = result.entries().get(3);
    assertEquals(expectedMiou(), miou(onnx), 1e-12);
    assertEquals(expectedMiou(), miou(script), 1e-12);
    assertEquals(
        List.of(
            "net is a TorchScript file: engine pytorch runs it, and it cannot be written as ONNX;"
                + " export the network with torch.onnx.export for other engines"),
        scriptOnOnnx.issues());
    assertEquals(miou(onnx), miou(onnxOnPytorch), 1e-15);
    assertEquals(1, result.exitCode());
    assertEquals(57, onnx.cost().orElseThrow().params().orElseThrow());
    assertEquals(57L * HEIGHT * WIDTH, onnx.cost().orElseThrow().macs().orElseThrow());
    assertTrue(script.cost().orElseThrow().macs().isEmpty());
    assertTrue(script.cost().orElseThrow().params().isEmpty());
  }

  @Test
  void aScriptThatPytorchWroteIsJudgedAsCountedByHand() throws IOException {
    byte[] ours = HandMadeTorchScript.of(script());
    write("ours.pt", ours, "labels: cityscapes-19\n");
    write("saved.pt", SavedTorchScript.of(ours), "labels: cityscapes-19\n");
    Set<String> names = entries("saved.pt");
    assertTrue(names.containsAll(entries("ours.pt")), names.toString());
    assertTrue(names.contains("byteorder"), names.toString());
    Entry script = run("pytorch", "saved.pt.yaml").entries().get(0);
    assertEquals(List.of(), script.issues());
    assertEquals(expectedMiou(), miou(script), 1e-12);
  }

  /** Names in an archive, below its one folder. */
  private Set<String> entries(String archive) throws IOException {
    try (ZipFile zip = new ZipFile(folder.resolve(archive).toFile())) {
      return zip.stream()
          .map(e -> e.getName().substring(e.getName().indexOf('/') + 1))
          .collect(Collectors.toSet());
    }
  }

  private static double miou(Entry entry) {
    return entry.accuracy().orElseThrow().miou().orElseThrow();
  }

  @Test
  void filtersAndLayersOfAnOnnxFileOfOthersAreRemovedAndTheRestIsTrained() throws IOException {
    write("net.onnx", HandMadeOnnx.residual(8, 3, 11, 5), "labels: camvid-11\n");
    StudyResult result =
        runStudy(
            "onnxruntime, pytorch",
            "net.onnx.yaml",
            """
            prune:
              train: {split: val}
              calibration-frames: 2
              finetune: {epochs: 2, batch: 2, threads: 1}
              variants:
                - {parent: net.onnx.yaml, technique: filter, keep: macs=0.7, criterion: taylor-weight}
                - {parent: net.onnx.yaml, technique: layer, remove-layers: 1, criterion: taylor-gate}
            """);
    assertEquals(List.of(), result.findings());
    assertEquals(0, result.exitCode());
    Map<String, List<Entry>> entries =
        result.entries().stream().collect(Collectors.groupingBy(e -> e.model().name()));
    long whole = macs(entries.get("net-onnx").get(0));
    assertEquals((long) HEIGHT * WIDTH * (8 * 27 + 3 * 8 * 72 + 88), whole);
    Entry narrow = entries.get("net-onnx-filter-taylor-weight-70").get(0);
    Entry shallow = entries.get("net-onnx-layer-taylor-gate-minus1").get(0);
    assertTrue(macs(narrow) <= 0.7 * whole && macs(narrow) > 0.4 * whole, "" + macs(narrow));
    assertEquals(whole - (long) HEIGHT * WIDTH * 8 * 72, macs(shallow));
    for (List<Entry> both : entries.values()) {
      assertEquals(2, both.size(), "two engines");
      assertEquals(miou(both.get(0)), miou(both.get(1)), 0.02, both.get(0).model().name());
    }
    for (Entry variant : List.of(narrow, shallow)) {
      assertEquals(Optional.of("net-onnx"), variant.model().parent());
      assertEquals("2", variant.model().provenance().get("epochs"));
    }
  }

  private static long macs(Entry entry) {
    return entry.cost().orElseThrow().macs().orElseThrow();
  }

  private StudyResult run(String engines, String... models) throws IOException {
    return runStudy(engines, String.join(", ", models), "");
  }

  private StudyResult runStudy(String engines, String models, String more) throws IOException {
    Path study =
        Files.writeString(
            folder.resolve("study.yaml"),
            """
            schema: drivemark-study/1
            datasets: [{name: town.yaml, root: .}]
            models: [%s]
            engines: [%s]
            latency: off
            %s"""
                .formatted(models, engines, more));
    return Runner.run(Study.read(study), folder.resolve("out"), Progress.NONE);
  }

  @Test
  void anOperatorThatIsNotKnownIsEvaluatedAndTheRecordSaysWhatItStops() throws IOException {
    write("net.onnx", HandMadeOnnx.pointwise(weights(), true, false), "labels: cityscapes-19\n");
    StudyResult result = run("onnxruntime, pytorch", "net.onnx.yaml");
    Entry entry = result.entries().get(0);
    assertTrue(entry.accuracy().isPresent());
    assertTrue(entry.cost().orElseThrow().macs().isEmpty());
    assertEquals(
        List.of(
            "operator Abs (node magnitude, ai.onnx 13) is not known here and kept as it is: engine"
                + " pytorch cannot run it, onnxruntime does; the cost of 1 of 3 operators is not"
                + " known (magnitude); filters of scores cannot be removed"),
        SheetFile.read(folder.resolve("out").resolve(entry.folder()))
            .orElseThrow()
            .obstacles()
            .stream()
            .map(o -> o.sentence())
            .toList());
    assertEquals(
        List.of(
            "engine pytorch cannot run node 'magnitude': operator Abs is not one this suite knows;"
                + " run the network on engine onnxruntime"),
        result.entries().get(1).issues());
  }

  @Test
  void damagedFilesWrongClassesAndOtherAnswersStopTheStudyAllAtOnce() throws IOException {
    byte[] whole = HandMadeOnnx.pointwise(weights(), false, false);
    write("cut.onnx", Arrays.copyOf(whole, whole.length / 2), "labels: cityscapes-19\n");
    write(
        "few.onnx", HandMadeOnnx.pointwise(new float[15], false, false), "labels: cityscapes-19\n");
    write("one.onnx", HandMadeOnnx.pointwise(weights(), false, true), "labels: cityscapes-19\n");
    write("scores.onnx", whole, "labels: cityscapes-19\noutput: labels\n");
    byte[] script = HandMadeTorchScript.of(script());
    write("cut.pt", Arrays.copyOf(script, script.length / 2), "labels: cityscapes-19\n");
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                run(
                    "onnxruntime",
                    "cut.onnx.yaml",
                    "few.onnx.yaml",
                    "one.onnx.yaml",
                    "scores.onnx.yaml",
                    "cut.pt.yaml"));
    String said = e.getMessage().replace(folder + "/", "");
    assertEquals(
        "study: 5 problems\n"
            + "  cut.onnx: is damaged or no ONNX model (186 bytes; "
            + "While parsing a protocol message, the input ended unexpectedly in the middle of a"
            + " field.  This could mean either that the input has been truncated or that an embedded"
            + " message misreported its own length.); copy, download or export it again\n"
            + "  few.onnx.yaml: network few-onnx has 5 outputs, label space cityscapes-19 has 19"
            + " classes; name the label space it was trained with as 'labels'\n"
            + "  one.onnx.yaml: network one-onnx answers with [1, 19]; expected scores [1, classes,"
            + " height, width], or output: labels\n"
            + "  scores.onnx.yaml: network scores-onnx answers with [1, 19, ?, ?]; expected labels"
            + " [1, height, width], or output: logits\n"
            + "  cut.pt: is damaged or no TorchScript file (zip END header not found); copy it or"
            + " save it again with torch.jit.save",
        said);
  }

  @Test
  void aScriptWithTooFewClassesOrAnotherAnswerIsAnIssueOfItsEntry() throws IOException {
    write("few.pt", HandMadeTorchScript.of("    return x\n"), "labels: cityscapes-19\n");
    write(
        "one.pt",
        HandMadeTorchScript.of("    return torch.flatten(x, 1, -1)\n"),
        "labels: cityscapes-19\n");
    write("scores.pt", HandMadeTorchScript.of(script()), "labels: cityscapes-19\noutput: labels\n");
    StudyResult result = run("pytorch", "few.pt.yaml", "one.pt.yaml", "scores.pt.yaml");
    assertEquals(
        List.of(
            "model few-pt has 3 outputs, label space cityscapes-19 has 19 classes; name the label"
                + " space it was trained with as 'labels'"),
        result.entries().get(0).issues());
    assertEquals(
        List.of(
            "model one-pt answers with [1, 420]; expected scores [1, classes, height, width], or"
                + " output: labels"),
        result.entries().get(1).issues());
    assertEquals(
        List.of(
            "model scores-pt answers with [1, 19, 10, 14]; expected labels [1, height, width], or"
                + " output: logits"),
        result.entries().get(2).issues());
    assertEquals(1, result.exitCode());
  }

  @Test
  void partsOfAScriptsAnswerAreNamedByKeyAndPlace() throws IOException {
    String labels = "labels: cityscapes-19\n";
    String both = script().replace("return ", "s = ") + "    return ";
    byte[] keyed =
        HandMadeTorchScript.of(
            both + "{\"aux\": torch.neg(s), \"main\": s}\n", "Dict[str, Tensor]");
    byte[] listed = HandMadeTorchScript.of(both + "[torch.neg(s), s]\n", "List[Tensor]");
    byte[] tuple = HandMadeTorchScript.of(both + "(x, s)\n", "Tuple[Tensor, Tensor]");
    byte[] out =
        HandMadeTorchScript.of(both + "{\"aux\": torch.neg(s), \"out\": s}\n", "Dict[str, Tensor]");
    write("open.pt", keyed, labels);
    write("keyed.pt", keyed, labels + "output-name: main\n");
    write("listed.pt", listed, labels + "output-index: 1\n");
    write("tuple.pt", tuple, labels);
    write("out.pt", out, labels);
    StudyResult result =
        run(
            "pytorch",
            "open.pt.yaml",
            "keyed.pt.yaml",
            "listed.pt.yaml",
            "tuple.pt.yaml",
            "out.pt.yaml");
    assertEquals(
        List.of(
            "model open-pt has several outputs that can be scores of cityscapes-19's 19 classes:"
                + " aux float32 [1, 19, 10, 14], main float32 [1, 19, 10, 14]. Add the line of the"
                + " right one to the model file:\n  output-name: aux\n  output-name: main"),
        result.entries().get(0).issues());
    for (Entry entry : result.entries().subList(1, 5)) {
      assertEquals(List.of(), entry.issues(), entry.model().name());
      assertEquals(expectedMiou(), miou(entry), 1e-12, entry.model().name());
    }
    assertEquals(
        List.of(
            "of its outputs 0 float32 [1, 3, 10, 14], 1 float32 [1, 19, 10, 14] 1 is taken: the"
                + " only one of 2 outputs that can be scores of cityscapes-19's 19 classes"),
        result.entries().get(3).notes());
    assertTrue(
        result.entries().get(4).model().reading().toString().contains("torchvision's name"),
        result.entries().get(4).model().reading().toString());
  }

  @Test
  void channelsLastOfAScriptAreReadByKeyAndByExtents() throws IOException {
    String labels = "labels: cityscapes-19\n";
    String last = script().replace("return ", "s = ");
    write(
        "out.pt",
        HandMadeTorchScript.of(last + "    return torch.permute(s, [0, 2, 3, 1])\n"),
        labels);
    write(
        "in.pt",
        HandMadeTorchScript.of(
            "    t = torch.permute(x, [0, 3, 1, 2])\n" + script().replace("(x,", "(t,")),
        labels + "layout: {input: channels-last}\n");
    StudyResult result = run("pytorch", "out.pt.yaml", "in.pt.yaml");
    for (Entry entry : result.entries()) {
      assertEquals(List.of(), entry.issues(), entry.model().name());
      assertEquals(expectedMiou(), miou(entry), 1e-12, entry.model().name());
    }
    assertEquals(
        List.of("it answers with [1, 10, 14, 19], so the channels of its answer are read last"),
        result.entries().get(0).notes());
    assertEquals(List.of(), result.entries().get(1).notes());
  }
}
