package io.drivemark.reports.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.decide.Timing;
import io.drivemark.eval.runner.record.DatasetFacts;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.reports.SyntheticStudy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("text")
class BoardTest {
  @Test
  void theExampleOfTheFront() {
    Board board = board(entry("a", 0.60, 10), entry("b", 0.55, 12), entry("c", 0.70, 30));
    assertEquals(List.of("a", "c"), names(board.front()));
  }

  @Test
  void theSameNetworkOnASlowerEngineDoesNotWinByRounding() {
    Board board = board(entry("a", 0.6000, 10), entry("b", 0.6004, 30), entry("c", 0.6006, 40));
    assertEquals(List.of("a", "c"), names(board.front()));
  }

  /** The synthetic control's band is 0.985 to 1.012, so what differs by 1.5 % ties. */
  @Test
  void aDifferenceWithinTheControlsBandIsATie() {
    Board board = board(entry("a", 0.5, 20), entry("b", 0.6, 20.2), entry("c", 0.7, 21));
    Contender a = board.contenders().get(0);
    Contender b = board.contenders().get(1);
    Contender c = board.contenders().get(2);
    assertEquals(0.015, Timing.band(board.control().orElseThrow()), 1e-12);
    assertTrue(a.ties(b) && b.ties(a));
    assertFalse(a.ties(c) || c.ties(a));
    assertEquals(List.of("b"), names(board.tiedWith(a)));
  }

  /** The reference took twice as long in b's rotation: b's 40 ms there are 20 ms in a's. */
  @Test
  void acrossRotationsTheReferenceSaysWhatIsATie() {
    Board board =
        board(
            timedIn("one", 10, entry("a", 0.5, 20)),
            timedIn("two", 20, entry("b", 0.6, 40.8)),
            timedIn("two", 20, entry("c", 0.7, 41.6)),
            timedIn("two", 20, entry("d", 0.7, 20)));
    Contender a = board.contenders().get(0);
    Contender b = board.contenders().get(1);
    Contender c = board.contenders().get(2);
    Contender d = board.contenders().get(3);
    assertTrue(a.ties(b) && b.ties(a), "2 % apart, bands of 1.5 % twice");
    assertFalse(a.ties(c) || c.ties(a), "4 % apart");
    assertFalse(b.ties(c), "2 % apart, in one rotation");
    assertFalse(a.ties(d), "twice as fast");
    double c416 = mean(entry("c", 0.7, 41.6));
    assertEquals(c416, c.meanMs().getAsDouble(), 1e-9, "most were timed in that rotation");
    assertEquals(2 * mean(entry("a", 0.5, 20)), a.meanMs().getAsDouble(), 1e-9);
    assertEquals(a.meanMs().getAsDouble(), a.entry().speed().get().endToEnd().mean(), 1e-9);
    assertTrue(
        Advice.tieRule(board)
            .endsWith(
                " Latencies come from 2 rotations of at most 12 models, of which this band is the"
                    + " widest; the model in all of them took 10.0 to 20.0 ms. All latencies here are"
                    + " given in the milliseconds of one rotation, by their ratios to that model;"
                    + " between rotations both bands count."),
        Advice.tieRule(board));
    Board one = board(timedIn("one", 10, entry("a", 0.5, 20)), entry("b", 0.6, 20));
    assertTrue(Advice.tieRule(one).endsWith("are called ties (≈)."), Advice.tieRule(one));
  }

  private static double mean(Entry entry) {
    return entry.speed().orElseThrow().endToEnd().mean();
  }

  private static Entry timedIn(String rotation, double referenceMs, Entry entry) {
    Speed.Rotation r =
        new Speed.Rotation(
            rotation, 12, "a on x/val", Optional.of("key"), referenceMs, 0.8 * referenceMs);
    return entry.withSpeed(entry.speed().map(s -> s.withRotation(r)));
  }

  @Test
  void otherRulesMakeAnotherBoard() {
    List<Entry> entries = List.of(entry("a", 0.5, 20), onSplit(entry("b", 0.6, 20), "test"));
    List<Board> boards = Board.of(result(entries));
    assertEquals(List.of("val", "test"), boards.stream().map(b -> b.yardstick().split()).toList());
    assertEquals(List.of("a"), names(boards.get(0).contenders()));
  }

  @Test
  void labelsNameTheEngineOnlyWhereItTells() {
    assertEquals("a", board(entry("a", 0.5, 20)).contenders().get(0).label());
    Board two =
        board(
            SyntheticStudy.entry("a", "anet", Optional.empty(), "onnxruntime", 0.5, 10, 1e6),
            SyntheticStudy.entry("a", "anet", Optional.empty(), "pytorch", 0.5, 20, 1e6));
    assertEquals(
        List.of("a · onnxruntime", "a · pytorch"),
        two.contenders().stream().map(Contender::label).toList());
    assertEquals("a on pytorch", two.contenders().get(1).phrase());
    assertEquals(1, two.models());
  }

  @Test
  void labelsNameTheStoredPrecisionOnlyWhereItTells() {
    assertEquals(
        List.of("a · fp32 weights", "a · int8 weights", "a · weights of unknown precision"),
        labels(stored("a", "fp32"), stored("a", "int8"), stored("a", "unknown")));
    assertEquals(
        List.of("a · precision of weights not recorded", "a · int8 weights"),
        labels(entry("a", 0.5, 20), stored("a", "int8")));
    assertEquals(List.of("a", "b"), labels(stored("a", "fp32"), stored("b", "int8")));
  }

