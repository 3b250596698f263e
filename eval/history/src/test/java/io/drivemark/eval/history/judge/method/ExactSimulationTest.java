package io.drivemark.eval.history.judge.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.history.judge.AccuracyFinding;
import io.drivemark.eval.history.judge.Cause;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.statistics.Proportion;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Accuracies of nights in which nothing became worse, whatever else happened, and of nights in
 * which something did; the large one prints rows of two Markdown tables.
 */
class ExactSimulationTest {
  private static final int CELLS = 5;
  private static final int HISTORY = 365;
  private static final int QUIET = 20;

  /** What happens to nights in which nothing becomes worse. */
  private enum Life {
    NOTHING("nothing"),
    PROGRAM("another Drivemark each tenth night, the same bits"),
    ENGINE("another engine each tenth night that rounds otherwise"),
    FRAMES("other frames each tenth night"),
    GAPS("each tenth night cells fail, lose frames, or the night is excluded");

    private final String words;

    Life(String words) {
      this.words = words;
    }
  }

  /** Nights that were judged, and those with an alarm for the worse. */
  private record Falsely(int nights, int alarmed) {
    static Falsely in(Life life, int nights, long seed) {
      int alarmed = 0;
      int done = 0;
      for (long history = 0; done < nights; history++) {
        Random random = new Random(seed + history);
        ExactNights all = new ExactNights(CELLS);
        for (int t = 0; t < HISTORY && done < nights; t++) {
          boolean happens = t % 10 == 9;
          if (happens) {
            happen(life, all, t, random);
          }
          Verdict verdict = all.next();
          done++;
          boolean worse =
              verdict.alarms().stream().anyMatch(a -> a.worse())
                  || verdict.state() == Verdict.State.WORSE;
          alarmed += worse ? 1 : 0;
          if (happens && life == Life.GAPS) {
            heal(all);
          }
        }
      }
      return new Falsely(done, alarmed);
    }
  }

  private static void happen(Life life, ExactNights nights, int t, Random random) {
    switch (life) {
      case NOTHING -> {
        // that is it
      }
      case PROGRAM -> nights.conditions.put("drivemark", "d" + t);
      case ENGINE -> {
        nights.conditions.put("engine.onnxruntime", "1." + t);
        for (int c = 0; c < CELLS; c++) {
          nights.declare(c, "key-" + t, "model-1", "data-1", "1." + t, Optional.of("canary-" + t));
          nights.predict(c, "p" + t, rounded(0.5, random), rounded(0.6, random), 0.4);
          nights.moved(c, 1, 3, true, "f1");
        }
      }
      case FRAMES -> {
        for (int c = 0; c < CELLS; c++) {
          nights.declare(c, "key-" + t, "model-1", "data-" + t, "1.29", Optional.of("canary-1"));
          nights.predict(c, "p" + t, random.nextDouble(), random.nextDouble(), random.nextDouble());
        }
      }
      case GAPS -> {
        int cell = random.nextInt(CELLS);
        switch (random.nextInt(3)) {
          case 0 -> nights.unmeasured.put(World.series(cell), "the engine failed");
          case 1 -> {
            nights.incomplete(cell);
            nights.predict(cell, "p" + t, 0.1, 0.1, 0.1);
          }
          default -> nights.excluded = Optional.of("the disk was full");
        }
      }
    }
  }

  /** Within half of the floor of mIoU about a value. */
  private static double rounded(double about, Random random) {
    return about + 0.0002 * (2 * random.nextDouble() - 1);
  }

  private static void heal(ExactNights nights) {
    nights.unmeasured.clear();
    nights.excluded = Optional.empty();
    for (int c = 0; c < CELLS; c++) {
      nights.cells.put(World.series(c), ExactNights.cell("p1", 0.5, 0.6, 0.4));
    }
  }

