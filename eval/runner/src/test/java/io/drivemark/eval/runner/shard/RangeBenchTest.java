package io.drivemark.eval.runner.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Engine;
import io.drivemark.eval.runner.CellTrees;
import io.drivemark.eval.runner.MergedRun;
import io.drivemark.eval.runner.ShardedRun;
import io.drivemark.eval.runner.accuracy.FrameRange;
import io.drivemark.eval.runner.shard.lease.WorkUnit;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranges that are handed out by somebody else and come back as bytes. */
class RangeBenchTest {
  @TempDir Path folder;

  private RangeBench bench(ShardDesk desk, String name, Engine engine) {
    return ShardedRun.bench(
        desk.luggage(), folder.resolve("bench-" + name), name, Spread.sources(engine));
  }

  private RangeBench bench(ShardDesk desk, String name) {
    return bench(desk, name, Spread.real());
  }

  /** In any order, by two machines, some of them twice. */
  @Test
  void whatComesBackIsPutTogetherAsIfOneMachineHadMeasuredIt() {
    Spread spread = new Spread(folder, 20, List.of("plain", "biased"));
    WorkList list = spread.share("out", 2); // of 10 frames, which share one
    ShardDesk desk = new ShardDesk(spread.out("out"), list);
    List<WorkUnit> units = new ArrayList<>(desk.open());
    assertEquals(4, units.size());
    Collections.shuffle(units, new Random(3));
    try (RangeBench a = bench(desk, "a");
        RangeBench b = bench(desk, "b")) {
      for (int i = 0; i < units.size(); i++) {
        RangeBench one = i % 2 == 0 ? a : b;
        RangeBench other = i % 2 == 0 ? b : a;
        assertTrue(desk.take(units.get(i), one.measure(units.get(i), 1, done -> {})));
        assertFalse(desk.take(units.get(i), other.measure(units.get(i), 2, done -> {})));
        assertEquals(units.get(i).cell(), one.openCell().orElseThrow());
      }
    }
    assertEquals(List.of(), desk.open());
    MergedRun merged = spread.merge("out");
    assertEquals(List.of(), merged.outcome().disagreements());
    assertEquals(spread.alone(), CellTrees.of(spread.out("out")));
    assertEquals(List.of(), desk.open(), "cells are there");
  }

