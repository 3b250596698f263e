package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.datasets.verify.DatasetVerifier;
import io.drivemark.datasets.verify.VerifyReport;
import io.drivemark.eval.gauge.GaugePass;
import io.drivemark.eval.gauge.JudgedFrame;
import io.drivemark.eval.gauge.Subject;
import io.drivemark.eval.gauge.standard.ConfusionGauge;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.score.Scorer;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Datasets of random codings, written as files: {@code score}, {@code verify} and what {@code run}
 * loads and judges all refuse one, or all count the same, which is what a plain loop counts.
 */
class ScoreRunVerifyAgreeTest {
  private static final int DATASETS = 120;
  private static final int FRAMES = 2;
  private static final int HEIGHT = 4;
  private static final int WIDTH = 9;
  private static final int VOID = 255;

  @TempDir Path folder;

  @Test
  void randomDatasetsAreCountedAlikeOrRefusedByAll() throws IOException {
    int accepted = 0;
    for (int seed = 0; seed < DATASETS; seed++) {
      Files.createDirectories(folder.resolve("" + seed));
      Written written = new Written(folder.resolve("" + seed), new Random(seed));
      String what = "seed " + seed + "\n" + written.yaml;
      Optional<long[][]> run = written.run();
      Optional<long[][]> score = written.score();
      VerifyReport verify = written.verify();
      boolean good = written.expected.isPresent();
      assertEquals(good, run.isPresent(), what);
      assertEquals(good, score.isPresent(), what);
      assertEquals(good, verify.goodFrames() == FRAMES, what + verify.findings());
      if (good) {
        assertArrayEquals(written.expected.get(), run.get(), what);
        assertArrayEquals(written.expected.get(), score.get(), what);
        for (int i = 0; i < written.classes; i++) {
          long pixels = Arrays.stream(written.expected.get()[i]).sum();
          assertEquals(pixels, verify.classes().get(i).pixels(), what);
        }
        assertEquals(written.voidPixels, verify.voidPixels(), what);
        assertEquals(written.unknownPixels, verify.unknownPixels(), what);
        accepted++;
      }
    }
    assertTrue(accepted > DATASETS / 4 && accepted < 3 * DATASETS / 4, accepted + " accepted");
  }

  /** Four classes, of which three are declared, in a truth of all four. */
  @Test
  void anUndeclaredFourthClassIsRefusedOrVoid() throws IOException {
    byte[] truth = {0, 1, 2, 3, 3, 0, 1, 2, 0, 0};
    ImageCodec.writeGray8(folder.resolve("labels/a.png"), 1, 10, truth);
    ImageCodec.writeImage(
        folder.resolve("images/a.png"), RgbImage.of(1, 10, new byte[3 * truth.length]));
    ImageCodec.writeGray8(
        folder.resolve("predictions/a.png"), 1, 10, new byte[] {0, 1, 2, 3, 0, 0, 1, 1, 0, 3});
    String yaml =
        """
        name: four
        classes: [{name: a}, {name: b}, {name: c}, {name: d}]
        splits: [all]
        layout: {image: 'images/{id}.png', truth: 'labels/{id}.png'}
        coding: {values: {0: a, 1: b, 2: c}, void: [255]%s}
        """;
    Path file = folder.resolve("four.yaml");
    Files.writeString(file, yaml.formatted(""));
    BadInputException refused =
        org.junit.jupiter.api.Assertions.assertThrows(
            BadInputException.class, () -> matrix(file, folder.resolve("predictions")));
    assertEquals(
        folder.resolve("labels/a.png")
            + ": unknown label value 3 at row 0, column 3 (the first of 2 such pixels); known"
            + " values of four: 0-2 (classes), 255 (void). Declare it in the dataset's coding (as"
            + " '3: d' under 'values' if it is that class), or set 'unknown: void' to count it as"
            + " void",
        refused.getMessage());
    Files.writeString(file, yaml.formatted(", unknown: void"));
    assertArrayEquals(
        new long[][] {{3, 0, 0, 1, 0}, {0, 2, 0, 0, 0}, {0, 1, 1, 0, 0}, {0, 0, 0, 0, 0}},
        matrix(file, folder.resolve("predictions")).counts());
    // What the error says to add makes it count the fourth class.
    Files.writeString(file, yaml.formatted("").replace("2: c", "2: c, 3: d"));
    assertArrayEquals(
        new long[][] {{3, 0, 0, 1, 0}, {0, 2, 0, 0, 0}, {0, 1, 1, 0, 0}, {1, 0, 0, 1, 0}},
        matrix(file, folder.resolve("predictions")).counts());
  }

  private static ConfusionMatrix matrix(Path yaml, Path predictions) {
    return Scorer.score(
            Datasets.open(
                DatasetRequest.of(yaml.toString(), "all")
                    .withRoot(yaml.getParent())
                    .withLabelsOnly()),
            predictions,
            PredictionEncoding.TRAIN_IDS,
            Protocols.cityscapes(),
            Progress.NONE)
        .scores()
        .matrix();
  }

  /** A dataset on disk and what it holds, counted as it is made. */
  private static final class Written {
    private final Path root;
    private final Random random;
    private final int classes;
    private final TreeMap<Integer, Integer> meaning = new TreeMap<>();
    private final String yaml;
    private final Optional<long[][]> expected;
    private long voidPixels;
    private long unknownPixels;