  /** What became of something that was planted once in each of many histories. */
  private record Found(int histories, Map<String, Integer> right) {
    static Found in(int histories, long seed) {
      Map<String, Integer> right = new HashMap<>();
      for (int i = 0; i < histories; i++) {
        Random random = new Random(seed + i);
        int cell = random.nextInt(CELLS);
        count("one pixel, nothing changed: a determinism finding", pixel(cell, random), right);
        count("another engine that rounds: no alarm", rounding(cell, random), right);
        count("another engine that loses a class: that class named", lost(cell), right);
      }
      return new Found(histories, right);
    }

    private static void count(String what, boolean is, Map<String, Integer> right) {
      right.merge(what, is ? 1 : 0, Integer::sum);
    }
  }

  private static ExactNights quiet() {
    ExactNights nights = new ExactNights(CELLS);
    nights.next(QUIET);
    return nights;
  }

  private static boolean pixel(int cell, Random random) {
    ExactNights nights = quiet();
    nights.predict(cell, "p2", 0.5 - 1e-7 * random.nextDouble(), 0.6, 0.4);
    nights.moved(cell, 1, 1, true, "f" + cell);
    Verdict verdict = nights.next();
    return verdict.state() == Verdict.State.WORSE
        && state(verdict, cell) == AccuracyFinding.State.DETERMINISM
        && verdict.alarms().size() == 1
        && verdict.alarms().get(0).note().endsWith("most in f" + cell);
  }

  private static boolean rounding(int cell, Random random) {
    ExactNights nights = quiet();
    another(nights, cell);
    nights.predict(cell, "p2", rounded(0.5, random), 0.6, 0.4);
    nights.moved(cell, 2, 7, true, "f1");
    Verdict verdict = nights.next();
    return verdict.alarms().isEmpty() && state(verdict, cell) == AccuracyFinding.State.ROUNDING;
  }

  private static boolean lost(int cell) {
    ExactNights nights = quiet();
    another(nights, cell);
    nights.predict(cell, "p2", 0.4, 0.6, 0.2);
    Verdict verdict = nights.next();
    List<Event> open = verdict.events().stream().filter(Event::isOpen).toList();
    return open.size() == 1
        && open.get(0).cause() == Cause.ENGINE
        && open.get(0).changes().get(0).ofClass().equals(Optional.of("Pole"))
        && open.get(0).changes().stream().noneMatch(c -> c.ofClass().equals(Optional.of("Road")));
  }

  private static void another(ExactNights nights, int cell) {
    nights.conditions.put("engine.onnxruntime", "1.30");
    nights.declare(cell, "key-2", "model-1", "data-1", "1.30", Optional.of("canary-2"));
  }

  private static AccuracyFinding.State state(Verdict verdict, int cell) {
    return verdict.accuracy().stream()
        .filter(f -> f.series().equals(World.series(cell)))
        .map(AccuracyFinding::state)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void fewNightsAlarmNeverAndWhatIsPlantedIsFound() {
    for (Life life : Life.values()) {
      assertEquals(new Falsely(40, 0), Falsely.in(life, 40, 1), life.words);
    }
    Found found = Found.in(3, 1);
    found.right().forEach((what, count) -> assertEquals(found.histories(), count, what));
  }

  @Tag("slow")
  @Test
  void tenThousandNightsAlarmNeverAndWhatIsPlantedIsFound() {
    int nights = Integer.getInteger("drivemark.nights", 10_000);
    System.out.println(
        "| what happens | nights | with an alarm | upper 95 % bound |\n|---|---|---|---|");
    for (Life life : Life.values()) {
      Falsely found = Falsely.in(life, nights, 300);
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %d | %.3f %% |%n",
          life.words,
          found.nights(),
          found.alarmed(),
          100 * new Proportion(found.alarmed(), found.nights()).interval(0.9).high());
      assertEquals(0, found.alarmed(), life.words + ", seed 300");
    }
    Found found = Found.in(Math.max(1, nights / 10), 400);
    System.out.println("\n| what is planted | histories | found |\n|---|---|---|");
    found
        .right()
        .forEach(
            (what, count) -> {
              System.out.printf(Locale.ROOT, "| %s | %d | %d |%n", what, found.histories(), count);
              assertEquals(found.histories(), count, what + ", seed 400");
            });
    assertTrue(found.right().size() == 3);
  }
}
