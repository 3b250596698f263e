package io.drivemark.datasets.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Fixture;
import io.drivemark.datasets.catalog.ShippedFixtures;
import io.drivemark.datasets.verify.Finding.Kind;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the linter says of files beside the labels, and of splits beside each other. */
class BesideLabelsTest {
  @TempDir Path folder;

  @Test
  void confidencesAreLookedAtToo() {
    ShippedFixtures.write("kitti-360", folder);
    assertEquals(List.of(), messages("kitti-360", "val", Kind.UNREADABLE));
    String frame =
        "data_2d_semantics/train/2013_05_28_drive_0000_sync/image_00/confidence/0000000396.png";
    new Fixture(folder).grey(frame, 3, 15, 7);
    assertEquals(
        List.of(folder.resolve(frame) + ": found 8 bits, expected confidences in 16 bits"),
        messages("kitti-360", "val", Kind.UNREADABLE));
  }

  @Test
  void filesThatSomeFramesLackAreNoted() throws IOException {
    ShippedFixtures.write("vkitti2", folder);
    assertEquals(List.of(), messages("vkitti2", "all", Kind.MISSING_COMPANION));
    Files.delete(folder.resolve("Scene01/clone/frames/depth/Camera_0/depth_00001.png"));
    List<String> found = messages("vkitti2", "all", Kind.MISSING_COMPANION);
    assertEquals(1, found.size());
    assertTrue(
        found
            .get(0)
            .matches(
                "1 of \\d+ frames has no file of distances: a score of distances is not to be had;"
                    + " the first is Scene01_clone_\\S*00001"),
        found.get(0));
  }

  /** The other way round nobody is hurt: frames of train that stand next to val. */
  @Test
  void framesToLearnFromMayHaveNeighbours() {
    Fixture files = new Fixture(folder);
    for (int number = 0; number <= 300; number += 30) {
      frame(files, "train", String.format("0016E5_%05d", number));
    }
    frame(files, "val", "0016E5_00310");
    assertEquals(List.of(), messages("camvid", "train", Kind.NEIGHBOURS));
    assertEquals(1, messages("camvid", "val", Kind.NEIGHBOURS).size());
  }

  private static void frame(Fixture files, String split, String id) {
    files.image(split + "/" + id + ".png", 1, 2).grey(split + "annot/" + id + ".png", 1, 2, 0, 3);
  }

  private List<String> messages(String name, String split, Kind kind) {
    return DatasetVerifier.verify(DatasetRequest.of(name, split).withRoot(folder), Progress.NONE)
        .findings()
        .stream()
        .filter(f -> f.kind() == kind)
        .map(Finding::message)
        .toList();
  }
}
