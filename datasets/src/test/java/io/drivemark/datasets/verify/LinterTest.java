package io.drivemark.datasets.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Fixture;
import io.drivemark.datasets.catalog.ShippedFixtures;
import io.drivemark.datasets.image.Exif;
import io.drivemark.datasets.verify.Finding.Kind;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ten checks, one test a check, whole messages. */
class LinterTest {
  @TempDir Path folder;

  /** 1: values outside the declared set, with their count and first five positions. */
  @Test
  void foreignValuesAreCountedAndLocated() {
    Path root = camVid();
    new Fixture(root).grey("valannot/b.png", 2, 6, 12, 0, 77, 12, 12, 12, 12);
    assertEquals(
        List.of(
            root.resolve("valannot/b.png")
                + ": unknown label value 12 in 8 pixels at (row, column) (0, 0), (0, 3), (0, 4),"
                + " (0, 5), (1, 0), …",
            root.resolve("valannot/b.png")
                + ": unknown label value 77 in 2 pixels at (row, column) (0, 2), (1, 3)"),
        messages("camvid", "val", Kind.UNKNOWN_VALUE));
  }

  /** 2: colours decode exactly; one step beside is another colour. */
  @Test
  void colorsOneStepBesideAreForeign() {
    new Fixture(folder)
        .image(a2d2("camera"), 1, 3)
        .color(a2d2("label"), 1, 3, 0x963204, 0x963104, 0xFF00FF);
    assertEquals(
        List.of(
            folder.resolve(a2d2("label"))
                + ": unknown label value 150,49,4 in 1 pixel at (row, column) (0, 1)"),
        messages("a2d2", "all", Kind.UNKNOWN_VALUE));
  }

  private static String a2d2(String kind) {
    return "20180807_145028/"
        + kind
        + "/cam_front_center/20180807145028_"
        + kind
        + "_frontcenter_000000091.png";
  }

  /** 3: palettised files are indices; 16 bits are no 8-bit labels. */
  @Test
  void palettesAreIndicesAndSixteenBitsAreRefused() {
    new Fixture(folder)
        .image("images/00001.png", 1, 4)
        .palette("labels/00001.png", 1, 4, 7, 33, 34, 0)
        .image("images/00002.png", 1, 4)
        .grey16("labels/00002.png", 1, 4, 7, 26001);
    VerifyReport report = verify("gta5", "all");
    assertEquals(1, report.goodFrames());
    assertEquals(2, report.voidPixels());
    assertEquals(
        List.of(
            folder.resolve("labels/00002.png")
                + ": found one channel of 16 bits, expected one of 8: no value of cityscapes-19 is"
                + " above 34. Files of 16 bits mostly hold object numbers or distances; is this"
                + " the label file? If it is, declare a value that needs 16 bits, for example"
                + " 'void: [65535]'"),
        messages("gta5", "all", Kind.UNREADABLE));
  }

  /** 4: pairs are complete in both directions, and nothing leads out of the folder. */
  @Test
  void unpairedFramesAndLinksOutsideAreNamed(@TempDir Path elsewhere) throws IOException {
    Path root = camVid();
    Files.delete(root.resolve("val/a.png"));
    Files.delete(root.resolve("valannot/c.png"));
    Path outside = elsewhere.resolve("b.png");
    Files.move(root.resolve("val/b.png"), outside);
    Files.createSymbolicLink(root.resolve("val/b.png"), outside);
    VerifyReport report = verify("camvid", "val");
    assertEquals(
        List.of(
            "frame a: labels "
                + root.resolve("valannot/a.png")
                + " have no photograph; expected val/a.png",
            "frame c: photograph "
                + root.resolve("val/c.png")
                + " has no labels; expected valannot/c.png",
            root.resolve("val/b.png")
                + ": a symbolic link leads to a file outside the dataset's folder, "
                + outside.toRealPath()
                + "; copy it into the folder, or give that folder as the root"),
        report.findings().stream()
            .filter(f -> f.kind().severity() == Finding.Severity.ERROR)
            .map(Finding::message)
            .toList());
  }

  @Test
  void aFolderThatLeadsOutsideIsNamedOnce(@TempDir Path elsewhere) throws IOException {
    Path root = camVid();
    Files.move(root.resolve("valannot"), elsewhere.resolve("labels"));
    Files.createSymbolicLink(root.resolve("valannot"), elsewhere.resolve("labels"));
    assertEquals(
        List.of(
            root.resolve("valannot")
                + ": a symbolic link leads to 3 files outside the dataset's folder, "
                + elsewhere.resolve("labels").toRealPath()
                + "; copy it into the folder, or give that folder as the root"),
        messages("camvid", "val", Kind.OUTSIDE_ROOT));
  }

