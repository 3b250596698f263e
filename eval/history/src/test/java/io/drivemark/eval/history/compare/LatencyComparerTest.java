package io.drivemark.eval.history.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.history.MachineKey;
import io.drivemark.eval.history.SeriesKey;
import io.drivemark.eval.history.compare.LatencyComparer.Result;
import io.drivemark.eval.history.compare.Pairing.Pair;
import io.drivemark.eval.runner.record.DatasetFacts;
import io.drivemark.eval.runner.record.EngineFacts;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.record.ProtocolFacts;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.StudyResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LatencyComparerTest {
  private static final double BAND = 0.005;

  /** A result whose cells take these times, all in one rotation; the first is the reference. */
  static Read result(String processor, double... ms) {
    Environment environment =
        new Environment(
            processor,
            2,
            2,
            8L << 30,
            "Linux amd64",
            "Java 17",
            Map.of(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            "print of " + processor);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < ms.length; i++) {
      entries.add(entry("net" + i, ms[i], ms[0], environment.fingerprint()));
    }
    Instant now = Instant.parse("2026-11-20T02:00:00Z");
    return new Read(
        new Side("A", Path.of("a"), now, MachineKey.of(environment), environment),
        new StudyResult(now, now, "", environment, entries, List.of()),
        Map.of());
  }

  private static Entry entry(String name, double ms, double referenceMs, String machine) {
    Speed.Latency latency =
        new Speed.Latency(
            10,
            ms,
            ms,
            ms,
            OptionalDouble.empty(),
            ms,
            ms,
            OptionalDouble.empty(),
            OptionalDouble.empty());
    Speed speed =
        new Speed(
            latency,
            latency,
            OptionalDouble.empty(),
            Optional.of(
                new Speed.Control("net0", 1, 1 - BAND, 1 + BAND, Speed.ControlKind.SECOND_SESSION)),
            Optional.of(
                new Speed.Rotation("r", 2, "net0", Optional.of("key"), referenceMs, referenceMs)),
            List.of(ms),
            List.of(ms),
            machine,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            List.of(),
            Optional.empty());
    return new Entry(
        "cells/" + name,
        new ModelFacts(
            name,
            "tiny",
            "dense",
            Optional.empty(),
            Optional.empty(),
            "camvid-11",
            "digest",
            Map.of(),
            Map.of()),
        true,
        List.of(),
        new EngineFacts("onnxruntime", Optional.of("1"), 1, "fp32", Optional.empty()),
        new DatasetFacts("camvid", "val", 3, 4, 5, "data"),
        new FrameSize(4, 5),
        new ProtocolFacts("cityscapes", "rules", "identity", "logits-bilinear"),
        Optional.empty(),
        Optional.empty(),
        Optional.of(speed),
        List.of(),
        List.of(),
        Optional.empty(),
        Map.of());
  }

  private static Result compare(Read a, Read b) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < a.result().entries().size(); i++) {
      Entry one = a.result().entries().get(i);
      pairs.add(new Pair(SeriesKey.of(one), one, b.result().entries().get(i)));
    }
    return new LatencyComparer(a, b, Allowance.defaults()).compare(pairs);
  }

  private static List<Direction> directions(Result result) {
    return result.changes().stream().map(LatencyChange::direction).toList();
  }

  @Test
  void aSlowerNetworkAmongEqualOnesIsWorseAndFasterTheOtherWay() {
    Read a = result("cpu", 10, 20, 30, 40, 50);
    Read b = result("cpu", 10.1, 20.1, 33, 40.3, 50.1);
    Result there = compare(a, b);
    assertEquals(Direction.WORSE, there.changes().get(2).direction());
    assertEquals(1, directions(there).stream().filter(d -> d == Direction.WORSE).count());
    Result back = compare(b, a);
    assertEquals(Direction.BETTER, back.changes().get(2).direction());
    for (int i = 0; i < 5; i++) {
      LatencyChange one = there.changes().get(i);
      LatencyChange other = back.changes().get(i);
      assertEquals(-one.ratio().getAsDouble(), other.ratio().getAsDouble());
      assertEquals(-one.ofShared().getAsDouble() + 0.0, other.ofShared().getAsDouble() + 0.0);
      assertEquals(one.band(), other.band());
    }
    assertEquals(-there.shared().ratio().getAsDouble(), back.shared().ratio().getAsDouble());
  }

  @Test
  void whatAllHaveInCommonIsTheMachinesAndSaidApart() {
    Result found = compare(result("cpu", 10, 20, 30, 40, 50), result("cpu", 13, 26, 39, 52, 65));
    assertTrue(directions(found).stream().noneMatch(d -> d == Direction.WORSE));
    assertTrue(found.shared().notable());
    assertEquals(Math.log(1.3), found.shared().ratio().getAsDouble(), 1e-12);
    assertEquals(5, found.shared().cells());
  }

  /** Where cells scatter by 5 %, one that moved by 8 % is none. */
  @Test
  void theSpreadOfTheCellsIsTheFloor() {
    Result found =
        compare(
            result("cpu", 10, 10, 10, 10, 10, 10, 10),
            result("cpu", 9.5, 10.5, 9.6, 10.4, 10.01, 9.5, 10.8));
    assertTrue(directions(found).stream().allMatch(d -> d == Direction.UNKNOWN), found.toString());
  }

  @Test
  void ofTwoCellsTheReferenceIsWhatTheOtherIsHeldAgainst() {
    Result found = compare(result("cpu", 10, 20), result("cpu", 10.5, 25));
    assertEquals(List.of(Direction.UNKNOWN, Direction.WORSE), directions(found));
    assertEquals(
        Math.log(25 / 10.5) - Math.log(2), found.changes().get(1).ofShared().getAsDouble(), 1e-12);
    assertTrue(found.shared().ratio().isEmpty());
  }

  @Test
  void aSingleCellIsHeldAgainstNothing() {
    Result found = compare(result("cpu", 10), result("cpu", 20));
    assertEquals(List.of(Direction.UNKNOWN), directions(found));
    assertTrue(found.changes().get(0).compared());
    assertTrue(found.changes().get(0).ofShared().isEmpty());
  }

  /** The same result with what further processes timed. */
  private static Read with(Read study, Read... forks) {
    List<List<Entry>> processes = new ArrayList<>(study.processes());
    for (Read fork : forks) {
      processes.addAll(fork.processes());
    }
    return new Read(study.side(), study.result(), processes, study.cells());
  }

  /** One process of three was slow for one network: the middle one is taken. */
  @Test
  void ofSeveralProcessesTheMiddleOneCounts() {
    Read usual = result("cpu", 10, 20, 30, 40, 50);
    Read off = result("cpu", 10, 20, 36, 40, 50);
    Read a = with(usual, result("cpu", 10.1, 20.2, 30.1, 40, 50.2), usual);
    Read b = with(off, result("cpu", 10, 20.1, 30.2, 40.1, 50), usual);
    assertEquals(Direction.WORSE, compare(usual, off).changes().get(2).direction());
    LatencyChange change = compare(a, b).changes().get(2);
    assertEquals(new LatencyChange.Processes(3, 3), change.processes());
    assertEquals(30, change.meanA().getAsDouble());
    assertEquals(30.2, change.meanB().getAsDouble());
    assertNotEquals(Direction.WORSE, change.direction());
    LatencyChange back = compare(b, a).changes().get(2);
    assertEquals(-change.ratio().getAsDouble(), back.ratio().getAsDouble());
    assertEquals(-change.ofShared().getAsDouble(), back.ofShared().getAsDouble());
  }

  @Test
  void whatIsSlowerInEachProcessIsWorse() {
    Read usual = result("cpu", 10, 20, 30, 40, 50);
    Read off = result("cpu", 10, 20, 33, 40, 50);
    Result found = compare(with(usual, usual, usual), with(off, off, off));
    assertEquals(
        List.of(Direction.SAME, Direction.SAME, Direction.WORSE, Direction.SAME, Direction.SAME),
        directions(found));
  }

  /** Two processes against one: said, and not taken for the same runs. */
  @Test
  void aResultWithoutForksIsNotTheSameRuns() {
    Read usual = result("cpu", 10, 20, 30);
    LatencyChange change = compare(with(usual, usual), usual).changes().get(0);
    assertEquals(new LatencyChange.Processes(2, 1), change.processes());
    assertEquals(Direction.UNKNOWN, change.direction());
  }

  @Test
  void theSameRunsAreTheSame() {
    Read a = result("cpu", 10, 20, 30);
    assertEquals(
        List.of(Direction.SAME, Direction.SAME, Direction.SAME), directions(compare(a, a)));
  }

  @Test
  void ofTwoMachinesNothingIsCompared() {
    Result found = compare(result("cpu", 10, 20, 30), result("gpu", 10, 20, 60));
    for (LatencyChange change : found.changes()) {
      assertFalse(change.compared());
      assertEquals(
          "another machine: cpu, amd64, 2 cores, 2 threads, 8 GiB in A, gpu, amd64, 2 cores, 2"
              + " threads, 8 GiB in B",
          change.reason());
      assertEquals(Direction.UNKNOWN, change.direction());
    }
    assertEquals(0, found.shared().cells());
  }
}
