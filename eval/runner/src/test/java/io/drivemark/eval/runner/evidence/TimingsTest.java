package io.drivemark.eval.runner.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.eval.latency.CandidateLatency;
import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.latency.Stage;
import io.drivemark.eval.latency.SteadyState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of timed runs. */
class TimingsTest {
  private static final SteadyState.WarmUp WARM = new SteadyState.WarmUp(10, 5, true);

  @TempDir Path folder;

  private static LatencySamples samples(long... nanos) {
    return new LatencySamples(nanos, new int[] {0, 1}, new int[] {3, 7});
  }

  /** Kept cells have these columns: their names and bytes stay. */
  @Test
  void eachRunIsARowOfItsThreeStages() throws Exception {
    Path file = folder.resolve("latency.csv");
    CandidateLatency latency =
        new CandidateLatency(
            "c",
            WARM,
            samples(111, 222),
            Map.of(
                Stage.PREPROCESS, samples(10, 20),
                Stage.ENGINE, samples(100, 200),
                Stage.DECODE, samples(1, 2)));
    Evidence.writeTimings(file, latency);
    assertEquals(
        "order,block,preprocessNanos,engineNanos,labellingNanos\n3,0,10,100,1\n7,1,20,200,2\n",
        Files.readString(file));
    assertEquals(222, Evidence.readTimings(file).endToEnd().nanos(1));
    assertEquals(200, Evidence.readTimings(file).engine().nanos(1));
  }

  @Test
  void timesOfTheEngineAloneAreNoTimesOfAFrame() {
    Path file = folder.resolve("latency.csv");
    CandidateLatency engine =
        new CandidateLatency("c", WARM, samples(100, 200), Map.of(Stage.ENGINE, samples(100, 200)));
    assertEquals(
        "timings of c have the stages [ENGINE]",
        assertThrows(IllegalArgumentException.class, () -> Evidence.writeTimings(file, engine))
            .getMessage());
    assertFalse(Files.exists(file));
  }
}