  /** 5: sizes equal between photograph and labels, and how often each size is. */
  @Test
  void unequalAndMixedSizesAreNamed() {
    Path root = camVid();
    new Fixture(root)
        .grey("valannot/a.png", 6, 2, 0)
        .image("val/b.png", 3, 4)
        .grey("valannot/b.png", 3, 4, 0);
    assertEquals(
        List.of(
            root.resolve("valannot/a.png")
                + ": labels are 6x2, but the photograph "
                + root.resolve("val/a.png")
                + " is 2x6 (height x width)"),
        messages("camvid", "val", Kind.WRONG_SIZE));
    assertEquals(
        List.of("frames have 2 sizes: {2x6=1, 3x4=1} (height x width=frames)"),
        messages("camvid", "val", Kind.MIXED_SIZES));
  }

  /** 6: train ids where label ids are declared, with or without their 255, and the reverse. */
  @Test
  void theOtherKindOfIdsIsSuspected() {
    String id = "lindau_000000_000019";
    Fixture files =
        new Fixture(folder)
            .image("leftImg8bit/val/lindau/" + id + "_leftImg8bit.png", 1, 4)
            .grey("gtFine/val/lindau/" + id + "_gtFine_labelIds.png", 1, 4, 0, 18, 255)
            .grey("gtFine/val/lindau/" + id + "_gtFine_labelTrainIds.png", 1, 4, 7, 33, 26, 0);
    assertEquals(
        List.of(
            "no stored value is above 18: these look like class indices (train ids), but"
                + " cityscapes declares label ids"),
        messages("cityscapes", "val", Kind.WRONG_ID_SPACE));
    assertEquals(
        List.of(
            "stored values go up to 33: these look like the label ids of Cityscapes, but"
                + " cityscapes-train-ids declares class indices (train ids)"),
        messages("cityscapes-train-ids", "val", Kind.WRONG_ID_SPACE));
    assertEquals(folder, files.root());
  }

  /** 7: splits are as large as published, and none stands next to another in one recording. */
  @Test
  void splitSizesAndNeighboursAreNoted() {
    Fixture files = new Fixture(folder);
    for (int number = 0; number <= 300; number += 30) {
      frame(files, "train", String.format("0016E5_%05d", number));
    }
    for (int number = 340; number < 480; number += 2) {
      frame(files, "val", String.format("0016E5_%05d", number));
    }
    frame(files, "val", "0001TP_00010");
    VerifyReport report = verify("camvid", "val");
    assertEquals(
        List.of("split val has 71 complete frames, the published one has 101"),
        messages("camvid", "val", Kind.SPLIT_SIZE));
    assertEquals(
        List.of(
            "11 of 71 frames stand next to a frame of split train in the same recording, the first"
                + " is 0016E5_00340, 40 from 0016E5_00300: a network trained on train has nearly"
                + " seen them, and its score on val flatters it"),
        report.findings().stream()
            .filter(f -> f.kind() == Kind.NEIGHBOURS)
            .map(Finding::message)
            .toList());
  }

  private static void frame(Fixture files, String split, String id) {
    files.image(split + "/" + id + ".png", 1, 2).grey(split + "annot/" + id + ".png", 1, 2, 0, 3);
  }

