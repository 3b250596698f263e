package io.drivemark.eval.history.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.eval.history.compare.CellComparison.ClassChange;
import io.drivemark.eval.history.compare.CellComparison.Expected;
import io.drivemark.eval.history.compare.CellComparison.Finding;
import io.drivemark.eval.history.compare.CellComparison.FrameChange;
import io.drivemark.eval.history.compare.CellComparison.Moved;
import io.drivemark.eval.history.compare.CellComparison.SliceChange;
import io.drivemark.eval.history.compare.Comparison.Outcome;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.store.RunStore;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparerTest {
  private static final int PIXELS = TinyRuns.HEIGHT * TinyRuns.WIDTH;
  private static final Allowance USUAL = Allowance.defaults();

  @TempDir private static Path folder;
  private static Path plain;
  private static List<Entry> entries;
  private static Path other; // of another network by the name of the first

  @BeforeAll
  static void runOnce() {
    plain = runs().run("plain");
    other = runs().weights(5).run("weights");
    entries = RunStore.read(plain).entries();
  }

  private static TinyRuns runs() {
    return new TinyRuns(folder);
  }

  private static Comparison compare(Path a, Path b) {
    return Comparer.compare("A", a, "B", b, USUAL);
  }

  private static Entry entry(Path folder, int index) {
    return RunStore.read(folder).entries().get(index);
  }

  @Test
  void aFolderAgainstItselfIsEqualToTheLastBit() {
    Comparison same = compare(plain, plain);
    assertEquals(Outcome.EQUAL, same.outcome());
    assertEquals(0, same.outcome().exitCode());
    assertEquals(List.of(), same.unpaired());
    assertEquals(List.of(), same.conditions());
    assertEquals(2, same.cells().size());
    for (CellComparison cell : same.cells()) {
      assertEquals(Finding.SAME_BITS, cell.finding());
      assertEquals(Expected.SAME_BITS, cell.expected());
      assertEquals(OptionalDouble.of(0), cell.difference());
      assertEquals(Direction.SAME, cell.gate());
      assertTrue(cell.moved().isEmpty());
      assertEquals(List.of(), cell.classes());
      assertEquals(List.of(), cell.frames());
      assertEquals(List.of(), cell.lost());
    }
  }

  @Test
  void anotherRunOfTheSameIsEqual() {
    Comparison again = compare(plain, runs().run("again"));
    assertEquals(Outcome.EQUAL, again.outcome());
    assertTrue(again.cells().stream().allMatch(c -> c.finding() == Finding.SAME_BITS));
  }

  /** Bits were to be equal: the canary is the same, and one pixel of one frame is not. */
  @Test
  void onePlantedPixelInOneFrameIsNamed() {
    Path changed =
        runs()
            .planted(
                (network, inference, output) -> {
                  if (network.equals("two") && inference == 3) {
                    turn(output, 5);
                  }
                })
            .run("pixel");
    Comparison found = compare(plain, changed);
    assertEquals(Outcome.WORSE, found.outcome());
    assertEquals(1, found.outcome().exitCode());
    assertEquals(Finding.SAME_BITS, found.cells().get(0).finding());
    CellComparison cell = found.cells().get(1);
    assertEquals(Finding.DETERMINISM, cell.finding());
    assertEquals(Expected.SAME_BITS, cell.expected());
    Moved moved = cell.moved().orElseThrow();
    int frames = entries.get(1).dataset().images();
    assertEquals(1, moved.frames());
    assertEquals(frames, moved.of());
    assertEquals(OptionalLong.of(1), moved.pixels());
    FrameChange frame = cell.frames().get(0);
    assertEquals(1, cell.frames().size());
    assertEquals(entries.get(1).perImage().get(3).id(), frame.id());
    assertEquals(OptionalLong.of(1), frame.pixels());
  }

  /** Makes the class that wins at a pixel lose to another. */
  private static void turn(FloatBuffer output, int pixel) {
    int best = 0;
    for (int k = 1; k < 11; k++) {
      if (output.get(k * PIXELS + pixel) > output.get(best * PIXELS + pixel)) {
        best = k;
      }
    }
    int changed = (best + 1) % 11;
    output.put(changed * PIXELS + pixel, output.get(best * PIXELS + pixel) + 1);
  }

  @Test
  void whereTheEngineGivesOtherBitsNothingIsBroken() {
    Path changed =
        runs()
            .planted(
                (network, inference, output) -> {
                  output.put(0, output.get(0) + 1e-6f * Math.abs(output.get(0)));
                  for (int pixel = 0; inference == 3 && pixel < 200; pixel++) {
                    turn(output, pixel);
                  }
                })
            .run("canary");
    CellComparison cell = compare(plain, changed).cells().get(0);
    assertEquals(Expected.OTHERS, cell.expected());
    assertEquals(List.of("canary"), cell.declared().stream().map(Changed::what).toList());
    assertEquals(Finding.CHANGED, cell.finding(), "more pixels than are fragile");
    assertFalse(cell.moved().orElseThrow().withinFragile());
  }

  /** Everything moves by next to nothing: whatever turns was fragile. */
  @Test
  void smallNoiseOnAllScoresIsRounding() {
    Path changed =
        runs()
            .planted(
                (network, inference, output) -> {
                  for (int i = 0; i < 11 * PIXELS; i++) {
                    output.put(i, output.get(i) + (i * 37 % 11 - 5) * 4e-5f);
                  }
                })
            .run("noise");
    Comparison found = compare(plain, changed);
    CellComparison cell = found.cells().get(0);
    assertTrue(
        cell.moved().isPresent(), "the noise is large enough to turn a pixel: " + cell.moved());
    assertEquals(Finding.ROUNDING, cell.finding(), cell.moved().toString());
    assertEquals(Outcome.NOT_WORSE, found.outcome());
  }

  @Test
  void aClassThatIsWipedOutIsNamedAlone() {
    int gone = mostPredicted(entries.get(0));
    Path changed =
        runs()
            .planted(
                (network, inference, output) -> {
                  if (network.equals("one")) {
                    for (int i = 0; i < PIXELS; i++) {
                      output.put(gone * PIXELS + i, -1e6f);
                    }
                  }
                })
            .run("wiped");
    Comparison found = compare(plain, changed);
    CellComparison cell = found.cells().get(0);
    String name = entries.get(0).accuracy().orElseThrow().classes().get(gone).name();
    assertEquals(List.of(name), cell.lost());
    assertEquals(Finding.CHANGED, cell.finding());
    assertEquals(List.of(), compare(changed, plain).cells().get(0).lost());
    assertEquals(List.of(), found.cells().get(1).lost());
    assertEquals(Finding.SAME_BITS, found.cells().get(1).finding());
  }

  private static int mostPredicted(Entry entry) {
    List<List<Long>> counts = entry.accuracy().orElseThrow().confusion();
    int most = 0;
    for (int c = 1; c < 11; c++) {
      if (predicted(counts, c) > predicted(counts, most)) {
        most = c;
      }
    }
    return most;
  }

  private static long predicted(List<List<Long>> counts, int c) {
    return counts.stream().mapToLong(row -> row.get(c)).sum();
  }

  @Test
  void exchangedSidesHaveExactlyTheOppositeSigns() {
    Comparison there = compare(plain, other);
    Comparison back = compare(other, plain);
    CellComparison one = there.cells().get(0);
    CellComparison turned = back.cells().get(0);
    assertEquals(List.of("model", "canary"), one.declared().stream().map(Changed::what).toList());
    assertEquals(Finding.CHANGED, one.finding());
    assertTrue(one.difference().getAsDouble() != 0);
    assertOpposite(one.difference(), turned.difference());
    assertOpposite(one.elsewhere(), turned.elsewhere());
    assertEquals(one.moved(), turned.moved());
    assertEquals(opposite(one.gate()), turned.gate());
    assertTrue(one.gate() != Direction.SAME, "worse one way, better the other");
    assertEquals(11, one.classes().size());
    int tested = 0;
    for (int i = 0; i < 11; i++) {
      ClassChange change = one.classes().get(i);
      ClassChange other1 = turned.classes().get(i);
      assertEquals(change.name(), other1.name());
      assertOpposite(change.difference(), other1.difference());
      assertOpposite(change.elsewhere(), other1.elsewhere());
      tested += change.elsewhere().p().isPresent() ? 1 : 0;
    }
    assertTrue(tested > 3, tested + " classes were tested");
    assertFalse(one.slices().isEmpty());
    for (int i = 0; i < one.slices().size(); i++) {
      SliceChange slice = one.slices().get(i);
      assertEquals(slice.value(), turned.slices().get(i).value());
      assertOpposite(slice.difference(), turned.slices().get(i).difference());
    }
    assertEquals(CellDetails.FRAMES, one.frames().size());
    for (int i = 0; i < one.frames().size(); i++) {
      assertEquals(one.frames().get(i).id(), turned.frames().get(i).id());
      assertOpposite(one.frames().get(i).difference(), turned.frames().get(i).difference());
    }
    assertEquals(
        1, List.of(there, back).stream().filter(c -> c.outcome() == Outcome.WORSE).count());
  }

  private static Direction opposite(Direction direction) {
    return switch (direction) {
      case WORSE -> Direction.BETTER;
      case BETTER -> Direction.WORSE;
      case SAME, UNKNOWN -> direction;
    };
  }

  private static void assertOpposite(Elsewhere one, Elsewhere other) {
    assertOpposite(one.low(), other.high());
    assertOpposite(one.high(), other.low());
    assertEquals(one.p(), other.p());
    assertEquals(one.adjustedP(), other.adjustedP());
    assertEquals(one.equivalent(), other.equivalent());
    assertEquals(opposite(one.direction()), other.direction());
  }

  private static void assertOpposite(OptionalDouble one, OptionalDouble other) {
    assertEquals(one.isPresent(), other.isPresent());
    if (one.isPresent()) {
      assertEquals(0.0 - one.getAsDouble(), other.getAsDouble() + 0.0);
    }
  }

  @Test
  void anotherDatasetIsRefusedWithBothDigests() {
    Path changed = runs().seed("2").run("seed");
    Comparison found = compare(plain, changed);
    assertEquals(Outcome.NOT_COMPARABLE, found.outcome());
    assertEquals(2, found.outcome().exitCode());
    assertEquals(List.of(), found.cells());
    Unpaired one = found.unpaired().get(0);
    assertEquals(Unpaired.Reason.DATASET, one.reason());
    assertEquals(
        new Changed(
            "dataset's digest",
            entries.get(0).dataset().digest(),
            entry(changed, 0).dataset().digest()),
        one.difference());
  }

  @Test
  void anotherProtocolIsRefusedWithBoth() {
    Path changed = runs().protocol("mmseg").run("protocol");
    Comparison found = compare(plain, changed);
    assertEquals(Outcome.NOT_COMPARABLE, found.outcome());
    assertEquals(2, found.unpaired().size());
    Unpaired one = found.unpaired().get(0);
    assertEquals(Unpaired.Reason.PROTOCOL, one.reason());
    assertEquals(
        new Changed(
            "protocol",
            "cityscapes " + entries.get(0).protocol().digest(),
            "mmseg " + entry(changed, 0).protocol().digest()),
        one.difference());
  }

  @Test
  void missingFramesAreRefusedAndNamed() {
    Path changed = runs().view(dataset -> new DamagedDataset(dataset, 2)).run("frames");
    Comparison found = compare(plain, changed);
    Unpaired one = found.unpaired().get(0);
    assertEquals(Unpaired.Reason.FRAMES, one.reason());
    int frames = entries.get(0).dataset().images();
    assertEquals(
        new Changed(
            "frames",
            frames + " frames, it alone has " + entries.get(0).perImage().get(2).id(),
            frames - 1 + " frames"),
        one.difference());
    assertEquals(Outcome.NOT_COMPARABLE, found.outcome());
  }

  @Test
  void whatOneAloneHasIsListedAndDecidesNothing() {
    Path changed = runs().models("one, three").run("models");
    Comparison found = compare(plain, changed);
    assertEquals(Outcome.NOT_WORSE, found.outcome());
    assertEquals(
        List.of(Unpaired.Reason.ONLY_A, Unpaired.Reason.ONLY_B),
        found.unpaired().stream().map(Unpaired::reason).toList());
    assertEquals(
        new Changed("series", "measured", "not there"), found.unpaired().get(0).difference());
  }

  @Test
  void distancesAreComparedByTheirError() {
    Path first = runs().models("far").run("far");
    assertEquals(Outcome.EQUAL, compare(first, first).outcome());
    Path changed = runs().models("far").weights(3).run("farther");
    Comparison there = compare(first, changed);
    CellComparison cell = there.cells().get(0);
    CellComparison turned = compare(changed, first).cells().get(0);
    assertEquals(Finding.CHANGED, cell.finding());
    assertTrue(cell.moved().orElseThrow().pixels().isEmpty());
    assertOpposite(cell.difference(), turned.difference());
    assertOpposite(cell.elsewhere(), turned.elsewhere());
    assertEquals(
        cell.difference().getAsDouble() > 0 ? Direction.WORSE : Direction.BETTER, cell.gate());
    Path pixel =
        runs()
            .models("far")
            .planted(
                (network, inference, output) -> {
                  if (inference == 1) {
                    output.put(7, output.get(7) + 1);
                  }
                })
            .run("far-pixel");
    CellComparison found = compare(first, pixel).cells().get(0);
    assertEquals(Finding.DETERMINISM, found.finding());
    assertEquals(1, found.moved().orElseThrow().frames());
  }

  @Test
  void theJsonSaysWhatTheValuesSay() {
    JsonNode json = ComparisonJson.write(compare(plain, other));
    assertEquals("drivemark-compare/1", json.path("schema").asText());
    assertEquals(
        List.of(
            "schema",
            "outcome",
            "exitCode",
            "a",
            "b",
            "allowed",
            "conditions",
            "cells",
            "unpaired",
            "latencyShared"),
        names(json));
    JsonNode cell = json.path("cells").path(0);
    assertEquals(
        List.of(
            "series",
            "seriesKey",
            "model",
            "folderA",
            "folderB",
            "measure",
            "expected",
            "finding",
            "declared",
            "moved",
            "a",
            "b",
            "difference",
            "verdict",
            "elsewhere",
            "lostClasses",
            "classes",
            "slices",
            "frames",
            "latency"),
        names(cell));
    assertEquals("changed", cell.path("finding").asText());
    assertEquals("miou", cell.path("measure").asText());
    assertEquals(
        cell.path("b").asDouble() - cell.path("a").asDouble(), cell.path("difference").asDouble());
    assertEquals(
        List.of("low", "high", "p", "adjustedP", "equivalent", "verdict"),
        names(cell.path("elsewhere")));
    assertEquals(
        List.of("class", "a", "b", "difference", "same", "elsewhere"),
        names(cell.path("classes").path(0)));
    assertEquals(
        List.of("frames", "of", "pixelsAtLeast", "fragile", "withinFragile"),
        names(cell.path("moved")));
    assertTrue(json.path("cells").path(1).path("moved").isNull());
    assertEquals("timed in neither", cell.path("latency").path("reason").asText());
  }

  private static List<String> names(JsonNode node) {
    return node.properties().stream().map(java.util.Map.Entry::getKey).toList();
  }
}