    Written(Path root, Random random) throws IOException {
      this.root = root;
      this.random = random;
      this.classes = 1 + random.nextInt(5);
      boolean color = random.nextInt(3) == 0;
      boolean wide = !color && random.nextInt(4) == 0;
      boolean unknownIsVoid = random.nextBoolean();
      int most = color ? 1 << 24 : wide ? 1 << 16 : 1 << 8;
      for (int i = 0; i < classes; i++) {
        if (random.nextInt(5) > 0) {
          meaning.put(color || random.nextBoolean() ? random.nextInt(most) : i, i);
        }
      }
      if (random.nextBoolean()) {
        meaning.putIfAbsent(color ? 0 : wide ? 65535 : VOID, VOID);
      }
      this.yaml = yaml(color, unknownIsVoid);
      Files.writeString(root.resolve("d.yaml"), yaml);
      List<Integer> pool = new ArrayList<>(meaning.keySet());
      for (int i = random.nextInt(3); i > 0 || pool.isEmpty(); i--) {
        pool.add(random.nextBoolean() ? random.nextInt(classes) : random.nextInt(most));
      }
      long[][] counts = new long[classes][classes + 1];
      for (int frame = 0; frame < FRAMES; frame++) {
        write(frame, pool, color, wide, counts);
      }
      boolean tooWide = wide && meaning.keySet().stream().allMatch(value -> value < 256);
      boolean strange = unknownPixels > 0 && !unknownIsVoid;
      this.expected = tooWide || strange ? Optional.empty() : Optional.of(counts);
    }

    private String yaml(boolean color, boolean unknownIsVoid) {
      StringBuilder out = new StringBuilder("name: random\nclasses:\n");
      for (int i = 0; i < classes; i++) {
        out.append("  - {name: c").append(i).append(", color: '1,2,").append(i).append("'}\n");
      }
      out.append("splits: [all]\nlayout: {image: 'images/{id}.png', truth: 'labels/{id}.png'}\n");
      out.append("coding:\n  kind: ").append(color ? "color" : "index").append('\n');
      out.append("  unknown: ").append(unknownIsVoid ? "void" : "error").append("\n  values: {");
      meaning.forEach(
          (value, index) ->
              out.append(color ? "'" + text(value) + "'" : value)
                  .append(index == VOID ? ": void, " : ": c" + index + ", "));
      return out.append("}\n").toString();
    }

    private static String text(int color) {
      return (color >> 16) + "," + (color >> 8 & 255) + "," + (color & 255);
    }

    private void write(
        int frame, List<Integer> pool, boolean color, boolean wide, long[][] counts) {
      int[] colors = new int[HEIGHT * WIDTH];
      byte[] bytes = new byte[colors.length];
      short[] shorts = new short[colors.length];
      byte[] predicted = new byte[colors.length];
      int value = pool.get(0);
      for (int i = 0; i < colors.length; i++) {
        if (random.nextInt(6) == 0) {
          value = pool.get(random.nextInt(pool.size()));
        }
        colors[i] = value;
        bytes[i] = (byte) value;
        shorts[i] = (short) value;
        int said = random.nextInt(classes + 1);
        predicted[i] = (byte) (said == classes ? VOID : said);
        Integer index = meaning.get(value);
        unknownPixels += index == null ? 1 : 0;
        voidPixels += index == null || index == VOID ? 1 : 0;
        if (index != null && index != VOID) {
          counts[index][said]++;
        }
      }
      Path labels = root.resolve("labels/" + frame + ".png");
      if (color) {
        ImageCodec.writeColor(labels, HEIGHT, WIDTH, colors);
      } else if (wide) {
        ImageCodec.writeGray16(labels, HEIGHT, WIDTH, shorts);
      } else {
        ImageCodec.writeGray8(labels, HEIGHT, WIDTH, bytes);
      }
      ImageCodec.writeGray8(
          root.resolve("predictions/" + frame + ".png"), HEIGHT, WIDTH, predicted);
      ImageCodec.writeImage(
          root.resolve("images/" + frame + ".png"),
          RgbImage.of(HEIGHT, WIDTH, new byte[3 * HEIGHT * WIDTH]));
    }

    private DatasetRequest request() {
      return DatasetRequest.of(root.resolve("d.yaml").toString(), "all").withRoot(root);
    }

    /** What a run counts of a network that says the predictions. */
    Optional<long[][]> run() {
      Dataset dataset = Datasets.open(request());
      GaugePass pass = new GaugePass(List.of(new ConfusionGauge()), Subject.labels(dataset));
      ConfusionMatrix sum = ConfusionMatrix.empty(dataset.labels());
      try {
        for (int i = 0; i < FRAMES; i++) {
          Sample sample = dataset.frame(i).sample();
          byte[] said = ImageCodec.readRaw(root.resolve("predictions/" + i + ".png")).bytes();
          LabelMap prediction = LabelMap.of(dataset.labels(), HEIGHT, WIDTH, said);
          pass.count(new JudgedFrame(dataset, i, sample.truth(), prediction, new PixelArrays()));
          sum =
              sum.plus(
                  ConfusionGauge.matrix(
                      dataset.labels(), pass.counts(ConfusionGauge.NAME, i).orElseThrow()));
        }
      } catch (BadInputException e) {
        return Optional.empty();
      }
      return Optional.of(sum.counts());
    }

    Optional<long[][]> score() {
      try {
        return Optional.of(matrix(root.resolve("d.yaml"), root.resolve("predictions")).counts());
      } catch (BadInputException e) {
        return Optional.empty();
      }
    }

    VerifyReport verify() {
      return DatasetVerifier.verify(request(), Progress.NONE);
    }
  }
}
