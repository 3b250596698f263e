package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.datasets.image.ImageCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames of a few pixels, small enough to reckon by hand. */
class ScoreDepthCommandTest {
  /** Stored steps are 1/256 m, so distances and their differences are exact. */
  private static final double EXACT = 1e-14;

  @TempDir Path folder;

  /** Values in metres, or in pixels of disparity. */
  private void write(String file, double... values) {
    short[] stored = new short[values.length];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = (short) Math.round(values[i] * 256);
    }
    ImageCodec.writeGray16(folder.resolve(file), 1, stored.length, stored);
  }

  private String[] arguments(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "score-depth",
                "--truth",
                folder.resolve("gt").toString(),
                "--predictions",
                folder.resolve("predictions").toString()));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private JsonNode json(String... more) throws IOException {
    Path file = folder.resolve("depth.json");
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(List.of("--json", file.toString()));
    Invocation.of(arguments(all.toArray(String[]::new))).fine();
    return new ObjectMapper().readTree(file.toFile());
  }

  private void two() {
    write("gt/a.png", 2, 4, 0); // the last is unknown
    write("predictions/a.png", 2, 5, 7);
    write("gt/b.png", 10, 0, 0);
    write("predictions/b.png", 8, 1, 1);
  }

  @Test
  void framesCountAlike() throws IOException {
    two();
    JsonNode score = json();
    // a: errors 0 and 1 of 2 m and 4 m; b: 2 of 10 m.
    assertEquals((1 / 8.0 + 1 / 5.0) / 2, score.get("absRel").doubleValue(), EXACT);
    assertEquals((1 / 8.0 + 4 / 10.0) / 2, score.get("sqRel").doubleValue(), EXACT);
    assertEquals((Math.sqrt(0.5) + 2) / 2, score.get("rmse").doubleValue(), EXACT);
    assertEquals(
        (Math.log(1.25) / Math.sqrt(2) + Math.log(1.25)) / 2,
        score.get("rmseLog").doubleValue(),
        EXACT);
    assertEquals((1 / 2.0 + 0) / 2, score.get("delta1").doubleValue(), "5/4 is not below 1.25");
    assertEquals(1, score.get("delta2").doubleValue());
    assertEquals(1, score.get("delta3").doubleValue());
    assertEquals(2, score.get("images").intValue());
    assertEquals(3, score.get("pixels").intValue());
    assertEquals("a", score.at("/frames/0/id").textValue());
    assertEquals(1 / 5.0, score.at("/frames/1/absRel").doubleValue(), EXACT);
    assertEquals("none", score.at("/rule/crop").textValue());
    assertTrue(score.at("/rule/mostMetres").isNull());
  }

  @Test
  void meansArePrintedAndFramesGoIntoATable() throws IOException {
    two();
    Path csv = folder.resolve("depth.csv");
    Invocation run = Invocation.of(arguments("--csv", csv.toString())).fine();
    assertTrue(run.out().startsWith("absRel\t0.162500\nsqRel\t0.262500\n"), run.out());
    assertTrue(run.out().endsWith("\nimages\t2\npixels\t3\n"), run.out());
    List<String> rows = Files.readAllLines(csv);
    assertEquals(3, rows.size());
    assertTrue(rows.get(0).startsWith("frame,pixels,absRel,sqRel,"), rows.get(0));
    assertTrue(rows.get(1).startsWith("a,2,0.125,0.125,"), rows.get(1));
  }

  @Test
  void limitsLeaveTruthOutAndClampPredictions() throws IOException {
    write("gt/a.png", 0.5, 40, 90, 4);
    write("predictions/a.png", 1, 200, 90, 0);
    JsonNode score = json("--min", "1", "--max", "80");
    // 40 m against 80, 4 m against 1; 0.5 m and 90 m are not judged.
    assertEquals(2, score.get("pixels").intValue());
    assertEquals((40 / 40.0 + 3 / 4.0) / 2, score.get("absRel").doubleValue(), EXACT);
    assertEquals(80, score.at("/rule/mostMetres").doubleValue());
  }

  @Test
  void cropsAreThosePapersUse() throws IOException {
    // Of 100 columns Garg judges 3 to 95, Eigen as well; of 100 rows 40 to 98 and 33 to 90.
    short[] truth = new short[100 * 100];
    short[] prediction = new short[100 * 100];
    Arrays.fill(truth, (short) 256);
    Arrays.fill(prediction, (short) 256);
    for (int x = 0; x < 100; x++) {
      prediction[35 * 100 + x] = 512; // within Eigen's crop alone
    }
    ImageCodec.writeGray16(folder.resolve("gt/a.png"), 100, 100, truth);
    ImageCodec.writeGray16(folder.resolve("predictions/a.png"), 100, 100, prediction);
    JsonNode garg = json("--crop", "garg");
    assertEquals(59 * 93, garg.get("pixels").intValue());
    assertEquals(0, garg.get("absRel").doubleValue());
    JsonNode eigen = json("--crop", "eigen");
    assertEquals(58 * 93, eigen.get("pixels").intValue());
    assertEquals(1 / 58.0, eigen.get("absRel").doubleValue(), EXACT);
  }

  @Test
  void disparitiesAreOffByThreePixelsAndFivePerCent() throws IOException {
    write("gt/a.png", 10, 10, 100, 100, 0);
    write("predictions/a.png", 13, 13.5, 104.5, 106, 50);
    write("gt/b.png", 20, 20);
    write("predictions/b.png", 0, 20); // 0 is no prediction
    JsonNode score = json("--disparity");
    assertEquals(3 / 6.0, score.get("d1All").doubleValue(), EXACT);
    assertEquals(3, score.get("outliers").intValue());
    assertEquals(6, score.get("pixels").intValue());
    assertEquals(2, score.at("/frames/0/outliers").intValue());
    String out = Invocation.of(arguments("--disparity")).fine().out();
    assertEquals("D1-all\t0.500000\nimages\t2\npixels\t6\n", out);
  }

  @Test
  void namesThatRepeatAreToldApartByTheirFolders() throws IOException {
    write("gt/x/1.png", 2);
    write("gt/y/1.png", 4);
    write("predictions/x/1.png", 2);
    write("predictions/y_1.png", 5);
    JsonNode score = json();
    assertEquals("x_1", score.at("/frames/0/id").textValue());
    assertEquals(1 / 4.0, score.at("/frames/1/absRel").doubleValue(), EXACT);
  }

  @Test
  void aDatasetsOwnDistancesAreTheTruth() throws IOException {
    String drive = "2011_09_26_drive_0002_sync";
    for (int frame = 8; frame <= 9; frame++) {
      write(
          "root/val/" + drive + "/proj_depth/groundtruth/image_02/000000000" + frame + ".png",
          2,
          frame,
          0);
      write("predictions/2011_09_26_drive_0002_02_000000000" + frame + ".png", 2, 10, 3);
    }
    Path json = folder.resolve("depth.json");
    String[] arguments = {
      "score-depth",
      "--dataset",
      "kitti-depth",
      "--root",
      folder.resolve("root").toString(),
      "--split",
      "val",
      "--predictions",
      folder.resolve("predictions").toString(),
      "--json",
      json.toString()
    };
    Invocation.of(arguments).fine();
    JsonNode score = new ObjectMapper().readTree(json.toFile());
    assertEquals((2 / 8.0 / 2 + 1 / 9.0 / 2) / 2, score.get("absRel").doubleValue(), EXACT);
    assertEquals(4, score.get("pixels").intValue());
    Invocation.refused(
        List.of(
            "drivemark score-depth: give the true distances either as a folder (--truth DIR) or as"
                + " a dataset (--dataset NAME --root DIR --split S)"),
        arguments("--dataset", "kitti-depth"));
    Invocation.refused(
        List.of("drivemark score-depth: --dataset needs --split, for example --split val"),
        "score-depth",
        "--dataset",
        "kitti-depth",
        "--predictions",
        "p");
  }

  @Test
  void datasetsWithoutDistancesAreRefused() {
    ImageCodec.writeGray8(folder.resolve("camvid/valannot/a.png"), 1, 1, new byte[1]);
    write("predictions/a.png", 2);
    Invocation.refused(
        List.of(
            "drivemark score-depth: frame a of dataset camvid has no file of distances; unpack it,"
                + " or take another dataset"),
        "score-depth",
        "--dataset",
        "camvid",
        "--root",
        folder.resolve("camvid").toString(),
        "--split",
        "val",
        "--predictions",
        folder.resolve("predictions").toString());
  }

  @Test
  void framesWithoutAJudgedPixelAreCountedApart() throws IOException {
    two();
    write("gt/c.png", 0, 0);
    write("predictions/c.png", 1, 1);
    JsonNode score = json();
    assertEquals(2, score.get("images").intValue());
    assertEquals("c", score.at("/unjudged/0").textValue());
  }

  @Test
  void whatDoesNotFitIsNamed() throws IOException {
    two();
    Path a = folder.resolve("predictions/a.png");
    write("predictions/a.png", 2, 0, 7);
    Invocation.refused(
        List.of(
            "drivemark score-depth: "
                + a
                + ": depth: the prediction at row 0, column 1 is 0.0 metres; a positive, finite"
                + " number is needed where the truth is known"),
        arguments());
    write("predictions/a.png", 2, 5);
    Invocation.refused(
        List.of(
            "drivemark score-depth: "
                + a
                + ": distances are 1x2, but the frame is 1x3 (height x width); they must be equal"),
        arguments());
    ImageCodec.writeGray8(a, 1, 3, new byte[3]);
    Invocation.refused(
        List.of(
            "drivemark score-depth: "
                + a
                + ": found one channel of 8 bits, expected distances in one channel of 16 bits"),
        arguments());
    Files.delete(a);
    Invocation.refused(
        List.of(
            "drivemark score-depth: "
                + folder.resolve("predictions")
                + ": expected exactly one ID.png for each sample of the split; found 1 sample"
                + " without a prediction: a"),
        arguments());
    Invocation.refused(
        List.of(
            "drivemark score-depth: no crop is called 'grag' (did you mean 'garg'?); known: none,"
                + " garg, eigen"),
        arguments("--crop", "grag"));
    Invocation.refused(
        List.of(
            "drivemark score-depth: --disparity judges every known pixel: leave out --crop, --min"
                + " and --max"),
        arguments("--disparity", "--max", "80"));
    two();
    Invocation.refused(
        List.of(
            "drivemark score-depth: "
                + folder.resolve("gt")
                + ": no frame has a known distance within the crop and the"
                + " limits; check --units, --min and --max"),
        arguments("--min", "200", "--max", "220"));
  }
}
