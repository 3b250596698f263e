package io.drivemark.eval.runner;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.score.Score;
import io.drivemark.eval.runner.score.Scorer;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.testkit.PngMaker;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Prediction files that were harmed or mean harm: each gives its own clear message. */
@Timeout(value = 60, unit = SECONDS)
class HostilePredictionsTest {
  private static final byte[] LABELS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

  @TempDir Path root;
  private Path file;

  @BeforeEach
  void files() {
    for (String id : List.of("a", "b")) {
      ImageCodec.writeGray8(root.resolve("valannot/" + id + ".png"), 2, 6, LABELS);
      ImageCodec.writeGray8(root.resolve("results/" + id + ".png"), 2, 6, LABELS);
    }
    file = root.resolve("results/b.png");
  }

  private Score score() {
    Dataset labels =
        Datasets.open(DatasetRequest.of("camvid", "val").withRoot(root).withLabelsOnly());
    return Scorer.score(
        labels,
        root.resolve("results"),
        PredictionEncoding.TRAIN_IDS,
        Protocols.cityscapes(),
        Progress.NONE);
  }

  private void said(String message) {
    assertEquals(message, assertThrows(BadInputException.class, this::score).getMessage());
  }

  @Test
  void truncatedOrEmptyOrNoImage() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 20));
    said(
        file
            + ": truncated PNG: the file ends inside its IDAT chunk after "
            + (bytes.length - 20)
            + " bytes; copy or create it again");
    Files.write(file, new byte[0]);
    said(file + ": the file is empty, expected a PNG or JPEG image");
    Files.writeString(file, "no picture");
    said(file + ": neither PNG nor JPEG: it starts with the bytes 6e 6f 20 70");
  }

  @Test
  void aHeaderOfSixtyThousandBySixtyThousand() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    PngMaker.resize(bytes, 60000, 60000);
    Files.write(file, bytes);
    said(
        file
            + ": its header says 60000x60000 pixels, more than the 67108864 that are read; the"
            + " file is damaged or no driving frame");
  }

  @Test
  void colorsWhereIndicesAreExpected() {
    int[] colors = new int[12];
    colors[7] = 0x804080;
    ImageCodec.writeColor(file, 2, 6, colors);
    said(
        file
            + ": found a colour image (the pixel at row 1, column 1 is 128,64,128), expected one"
            + " channel of 8 or 16 bits, or three equal ones (encoding train-ids); read it with"
            + " encoding color");
  }

  /** Foreign values are counted, and under the default protocol they are misses. */
  @Test
  void foreignValuesAreMisses() {
    byte[] foreign = LABELS.clone();
    foreign[0] = (byte) 200;
    foreign[1] = 77;
    ImageCodec.writeGray8(file, 2, 6, foreign);
    Score score = score();
    assertEquals(2, score.foreignPixels());
    assertEquals(1, score.scores().matrix().count(0, 11));
    assertEquals(20.0 / 22, score.scores().pixelAccuracy().value().orElseThrow(), 1e-15);
    // In 16 bits the same pixel may hold what no byte can.
    short[] wide = new short[12];
    for (int i = 0; i < 12; i++) {
      wide[i] = (short) (i == 0 ? 60000 : LABELS[i]);
    }
    ImageCodec.writeGray16(file, 2, 6, wide);
    assertEquals(1, score().foreignPixels());
  }

  @Test
  void palettisedAndInterlacedFilesAreReadAsIndices() throws IOException {
    byte[] channel = new byte[256];
    Arrays.fill(channel, (byte) 99);
    BufferedImage image =
        new BufferedImage(
            6,
            2,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, 256, channel, channel, channel));
    for (int i = 0; i < 12; i++) {
      image.getRaster().setSample(i % 6, i / 6, 0, LABELS[i]);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    Files.delete(file);
    try (var out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    }
    writer.dispose();
    assertEquals(1, Files.readAllBytes(file)[28], "the file is interlaced");
    assertEquals(1, score().scores().pixelAccuracy().value().orElseThrow());
  }

  @Test
  void linksInCirclesAndLinksThatLeadNowhere() throws IOException {
    Files.delete(file);
    Files.createSymbolicLink(file, file);
    String message = assertThrows(BadInputException.class, this::score).getMessage();
    assertTrue(
        message.contains(file + ": a symbolic link that leads nowhere or in a circle"), message);
  }
}
