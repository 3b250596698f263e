package io.drivemark.eval.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Speed;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimingsTest {
  private static final String TITLE = "enet on camvid/val with onnxruntime at 360x480";

  private static Entry entry(String model, int threads, double ms, Speed.Rotation rotation) {
    return Entries.of(
        model,
        threads,
        OptionalLong.empty(),
        Optional.of(Entries.speed(ms, Optional.of(rotation), Entries.control(model, 0.98, 1.01))));
  }

  private static Speed.Rotation rotation(
      String id, Optional<String> key, double ms, double engine) {
    return new Speed.Rotation(id, 2, TITLE, key, ms, engine);
  }

  private static Speed.Rotation old(String id, double ms) {
    return rotation(id, Optional.empty(), ms, ms / 2);
  }

  @Test
  void aRecordOfTodayNamesItsReferenceByKey() {
    Entry timed = entry("enet", 2, 20, rotation("r", Optional.of("key"), 20, 10));
    Entry bare = Entries.of("bare", 2, OptionalLong.empty(), Optional.empty());
    List<Optional<Timing>> timings = Timings.of(List.of(timed, bare));
    assertEquals(
        List.of(
            Optional.of(
                new Timing(
                    "machine",
                    20,
                    10,
                    Optional.of(new Timing.Rotation("r", "key", 20, 10)),
                    OptionalDouble.of(1 - 0.98))),
            Optional.empty()),
        timings);
  }

  /** The title lacks the threads: two entries with that title are two references. */
  @Test
  void anOldReferenceIsCompletedFromItsEntryOrUnknown() {
    Entry reference = entry("enet", 2, 20, old("r", 20));
    Entry other = entry("dabnet", 2, 10, old("r", 20));
    String full = TITLE + ", threads 2, model digest of enet";
    assertEquals(List.of(full, full), references(reference, other));
    String unknown = "unknown reference of rotation r";
    assertEquals(List.of(unknown), references(other));
    Entry twin = entry("enet", 1, 30, old("r", 20));
    assertEquals(List.of(unknown, unknown), references(reference, twin));
    Entry untimed = Entries.of("enet", 1, OptionalLong.empty(), Optional.empty());
    assertEquals(
        List.of(Optional.of(full), Optional.empty()),
        Timings.of(List.of(reference, untimed)).stream()
            .map(t -> t.flatMap(Timing::rotation).map(Timing.Rotation::reference))
            .toList());
  }

  private static List<String> references(Entry... entries) {
    return Timings.of(List.of(entries)).stream()
        .map(t -> t.orElseThrow().rotation().orElseThrow().reference())
        .toList();
  }

  /** 22 ms where the reference takes 22 stand as 20 on the first's scale, the engine by its own. */
  @Test
  void anEntryStandsOnTheScaleByBothItsFactors() {
    Entry first = entry("enet", 2, 20, rotation("a", Optional.of("key"), 20, 12));
    Entry second = entry("enet", 2, 22, rotation("b", Optional.of("key"), 22, 10));
    List<Optional<Timing>> timings = Timings.of(List.of(first, second));
    LatencyScale scale = LatencyScale.of(timings.stream().flatMap(Optional::stream).toList());
    assertSame(first, Timings.onScale(first, timings.get(0), scale));
    Speed scaled = Timings.onScale(second, timings.get(1), scale).speed().orElseThrow();
    assertEquals(20, scaled.endToEnd().mean(), 1e-12);
    assertEquals(11 * 1.2, scaled.model().mean(), 1e-12);
    assertEquals(1.2, scale.engineFactor(timings.get(1).orElseThrow()).getAsDouble(), 1e-12);
    assertEquals(
        11 * 1.2 / 10 - 1,
        scale.engineChange(timings.get(0).get(), timings.get(1).get()).getAsDouble(),
        1e-12);
  }

  @Test
  void oneFactorThatDiffersIsEnoughToScale() {
    Entry first = entry("enet", 2, 20, rotation("a", Optional.of("key"), 20, 12));
    Entry second = entry("enet", 2, 20, rotation("b", Optional.of("key"), 20, 10));
    List<Optional<Timing>> timings = Timings.of(List.of(first, second));
    LatencyScale scale = LatencyScale.of(timings.stream().flatMap(Optional::stream).toList());
    Speed scaled = Timings.onScale(second, timings.get(1), scale).speed().orElseThrow();
    assertEquals(20, scaled.endToEnd().mean(), 0);
    assertEquals(12, scaled.model().mean(), 1e-12);
  }

  @Test
  void whatStandsOnNoScaleIsUnchanged() {
    Entry first = entry("enet", 2, 20, rotation("a", Optional.of("key"), 20, 10));
    Entry other = entry("enet", 2, 22, rotation("b", Optional.of("other"), 22, 11));
    Entry bare = Entries.of("bare", 2, OptionalLong.empty(), Optional.empty());
    List<Optional<Timing>> timings = Timings.of(List.of(first, other, bare));
    LatencyScale scale = LatencyScale.of(timings.stream().flatMap(Optional::stream).toList());
    assertSame(other, Timings.onScale(other, timings.get(1), scale));
    assertSame(bare, Timings.onScale(bare, timings.get(2), scale));
  }

  @Test
  void theWidestControlIsTheFirstOfEquals() {
    assertEquals(
        Entries.control("b", 0.875, 1.0),
        Timings.widestControl(
            Stream.of(
                    Entries.control("a", 0.99, 1.05),
                    Entries.control("b", 0.875, 1.0),
                    Entries.control("c", 1.0, 1.125),
                    Optional.<Speed.Control>empty())
                .map(c -> Entries.speed(10, Optional.empty(), c))
                .map(s -> Entries.of("m", 1, OptionalLong.empty(), Optional.of(s)))));
    assertEquals(Optional.empty(), Timings.widestControl(Stream.of()));
  }

  @Test
  void theBandIsTheFartherEnd() {
    assertEquals(0.25, Timing.band(Entries.control("m", 0.75, 1.125).orElseThrow()), 0);
    assertEquals(0.125, Timing.band(Entries.control("m", 1.0625, 1.125).orElseThrow()), 0);
  }

  @Test
  void driftIsTheReferencesRange() {
    assertEquals(
        new Timings.Drift(19, 23),
        Timings.drift(List.of(old("a", 20), old("b", 23), old("c", 19))));
  }
}
