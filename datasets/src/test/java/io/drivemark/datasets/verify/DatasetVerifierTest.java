package io.drivemark.datasets.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Fixture;
import io.drivemark.datasets.verify.Finding.Kind;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetVerifierTest {
  @TempDir Path root;

  @Test
  void cleanSplitHasCountsAndNoErrors() {
    Fixture.camVid(root);
    VerifyReport report = verify("camvid", "val");
    assertFalse(report.hasErrors());
    assertEquals(3, report.frames());
    assertEquals(3, report.goodFrames());
    assertEquals(36, report.pixels());
    assertEquals(3, report.voidPixels());
    assertEquals(1 / 12.0, report.voidShare());
    assertEquals(new VerifyReport.ClassCount("Sky", 3, 3), report.classes().get(0));
    assertEquals(Map.of("2x6", 3), report.sizes());
    assertEquals(
        List.of(
            new Finding(
                Kind.SPLIT_SIZE, "", "split val has 3 complete frames, the published one has 101")),
        report.findings());
  }

  @Test
  void eachBadFrameIsNamedAndTheRestIsCounted() throws IOException {
    Fixture files = Fixture.camVid(root);
    Files.delete(root.resolve("val.txt"));
    files.image("val/d.png", 2, 6).grey("valannot/d.png", 3, 6, 0);
    files.image("val/e.png", 2, 6).grey("valannot/e.png", 2, 6, 0, 12, 0);
    files.image("val/f.png", 2, 6);
    files.grey("valannot/g.png", 2, 6, 0);
    files.image("val/h.png", 2, 6).color("valannot/h.png", 2, 6, 0x804020);
    Path truncated = root.resolve("val/b.png");
    byte[] bytes = Files.readAllBytes(truncated);
    Files.write(truncated, Arrays.copyOf(bytes, bytes.length - 20));
    VerifyReport report = verify("camvid", "val");
    assertTrue(report.hasErrors());
    assertEquals(6, report.frames());
    assertEquals(2, report.goodFrames());
    assertEquals(24, report.pixels());
    assertEquals(
        List.of(
            new Finding(
                Kind.MISSING_TRUTH,
                "f",
                "frame f: photograph "
                    + root.resolve("val/f.png")
                    + " has no labels; expected valannot/f.png"),
            new Finding(
                Kind.MISSING_IMAGE,
                "g",
                "frame g: labels "
                    + root.resolve("valannot/g.png")
                    + " have no photograph; expected val/g.png"),
            new Finding(
                Kind.UNREADABLE,
                "b",
                truncated
                    + ": truncated PNG: the file ends inside its IDAT chunk after "
                    + (bytes.length - 20)
                    + " bytes; copy or create it again"),
            new Finding(
                Kind.WRONG_SIZE,
                "d",
                root.resolve("valannot/d.png")
                    + ": labels are 3x6, but the photograph "
                    + root.resolve("val/d.png")
                    + " is 2x6 (height x width)"),
            new Finding(
                Kind.UNKNOWN_VALUE,
                "e",
                root.resolve("valannot/e.png")
                    + ": unknown label value 12 in 4 pixels at (row, column) (0, 1), (0, 4), (1,"
                    + " 1), (1, 4)"),
            new Finding(
                Kind.UNREADABLE,
                "h",
                root.resolve("valannot/h.png")
                    + ": found a colour image (the pixel at row 0, column 0 is 128,64,32), expected one"
                    + " channel of class values, or three equal ones. If its colours are classes, declare"
                    + " 'kind: color' under 'coding'; if one channel holds the class, which, for example"
                    + " 'channel: red'"),
            new Finding(
                Kind.SPLIT_SIZE, "", "split val has 6 complete frames, the published one has 101")),
        report.findings());
  }

  @Test
  void unknownColorsAreNotedWhereTheyCountAsVoid() {
    new Fixture(root).image("all/a.png", 4, 2).color("allannot/a.png", 4, 2, 0x808080, 0x1A1A1A);
    VerifyReport report = verify("camvid-merged", "all");
    assertFalse(report.hasErrors());
    assertEquals(4, report.voidPixels());
    assertEquals(4, report.unknownPixels());
    assertTrue(
        report
            .findings()
            .contains(
                new Finding(
                    Kind.UNKNOWN_AS_VOID,
                    "a",
                    root.resolve("allannot/a.png")
                        + ": unknown label value 26,26,26, counted as void, in 4 pixels at (row,"
                        + " column) (0, 1), (1, 1), (2, 1), (3, 1)")));
    assertTrue(
        report
            .findings()
            .contains(
                new Finding(
                    Kind.RARE_CLASS,
                    "",
                    "class Road is in 0 of 1 frame: its IoU cannot be measured on this split")));
  }

  @Test
  void trainIdsInPlaceOfLabelIdsAreSuspected() {
    String id = "lindau_000000_000019";
    new Fixture(root)
        .image("leftImg8bit/val/lindau/" + id + "_leftImg8bit.png", 2, 9)
        .grey("gtFine/val/lindau/" + id + "_gtFine_labelIds.png", 2, 9, 0, 1, 2, 8, 10, 18);
    assertTrue(
        verify("cityscapes", "val")
            .findings()
            .contains(
                new Finding(
                    Kind.WRONG_ID_SPACE,
                    "",
                    "no stored value is above 18: these look like class indices (train ids), but"
                        + " cityscapes declares label ids")));
  }

  @Test
  void photographInTwoSplitsIsFound() throws IOException {
    Fixture files = Fixture.camVid(root);
    files.image("train/a.png", 2, 6).grey("trainannot/a.png", 2, 6, 0);
    Files.createDirectories(root.resolve("train"));
    Files.copy(root.resolve("val/b.png"), root.resolve("train/b.png"));
    files.grey("trainannot/b.png", 2, 6, 0);
    assertTrue(
        verify("camvid", "val")
            .findings()
            .contains(
                new Finding(
                    Kind.SPLIT_OVERLAP,
                    "b",
                    root.resolve("val/b.png")
                        + ": the same photograph is in split train as "
                        + root.resolve("train/b.png")
                        + "; a score on one that was trained on the other means nothing")));
    assertEquals(
        1,
        verify("camvid", "val").findings().stream()
            .filter(f -> f.kind() == Kind.SPLIT_OVERLAP)
            .count());
  }

  @Test
  void missingRootIsAnError() {
    assertThrows(BadInputException.class, () -> DatasetVerifierTest.verify(root.resolve("none")));
  }

  @Test
  void realValidationSplitIsClean() {
    VerifyReport report = verify(SharedData.require("data/camvid"));
    assertEquals(
        List.of(
            new Finding(
                Kind.NEIGHBOURS,
                "",
                "26 of 101 frames stand next to a frame of split train in the same recording, the"
                    + " first is 0016E5_07959, 39 from 0016E5_07920: a network trained on train has"
                    + " nearly seen them, and its score on val flatters it")),
        report.findings());
    assertEquals(101, report.goodFrames());
    assertEquals(101L * 360 * 480, report.pixels());
    assertEquals(297271, report.voidPixels());
  }

  private static VerifyReport verify(Path root) {
    return DatasetVerifier.verify(DatasetRequest.of("camvid", "val").withRoot(root), Progress.NONE);
  }

  private VerifyReport verify(String name, String split) {
    return DatasetVerifier.verify(DatasetRequest.of(name, split).withRoot(root), Progress.NONE);
  }
}