  /** A bench keeps nothing of what it gave back, so that it can run for long. */
  @Test
  void aBenchKeepsNoShard() throws IOException {
    Spread spread = new Spread(folder, 6, List.of("plain"));
    ShardDesk desk = new ShardDesk(spread.out("out"), spread.share("out", 3));
    try (RangeBench bench = bench(desk, "a")) {
      for (WorkUnit unit : desk.open()) {
        bench.measure(unit, 1, done -> {});
      }
    }
    try (Stream<Path> all = Files.walk(folder.resolve("bench-a"))) {
      List<String> files =
          all.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).toList();
      assertEquals(List.of("work.json"), files);
    }
  }

  @Test
  void machinesThatCalculateOtherwiseAreFound() {
    Spread spread = new Spread(folder, 6, List.of("plain"));
    ShardDesk desk = new ShardDesk(spread.out("out"), spread.share("out", 3));
    List<WorkUnit> units = desk.open();
    try (RangeBench real = bench(desk, "real");
        RangeBench skewed = bench(desk, "skewed", new SkewedEngine(i -> true, 1f))) {
      desk.take(units.get(0), real.measure(units.get(0), 1, done -> {}));
      desk.take(units.get(1), skewed.measure(units.get(1), 1, done -> {}));
      desk.take(units.get(2), real.measure(units.get(2), 1, done -> {}));
    }
    MergedRun merged = spread.merge("out");
    assertTrue(merged.result().isEmpty());
    String found = merged.outcome().disagreements().get(0);
    assertTrue(found.startsWith(Spread.PLAIN + ": workers disagree on the canary: "), found);
    assertTrue(found.contains("worker real (") && found.contains("worker skewed ("), found);
    assertEquals(Map.of(), CellTrees.of(spread.out("out")), "no cell is written");
  }

  @Test
  void bytesThatAreDamagedOrOfAnotherRangeAreRefusedAndLeaveNothing() throws IOException {
    Spread spread = new Spread(folder, 6, List.of("plain"));
    ShardDesk desk = new ShardDesk(spread.out("out"), spread.share("out", 2));
    List<WorkUnit> units = desk.open();
    byte[] shard;
    try (RangeBench bench = bench(desk, "a")) {
      shard = bench.measure(units.get(0), 1, done -> {});
    }
    BadInputException other =
        assertThrows(BadInputException.class, () -> desk.take(units.get(1), shard));
    assertTrue(
        other.getMessage().contains("it is of " + units.get(0).cell() + " " + units.get(0).name()),
        other.getMessage());
    List<String> before = spread.files("out"); // with the cell's folder, which is empty
    assertTrue(before.stream().noneMatch(file -> file.contains("/")), before::toString);
    for (int at = 0; at < shard.length; at += 1 + shard.length / 50) {
      byte[] cut = Arrays.copyOf(shard, at);
      if (at < filesEnd(shard)) {
        assertThrows(BadInputException.class, () -> desk.take(units.get(0), cut), "cut at " + at);
      }
      byte[] turned = shard.clone();
      turned[at] ^= 0x10;
      try {
        desk.take(units.get(0), turned);
      } catch (BadInputException e) {
        continue;
      }
      assertSame(shard, turned); // a byte that says nothing, such as a date
      Spread.delete(spread.shards("out").get(0));
    }
    assertEquals(before, spread.files("out"));
  }

  /** Where the list of names begins, which repeats what stands before each file. */
  private static int filesEnd(byte[] zip) {
    for (int at = zip.length - 4; at >= 0; at--) {
      if (zip[at] == 'P' && zip[at + 1] == 'K' && zip[at + 2] == 5 && zip[at + 3] == 6) {
        return ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getInt(at + 16);
      }
    }
    throw new AssertionError("no ZIP");
  }

  private static Map<String, String> contents(Path tree) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        found.put(tree.relativize(file).toString(), Digests.of(file));
      }
    }
    return found;
  }

  /** Both have the same files. */
  private void assertSame(byte[] one, byte[] other) throws IOException {
    Path a = folder.resolve("one");
    Path b = folder.resolve("other");
    PackedFiles.unpack(one, a);
    PackedFiles.unpack(other, b);
    assertEquals(contents(a), contents(b));
    Spread.delete(a);
    Spread.delete(b);
  }

  @Test
  void namesThatLeaveTheFolderAreRefused() throws IOException {
    Spread spread = new Spread(folder, 6, List.of("plain"));
    ShardDesk desk = new ShardDesk(spread.out("out"), spread.share("out", 1));
    WorkUnit unit = desk.open().get(0);
    for (String name : List.of("../outside", "/outside", "a/../../outside", ".outside", "a//b")) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write("x".getBytes(StandardCharsets.UTF_8));
      }
      String found =
          assertThrows(BadInputException.class, () -> desk.take(unit, bytes.toByteArray()))
              .getMessage();
      assertTrue(found.endsWith(": '" + name + "' is no name of theirs"), found);
    }
    try (Stream<Path> all = Files.walk(folder)) {
      assertTrue(all.noneMatch(file -> file.getFileName().toString().contains("outside")));
    }
  }

  @Test
  void aCellThatIsAnotherHereIsRefusedWithTheReason() {
    Spread spread = new Spread(folder, 6, List.of("plain"));
    ShardDesk desk = new ShardDesk(spread.out("out"), spread.share("out", 2));
    WorkUnit unit = desk.open().get(0);
    try (RangeBench bench = bench(desk, "a", SkewedEngine.ofVersion("0.0.1"))) {
      String found =
          assertThrows(BadInputException.class, () -> bench.measure(unit, 1, done -> {}))
              .getMessage();
      assertTrue(
          found.startsWith(Spread.PLAIN + ": this machine would measure something else: "), found);
      assertNotEquals(-1, found.indexOf("0.0.1"));
    }
    WorkUnit foreign = new WorkUnit("nothing", new FrameRange(0, 1));
    try (RangeBench bench = bench(desk, "b")) {
      assertThrows(IllegalArgumentException.class, () -> bench.measure(foreign, 1, done -> {}));
    }
  }
}
