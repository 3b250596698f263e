package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.datasets.image.ImageCodec;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three frames of four pixels in two sequences, small enough to count by hand. */
@Tag("text")
class ScoreCommandTest {
  private static final double EXACT = 1e-12;

  /** Confidences are summed in units of 2⁻³⁰. */
  private static final double CONFIDENCE = 1e-9;

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("yard.yaml"),
        """
        name: yard
        drivable: [ground]
        classes:
          - {name: ground, color: '128,64,128'}
          - {name: car, color: '0,0,142'}
        layout: {image: 'photos/{id}.png', truth: 'truth/{id}.png'}
        coding: {kind: index, void: [255]}
        sequence: '^([^_]+)_'
        """);
    frame("a_1", new int[] {0, 0, 1, 1}, new int[] {0, 1, 1, 1});
    frame("a_2", new int[] {0, 0, 1, 0}, new int[] {0, 0, 1, 0});
    frame("b_1", new int[] {0, 0, 0, 255}, new int[] {0, 0, 0, 0});
  }

  private void frame(String id, int[] truth, int[] prediction) {
    row("truth", id, truth);
    row("predictions", id, prediction);
  }

  private void row(String where, String id, int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    ImageCodec.writeGray8(folder.resolve(where + "/" + id + ".png"), 1, bytes.length, bytes);
  }

  private void confidences() {
    row("sure", "a_1", 255, 255, 255, 51);
    row("sure", "a_2", 255, 255, 255, 255);
    row("sure", "b_1", 255, 255, 255, 0); // the last is void
  }

  private String[] arguments(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "score",
                "--dataset",
                folder.resolve("yard.yaml").toString(),
                "--root",
                folder.toString(),
                "--split",
                "all",
                "--predictions",
                folder.resolve("predictions").toString()));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private JsonNode json(String... more) throws IOException {
    Path file = folder.resolve("score.json");
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(List.of("--json", file.toString()));
    Invocation.of(arguments(all.toArray(String[]::new))).fine();
    return new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void contoursAndBordersAreJudgedWhereAskedFor() throws IOException {
    JsonNode score = json("--metrics", "boundary-f,trimap");
    // Ground: contours miss each other, meet, and are empty on both sides; car: miss and meet.
    assertEquals(2 / 3.0, score.at("/boundary/f/ground").doubleValue(), EXACT);
    assertEquals(1 / 2.0, score.at("/boundary/f/car").doubleValue(), EXACT);
    assertEquals(7 / 12.0, score.at("/boundary/meanF").doubleValue(), EXACT);
    assertEquals(0.0075, score.at("/boundary/fTolerance").doubleValue());
    // Beside a border: ground 3 right and 1 taken for car, car 2 right.
    assertEquals(17 / 24.0, score.at("/boundary/trimapMiou/1").doubleValue(), EXACT);
    assertEquals(13 / 16.0, score.at("/boundary/trimapMiou/4").doubleValue(), EXACT);
    assertEquals(score.get("miou"), score.at("/boundary/trimapMiou/32"));
    assertFalse(score.get("boundary").has("iou"));
    assertFalse(score.has("flicker"));
    assertFalse(score.has("calibration"));
  }

  @Test
  void nothingMoreIsJudgedUnlessAskedFor() throws IOException {
    JsonNode score = json();
    assertFalse(score.has("boundary"));
    assertEquals(13 / 16.0, score.get("miou").doubleValue(), EXACT);
  }

  @Test
  void aLimitLeavesPredictionsOfLaterFramesAlone() throws IOException {
    JsonNode score = json("--limit", "2");
    assertEquals(2, score.get("images").intValue());
    assertEquals(8, score.get("pixels").intValue());
    row("predictions", "stray", 0, 0, 0, 0);
    Invocation.refused(
        List.of(
            "drivemark score: "
                + folder.resolve("predictions")
                + ": expected exactly one ID.png for each sample of the split; found 1 file of no"
                + " sample: "
                + folder.resolve("predictions/stray.png")),
        arguments("--limit", "2"));
  }

  @Test
  void boundariesIsShortForTwoMetrics() throws IOException {
    JsonNode score = json("--boundaries");
    assertTrue(score.get("boundary").has("iou"));
    assertTrue(score.get("boundary").has("trimapMiou"));
    assertFalse(score.get("boundary").has("f"));
  }

  @Test
  void flickerIsBetweenNeighboursOfOneSequence() throws IOException {
    JsonNode flicker = json("--metrics", "flicker").get("flicker");
    assertEquals(1, flicker.get("pairs").intValue());
    assertEquals(1 / 3.0, flicker.get("share").doubleValue(), EXACT);
    assertEquals(1 / 2.0, flicker.at("/byClass/ground").doubleValue(), EXACT);
    assertEquals(0, flicker.at("/byClass/car").doubleValue(), EXACT);
    assertTrue(
        Invocation.of(arguments("--metrics", "flicker"))
            .fine()
            .out()
            .contains("\nflicker\t0.333333\tof 1 pair of neighbouring frames\n"));
  }

  @Test
  void longSequencesAreCutWithoutLosingAPair() throws IOException {
    for (int n = 0; n < 47; n++) {
      String id = String.format("c_%02d", n);
      frame(id, new int[] {0, 0, 0, 1}, n % 2 == 0 ? new int[] {0, 0, 0, 1} : new int[4]);
    }
    JsonNode flicker = json("--metrics", "flicker").get("flicker");
    // 46 pairs with three still pixels of ground and one of car, which always flickers; and a's.
    assertEquals(46 + 1, flicker.get("pairs").intValue());
    assertEquals(46 / (46 + 1.0), flicker.at("/byClass/car").doubleValue(), EXACT);
    assertEquals(1 / (46 * 3 + 2.0), flicker.at("/byClass/ground").doubleValue(), EXACT);
  }

  @Test
  void calibrationComparesConfidenceWithTheShareRight() throws IOException {
    confidences();
    JsonNode score = json("--confidences", folder.resolve("sure").toString());
    // Ten pixels at 1, nine right; one at 0.2, right.
    assertEquals(1.8 / 11, score.at("/calibration/expectedError").doubleValue(), CONFIDENCE);
    assertEquals(0.8, score.at("/calibration/maximumError").doubleValue(), CONFIDENCE);
    assertEquals(15, score.at("/calibration/bins").size());
    assertEquals(10, score.at("/calibration/bins/14/pixels").intValue());
    assertEquals(0.9, score.at("/calibration/bins/14/shareRight").doubleValue(), EXACT);
    assertTrue(score.at("/calibration/bins/0/shareRight").isNull());
  }

  @Test
  void confidencesMayHaveSixteenBits() throws IOException {
    confidences();
    ImageCodec.writeGray16(
        folder.resolve("sure/a_1.png"), 1, 4, new short[] {-1, -1, -1, 13107}); // 65535 / 5
    JsonNode score = json("--confidences", folder.resolve("sure").toString());
    assertEquals(1.8 / 11, score.at("/calibration/expectedError").doubleValue(), CONFIDENCE);
  }

  @Test
  void aFileInsteadOfAFolderIsNamed() {
    Path file = folder.resolve("yard.yaml");
    Invocation.refused(
        List.of(
            "drivemark score: "
                + file
                + ": not a folder; expected confidence files there, one ID.png for each sample"),
        arguments("--confidences", file.toString()));
  }

  @Test
  void whatCannotBeJudgedIsRefused() throws IOException {
    Invocation.refused(
        List.of(
            "drivemark score: no further metric is called 'flickr' (did you mean 'flicker'?);"
                + " known: boundary-iou, boundary-f, trimap, specks, flicker, steadiness,"
                + " calibration, distance, freespace, obstacles, stixels"),
        arguments("--metrics", "trimap,flickr"));
    Invocation.refused(
        List.of(
            "drivemark score: calibration is judged by how sure predictions are: give the folder"
                + " with a confidence PNG for each sample (--confidences DIR)"),
        arguments("--metrics", "calibration"));
    Files.delete(folder.resolve("truth/a_2.png"));
    Files.delete(folder.resolve("predictions/a_2.png"));
    Invocation.refused(
        List.of(
            "drivemark score: flicker: no two frames of yard/all follow each other in one"
                + " sequence; a dataset file says by 'sequence' which part of an id names its"
                + " sequence"),
        arguments("--metrics", "flicker"));
  }

  @Test
  void anotherModelIsComparedOnTheSameFrames() throws IOException {
    Path same = folder.resolve("predictions");
    JsonNode zero = json("--against", same.toString()).get("against");
    assertEquals(13 / 16.0, zero.get("miou").doubleValue(), EXACT);
    for (String at : List.of("/miou", "/iou/ground", "/iou/car")) {
      JsonNode d = zero.at("/difference" + at);
      assertEquals(0, d.get("value").doubleValue(), at);
      assertEquals(0, d.at("/percentile/0").doubleValue(), at);
      assertEquals(0, d.at("/bca/1").doubleValue(), at);
      assertEquals(1, d.get("p").doubleValue(), at);
    }
    assertEquals(1, zero.at("/difference/iou/car/adjustedP").doubleValue());
    assertFalse(zero.at("/difference/miou").has("adjustedP"));
    for (String id : List.of("a_1", "a_2", "b_1")) {
      row("worse", id, 1, 1, 1, 1);
    }
    Path worse = folder.resolve("worse");
    JsonNode better = json("--against", worse.toString()).get("against");
    // All car: ground 0, car 3 of 11.
    assertEquals(1.5 / 11, better.get("miou").doubleValue(), EXACT);
    assertEquals(13 / 16.0 - 1.5 / 11, better.at("/difference/miou/value").doubleValue(), EXACT);
    String out = Invocation.of(arguments("--against", worse.toString())).fine().out();
    assertTrue(out.contains("\nagainst\t" + worse + "\tmIoU 0.136364\n"), out);
    assertTrue(
        out.contains("95 % over 2 clusters (few: intervals come out narrow): sequences\n"), out);
    assertTrue(
        out.lines().anyMatch(l -> l.matches("difference IoU car\t\\+0\\.477273\t.*adjusted p .*")),
        out);
  }

  @Test
  void whatTheOtherModelLacksIsNamed() {
    row("worse", "a_1", 0, 0, 0, 0);
    Path worse = folder.resolve("worse");
    Invocation.refused(
        List.of(
            "drivemark score: "
                + worse
                + ": expected exactly one ID.png for each sample of the split; found 2 samples"
                + " without a prediction: a_2, b_1"),
        arguments("--against", worse.toString()));
  }

  @Test
  void aWrongEncodingIsSuspected() throws IOException {
    String told =
        "note: 27.3 % of the judged pixels have no predicted class: encoding train-ids has no"
            + " meaning for the values of 4 pixels. If the files hold the dataset's own values, say"
            + " --encoding label-ids";
    row("predictions", "a_1", 26, 26, 26, 1);
    row("predictions", "b_1", 0, 0, 0, 33);
    Invocation run = Invocation.of(arguments()).fine();
    String foreign =
        "note: Values have no meaning by encoding train-ids and counted as void: 26 (3 pixels), 33"
            + " (1 pixel); the first in "
            + folder.resolve("predictions/a_1.png");
    assertEquals(List.of(told, foreign), run.err().lines().toList());
    assertEquals("note: " + json().at("/notes/0").textValue(), told);
    row("predictions", "a_1", 0, 0, 0, 26);
    assertEquals(
        foreign.replace("26 (3 pixels)", "26 (1 pixel)"),
        Invocation.of(arguments()).fine().err().strip(),
        "any foreign value is named");
  }

  @Test
  void predictionsOfOtherToolsAreDescribedAndTheDescriptionIsKept() throws IOException {
    double usual = json().get("miou").doubleValue();
    assertEquals("{\"encoding\":\"train-ids\"}", json().get("reading").toString());
    row("predictions/theirs", "a_1_pred", 8, 9, 9, 9);
    row("predictions/theirs", "a_2_pred", 8, 8, 9, 8);
    row("predictions/theirs", "b_1_pred", 8, 8, 8, 8);
    Path yaml = Files.writeString(folder.resolve("v.yaml"), "values: {8: ground, 9: car}\n");
    for (String values : List.of("8:ground,9:car", yaml.toString())) {
      JsonNode score = json("--files", "{id}_pred.png", "--values", values, "--resize", "nearest");
      assertEquals(usual, score.get("miou").doubleValue());
      assertEquals(
          "{\"encoding\":\"values\",\"files\":\"{id}_pred.png\",\"values\":{\"8\":\"ground\",\"9\":\"car\"},"
              + "\"resize\":\"nearest\",\"resized\":0}",
          score.get("reading").toString());
    }
    Invocation.refused(
        List.of(
            "drivemark score: --mapping cityscapes-19-to-camvid-11 leads to the classes of"
                + " camvid-11, expected those of the dataset, yard"),
        arguments("--mapping", "cityscapes-19-to-camvid-11"));
    Invocation.refused(
        List.of("drivemark score: --resize is linear, expected nearest: labels are no grey"),
        arguments("--resize", "linear"));
  }

  @Test
  void labelsGivenAsConfidencesAreTold() {
    Path predictions = folder.resolve("predictions");
    Invocation.refused(
        List.of(
            "drivemark score: " + predictions + ": 3 problems",
            unlikely("a_1", 100),
            unlikely("a_2", 100),
            unlikely("b_1", 100)),
        arguments("--confidences", predictions.toString()));
  }

  private String unlikely(String id, int percent) {
    return "  "
        + folder.resolve("predictions/" + id + ".png")
        + ": "
        + percent
        + " % of its pixels hold less than 127 of 255, but the most probable of 2 classes has a"
        + " probability of 1/2 or more; expected the probability of the predicted class in one"
        + " channel: 255p in 8 bits or 65535p in 16. Is it a file of labels?";
  }

  @Test
  void whatCannotBeWrittenIsRefusedBeforeAnythingIsRead() throws IOException {
    Path file = folder.resolve("yard.yaml");
    String[] nothingThere = {
      "score",
      "--dataset",
      file.toString(),
      "--root",
      folder.resolve("nowhere").toString(),
      "--split",
      "all",
      "--predictions",
      "p",
      "--json"
    };
    List<String> arguments = new ArrayList<>(List.of(nothingThere));
    arguments.add(file.resolve("score.json").toString());
    Invocation.refused(
        List.of(
            "drivemark score: --json: "
                + file
                + "/score.json cannot be written: "
                + file
                + " is a file, expected a folder there"),
        arguments.toArray(String[]::new));
  }

  @Test
  void confidenceFilesAreNamedWhereTheyDoNotFit() throws IOException {
    confidences();
    Path sure = folder.resolve("sure");
    row("sure", "a_2", 255, 255);
    Invocation.refused(
        List.of(
            "drivemark score: "
                + sure.resolve("a_2.png")
                + ": the confidences are 1x2, expected 1x4 (height x width), the size of the"
                + " prediction"),
        arguments("--confidences", sure.toString()));
    ImageCodec.writeColor(sure.resolve("a_2.png"), 1, 4, new int[4]);
    Invocation.refused(
        List.of(
            "drivemark score: "
                + sure.resolve("a_2.png")
                + ": found a colour image, expected the probability of the predicted class in one"
                + " channel: 255p in 8 bits or 65535p in 16"),
        arguments("--confidences", sure.toString()));
    palette(sure.resolve("a_2.png"));
    Invocation.refused(
        List.of(
            "drivemark score: "
                + sure.resolve("a_2.png")
                + ": found indices into a palette, expected the probability of the predicted class"
                + " in one channel: 255p in 8 bits or 65535p in 16"),
        arguments("--confidences", sure.toString()));
    Files.delete(sure.resolve("a_2.png"));
    Invocation.refused(
        List.of(
            "drivemark score: "
                + sure
                + ": expected exactly one ID.png for each sample of the split; found 1 sample"
                + " without a confidence file: a_2"),
        arguments("--confidences", sure.toString()));
  }

  private static void palette(Path file) throws IOException {
    byte[] shades = {0, 85, (byte) 170, (byte) 255};
    BufferedImage image =
        new BufferedImage(
            4,
            1,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, 4, shades, shades, shades));
    image.getRaster().setPixels(0, 0, 4, 1, new int[] {3, 3, 3, 3});
    ImageIO.write(image, "png", file.toFile());
  }
}