  private static List<String> labels(Entry... entries) {
    return board(entries).contenders().stream().map(Contender::label).toList();
  }

  private static Entry stored(String model, String precision) {
    Entry entry = entry(model, 0.5, 20);
    return entry.withModel(entry.model().withStoredPrecision(precision));
  }

  @Test
  void theAdviceIsTheFrontFromGenerousToTight() {
    Board board = board(entry("a", 0.60, 10), entry("b", 0.55, 12), entry("c", 0.70, 30));
    Advice advice = Advice.of(board);
    assertTrue(
        advice.headline().startsWith("Drive with c if a frame may take "), advice.headline());
    assertTrue(advice.headline().endsWith(", with a if it may not"), advice.headline());
    assertEquals(List.of("c", "a"), advice.steps().stream().map(s -> s.choice().model()).toList());
    assertTrue(
        advice.explanation().contains("2 of 3 compared are on the Pareto front"),
        advice.explanation());
  }

  @Test
  void aFrontOfOneIsOne() {
    String said = Advice.of(board(entry("a", 0.60, 10), entry("b", 0.55, 12))).explanation();
    assertTrue(
        said.contains("1 of 2 compared is on the Pareto front: whoever beats it in accuracy"),
        said);
  }

  @Test
  void theHeadlinePassesOverWhatIsNoFasterThanTheControlsCanTell() {
    Board board = board(entry("a", 0.60, 10), entry("b", 0.69, 29.9), entry("c", 0.70, 30));
    Advice advice = Advice.of(board);
    assertEquals(
        List.of("c", "b", "a"), advice.steps().stream().map(s -> s.choice().model()).toList());
    assertTrue(advice.headline().startsWith("Drive with c if "), advice.headline());
    assertTrue(advice.headline().endsWith(", with a if it may not"), advice.headline());
    assertEquals(
        "Drive with c: nothing here is more accurate, nothing is faster beyond doubt",
        Advice.of(board(entry("b", 0.69, 29.9), entry("c", 0.70, 30))).headline());
  }

  @Test
  void manyNamesAreCountedNotListed() {
    assertEquals("a, b", Numbers.names(List.of("a", "b"), 2));
    assertEquals("a, b and 2 more", Numbers.names(List.of("a", "b", "c", "d"), 2));
  }

  /** Random weights are no alternative, however fast they are. */
  @Test
  void theAdviceNamesTiesThatAreTrained() {
    Entry random = entry("r", 0.5, 20);
    ModelFacts facts = random.model();
    Entry untrained =
        random.withModel(
            new ModelFacts(
                facts.name(),
                facts.architecture(),
                facts.technique(),
                facts.parent(),
                facts.criterion(),
                facts.labels(),
                facts.digest(),
                facts.options(),
                Map.of("weights", "random, seed 1"),
                facts.lineage()));
    Board board = board(entry("a", 0.5, 20), entry("b", 0.4, 20.1), untrained);
    assertEquals(List.of("b", "r"), names(board.tiedWith(board.contenders().get(0))));
    assertEquals(List.of("b"), names(Advice.of(board).steps().get(0).ties()));
  }

  @Test
  void numbersAsPeopleReadThem() {
    assertEquals(
        List.of("3.14", "31.4", "314"),
        List.of(
            Numbers.milliseconds(3.14159),
            Numbers.milliseconds(31.4159),
            Numbers.milliseconds(314.159)));
    assertEquals("10.0", Numbers.milliseconds(9.996));
    assertEquals(
        List.of("512", "354 k", "1.09 M", "10.5 G"),
        List.of(
            Numbers.count(512),
            Numbers.count(353_900),
            Numbers.count(1.09e6),
            Numbers.count(1.05e10)));
    assertEquals("70.10", Numbers.percent(0.70103));
  }

  private static Board board(Entry... entries) {
    return Board.of(result(List.of(entries))).get(0);
  }

  private static List<String> names(List<Contender> contenders) {
    return contenders.stream().map(Contender::model).toList();
  }

  private static Entry entry(String model, double miou, double meanMs) {
    return SyntheticStudy.entry(model, "anet", Optional.empty(), "onnxruntime", miou, meanMs, 1e6);
  }

  private static Entry onSplit(Entry e, String split) {
    return new Entry(
        e.folder(),
        e.model(),
        e.complete(),
        e.issues(),
        e.engine(),
        new DatasetFacts(e.dataset().name(), split, 40, 360, 480, "d2"),
        e.input(),
        e.protocol(),
        e.accuracy(),
        e.cost(),
        e.speed(),
        e.perImage(),
        e.pictures(),
        e.pass(),
        e.method());
  }

  private static StudyResult result(List<Entry> entries) {
    return new StudyResult(
        Instant.parse("2026-01-31T12:00:00Z"),
        Instant.parse("2026-01-31T12:34:56Z"),
        "schema: drivemark-study/1\n",
        new Environment(
            "Imaginary CPU",
            2,
            2,
            8L << 30,
            "Imaginary OS 1",
            "Imaginary JVM 17",
            Map.of(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            "machine-1"),
        entries,
        List.of());
  }
}
