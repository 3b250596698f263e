package io.drivemark.eval.runner.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Engine;
import io.drivemark.eval.runner.CellTrees;
import io.drivemark.eval.runner.CountingEngine;
import io.drivemark.eval.runner.MergedRun;
import io.drivemark.eval.runner.shard.ShardWorker.Step;
import io.drivemark.eval.runner.shard.ShardWorker.Watch;
import io.drivemark.eval.runner.shard.lease.FakeClock;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that die, come late, are of another kind, or fail. */
class ShardWorkerTest {
  private static final int SEEDS = 1;
  private static final int MANY_SEEDS = 40;
  private static final int KILLED = 6;
  private static final float TURNED = 1e6f;

  @TempDir Path folder;

  private static ShardWorker.Result plain(Spread spread, String out, String name) {
    return spread.worker(out, name, Spread.real(), new FakeClock(0), Spread.NOBODY).run();
  }

  /** Dies when it is at a step for the n-th time. */
  private static Watch dying(Step step, int times) {
    int[] left = {times};
    return (at, unit) -> {
      if (at == step && left[0]-- == 0) {
        throw new CountingEngine.Killed();
      }
    };
  }

  @Test
  void killedAtRandomTheBytesAreThoseOfOneMachine() {
    killedAtRandom(0, SEEDS);
  }

  @Test
  @Tag("slow")
  void killedAtRandomManyTimes() {
    killedAtRandom(SEEDS, MANY_SEEDS);
  }

  private void killedAtRandom(int from, int to) {
    Spread spread = new Spread(folder, 20, List.of("plain", "biased"));
    Map<String, String> alone = spread.alone();
    int killed = 0;
    for (int seed = from; seed < to; seed++) {
      Random random = new Random(seed);
      String out = "seed" + seed;
      spread.share(out, 1 + random.nextInt(9));
      for (int w = 0; w <= KILLED; w++) {
        boolean dies = w < KILLED;
        boolean byEngine = random.nextBoolean();
        Engine engine = dies && byEngine ? new CountingEngine(random.nextInt(30)) : Spread.real();
        Watch watch =
            dies && !byEngine
                ? dying(Step.values()[random.nextInt(Step.values().length)], random.nextInt(3))
                : Spread.NOBODY;
        try {
          spread.worker(out, "w" + w, engine, new FakeClock(random.nextInt()), watch).run();
        } catch (CountingEngine.Killed e) {
          killed++;
        }
      }
      MergedRun merged = spread.merge(out);
      assertEquals(List.of(), merged.outcome().disagreements(), "seed " + seed);
      assertEquals(alone, CellTrees.of(spread.out(out)), "seed " + seed);
    }
    assertTrue(killed >= to - from, "only " + killed + " workers were killed");
  }

  @Test
  void aLateWorkerChangesNothing() {
    Spread spread = new Spread(folder, 6, List.of("plain"));
    spread.share("out", 2);
    List<String> before = new ArrayList<>();
    AtomicBoolean first = new AtomicBoolean(true);
    Watch paused =
        (step, unit) -> {
          if (step == Step.MEASURED && first.getAndSet(false)) {
            assertEquals(2, plain(spread, "out", "thief").finished());
            before.addAll(spread.files("out"));
          }
        };
    ShardWorker.Result late =
        spread.worker("out", "late", Spread.real(), new FakeClock(0), paused).run();
    assertEquals(0, late.finished());
    assertEquals(1, late.takenOver());
    assertEquals(before, spread.files("out"));
    spread.merge("out");
    assertEquals(spread.alone(), CellTrees.of(spread.out("out")));
  }

  @Test
  void aLateWorkerWhoseRowsAreOthersIsAWitness() {
    Spread spread = new Spread(folder, 6, List.of("plain"));
    spread.share("out", 2);
    AtomicBoolean first = new AtomicBoolean(true);
    Watch paused =
        (step, unit) -> {
          if (step == Step.MEASURED && first.getAndSet(false)) {
            plain(spread, "out", "thief");
          }
        };
    SkewedEngine skewed = new SkewedEngine(i -> i == 2, TURNED); // 0 is the canary
    spread.worker("out", "late", skewed, new FakeClock(0), paused).run();
    MergedRun merged = spread.merge("out");
    assertTrue(merged.result().isEmpty());
    assertEquals(1, merged.outcome().disagreements().size());
    String found = merged.outcome().disagreements().get(0);
    assertTrue(found.startsWith(Spread.PLAIN + ": frame frame1 (2 of 6): worker "), found);
    assertEquals(Map.of(), CellTrees.of(spread.out("out")), "no cell is written");
  }

