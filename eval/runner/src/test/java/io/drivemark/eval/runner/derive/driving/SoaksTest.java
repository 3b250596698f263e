package io.drivemark.eval.runner.derive.driving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.evidence.driving.SoakRuns;
import io.drivemark.eval.runner.evidence.driving.SoakRuns.Setting;
import io.drivemark.eval.runner.record.driving.Soak;
import io.drivemark.eval.runner.study.driving.DrivingSpec;
import io.drivemark.eval.streaming.Feed;
import io.drivemark.eval.streaming.Policy;
import io.drivemark.eval.streaming.RunTimes;
import io.drivemark.eval.streaming.Schedule;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second of ten pictures, answered by a network whose real runs are not always as timed. */
class SoaksTest {
  private static final Setting SETTING = new Setting(10, Policy.LATEST, 0, 1, 1, "machine");
  private static final DrivingSpec SPEC = Bars.spec(List.of(), OptionalDouble.of(1));

  @TempDir Path folder;

  private static SoakRuns runs(long ms) {
    Feed feed = Feed.of(SETTING.clock(), SETTING.pictures());
    return new SoakRuns(
        SETTING, Schedule.of(feed, Policy.LATEST, RunTimes.of(ms * Bars.MS), 1).answers());
  }

  @Test
  void whatHappensAsTimedHolds() {
    Soak soak = Soaks.of(runs(40), SPEC, Bars.samples(40));
    assertEquals(OptionalDouble.of(1), soak.same());
    assertTrue(soak.holds());
    assertEquals(soak.simulated(), soak.measured());
    assertEquals(10, soak.pictures());
    assertEquals(
        new Soak.Pace(
            40,
            0,
            0,
            OptionalDouble.of(90),
            OptionalDouble.of(140),
            OptionalDouble.empty(),
            OptionalDouble.of(140)),
        soak.measured());
  }

  /**
   * At 150 ms the newest answers from 300 ms on are 1, 1, 3, 4, 4, 6, 7; at 40 ms 2, 3, ..., 8:
   * none is the same.
   */
  @Test
  void aSlowerProcessorIsSeen() {
    Soak soak = Soaks.of(runs(150), SPEC, Bars.samples(40));
    assertEquals(OptionalDouble.of(0), soak.same());
    assertFalse(soak.holds());
    assertEquals(150, soak.measured().runMs());
    assertEquals(40, soak.simulated().runMs());
    assertEquals(0.3, soak.measured().leftOut()); // 0, 1, 3, 4, 6, 7, 9 are taken
    assertEquals(1, soak.measured().missed());
    assertEquals(0, soak.simulated().missed());
    assertEquals(OptionalDouble.of(350), soak.measured().peakMaxMs());
  }

  @Test
  void runsAreKeptWithHowTheyCameAbout() {
    SoakRuns runs = runs(150);
    runs.write(folder);
    assertEquals(runs, SoakRuns.read(folder));
    assertEquals(
        Optional.of(Soaks.of(runs, SPEC, Bars.samples(40))),
        Soaks.of(folder, 10, SPEC, "machine", Bars.samples(40)));
    assertEquals(
        Optional.empty(),
        Soaks.of(folder, 10, SPEC, "another", Bars.samples(40)),
        "latencies of another machine");
    assertEquals(
        Optional.empty(),
        Soaks.of(
            folder, 10, Bars.spec(List.of(), OptionalDouble.of(2)), "machine", Bars.samples(40)));
    assertEquals(
        Optional.empty(),
        Soaks.of(
            folder, 10, Bars.spec(List.of(), OptionalDouble.empty()), "machine", Bars.samples(40)));
  }

  @Test
  void damagedRunsAreRefused() throws IOException {
    runs(40).write(folder);
    Path file = folder.resolve(SoakRuns.FILE);
    String text = Files.readString(file);
    Files.writeString(file, text.replace("machine,1,100000000,", "machine,1,99999999,"));
    assertEquals(
        file
            + ": answer to picture 1: exposed at 100000000, begun at 99999999, finished at"
            + " 140000000 ns",
        assertThrows(BadInputException.class, () -> SoakRuns.read(folder)).getMessage());
    Files.writeString(
        file, text.replaceFirst("latest,0,1,1.0,machine,3", "latest,0,1,2.0,machine,3"));
    assertEquals(
        file + ": row 5 is of another run",
        assertThrows(BadInputException.class, () -> SoakRuns.read(folder)).getMessage());
    Files.writeString(file, text.replace("latest", "newest"));
    assertEquals(
        file + ": no policy is called 'newest'",
        assertThrows(BadInputException.class, () -> SoakRuns.read(folder)).getMessage());
  }
}
