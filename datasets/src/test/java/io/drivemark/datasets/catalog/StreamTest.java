package io.drivemark.datasets.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.Frame;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times of frames by their numbers, and pictures without labels before those with. */
@Tag("text")
class StreamTest {
  private static final String YARD =
      """
      name: yard
      classes: [{name: ground, color: '128,64,128'}]
      layout:
        image: photos/{id}.png
        truth: labels/{id}.png
      coding: {values: {1: ground}, void: [0]}
      sequence: '^(.+)_[^_]+$'
      splits: [all]
      """;
  private static final String STREAM =
      YARD.replace("  truth", "  stream: video/{id}.png\n  truth") + "rate: 20\n";

  @TempDir Path root;

  private Dataset open(String yaml) {
    Fixture files = new Fixture(root);
    for (String id : List.of("a_f0098", "a_f0118")) {
      files.image("photos/" + id + ".png", 8, 12);
      files.grey("labels/" + id + ".png", 8, 12, 1);
    }
    for (String id : List.of("a_f0095", "a_f0096", "a_f0097", "a_f0098", "a_f0117", "a_f0115")) {
      files.image("video/" + id + ".png", 8, 12);
    }
    files.text("yard.yaml", yaml);
    return Datasets.open(
        DatasetRequest.of(root.resolve("yard.yaml").toString(), "all").withRoot(root));
  }

  @Test
  void withoutARateNothingIsKnownOfTimes() {
    Dataset dataset = open(YARD);
    assertEquals(OptionalDouble.empty(), dataset.rate("a"));
    assertEquals(Optional.empty(), dataset.frame(0).seconds());
    assertEquals(List.of(), dataset.frame(0).before());
    assertEquals(Optional.empty(), dataset.frame(0).truthAfter(1));
  }

  @Test
  void theNumberOfAFrameSaysItsTime() {
    Dataset dataset = open(YARD + "rate: 20\n");
    assertEquals(OptionalDouble.of(20), dataset.rate("a"));
    assertEquals(Optional.of(98 / 20.0), dataset.frame(0).seconds());
    assertEquals(Optional.of(118 / 20.0), dataset.frame(1).sample().seconds());
  }

  @Test
  void picturesLeadUpToAFrameWithoutAGap() {
    Dataset dataset = open(STREAM);
    assertEquals(3, dataset.frame(0).before().size());
    assertEquals(1, dataset.frame(1).before().size()); // 0116 is missing
    Frame first = dataset.frame(0);
    assertEquals(12, first.before().get(2).get().width());
    assertNotEquals(open(YARD + "rate: 20\n").digest(), dataset.digest());
  }

  @Test
  void aStreamNeedsItsRate() {
    String message =
        assertThrows(BadInputException.class, () -> open(STREAM.replace("rate: 20\n", "")))
            .getMessage();
    assertTrue(
        message.contains(
            "rate: is missing beside layout.stream: how many pictures a second the camera took,"
                + " which is how many numbers at the end of ids are a second apart, for example"
                + " rate: 30"),
        message);
    message = assertThrows(BadInputException.class, () -> open(YARD + "rate: 0\n")).getMessage();
    assertTrue(message.contains("found 0.0, expected more than 0 and at most 1000"), message);
  }

  @Test
  void numbersKeepTheirZeros() {
    FrameNumber number = FrameNumber.of("0016E5_01000").orElseThrow();
    assertEquals(Optional.of("0016E5_00999"), number.earlier(1));
    assertEquals(Optional.empty(), number.earlier(1001));
    assertEquals(Optional.empty(), FrameNumber.of("night"));
    assertEquals(
        "aachen_000000_000018_x",
        FrameNumber.of("aachen_000000_000019_x").orElseThrow().earlier(1).orElseThrow());
  }
}