  /** A frame is calculated otherwise by one of two machines that measure all of them. */
  @Test
  void aDifferenceOnAnyFrameIsFoundAndNamed() {
    Spread spread = new Spread(folder, 6, List.of("plain"));
    for (int frame : List.of(0, 3, 5)) {
      String out = "frame" + frame;
      int inference = 1 + frame;
      spread.share(out, 1);
      AtomicBoolean first = new AtomicBoolean(true);
      spread
          .worker(
              out,
              "right",
              Spread.real(),
              new FakeClock(0),
              (step, unit) -> {
                if (step == Step.LEASED && first.getAndSet(false)) {
                  spread
                      .worker(
                          out,
                          "wrong",
                          new SkewedEngine(i -> i == inference, TURNED),
                          new FakeClock(0),
                          Spread.NOBODY)
                      .run();
                }
              })
          .run();
      List<String> found = spread.merge(out).outcome().disagreements();
      assertEquals(1, found.size(), "frame " + frame);
      assertTrue(
          found
              .get(0)
              .startsWith(Spread.PLAIN + ": frame frame" + frame + " (" + (1 + frame) + " of 6): "),
          found.get(0));
      assertTrue(found.get(0).contains("worker right ("), found.get(0));
      assertTrue(found.get(0).contains("worker wrong ("), found.get(0));
      assertTrue(found.get(0).contains(" what they predict differs (prints "), found.get(0));
    }
  }

  @Test
  void neighboursThatShareAFrameAreHeldAgainstEachOtherOnIt() {
    Spread spread = new Spread(folder, 20, List.of("plain"));
    WorkList list = spread.share("out", 2);
    assertEquals(11, list.cells().get(0).ranges().get(0).last(), "frame 10 is of both");
    Watch once = dying(Step.LEASED, 1);
    assertThrows(
        CountingEngine.Killed.class,
        () -> spread.worker("out", "a", Spread.real(), new FakeClock(0), once).run());
    spread
        .worker("out", "b", new SkewedEngine(i -> i == 1, TURNED), new FakeClock(0), Spread.NOBODY)
        .run();
    List<String> found = spread.merge("out").outcome().disagreements();
    assertEquals(1, found.size());
    assertTrue(found.get(0).contains(" (11 of 20): worker a ("), found.get(0));
  }

  @Test
  void aMachineWhoseCanaryIsAnotherOneMeasuresNothing() {
    Spread spread = new Spread(folder, 6, List.of("plain"));
    spread.share("out", 3);
    Watch once = dying(Step.LEASED, 1);
    assertThrows(
        CountingEngine.Killed.class,
        () -> spread.worker("out", "a", Spread.real(), new FakeClock(0), once).run());
    ShardWorker.Result other =
        spread
            .worker("out", "b", new SkewedEngine(i -> true, 1e-3f), new FakeClock(0), Spread.NOBODY)
            .run();
    assertEquals(0, other.finished());
    assertEquals(1, other.failures().size());
    String failure = other.failures().get(0);
    assertTrue(failure.contains(": this machine's numerics are not those of worker a ("), failure);
    assertEquals(1, spread.shards("out").size());
    BadInputException hole = assertThrows(BadInputException.class, () -> spread.merge("out"));
    assertTrue(
        hole.getMessage()
            .startsWith(
                Spread.PLAIN
                    + ": frames 3 to 6 of 6 are missing (worker a took 3 to 4; worker b failed: this"),
        hole.getMessage());
    plain(spread, "out", "c");
    spread.merge("out");
    assertEquals(spread.alone(), CellTrees.of(spread.out("out")));
  }

  @Test
  void machinesThatBeganTogetherAreFoundByTheirCanaries() {
    Spread spread = new Spread(folder, 6, List.of("plain"));
    spread.share("out", 3);
    AtomicBoolean first = new AtomicBoolean(true);
    Watch beside =
        (step, unit) -> {
          if (step == Step.MEASURED && first.getAndSet(false)) {
            SkewedEngine skewed = new SkewedEngine(i -> true, 1e-3f);
            Watch dies = dying(Step.LEASED, 1);
            assertThrows(
                CountingEngine.Killed.class,
                () -> spread.worker("out", "b", skewed, new FakeClock(0), dies).run());
          }
        };
    spread.worker("out", "a", Spread.real(), new FakeClock(0), beside).run();
    List<String> found = spread.merge("out").outcome().disagreements();
    assertTrue(found.get(0).startsWith(Spread.PLAIN + ": workers disagree on the canary: worker "));
    assertTrue(found.get(0).contains("worker a ("), found.get(0));
    assertTrue(found.get(0).contains("worker b ("), found.get(0));
  }

