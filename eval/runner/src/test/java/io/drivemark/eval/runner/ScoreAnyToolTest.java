package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.score.Score;
import io.drivemark.eval.runner.score.Scorer;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Predictions as other tools leave them: in city folders, as ids, train ids, colours, 16 bits. */
class ScoreAnyToolTest {
  /** Label ids of the 19 scored classes in the order of their train ids. */
  private static final int[] LABEL_IDS = {
    7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33
  };

  private static final int HEIGHT = 6;
  private static final int WIDTH = 9;
  private static final int VOID = 255;

  @TempDir Path folder;

  private final long[][] expected = new long[19][20];

  @ParameterizedTest
  @CsvSource({
    "train-ids, 8, 1500",
    "label-ids, 8, 60",
    "color, 8, 60",
    "train-ids, 16, 60",
    "label-ids, 16, 60"
  })
  void anyKindOfFileGivesTheCountsOfAPlainLoop(String encoding, int bits, int frames) {
    write(frames, encoding, bits);
    Score score = score(encoding);
    assertArrayEquals(expected, score.scores().matrix().counts());
    assertEquals(frames, score.scores().images());
    assertEquals(0, score.foreignPixels());
  }

  @Test
  void whatIsLeftOutIsSaid() {
    write(3, "train-ids", 8);
    assertEquals(
        List.of(
            "iIoU is left out: none of 3 frames have a file of object numbers;"
                + " lindau_000000_000019 is the first without"),
        score("train-ids").notes());
    ImageCodec.writeGray16(
        folder.resolve("gtFine/val/lindau/lindau_000000_000019_gtFine_instanceIds.png"),
        HEIGHT,
        WIDTH,
        new short[HEIGHT * WIDTH]);
    assertEquals(
        List.of(
            "iIoU is left out: 1 of 3 frames has a file of object numbers; lindau_000002_000019 is"
                + " the first without"),
        score("train-ids").notes());
  }

  @ParameterizedTest
  @CsvSource({
    "label-ids, train-ids, If the files hold the dataset's own values; say --encoding label-ids",
    "train-ids, label-ids, If the files hold class indices; say --encoding train-ids"
  })
  void theOtherKindOfIdsIsSuspected(String written, String read, String advice) {
    write(3, written, 8);
    List<String> notes = score(read).notes();
    assertEquals(3, notes.size(), notes + "");
    String end = ". " + advice.replace(';', ',');
    assertEquals(end, notes.get(0).substring(notes.get(0).length() - end.length()));
    write(3, read, 8);
    assertEquals(1, score(read).notes().size());
  }

  @Test
  void everyWrongSizeIsNamed() {
    write(8, "train-ids", 8);
    for (int frame = 2; frame < 5; frame++) {
      ImageCodec.writeGray8(prediction(frame), 1, 2, new byte[2]);
    }
    String message = assertThrows(BadInputException.class, () -> score("train-ids")).getMessage();
    assertEquals(
        folder.resolve("results") + ": 3 problems" + wrongSize(2) + wrongSize(4) + wrongSize(3),
        message);
  }

  private String wrongSize(int frame) {
    return "\n  "
        + prediction(frame)
        + ": the prediction is 1x2, expected 6x9 (height x width), the size of its truth; to score"
        + " it all the same, each pixel taking the nearest label, say --resize nearest";
  }

  @Test
  void foldersMayBePartOfTheId() {
    Path results = folder.resolve("results");
    for (String drive : List.of("201", "36")) {
      Path truth = folder.resolve("gtFine/val/" + drive + "/frame0029_gtFine_labellevel3Ids.png");
      ImageCodec.writeGray8(truth, 1, 3, new byte[] {0, 25, (byte) VOID});
      ImageCodec.writeGray8(results.resolve(drive + "/frame0029.png"), 1, 3, new byte[] {0, 1, 2});
    }
    Dataset idd = Datasets.open(DatasetRequest.of("idd", "val").withRoot(folder).withLabelsOnly());
    Score score =
        Scorer.score(
            idd, results, PredictionEncoding.TRAIN_IDS, Protocols.cityscapes(), Progress.NONE);
    assertEquals(2, score.scores().matrix().count(0, 0));
    assertEquals(2, score.scores().matrix().count(25, 1));
    assertEquals(4, score.scores().pixels());
  }

  private Score score(String encoding) {
    Dataset labels =
        Datasets.open(DatasetRequest.of("cityscapes", "val").withRoot(folder).withLabelsOnly());
    return Scorer.score(
        labels,
        folder.resolve("results"),
        PredictionEncoding.parse(encoding),
        Protocols.cityscapes(),
        Progress.NONE);
  }

  /** Random truth and predictions, counted as they are made. */
  private void write(int frames, String encoding, int bits) {
    List<LabelClass> classes = LabelSpaces.named("cityscapes-19").classes();
    Random random = new Random(frames + bits);
    for (int frame = 0; frame < frames; frame++) {
      byte[] truth = new byte[HEIGHT * WIDTH];
      int[] stored = new int[HEIGHT * WIDTH];
      for (int i = 0; i < truth.length; i++) {
        int actual = random.nextInt(20);
        int said = random.nextInt(20);
        truth[i] = (byte) (actual == 19 ? random.nextInt(7) : LABEL_IDS[actual]);
        if (actual < 19) {
          expected[actual][said]++;
        }
        stored[i] =
            switch (encoding) {
              case "train-ids" -> said == 19 ? VOID : said;
              case "label-ids" -> said == 19 ? 0 : LABEL_IDS[said];
              default -> said == 19 ? 0 : classes.get(said).color();
            };
      }
      String city = city(frame);
      ImageCodec.writeGray8(
          folder.resolve("gtFine/val/" + city + "/" + id(frame) + "_gtFine_labelIds.png"),
          HEIGHT,
          WIDTH,
          truth);
      store(prediction(frame), stored, encoding, bits);
    }
  }

  private static void store(Path file, int[] values, String encoding, int bits) {
    if (encoding.equals("color")) {
      ImageCodec.writeColor(file, HEIGHT, WIDTH, values);
    } else if (bits == 16) {
      short[] wide = new short[values.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = (short) values[i];
      }
      ImageCodec.writeGray16(file, HEIGHT, WIDTH, wide);
    } else {
      byte[] narrow = new byte[values.length];
      for (int i = 0; i < narrow.length; i++) {
        narrow[i] = (byte) values[i];
      }
      ImageCodec.writeGray8(file, HEIGHT, WIDTH, narrow);
    }
  }

  private Path prediction(int frame) {
    return folder.resolve("results/" + city(frame) + "/" + id(frame) + "_pred.png");
  }

  private static String city(int frame) {
    return frame % 2 == 0 ? "lindau" : "munster";
  }

  private static String id(int frame) {
    return city(frame) + String.format("_%06d_000019", frame);
  }
}
