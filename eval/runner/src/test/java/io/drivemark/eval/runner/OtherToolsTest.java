package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.coding.PredictionReading;
import io.drivemark.datasets.coding.PredictionValues;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.score.Assignment;
import io.drivemark.eval.runner.score.Score;
import io.drivemark.eval.runner.score.ScoreOptions;
import io.drivemark.eval.runner.score.Scorer;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions that other tools name, number, colour and size in their own ways. */
class OtherToolsTest {
  private static final int SIDE = 16;
  private static final int FRAMES = 4;
  private static final int CLASSES = 5;
  private static final int[] COLORS = {0x804080, 0xDC143C, 0x464646, 0x00008E, 0x6B8E23};

  @TempDir Path folder;
  private Dataset dataset;
  private final int[][] right = new int[FRAMES][SIDE * SIDE];
  private long[][] expected;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("yard.yaml"),
        """
        name: yard
        root: data
        classes:
          - {name: road, color: '128,64,128'}
          - {name: person, color: '220,20,60'}
          - {name: wall, color: '70,70,70'}
          - {name: car, color: '0,0,142'}
          - {name: tree, color: '107,142,35'}
        drivable: [road]
        layout: {image: 'photos/{id}.png', truth: 'truth/{id}.png'}
        coding: {values: {7: road, 24: person, 12: wall, 26: car, 21: tree}, void: [0]}
        """);
    int[] stored = {7, 24, 12, 26, 21};
    Random random = new Random(4);
    for (int f = 0; f < FRAMES; f++) {
      byte[] truth = new byte[SIDE * SIDE];
      for (int i = 0; i < truth.length; i++) {
        int is = (i / 20 + f) % CLASSES;
        truth[i] = (byte) stored[is];
        right[f][i] = random.nextInt(8) == 0 ? random.nextInt(CLASSES) : is;
      }
      ImageCodec.writeGray8(folder.resolve("data/truth/f" + f + ".png"), SIDE, SIDE, truth);
    }
    dataset =
        Datasets.open(DatasetRequest.of(folder.resolve("yard.yaml") + "", "all").withLabelsOnly());
    grey("plain", "f%d.png", v -> v);
    Score plain = score("plain", PredictionReading.of(PredictionEncoding.TRAIN_IDS));
    assertEquals(List.of(), plain.notes());
    expected = plain.scores().matrix().counts();
  }

  private void grey(String where, String name, IntUnaryOperator value) {
    for (int f = 0; f < FRAMES; f++) {
      byte[] out = new byte[SIDE * SIDE];
      for (int i = 0; i < out.length; i++) {
        out[i] = (byte) value.applyAsInt(right[f][i]);
      }
      ImageCodec.writeGray8(folder.resolve(where).resolve(name.formatted(f)), SIDE, SIDE, out);
    }
  }

  private void color(String where, String name, IntUnaryOperator value) {
    for (int f = 0; f < FRAMES; f++) {
      int[] out = new int[SIDE * SIDE];
      for (int i = 0; i < out.length; i++) {
        out[i] = value.applyAsInt(right[f][i]);
      }
      ImageCodec.writeColor(folder.resolve(where).resolve(name.formatted(f)), SIDE, SIDE, out);
    }
  }

  private Score score(String where, PredictionReading reading) {
    return Scorer.score(
        dataset,
        folder.resolve(where),
        reading,
        Protocols.named("cityscapes"),
        ScoreOptions.none(),
        Progress.NONE);
  }

  private PredictionReading reading(String files, String values, LabelMapping mapping) {
    LabelSpace space = mapping == null ? dataset.labels() : mapping.from();
    Optional<PredictionValues> meaning =
        Optional.ofNullable(values).map(v -> PredictionValues.parse(v, space));
    return new PredictionReading(
        PredictionEncoding.TRAIN_IDS,
        Optional.ofNullable(files),
        meaning.map(PredictionValues::meaning).orElse(Map.of()),
        meaning.map(PredictionValues::colors).orElse(false),
        Optional.ofNullable(mapping),
        false);
  }

  private String refused(String where, PredictionReading reading) {
    return assertThrows(BadInputException.class, () -> score(where, reading)).getMessage();
  }

  @Test
  void namesAreDescribedByAPattern() throws IOException {
    grey("a", "deep/f%d_leftImg8bit_pred.png", v -> v);
    color("a", "deep/f%d_leftImg8bit_color.png", v -> COLORS[v]);
    for (String pattern :
        List.of(
            "{id}_leftImg8bit_pred.png",
            "deep/{id}_*_pred.png",
            "{city}/{id}_{what}_pred.png",
            "**/{id}_leftImg8bit_pred.png")) {
      assertArrayEquals(
          expected, score("a", reading(pattern, null, null)).scores().matrix().counts());
    }
    assertEquals(
        folder.resolve("a")
            + ": expected exactly one {id}_pred.png for each sample of the split; found 4 samples"
            + " without a prediction: f0, f1, f2, f3 (found "
            + folder.resolve("a/deep/f0_leftImg8bit_color.png")
            + ", which --files '{id}_leftImg8bit_color.png' reads); 4 files of no sample: "
            + folder.resolve("a/deep/f0_leftImg8bit_pred.png")
            + ", "
            + folder.resolve("a/deep/f1_leftImg8bit_pred.png")
            + ", "
            + folder.resolve("a/deep/f2_leftImg8bit_pred.png")
            + ", "
            + folder.resolve("a/deep/f3_leftImg8bit_pred.png"),
        refused("a", reading("{id}_pred.png", null, null)));
    for (String bad : List.of("pred.png", "{id}/{id", "../{id}.png", "/x/{id}.png", "{i d}.png")) {
      assertTrue(
          refused("a", reading(bad, null, null)).contains("--files is '" + bad + "', expected"));
    }
  }

  @Test
  void nearMissesAreNamed() throws IOException {
    for (String name : List.of("f%d.PNG", "f%d_pred.png", "pred-f%d.png", "f%d.npy")) {
      String where = "near" + name.hashCode();
      grey(where, name, v -> v);
      Path first = folder.resolve(where).resolve(name.formatted(0));
      String message = refused(where, reading(null, null, null));
      assertTrue(
          message.contains(
              " (found " + first + ", which --files '" + name.replace("f%d", "{id}") + "' reads)"),
          message);
    }
    grey("jpeg", "f%d.jpg", v -> v);
    assertTrue(
        refused("jpeg", reading(null, null, null))
            .contains(
                " (found "
                    + folder.resolve("jpeg/f0.jpg")
                    + ": predictions are read from PNG and .npy files; convert it without loss)"));
    grey("litter", "f%d.png", v -> v);
    Files.writeString(folder.resolve("litter/._f0.png"), "Mac OS X");
    Files.createDirectories(folder.resolve("litter/__MACOSX"));
    Files.writeString(folder.resolve("litter/__MACOSX/f1.png"), "Mac OS X");
    assertArrayEquals(
        expected, score("litter", reading(null, null, null)).scores().matrix().counts());
  }

  @Test
  void valuesAreDescribed() {
    grey("own", "f%d.png", v -> 40 - v);
    Score numbers = score("own", reading(null, "40:road,39:person,38:wall, 37:car,36:tree", null));
    assertArrayEquals(expected, numbers.scores().matrix().counts());
    assertEquals(List.of(), numbers.notes());
    color("colors", "f%d.png", v -> 0x010203 * (v + 1));
    assertArrayEquals(
        expected,
        score(
                "colors",
                reading(null, "1,2,3:road,2,4,6:person,3,6,9:wall,4,8,12:car,5,10,15:tree", null))
            .scores()
            .matrix()
            .counts());
    Score some = score("own", reading(null, "40:road,39:person,38:wall,37:car", null));
    assertTrue(
        some.notes()
            .get(some.notes().size() - 1)
            .startsWith("A value has no meaning by --values and counted as void: 36 ("),
        some.notes() + "");
    assertEquals(
        "--values: 'rode' is no class of yard (did you mean 'road'?); 3..4 means car and tree",
        assertThrows(
                BadInputException.class,
                () -> PredictionValues.parse("1:rode,3:car,3..4:tree", dataset.labels()))
            .getMessage());
    assertTrue(
        assertThrows(
                BadInputException.class, () -> PredictionValues.parse("1=road", dataset.labels()))
            .getMessage()
            .startsWith("--values: '1=road' is not understood; expected VALUE:CLASS"));
  }

  @Test
  void otherClassesAreMapped() {
    LabelSpace finer =
        new LabelSpace(
            "finer",
            List.of("lane", "marking", "person", "wall", "car", "bush", "trunk").stream()
                .map(
                    n ->
                        new io.drivemark.datasets.LabelClass(
                            n, n.hashCode() & 0xFFFFFF, "", false, false))
                .toList());
    LabelMapping mapping =
        LabelMapping.of(
            "finer-to-yard",
            finer,
            dataset.labels(),
            Map.of(
                "lane", "road", "marking", "road", "person", "person", "wall", "wall", "car", "car",
                "bush", "tree", "trunk", "tree"));
    int[] fine = {1, 2, 3, 4, 6};
    grey("fine", "f%d.png", v -> fine[v]);
    assertArrayEquals(
        expected, score("fine", reading(null, null, mapping)).scores().matrix().counts());
    grey("named", "f%d.png", v -> fine[v] + 100);
    assertArrayEquals(
        expected,
        score("named", reading(null, "101:marking,102:person,103:wall,104:car,106:trunk", mapping))
            .scores()
            .matrix()
            .counts());
  }

  @Test
  void otherSizesAreRefusedOrSaid() {
    for (int f = 0; f < FRAMES; f++) {
      byte[] twice = new byte[4 * SIDE * SIDE];
      for (int i = 0; i < twice.length; i++) {
        twice[i] = (byte) right[f][i / (2 * SIDE) / 2 * SIDE + i % (2 * SIDE) / 2];
      }
      ImageCodec.writeGray8(folder.resolve("big/f" + f + ".png"), 2 * SIDE, 2 * SIDE, twice);
    }
    assertTrue(
        refused("big", reading(null, null, null))
            .contains(
                "f0.png: the prediction is 32x32, expected 16x16 (height x width), the size of its"
                    + " truth; to score it all the same, each pixel taking the nearest label, say"
                    + " --resize nearest"));
    PredictionReading plain = PredictionReading.of(PredictionEncoding.TRAIN_IDS);
    Score score =
        score(
            "big",
            new PredictionReading(
                plain.encoding(), Optional.empty(), Map.of(), false, Optional.empty(), true));
    assertArrayEquals(expected, score.scores().matrix().counts());
    assertEquals(
        List.of(
            "4 predictions were brought to the size of the truth, each pixel taking the nearest"
                + " label (32x32 to 16x16, height x width)"),
        score.notes());
    assertEquals(
        "{\"encoding\":\"train-ids\",\"resize\":\"nearest\",\"resized\":4}",
        score.json().get("reading").toString());
  }

  /** The option that a note prints reads the files rightly when it is pasted. */
  private void suspected(String where, PredictionEncoding encoding, String words) {
    Score wrong = score(where, PredictionReading.of(encoding));
    String note = wrong.notes().get(wrong.notes().size() - 1);
    assertTrue(note.contains(" the predictions have mIoU ") && note.contains(words), note);
    String option = note.substring(note.indexOf(" say --") + 5);
    Score again =
        option.startsWith("--values '")
            ? score(where, reading(null, option.substring(10, option.length() - 1), null))
            : score(where, PredictionReading.of(PredictionEncoding.parse(option.split(" ")[1])));
    assertArrayEquals(expected, again.scores().matrix().counts(), note);
    assertTrue(again.notes().stream().noneMatch(n -> n.contains(" the predictions have mIoU ")));
  }

  @Test
  void readingsThatFitFarBetterAreNamed() {
    color("bgr", "f%d.png", v -> Integer.reverseBytes(COLORS[v]) >>> 8);
    suspected("bgr", PredictionEncoding.COLOR, "with red and blue swapped");
    grey("one", "f%d.png", v -> v + 1);
    suspected("one", PredictionEncoding.TRAIN_IDS, "with stored values one above these");
    int[] stored = {7, 24, 12, 26, 21};
    grey("ids", "f%d.png", v -> stored[v]);
    suspected("ids", PredictionEncoding.TRAIN_IDS, "by encoding label-ids");
    suspected("plain", PredictionEncoding.LABEL_IDS, "by encoding train-ids");
    int[] permuted = {3, 0, 4, 2, 1};
    grey("permuted", "f%d.png", v -> permuted[v]);
    suspected("permuted", PredictionEncoding.TRAIN_IDS, "with classes renumbered");
  }

  /** Neither good predictions nor honestly bad ones are suspected. */
  @Test
  void honestPredictionsAreNotSuspected() {
    long seed = 17;
    Random random = new Random(seed);
    int alarms = 0;
    int rounds = 300;
    for (int round = 0; round < rounds; round++) {
      int kind = round % 6;
      int one = random.nextInt(CLASSES);
      int two = random.nextInt(CLASSES);
      double noise = random.nextDouble();
      grey(
          "honest",
          "f%d.png",
          v ->
              switch (kind) {
                case 0 -> v; // good
                case 1 -> random.nextInt(CLASSES); // random
                case 2 -> one; // constant
                case 3 -> random.nextDouble() < noise ? random.nextInt(CLASSES) : v;
                case 4 -> v == one ? two : v; // one class never found
                default -> random.nextDouble() < noise ? one : v; // a favourite
              });
      Score score = score("honest", PredictionReading.of(PredictionEncoding.TRAIN_IDS));
      alarms +=
          score.notes().stream().anyMatch(n -> n.contains(" the predictions have mIoU ")) ? 1 : 0;
    }
    assertEquals(0, alarms, "of " + rounds + ", seed " + seed);
  }

  @Test
  void theBestMatchingIsFound() {
    Random random = new Random(8);
    for (int round = 0; round < 300; round++) {
      int rows = 1 + random.nextInt(4);
      int columns = 1 + random.nextInt(4);
      double[][] weights = new double[rows][columns];
      for (double[] row : weights) {
        for (int c = 0; c < columns; c++) {
          row[c] = random.nextInt(10);
        }
      }
      int[] best = Assignment.best(weights);
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        sum += best[r] == Assignment.NONE ? 0 : weights[r][best[r]];
      }
      assertEquals(most(weights, 0, 0), sum, "round " + round);
    }
  }

  private static double most(double[][] weights, int row, int taken) {
    if (row == weights.length) {
      return 0;
    }
    double best = most(weights, row + 1, taken);
    for (int c = 0; c < weights[0].length; c++) {
      if ((taken >> c & 1) == 0) {
        best = Math.max(best, weights[row][c] + most(weights, row + 1, taken | 1 << c));
      }
    }
    return best;
  }
}
