package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.datasets.image.RawLabels;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.study.DatasetSpec;
import io.drivemark.eval.runner.study.EngineSpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of one colour each: a network that takes the brightest channel says which. */
class PredictPicturesTest {
  @TempDir Path folder;

  private void picture(String name, int height, int width, int channel) {
    byte[] pixels = new byte[3 * height * width];
    for (int i = channel; i < pixels.length; i += 3) {
      pixels[i] = (byte) 200;
    }
    ImageCodec.writeImage(folder.resolve("in").resolve(name), RgbImage.of(height, width, pixels));
  }

  private static Study study(Path images, String model) {
    return Study.of(
            new DatasetSpec(
                images.toString(), Optional.empty(), "pictures", OptionalInt.empty(), Map.of()),
            List.of(model),
            new EngineSpec("onnxruntime", OptionalInt.of(1)))
        .withLatency(Optional.empty());
  }

  private Predictor.Outcome predict(PredictionEncoding encoding, Path out) {
    Path in = folder.resolve("in");
    return Predictor.predictPictures(
        study(in, "plain"), in, encoding, out, Progress.NONE, Yard.sources());
  }

  private static void isAll(int label, int height, int width, Path file) {
    RawLabels raw = ImageCodec.readRaw(file);
    assertEquals(height, raw.height());
    assertEquals(width, raw.width());
    byte[] expected = new byte[height * width];
    Arrays.fill(expected, (byte) label);
    assertArrayEquals(expected, raw.bytes());
  }

  @Test
  void eachPictureIsPredictedAtItsOwnSizeInItsOwnFolder() throws IOException {
    picture("a/x.png", 8, 12, 0);
    picture("b/x.png", 6, 6, 1);
    picture("café.png", 16, 8, 2);
    Files.writeString(folder.resolve("in/broken.jpg"), "no picture");
    Path out = folder.resolve("out");
    Predictor.Outcome outcome = predict(PredictionEncoding.TRAIN_IDS, out);
    assertEquals(3, outcome.files());
    assertEquals("8x12", outcome.input() + "");
    assertEquals(1, outcome.exitCode());
    assertEquals(1, outcome.issues().size());
    assertTrue(
        outcome
            .issues()
            .get(0)
            .startsWith("frame broken left out: " + folder.resolve("in/broken.jpg") + ": neither"),
        outcome.issues().get(0));
    isAll(0, 8, 12, out.resolve("a/x.png"));
    isAll(1, 6, 6, out.resolve("b/x.png"));
    isAll(2, 16, 8, out.resolve("café.png"));
    try (Stream<Path> files = Files.walk(out)) {
      assertEquals(3, files.filter(Files::isRegularFile).count());
    }
    assertEquals(
        List.of(
            "every pixel of 1 of the first 3 frames is 'ground': look at the pictures, and at mean,"
                + " std, channels and labels of the model",
            "every pixel of 1 of the first 3 frames is 'bush': look at the pictures, and at mean,"
                + " std, channels and labels of the model",
            "every pixel of 1 of the first 3 frames is 'person': look at the pictures, and at mean,"
                + " std, channels and labels of the model"),
        outcome.notes());
  }

  @Test
  void labelIdsNeedADataset() {
    picture("x.png", 4, 4, 0);
    assertEquals(
        "encoding label-ids: a folder of pictures has no label values of its own; take train-ids"
            + " (indices of the classes) or color, or name the dataset whose values are wanted",
        assertThrows(
                BadInputException.class,
                () -> predict(PredictionEncoding.LABEL_IDS, folder.resolve("out")))
            .getMessage());
  }

  @Test
  void nothingIsWrittenAmongThePictures() throws IOException {
    picture("in/x.png", 4, 4, 0);
    Path in = folder.resolve("in");
    byte[] before = Files.readAllBytes(in.resolve("in/x.png"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), in.resolve("in"));
    for (Path out : List.of(in, in.resolve("new/deeper"), link, folder, in.resolve("../in/in"))) {
      String said =
          assertThrows(BadInputException.class, () -> predict(PredictionEncoding.TRAIN_IDS, out))
              .getMessage();
      assertTrue(said.startsWith("--out: "), said);
    }
    assertArrayEquals(before, Files.readAllBytes(in.resolve("in/x.png")));
    assertFalse(Files.exists(in.resolve("new")));
  }

  @Test
  void aSplitWithoutLabelsIsPredictedAsOneWith() throws IOException {
    Path yaml = Yard.write(folder.resolve("yard"));
    Study study = Yard.study(yaml, List.of("biased"));
    Path with = folder.resolve("with");
    Predictor.predict(study, PredictionEncoding.TRAIN_IDS, with, Progress.NONE, Yard.sources());
    try (Stream<Path> files = Files.list(folder.resolve("yard/valannot"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Path without = folder.resolve("without");
    Predictor.predict(study, PredictionEncoding.TRAIN_IDS, without, Progress.NONE, Yard.sources());
    for (int frame = 0; frame < Yard.FRAMES; frame++) {
      String name = "frame" + frame + ".png";
      assertArrayEquals(
          Files.readAllBytes(with.resolve(name)), Files.readAllBytes(without.resolve(name)));
    }
    String refused =
        assertThrows(
                BadInputException.class,
                () -> new Runner(study, folder.resolve("run"), Progress.NONE, Yard.sources()).run())
            .getMessage();
    assertTrue(
        refused.endsWith(
            ". None of the 6 photographs there has labels: such a split can be predicted"
                + " ('drivemark predict') and nothing else"),
        refused);
  }

  @Test
  void aRunKeepsTheNotesOfItsFirstFrames() {
    Path yaml = Yard.write(folder.resolve("yard"));
    Study study = Yard.study(yaml, List.of("flat", "plain"));
    Sources yard = Yard.sources();
    Sources sources =
        new Sources(
            yard.datasets(),
            n -> n.equals("flat") ? Yard.model("flat", 1000) : yard.models().apply(n),
            yard.engines(),
            yard.clock());
    Path out = folder.resolve("run");
    for (int run = 0; run < 2; run++) { // the second reads the cells of the first
      List<Entry> entries = new Runner(study, out, Progress.NONE, sources).run().entries();
      assertEquals(List.of(), entries.get(1).notes());
      assertEquals(
          List.of(
              "every pixel of 3 of the first 3 frames is 'ground': look at the pictures, and at"
                  + " mean, std, channels and labels of the model"),
          entries.get(0).notes());
      assertTrue(entries.get(0).complete());
    }
  }
}
