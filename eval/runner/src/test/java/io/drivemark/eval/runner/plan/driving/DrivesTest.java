package io.drivemark.eval.runner.plan.driving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.synth.SynthDrive;
import io.drivemark.datasets.synth.SynthOptions;
import io.drivemark.eval.runner.plan.driving.Drives.Drive;
import io.drivemark.eval.runner.plan.driving.Drives.Picture;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The order in which something that remembers sees the frames of a split. */
class DrivesTest {
  private static Dataset drives(int count, int length) {
    return new SynthDrive(SynthOptions.of(count, 1, 16, 24, "test").withSequences(length, 30));
  }

  @Test
  void everySequenceIsADriveInTheOrderOfTheSplit() {
    Dataset dataset = drives(10, 4);
    Drives drives = Drives.of(dataset);
    assertEquals(List.of(4, 4, 2), drives.all().stream().map(d -> d.pictures().size()).toList());
    assertEquals(OptionalDouble.of(30), drives.rate());
    assertEquals(
        IntStream.range(0, 10).boxed().toList(),
        drives.all().stream().flatMap(d -> d.pictures().stream()).map(Picture::frame).toList());
    assertEquals(
        dataset.ids(),
        drives.all().stream().flatMap(d -> d.pictures().stream()).map(Picture::name).toList());
    assertEquals(OptionalDouble.of(0.1), drives.seconds(3));
    assertEquals(List.of(), drives.notes());
  }

  @Test
  void aFrameThatIsLeftAloneIsADriveOfItsOwn() {
    Drives drives = Drives.of(drives(5, 4));
    assertEquals(List.of(4, 1), drives.all().stream().map(d -> d.pictures().size()).toList());
    assertEquals(List.of("sequence test_000001 has one frame"), drives.notes());
  }

  @Test
  void apartEveryFrameIsADriveWithoutARate() {
    Drives drives = Drives.apart(drives(5, 4));
    assertEquals(5, drives.all().size());
    assertTrue(drives.rate().isEmpty());
    assertTrue(drives.seconds(0).isEmpty());
  }

  @Test
  void keysTellOtherDrivesApart() {
    Drives one = Drives.of(drives(8, 4));
    assertEquals(one.key(), Drives.of(drives(8, 4)).key());
    assertNotEquals(one.key(), Drives.of(drives(8, 8)).key());
    assertNotEquals(one.key(), Drives.apart(drives(8, 4)).key());
    Drives joined =
        new Drives(
            one.rate(),
            List.of(new Drive(one.all().stream().flatMap(d -> d.pictures().stream()).toList())),
            List.of());
    assertNotEquals(one.key(), joined.key());
  }
}
