package io.drivemark.eval.runner.ruler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.record.fork.RulerTimes;
import io.drivemark.eval.runner.record.json.ForkJson;
import io.drivemark.problem.UnavailableException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RulerTest {
  @Test
  void itTimesJavaAndTheEngineOnBytesThatNeverChange() {
    RulerTimes times = Ruler.measure(Engines.named("onnxruntime"), NanoClock.SYSTEM);
    assertEquals("drivemark-ruler/1", times.version());
    assertEquals(Ruler.RUNS, times.javaNanos().size());
    assertEquals(Ruler.RUNS, times.engineNanos().size());
    assertTrue(Collections.min(times.javaNanos()) > 0 && Collections.min(times.engineNanos()) > 0);
    assertTrue(times.engineVersion().isPresent());
    assertEquals(
        "6f9cb090267e2924e5a1c6e879273a218f0015f7cbf278222abe0ef6d0061ea2",
        times.bytes(),
        "another file is another ruler: give it another version, or latencies of the nights before"
            + " have none");
    assertEquals(times, ForkJson.readRuler("r.json", "ruler", ForkJson.ruler(times)));
  }

  @Test
  void withoutTheEngineJavaIsTimedAlone() {
    long[] now = {0};
    RulerTimes times = Ruler.measure(new Missing(), () -> now[0] += 5);
    assertEquals(Collections.nCopies(Ruler.RUNS, 5L), times.javaNanos());
    assertEquals(Optional.empty(), times.engineVersion());
    assertEquals(List.of(), times.engineNanos());
  }

  @Test
  void theConvolutionIsOneOfThreeByThreeWithZerosAround() {
    Random random = new Random(5);
    int channels = 3;
    int height = 4;
    int width = 6;
    float[] image = new float[channels * height * width];
    float[] weights = new float[channels * channels * 9];
    for (float[] values : List.of(image, weights)) {
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(9) - 4; // whole numbers: sums are exact in any order
      }
    }
    JavaWork work = new JavaWork(image, weights, channels, height, width);
    work.run();
    double sum = work.run();
    double expectedSum = 0;
    for (int to = 0; to < channels; to++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          float expected = 0;
          for (int from = 0; from < channels; from++) {
            for (int dy = -1; dy <= 1; dy++) {
              for (int dx = -1; dx <= 1; dx++) {
                if (y + dy >= 0 && y + dy < height && x + dx >= 0 && x + dx < width) {
                  expected +=
                      weights[(to * channels + from) * 9 + (dy + 1) * 3 + dx + 1]
                          * image[(from * height + y + dy) * width + x + dx];
                }
              }
            }
          }
          assertEquals(expected, work.output(to, y, x));
          expectedSum += expected;
        }
      }
    }
    assertEquals(expectedSum, sum);
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheMiddle() {
    assertEquals(2.5, RulerTimes.medianMs(List.of(9_000_000L, 1_000_000L, 2_000_000L, 3_000_000L)));
    assertEquals(2, RulerTimes.medianMs(List.of(9_000_000L, 1_000_000L, 2_000_000L)));
  }

  private static final class Missing implements Engine {
    @Override
    public String name() {
      return "onnxruntime";
    }

    @Override
    public Availability probe() {
      return new Availability.Missing("its library is not there", "install it");
    }

    @Override
    public Session open(Network network, int height, int width, EngineOptions options) {
      throw new UnavailableException("missing");
    }
  }
}
