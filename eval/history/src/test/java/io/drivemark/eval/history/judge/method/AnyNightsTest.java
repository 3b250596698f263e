package io.drivemark.eval.history.judge.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.history.judge.CellAccuracy;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.JudgeInput;
import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.history.judge.Measurement;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.SeriesNight;
import io.drivemark.eval.history.judge.Timing;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.judge.json.VerdictJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nights of any shape: cells, forks, rulers, bands and figures missing at random, and ties. */
class AnyNightsTest {
  @Test
  void anyNightsHaveAVerdictThatCanBeReadAgain() {
    for (long seed = 0; seed < 6; seed++) {
      Random random = new Random(seed);
      List<Night> nights = new ArrayList<>();
      Map<String, Event> events = new LinkedHashMap<>();
      int most = 1 + random.nextInt(12);
      for (int t = 1; t <= 30; t++) {
        Night night = night(random, t, most, true);
        JudgeInput input =
            new JudgeInput(
                nights,
                night,
                random.nextInt(3) > 0
                    ? Optional.of(night(random, t, most, false))
                    : Optional.empty(),
                List.copyOf(events.values()),
                Map.of(),
                random.nextBoolean() ? Optional.of("n3") : Optional.empty(),
                JudgeRules.defaults());
        String where = "seed " + seed + ", night " + t;
        Verdict verdict = Judge.judge(input);
        assertEquals(verdict, VerdictJson.read(VerdictJson.write(verdict), where), where);
        for (SeriesNight one : night.series()) {
          assertTrue(
              verdict.census().stream().anyMatch(c -> c.series().equals(one.series())), where);
        }
        assertEquals(
            verdict.census().size(),
            verdict.census().stream()
                .map(c -> c.series().key() + " " + c.metric())
                .distinct()
                .count(),
            where);
        assertTrue(verdict.state() != Verdict.State.FINE || verdict.coverage().suffices(), where);
        nights.add(night);
        verdict.events().forEach(event -> events.put(event.uid(), event));
      }
    }
  }

  private static Night night(Random random, int order, int cells, boolean whole) {
    List<SeriesNight> series = new ArrayList<>();
    List<Night.Rotation> rotations = new ArrayList<>();
    int forks = 1 + random.nextInt(3);
    for (int f = 0; f < forks; f++) {
      for (int r = 0; r < 2; r++) {
        String id = f + "/" + r;
        double band = random.nextInt(4) == 0 ? Double.NaN : 0.01 * random.nextDouble();
        Timing control = new Timing("latencyMs", f, id, 3 + 0.01 * random.nextGaussian());
        rotations.add(
            new Night.Rotation(id, f, band, List.of(new Night.Other("control", control))));
      }
    }
    for (int c = 0; c < cells; c++) {
      if (random.nextInt(10) == 0) {
        continue;
      }
      if (random.nextInt(12) == 0) {
        series.add(SeriesNight.unmeasured(World.series(c), "the engine failed"));
        continue;
      }
      List<Timing> timings = new ArrayList<>();
      for (int f = 0; f < forks; f++) {
        if (random.nextInt(8) > 0) {
          // a clock of whole hundredths makes ties
          double step = order > 15 && c == 0 ? 0.2 : 0;
          double log = Math.round(100 * (c + step + 0.02 * random.nextGaussian())) / 100.0;
          timings.add(new Timing("latencyMs", f, f + "/" + c % 2, log));
          timings.add(new Timing("latencyP95Ms", f, f + "/" + c % 2, log + 0.1));
        }
      }
      series.add(
          new SeriesNight(
              World.series(c),
              Optional.empty(),
              timings,
              whole ? accuracy(random) : Optional.empty()));
    }
    List<Night.Ruler> rulers = new ArrayList<>();
    if (random.nextInt(3) > 0) {
      rulers.add(new Night.Ruler(Night.Ruler.JAVA, 1 + 0.01 * random.nextGaussian()));
      rulers.add(new Night.Ruler("onnxruntime", 1 + 0.01 * random.nextGaussian()));
    }
    return new Night(
        new Night.Ref(
            (whole ? "n" : "again") + order, order, Instant.EPOCH.plusSeconds(86_400L * order)),
        random.nextInt(15) == 0 ? "b" : "a",
        random.nextInt(10) == 0 ? Map.of() : Map.of(Night.DRIVEMARK, "d" + random.nextInt(3)),
        rotations,
        series,
        rulers,
        random.nextInt(15) == 0 ? Optional.of("load 3") : Optional.empty(),
        random.nextInt(15) == 0 ? Optional.of("told so") : Optional.empty());
  }

  private static Optional<CellAccuracy> accuracy(Random random) {
    if (random.nextInt(8) == 0) {
      return Optional.empty();
    }
    int kind = random.nextInt(3);
    OptionalDouble value =
        kind == 2 ? OptionalDouble.empty() : OptionalDouble.of(0.5 - 0.01 * kind);
    return Optional.of(
        new CellAccuracy(
            "key",
            "model-" + random.nextInt(2),
            "data",
            "1",
            random.nextInt(4) == 0 ? Optional.empty() : Optional.of("prints-" + kind),
            random.nextInt(4) == 0 ? Optional.empty() : Optional.of("canary"),
            random.nextInt(10) > 0,
            List.of(new Measurement("miou", Optional.empty(), value))));
  }
}
