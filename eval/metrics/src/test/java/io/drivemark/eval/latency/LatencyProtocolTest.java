package io.drivemark.eval.latency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.statistics.Bootstrap;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LatencyProtocolTest {
  private final FakeMachine machine = new FakeMachine();

  @Test
  void scheduleGivesEachCandidateItsRunsInBlocksOfTenOrMore() {
    for (int runs : new int[] {1, 9, 10, 19, 25, 100, 205}) {
      int[] total = new int[3];
      List<Interleaver.Block> blocks = Interleaver.schedule(3, runs, 10, 7);
      for (int i = 0; i < blocks.size(); i += 3) {
        Set<Integer> inRound = new TreeSet<>();
        for (Interleaver.Block b : blocks.subList(i, i + 3)) {
          assertEquals(i / 3, b.round());
          assertTrue(b.runs() >= Math.min(10, runs), b.toString());
          inRound.add(b.candidate());
          total[b.candidate()] += b.runs();
        }
        assertEquals(Set.of(0, 1, 2), inRound);
      }
      assertArrayEquals(new int[] {runs, runs, runs}, total);
    }
  }

  @Test
  void orderIsRandomEachRoundAndFixedByTheSeed() {
    List<Interleaver.Block> blocks = Interleaver.schedule(4, 200, 10, 1);
    assertEquals(blocks, Interleaver.schedule(4, 200, 10, 1));
    assertNotEquals(blocks, Interleaver.schedule(4, 200, 10, 2));
    Set<List<Integer>> orders = new HashSet<>();
    for (int i = 0; i < blocks.size(); i += 4) {
      orders.add(blocks.subList(i, i + 4).stream().map(Interleaver.Block::candidate).toList());
    }
    assertTrue(orders.size() > 8, orders.size() + " orders in 20 rounds");
  }

  @Test
  void samplesOfEachCandidateAreItsOwnAndStagesAddUp() {
    LatencyResult result =
        protocol(30, 5)
            .measure(
                List.of(
                    new Candidate("fast", machine.timed("fast", n -> 100)),
                    new Candidate("slow", machine.timed("slow", n -> 700))),
                machine.timed("fast", n -> 110),
                machine,
                Progress.NONE);
    assertEquals(List.of("fast", "slow"), names(result));
    assertEquals("fast (A-A control)", result.control().name());
    CandidateLatency slow = result.candidates().get(1);
    assertEquals(30, slow.endToEnd().size());
    assertEquals(715, LatencySummary.of(slow.endToEnd()).meanNanos());
    assertEquals(700, LatencySummary.of(slow.engine()).meanNanos());
    for (int i = 0; i < 30; i++) {
      long sum = 0;
      for (Stage s : Stage.values()) {
        sum += slow.stages().get(s).nanos(i);
      }
      assertEquals(slow.endToEnd().nanos(i), sum);
    }
    assertEquals(125, LatencySummary.of(result.control().endToEnd()).meanNanos());
    assertEquals(10, slow.warmUp().calls());
  }

  @Test
  void theEngineAloneHasItsOwnStageAndNoZerosOfOthers() {
    Timed engine = new EngineAlone(() -> machine.timed("e", n -> 85).run(), machine);
    assertEquals(List.of(Stage.ENGINE), engine.stages());
    CandidateLatency found =
        protocol(20, 5)
            .measure(
                List.of(
                    new Candidate("e", engine), new Candidate("whole", machine.timed("w", n -> 1))),
                new EngineAlone(() -> machine.timed("e", n -> 85).run(), machine),
                machine,
                Progress.NONE)
            .candidates()
            .get(0);
    assertEquals(Set.of(Stage.ENGINE), found.stages().keySet());
    assertEquals(100, LatencySummary.of(found.engine()).meanNanos());
    assertArrayEquals(found.engine().allNanos(), found.endToEnd().allNanos());
  }

  @Test
  void ordersOfAllCandidatesTogetherAreEveryTimedRunOnce() {
    LatencyResult result =
        protocol(20, 5)
            .measure(
                List.of(
                    new Candidate("a", machine.timed("a", n -> 1)),
                    new Candidate("b", machine.timed("b", n -> 1))),
                machine.timed("a", n -> 1),
                machine,
                Progress.NONE);
    List<CandidateLatency> all = new ArrayList<>(result.candidates());
    all.add(result.control());
    Set<Integer> orders = new TreeSet<>();
    for (CandidateLatency c : all) {
      for (int i = 0; i < c.endToEnd().size(); i++) {
        assertTrue(orders.add(c.endToEnd().order(i)));
        assertEquals(i / 10, c.endToEnd().block(i));
      }
    }
    assertEquals(60, orders.size());
    assertEquals(59, ((TreeSet<Integer>) orders).last());
  }

  @Test
  void threeRunsAfterEachSwitchAreNotTimed() {
    // The engine takes 9999 ns on the first three calls after another candidate ran.
    List<String> log = machine.log();
    Timed a = coldAfterSwitch("a", log);
    Timed b = coldAfterSwitch("b", log);
    LatencyResult result =
        protocol(40, 3)
            .measure(
                List.of(new Candidate("a", a), new Candidate("b", b)), a, machine, Progress.NONE);
    for (CandidateLatency c : result.candidates()) {
      assertEquals(100, LatencySummary.of(c.engine()).maxNanos(), c.name());
    }
    // 3 warm-ups of at least 10, then 12 blocks of 3 + 10.
    assertTrue(log.size() >= 30 + 12 * 13, log.size() + " calls");
  }

  private Timed coldAfterSwitch(String name, List<String> log) {
    return () -> {
      int n = log.size();
      boolean warm = n >= 3 && log.subList(n - 3, n).stream().allMatch(name::equals);
      log.add(name);
      return new long[] {0, warm ? 100 : 9999, 0};
    };
  }

  @Test
  void theSameFramesAreTimedHoweverLongTheWarmUp() {
    List<List<Integer>> timed = new ArrayList<>();
    for (long restless : new long[] {0, 13, 40}) {
      LatencyResult result =
          new LatencyProtocol(20, 10, 3, new SteadyState(2, 0, 1, 0.01, 100, 1L << 40), 1)
              .measure(
                  List.of(new Candidate("a", new FiveFrames(restless))),
                  new FiveFrames(restless),
                  machine,
                  Progress.NONE);
      CandidateLatency a = result.candidates().get(0);
      assertEquals(restless + 2, a.warmUp().calls());
      timed.add(a.frames());
    }
    assertEquals(List.of(3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0), timed.get(0));
    assertEquals(timed.get(0), timed.get(1));
    assertEquals(timed.get(0), timed.get(2));
  }

  /** Five frames in turn, whose times settle after so many runs. */
  private static final class FiveFrames implements Timed {
    private final long restless;
    private int runs;
    private int last = -1;

    FiveFrames(long restless) {
      this.restless = restless;
    }

    @Override
    public long[] run() {
      last = (last + 1) % 5;
      return new long[] {0, runs++ < restless ? 1000L * runs : 500_000, 0};
    }

    @Override
    public void restart() {
      last = -1;
    }

    @Override
    public OptionalInt frame() {
      return OptionalInt.of(last);
    }
  }

  @Test
  void candidateThatIsConstantHasABandOfZero() {
    AaBand band = measureOne(n -> 100, 100).endToEndBand();
    assertEquals(0, band.relativeMean());
    assertEquals(0, band.relativeMedian());
    assertEquals(0, band.halfWidth());
    assertEquals(10, band.rounds());
    assertTrue(band.isTie(100, 100));
    assertFalse(band.isTie(100, 100.1));
  }

  @Test
  void noisyCandidateTiesWithItselfAndNotWithOneTwiceAsSlow() {
    Random random = new Random(8);
    LatencyResult result = measureOne(n -> 100_000 + random.nextInt(20_000), 200);
    AaBand band = result.endToEndBand();
    assertTrue(band.halfWidth() > 0.001 && band.halfWidth() < 0.05, band.toString());
    assertTrue(band.meanInterval().orElseThrow().contains(band.relativeMean()));
    double mean = LatencySummary.of(result.candidates().get(0).endToEnd()).meanNanos();
    assertTrue(band.isTie(mean, LatencySummary.of(result.control().endToEnd()).meanNanos()));
    assertFalse(band.isTie(mean, 2 * mean));
    assertFalse(band.isTie(2 * mean, mean));
    assertEquals(band, result.endToEndBand());
  }

  @Test
  void bandOfKnownBlocksIsTheRatioOfTheMeans() {
    int[] blocks = {0, 0, 1, 1};
    int[] orders = {0, 1, 4, 5};
    LatencySamples a = new LatencySamples(new long[] {100, 100, 100, 100}, blocks, orders);
    LatencySamples b = new LatencySamples(new long[] {110, 110, 130, 130}, blocks, orders);
    AaBand band = AaBand.of(a, b, Bootstrap.seeded(1));
    assertEquals(0.2, band.relativeMean(), 1e-12);
    assertEquals(0.1, band.meanInterval().orElseThrow().low(), 1e-12);
    assertEquals(0.3, band.halfWidth(), 1e-12);
  }

  @Test
  void oneRoundHasNoInterval() {
    AaBand band = measureOne(n -> 100, 10).engineBand();
    assertTrue(band.meanInterval().isEmpty());
    assertEquals(1, band.rounds());
    assertEquals(0, band.halfWidth());
  }

  @Test
  void everyTimedRunIsAStepOfTheProgress() {
    List<String> seen = new ArrayList<>();
    Progress progress =
        new Progress() {
          @Override
          public void begin(String task, long steps) {
            seen.add("begin " + task + " " + steps);
          }

          @Override
          public void step(long done, String detail) {
            seen.add(done + " " + detail);
          }

          @Override
          public void end() {
            seen.add("end");
          }
        };
    protocol(10, 1)
        .measure(
            List.of(new Candidate("a", machine.timed("a", n -> 1))),
            machine.timed("a", n -> 1),
            machine,
            progress);
    assertEquals("begin latency 20", seen.get(0));
    assertEquals("0 warming up a", seen.get(1));
    assertTrue(seen.get(seen.size() - 2).startsWith("20 a"), seen.toString());
    assertEquals("end", seen.get(seen.size() - 1));
  }

  @Test
  void badArgumentsAreNamed() {
    LatencyProtocol protocol = protocol(10, 1);
    Candidate a = new Candidate("a", machine.timed("a", n -> 1));
    assertMessage(
        "latency: there is no candidate to measure",
        () -> protocol.measure(List.of(), a.timed(), machine, Progress.NONE));
    assertMessage(
        "latency: two candidates are named a",
        () -> protocol.measure(List.of(a, a), a.timed(), machine, Progress.NONE));
    assertMessage(
        "latency protocol: 0 runs, 10 a block, 3 untimed; at least 1, 1 and 0 are needed",
        () -> LatencyProtocol.of(0, 1));
    assertMessage(
        "latency: b returned 2 stage times; 3 are needed: preprocess, engine, decode",
        () ->
            protocol.measure(
                List.of(new Candidate("b", () -> new long[2])), a.timed(), machine, Progress.NONE));
    assertMessage(
        "latency samples: sample 1 has -1 ns, block 0, order 1; times are not negative, blocks do"
            + " not descend, orders ascend",
        () -> new LatencySamples(new long[] {1, -1}, new int[2], new int[] {0, 1}));
    assertMessage(
        "latency samples: 1 times, 2 blocks and 1 orders; one of each a sample is needed",
        () -> new LatencySamples(new long[1], new int[2], new int[1]));
    assertMessage(
        "A-A band: the candidate has 1 blocks, the control 0; both must have run in the same rounds",
        () ->
            AaBand.of(
                new LatencySamples(new long[1], new int[1], new int[1]),
                new LatencySamples(new long[0], new int[0], new int[0]),
                Bootstrap.seeded(1)));
  }

  private LatencyResult measureOne(java.util.function.LongUnaryOperator engine, int runs) {
    return protocol(runs, 11)
        .measure(
            List.of(new Candidate("one", machine.timed("one", engine))),
            machine.timed("one", engine),
            machine,
            Progress.NONE);
  }

  private static List<String> names(LatencyResult result) {
    return result.candidates().stream().map(CandidateLatency::name).toList();
  }

  /** As by default, without a least time of warm-up: the test's clock hardly runs. */
  private static LatencyProtocol protocol(int runs, long seed) {
    return new LatencyProtocol(runs, 10, 3, new SteadyState(10, 0, 5, 0.02, 100, 1L << 40), seed);
  }

  @Test
  void whoFailsIsLeftOutAndTheOthersGoOn() {
    for (int at : new int[] {0, 5, 30}) {
      LatencyResult result =
          protocol(30, 5)
              .measure(
                  List.of(
                      new Candidate("a", machine.timed("a", n -> 100)),
                      new Candidate("b", failing(at, new UnavailableException("b broke"))),
                      new Candidate("c", machine.timed("c", n -> 300))),
                  machine.timed("a", n -> 100),
                  machine,
                  Progress.NONE);
      assertEquals(List.of("a", "c"), names(result), "at " + at);
      assertEquals(Set.of("b"), result.failures().keySet());
      assertEquals("b broke", result.failures().get("b").getMessage());
      assertEquals(30, result.candidates().get(1).endToEnd().size());
      assertEquals(30, result.control().endToEnd().size());
    }
  }

  @Test
  void withoutTheFirstOrItsControlThereIsNothingToCompare() {
    Candidate fine = new Candidate("fine", machine.timed("fine", n -> 100));
    Timed broken = failing(15, new BadInputException("no labels"));
    List<Candidate> both = List.of(new Candidate("broken", broken), fine);
    for (boolean first : new boolean[] {true, false}) {
      BadInputException e =
          assertThrows(
              BadInputException.class,
              () ->
                  protocol(30, 5)
                      .measure(
                          first ? both : List.of(fine),
                          first ? fine.timed() : broken,
                          machine,
                          Progress.NONE));
      assertEquals("no labels", e.getMessage());
    }
  }

  @Test
  void whatIsNeitherBadInputNorUnavailableIsNoMatterOfOneCandidate() {
    Candidate fine = new Candidate("fine", machine.timed("fine", n -> 100));
    Candidate bug = new Candidate("bug", failing(15, new IllegalStateException("a bug")));
    assertThrows(
        IllegalStateException.class,
        () -> protocol(30, 5).measure(List.of(fine, bug), fine.timed(), machine, Progress.NONE));
  }

  /** A machine that slows down by half while it measures; each candidate takes what it takes. */
  private Timed drifting(long nanos, double perNano) {
    return machine.timed("drifting", n -> Math.round(nanos * (1 + perNano * machine.nanos())));
  }

  @Test
  void interleavingProtectsFromDrift() {
    double perNano =
        0.5 / (3 * 200 * 13.0 / 10 * 110_000); // half slower when all have had 200 runs
    LatencyResult result =
        protocol(200, 4)
            .measure(
                List.of(
                    new Candidate("a", drifting(100_000, perNano)),
                    new Candidate("b", drifting(100_000, perNano))),
                drifting(100_000, perNano),
                machine,
                Progress.NONE);
    double a = LatencySummary.of(result.candidates().get(0).engine()).meanNanos();
    double b = LatencySummary.of(result.candidates().get(1).engine()).meanNanos();
    assertTrue(a > 115_000, "it did drift: " + a);
    assertEquals(1, b / a, 0.01, "in turns");
    assertTrue(result.engineBand().isTie(a, b));

    FakeMachine other = new FakeMachine();
    double[] means = new double[2];
    for (int c = 0; c < 2; c++) { // one after the other
      Timed timed = other.timed("c", n -> Math.round(100_000 * (1 + perNano * other.nanos())));
      for (int i = 0; i < 260; i++) {
        means[c] += timed.run()[1] / 260.0;
      }
    }
    assertTrue(means[1] / means[0] > 1.1, "not in turns: " + means[1] / means[0]);
  }

  private Timed failing(int at, RuntimeException failure) {
    return machine.timed(
        "failing",
        n -> {
          if (n >= at) {
            throw failure;
          }
          return 100;
        });
  }

  private static void assertMessage(
      String message, org.junit.jupiter.api.function.Executable executable) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, executable).getMessage());
  }
}