  @Test
  void anotherVersionOfTheEngineIsRefusedAndNamed() {
    Spread spread = new Spread(folder, 6, List.of("plain"));
    WorkList list = spread.share("out", 3);
    String version = list.cells().get(0).spec().get("engine");
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                spread.worker(
                    "out", "b", SkewedEngine.ofVersion("9.9"), new FakeClock(0), Spread.NOBODY));
    assertEquals(
        "this machine can measure no cell of the work list\n  "
            + Spread.PLAIN
            + ": this machine would measure something else: engine is onnxruntime 9.9 here, "
            + version
            + " in the work list",
        e.getMessage());
  }

  @Test
  void whatFailsIsNamedByCellAndFrameAndTheRestGoesOn() {
    Spread spread = new Spread(folder, 6, List.of("plain"));
    spread.share("out", 3);
    Engine failing =
        new SkewedEngine(
            i -> {
              if (i == 2) {
                throw new IllegalStateException("no memory on the card");
              }
              return false;
            },
            0);
    ShardWorker.Result result =
        spread.worker("out", "a", failing, new FakeClock(0), Spread.NOBODY).run();
    assertEquals(2, result.finished());
    assertEquals(1, result.failures().size());
    String failure = result.failures().get(0);
    assertTrue(failure.startsWith(Spread.PLAIN + ", frames 1 to 2 of 6: "), failure);
    assertTrue(failure.contains("frame frame1"), failure);
    assertTrue(failure.contains("no memory on the card"), failure);
    BadInputException hole = assertThrows(BadInputException.class, () -> spread.merge("out"));
    assertTrue(
        hole.getMessage()
            .startsWith(Spread.PLAIN + ": frames 1 to 2 of 6 are missing (worker a failed: "),
        hole.getMessage());
    assertEquals(1, plain(spread, "out", "b").finished());
    spread.merge("out");
    assertEquals(spread.alone(), CellTrees.of(spread.out("out")));
  }

  /** Its lease is taken over after it has asked whether it still has it. */
  @Test
  void aLeaseThatIsStolenWhilePublishingChangesNothing() {
    Spread spread = new Spread(folder, 6, List.of("plain"));
    spread.share("out", 2);
    AtomicBoolean first = new AtomicBoolean(true);
    List<Path> before = new ArrayList<>();
    Watch stolen =
        (step, unit) -> {
          if (step == Step.ASKED && first.getAndSet(false)) {
            assertEquals(2, plain(spread, "out", "thief").finished());
            before.addAll(spread.shards("out"));
          }
        };
    ShardWorker.Result late =
        spread.worker("out", "late", Spread.real(), new FakeClock(0), stolen).run();
    assertEquals(0, late.finished());
    assertEquals(1, late.takenOver());
    assertEquals(before, spread.shards("out"));
    spread.merge("out");
    assertEquals(spread.alone(), CellTrees.of(spread.out("out")));
  }

  /** A witness that comes when the cell has been put together is heard by the next merge. */
  @Test
  void aLateWitnessIsHeardAfterTheMerge() {
    Spread spread = new Spread(folder, 6, List.of("plain"));
    String cell = spread.share("out", 2).cells().get(0).folder();
    AtomicBoolean first = new AtomicBoolean(true);
    Watch paused =
        (step, unit) -> {
          if (step == Step.MEASURED && first.getAndSet(false)) {
            plain(spread, "out", "thief");
            assertTrue(spread.merge("out").result().isPresent());
            assertTrue(spread.merge("out").result().isPresent());
          }
        };
    SkewedEngine skewed = new SkewedEngine(i -> i == 2, TURNED);
    spread.worker("out", "late", skewed, new FakeClock(0), paused).run();
    MergedRun merged = spread.merge("out");
    assertTrue(merged.result().isEmpty());
    assertEquals(1, merged.outcome().disagreements().size());
    String found = merged.outcome().disagreements().get(0);
    assertTrue(found.startsWith(Spread.PLAIN + ": frame frame1 (2 of 6): worker "), found);
    assertTrue(
        found.endsWith("; this cell was put together before: remove cells/" + cell + ", too"),
        found);
  }
}