  /** 8: what each class has, and a note where it is in few frames. */
  @Test
  void presenceOfClassesIsCounted() {
    Fixture files = new Fixture(folder);
    for (int i = 0; i < 12; i++) {
      files.image("val/" + i + ".png", 1, 11).grey("valannot/" + i + ".png", 1, 11, 0, 1, 2, 3);
    }
    files.grey("valannot/0.png", 1, 11, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    VerifyReport report = verify("camvid", "val");
    assertEquals(new VerifyReport.ClassCount("Sky", 34, 12), report.classes().get(0));
    assertEquals(new VerifyReport.ClassCount("Bicyclist", 1, 1), report.classes().get(10));
    assertEquals(
        "class Tree is in 1 of 12 frames: its IoU on this split says little",
        messages("camvid", "val", Kind.RARE_CLASS).get(1));
    assertEquals(7, messages("camvid", "val", Kind.RARE_CLASS).size());
  }

  /** 9: the share of void, in all and by frame. */
  @Test
  void voidIsMeasuredByFrame() {
    Path root = camVid();
    new Fixture(root)
        .grey("valannot/a.png", 2, 6, 11, 11, 0)
        .grey("valannot/b.png", 2, 6, 11)
        .grey("valannot/c.png", 2, 6, 0, 0, 0, 11);
    VerifyReport report = verify("camvid", "val");
    assertEquals(23 / 36.0, report.voidShare());
    assertEquals(new VoidSpread(8 / 12.0, 1, "b", 2), report.voids());
    assertEquals(
        List.of("2 of 3 frames are void for more than half, the worst is b with 100.0 %"),
        messages("camvid", "val", Kind.MOSTLY_VOID));
    assertEquals(
        List.of("1 frame has no judged pixel, the first is b"),
        messages("camvid", "val", Kind.ALL_VOID));
  }

  /** 10: an EXIF rotation is not applied, and labels that were turned by it are named so. */
  @Test
  void exifRotationIsNotAppliedToLabels() throws IOException {
    Fixture files = new Fixture(folder);
    for (String id : List.of("7d15b18b-1e0d6e3f", "7d209219-ccdc1a09")) {
      Path photograph = folder.resolve("images/10k/val/" + id + ".jpg");
      Files.createDirectories(photograph.getParent());
      Exif.write(photograph, 2, 3, 6, true);
      files.grey("labels/sem_seg/masks/val/" + id + ".png", 2, 3, 0, 18, 255);
    }
    files.grey("labels/sem_seg/masks/val/7d209219-ccdc1a09.png", 3, 2, 0, 18);
    assertEquals(
        List.of(
            "2 photographs have an EXIF rotation, the first is 7d15b18b-1e0d6e3f (orientation 6):"
                + " it is not applied, because labels lie as the pixels are stored"),
        messages("bdd100k", "val", Kind.EXIF_ROTATION));
    assertEquals(
        List.of(
            folder.resolve("labels/sem_seg/masks/val/7d209219-ccdc1a09.png")
                + ": labels are 3x2, but the photograph "
                + folder.resolve("images/10k/val/7d209219-ccdc1a09.jpg")
                + " is 2x3 (height x width); its EXIF orientation 6 was applied when the labels"
                + " were made, but photographs are read as they are stored: turn the labels back"),
        messages("bdd100k", "val", Kind.WRONG_SIZE));
    assertEquals(1, verify("bdd100k", "val").goodFrames());
  }

  @Test
  void objectAndDistanceFilesAreLookedAtToo() throws IOException {
    ShippedFixtures.write("vkitti2", folder);
    Path depth = folder.resolve("Scene01/clone/frames/depth/Camera_0/depth_00001.png");
    Path objects =
        folder.resolve("Scene01/fog/frames/instanceSegmentation/Camera_0/instancegt_00001.png");
    new Fixture(folder)
        .grey(folder.relativize(depth).toString(), 1, 3, 7)
        .grey(folder.relativize(objects).toString(), 3, 1, 4);
    assertEquals(
        List.of(depth + ": found 8 bits, expected distances in 16 bits"),
        messages("vkitti2", "all", Kind.UNREADABLE));
    assertEquals(
        List.of(objects + ": object numbers are 3x1, but the labels are 1x3 (height x width)"),
        messages("vkitti2", "all", Kind.WRONG_SIZE));
    assertEquals(0, verify("vkitti2", "all").goodFrames());
  }

  @Test
  void aFastLookReadsSomeLabelsAndFindsWhatIsNotWhole() throws IOException {
    Fixture files = new Fixture(folder);
    for (int i = 0; i < 401; i++) {
      files.grey(String.format("valannot/%03d.png", i), 1, 4, 0, 1, 2, 3);
      files.image(String.format("val/%03d.png", i), 1, 4);
    }
    Path cut = folder.resolve("val/400.png");
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length - 9));
    VerifyReport fast =
        DatasetVerifier.verify(
            DatasetRequest.of("camvid", "val").withRoot(folder), true, Progress.NONE);
    assertEquals(401, fast.frames());
    assertEquals(400, fast.goodFrames());
    assertEquals(134, fast.decoded(), "each third frame; at most 200");
    assertEquals(134, fast.classes().get(0).frames());
    assertEquals(1L, fast.counts().get(Kind.UNREADABLE));
    VerifyReport full = verify("camvid", "val");
    assertEquals(400, full.decoded());
    assertEquals(1L, full.counts().get(Kind.UNREADABLE));
  }

  @Test
  void jsonHasEveryFindingAndCount() {
    Path root = camVid();
    new Fixture(root).grey("valannot/b.png", 2, 6, 12);
    VerifyReport report = verify("camvid", "val");
    ObjectNode json = VerifyJson.of(List.of(report));
    assertEquals("drivemark-verify/1", json.get("schema").textValue());
    assertEquals(1, json.get("errors").intValue());
    assertEquals(report.findings().size(), json.at("/splits/0/findings").size());
    assertEquals("unknown-value", json.at("/splits/0/findings/0/kind").textValue());
    assertEquals("b", json.at("/splits/0/findings/0/id").textValue());
    assertEquals(2, json.at("/splits/0/goodFrames").intValue());
    assertEquals(2, json.at("/splits/0/classes/0/pixels").intValue());
    assertEquals(2, json.at("/splits/0/sizes/2x6").intValue());
    assertEquals(1, json.at("/splits/0/counts/unknown-value").intValue());
    assertFalse(json.at("/splits/0/voidPerFrame/worst").isMissingNode());
  }

  private Path camVid() {
    Fixture.camVid(folder);
    assertTrue(folder.resolve("val.txt").toFile().delete());
    return folder;
  }

  private VerifyReport verify(String name, String split) {
    return DatasetVerifier.verify(DatasetRequest.of(name, split).withRoot(folder), Progress.NONE);
  }

  private List<String> messages(String name, String split, Kind kind) {
    return verify(name, split).findings().stream()
        .filter(f -> f.kind() == kind)
        .map(Finding::message)
        .toList();
  }
}
