package io.drivemark.datasets.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.catalog.Fixture;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamVidWriterTest {
  @TempDir Path from;
  @TempDir Path to;

  @Test
  void whatIsWrittenIsReadAsTheSameSamples() {
    Dataset source = Datasets.open("camvid", Fixture.camVid(from).root(), "val", all());
    CamVidWriter writer = new CamVidWriter(to);
    writer.writeTrainAndVal(source, Progress.NONE);
    writer.writeTrainAndVal(source, Progress.NONE);
    Dataset train = Datasets.open("camvid", to, "train", all());
    Dataset val = Datasets.open("camvid", to, "val", all());
    assertEquals(List.of("a", "b"), train.ids());
    assertEquals(List.of("c"), val.ids());
    Sample sample = val.frame(0).sample();
    assertEquals(source.frame(2).sample().image(), sample.image());
    assertEquals(source.frame(2).sample().truth(), sample.truth());
    assertEquals(11, ImageCodec.readRaw(to.resolve("valannot/c.png")).value(11));
  }

  @Test
  void aFolderWithOtherFramesIsRefused() {
    Dataset source = Datasets.open("camvid", Fixture.camVid(from).root(), "val", all());
    new Fixture(to).image("train/z.png", 1, 1);
    assertEquals(
        to.resolve("train")
            + ": holds other files already, for example z.png; choose an empty folder",
        assertThrows(
                BadInputException.class,
                () -> new CamVidWriter(to).write("train", source, 0, 3, Progress.NONE))
            .getMessage());
  }

  @Test
  void otherClassesAreRefused() {
    new Fixture(from)
        .image("leftImg8bit/val/x/x_1_1_leftImg8bit.png", 1, 1)
        .grey("gtFine/val/x/x_1_1_gtFine_labelIds.png", 1, 1, 7);
    Dataset city = Datasets.open("cityscapes", from, "val", all());
    assertEquals(
        "dataset cityscapes has the classes of cityscapes-19; CamVid layout takes those of"
            + " camvid-11",
        assertThrows(
                BadInputException.class,
                () -> new CamVidWriter(to).write("val", city, 0, 1, Progress.NONE))
            .getMessage());
  }

  private static OptionalInt all() {
    return OptionalInt.empty();
  }
}
