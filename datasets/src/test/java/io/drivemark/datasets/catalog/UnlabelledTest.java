package io.drivemark.datasets.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Sample;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames without labels: plain folders of pictures, and splits for a test server. */
class UnlabelledTest {
  private static final LabelSpace SPACE = LabelSpaces.named("camvid-11");

  @TempDir Path root;

  private Dataset pictures(OptionalInt limit) {
    return PictureFolder.open(root, SPACE, limit);
  }

  @Test
  void aFolderIsLookedThroughAtAnyDepth() throws IOException {
    new Fixture(root)
        .image("b/x.jpg", 2, 3)
        .image("a/x.png", 4, 5)
        .image("a/deep/er/été 日本.PNG.png", 1, 1)
        .image("y.png", 1, 1)
        .text("a/x.txt", "no picture")
        .text("a/._x.png", "no picture")
        .text("__MACOSX/a/x.png", "no picture")
        .text(".cache/x.png", "no picture");
    Files.move(root.resolve("y.png"), root.resolve("y.PNG"));
    Dataset all = pictures(OptionalInt.empty());
    assertEquals(List.of("a/deep/er/été 日本.PNG", "a/x", "b/x", "y"), all.ids());
    assertFalse(all.labelled());
    assertEquals(SPACE, all.labels());
    Sample sample = all.frame(1).sample();
    assertEquals(4, sample.image().height());
    assertEquals(5, sample.truth().width());
    assertTrue(
        IntStream.range(0, 20).allMatch(i -> sample.truth().pixels()[i] == (byte) 255),
        "void throughout");
    assertEquals(
        "dataset "
            + root.getFileName()
            + ", split pictures: frame a/x has no labels; it can be"
            + " predicted, not scored",
        assertThrows(BadInputException.class, () -> all.frame(1).truth()).getMessage());
    assertEquals(all.ids().subList(0, 2), pictures(OptionalInt.of(2)).ids());
    assertEquals(all.ids(), pictures(OptionalInt.of(2)).idsOfSplit());
  }

  @Test
  void numbersAreOrderedAsNumbers() {
    new Fixture(root).image("f10.png", 1, 1).image("f2.png", 1, 1).image("f1.jpg", 1, 1);
    assertEquals(List.of("f1", "f2", "f10"), pictures(OptionalInt.empty()).ids());
  }

  @Test
  void picturesThatDifferBySuffixAloneKeepIt() {
    new Fixture(root)
        .image("x.jpg", 1, 1)
        .image("x.png", 1, 1)
        .image("x.jpg.png", 1, 1)
        .image("z.jpg", 1, 1);
    assertEquals(List.of("x.jpg", "x.jpg.png", "x.png", "z"), pictures(OptionalInt.empty()).ids());
  }

  @Test
  void whatIsNoPictureOfAReadableKindIsLeftOutByName() {
    new Fixture(root).text("a.webp", "RIFF").text("b.png", "");
    Dataset all = pictures(OptionalInt.empty());
    assertEquals(List.of("a", "b"), all.ids());
    for (int i = 0; i < 2; i++) {
      int index = i;
      String said =
          assertThrows(BadInputException.class, () -> all.frame(index).sample()).getMessage();
      assertTrue(said.startsWith(root.resolve(i == 0 ? "a.webp: " : "b.png: ") + ""), said);
    }
  }

  @Test
  void aFolderWithoutPicturesSaysWhatIsLookedFor() {
    new Fixture(root).text("notes.txt", "none");
    assertEquals(
        root
            + ": no picture below it (1 other file); expected files whose names end in .avif, .bmp,"
            + " .gif, .heic, .jfif, .jp2, .jpe, .jpeg, .jpg, .png, .ppm, .tif, .tiff, .webp",
        assertThrows(BadInputException.class, () -> pictures(OptionalInt.empty())).getMessage());
    Path none = root.resolve("none");
    assertEquals(
        none + ": no such folder; expected a folder of pictures",
        assertThrows(
                BadInputException.class, () -> PictureFolder.open(none, SPACE, OptionalInt.empty()))
            .getMessage());
  }

  @Test
  void theDigestFollowsThePictures() {
    new Fixture(root).image("x.png", 1, 1);
    String one = pictures(OptionalInt.empty()).digest();
    assertEquals(one, pictures(OptionalInt.empty()).digest());
    new Fixture(root).image("y.png", 1, 1);
    assertNotEquals(one, pictures(OptionalInt.empty()).digest());
  }

  @Test
  void aSplitWithoutLabelsIsOpenedToBePredictedAndNothingElse() {
    new Fixture(root)
        .image("leftImg8bit/test/berlin/berlin_000000_000019_leftImg8bit.png", 4, 6)
        .image("leftImg8bit/test/bonn/bonn_000001_000019_leftImg8bit.png", 4, 6);
    DatasetRequest request = DatasetRequest.of("cityscapes", "test").withRoot(root);
    Dataset test = Datasets.open(request.withLabelsOptional());
    assertEquals(List.of("berlin_000000_000019", "bonn_000001_000019"), test.ids());
    assertFalse(test.labelled());
    assertTrue(test.facts().predictionsMayHaveSuffix());
    assertEquals(Datasets.format("cityscapes").coding().rawToIndex(), test.coding().rawToIndex());
    assertEquals(4, test.frame(0).sample().truth().height());
    assertEquals(
        List.of("berlin_000000_000019"),
        Datasets.open(request.withLimit(1).withLabelsOptional()).ids());
    for (DatasetRequest other : List.of(request, request.withLabelsOnly())) {
      assertEquals(
          "dataset cityscapes has no split 'test'; it has: train, val. None of the 2 photographs"
              + " there has labels: such a split can be predicted ('drivemark predict') and nothing"
              + " else",
          assertThrows(BadInputException.class, () -> Datasets.open(other)).getMessage());
    }
  }

  @Test
  void aSplitOfWhichSomeFramesHaveLabelsIsNotOneWithout() {
    new Fixture(root)
        .image("val/a.png", 2, 2)
        .image("val/b.png", 2, 2)
        .grey("valannot/a.png", 2, 2, 0);
    DatasetRequest request = DatasetRequest.of("camvid", "val").withRoot(root);
    String with =
        assertThrows(BadInputException.class, () -> Datasets.open(request.withLabelsOptional()))
            .getMessage();
    assertTrue(with.contains("frame b: photograph "), with);
    new Fixture(root).grey("valannot/b.png", 2, 2, 0);
    Dataset whole = Datasets.open(request.withLabelsOptional());
    assertTrue(whole.labelled());
    assertEquals(Datasets.open(request).digest(), whole.digest());
  }
}
