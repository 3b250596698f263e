package io.drivemark.eval.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.datasets.Frame;
import io.drivemark.eval.decide.StaticTwins.Kind;
import io.drivemark.eval.decide.StaticTwins.Row;
import io.drivemark.eval.decide.StaticTwins.Twin;
import io.drivemark.eval.decide.StaticTwins.Verdict;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ImageScore;
import io.drivemark.eval.runner.record.MiouDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Dynamic networks beside static ones of the same parent. */
class StaticTwinsTest {
  private static final Map<String, String> NONE = Map.of();
  private static final Map<String, String> CONSTANT = Map.of("gate-constant", "true");

  private final List<Candidate> candidates = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();

  /** A network with its mIoU and latency. */
  private Entry add(Entry entry, double miou, double ms) {
    candidates.add(Candidates.of(entries.size(), miou, ms));
    entries.add(entry);
    return entry;
  }

  private void addParent() {
    add(Entries.of("parent", 1, OptionalLong.of(1000), Optional.empty()), 0.6, 20);
  }

  private void add(
      String model, String technique, long macs, Map<String, String> facts, double ms) {
    add(GatedEntries.variant(model, technique, macs, facts), 0.5, ms);
  }

  private Contest contest() {
    return new Contest(Standing.of(candidates), entries);
  }

  private List<String> words(Row row) {
    return row.twins().stream()
        .map(
            t ->
                entries.get(t.candidate().number()).model().name()
                    + " "
                    + t.kind()
                    + (t.equalMacs() ? " macs" : "")
                    + (t.equalLatency() ? " latency" : ""))
        .toList();
  }

  @Test
  void besideItStandWhatCostsOrTakesAsMuchAndTheControls() {
    addParent();
    add("dynamic", "dynamic", 600, NONE, 12);
    add("constant", "dynamic", 640, CONSTANT, 11);
    add("filters", "filter", 560, NONE, 10);
    add("fast", "filter", 300, NONE, 6);
    add("slow", "filter", 700, NONE, 12);
    add("layers", "layer", 400, NONE, 8);
    add("deeper", "layer", 300, NONE, 6);
    add("dense", "dense", 1000, NONE, 20);
    add(Entries.of("stranger", 1, OptionalLong.of(600), Optional.empty()), 0.7, 12);
    List<Row> rows = StaticTwins.of(contest());
    assertEquals(1, rows.size());
    assertEquals(1, rows.get(0).dynamic().number());
    assertEquals(
        List.of(
            "constant CONSTANT macs",
            "filters FILTER macs",
            "slow FILTER latency",
            "layers LAYER",
            "dense DENSE"),
        words(rows.get(0)));
    Twin filters = rows.get(0).twins().get(1);
    assertEquals(0.56, filters.macsShare().orElseThrow(), 1e-12);
    assertEquals(10.0 / 12, filters.latencyShare().orElseThrow(), 1e-12);
    assertEquals(Verdict.UNTESTED, filters.verdict());
  }

  @Test
  void aTestDecidesWhetherOneIsMoreAccurate() {
    addParent();
    Entry dynamic = GatedEntries.variant("dynamic", "dynamic", 600, NONE);
    dynamic =
        dynamic.withDifferences(List.of(difference("a", 0.04, 0.001), difference("b", 0.02, 0.06)));
    add(dynamic, 0.55, 12);
    add("a", "filter", 600, NONE, 12);
    add("b", "filter", 600, NONE, 12);
    Entry c = GatedEntries.variant("c", "filter", 600, NONE);
    add(c.withDifferences(List.of(difference("dynamic", 0.03, 0.002))), 0.5, 12);
    assertEquals(
        List.of(Verdict.DYNAMIC_BETTER, Verdict.UNDECIDED, Verdict.TWIN_BETTER),
        StaticTwins.of(contest()).get(0).twins().stream().map(Twin::verdict).toList(),
        "by Holm, of three tests");
    assertEquals(new StaticTwins.Tally(3, 1, 1), StaticTwins.of(contest()).get(0).tally());
    assertEquals(
        -0.03, StaticTwins.of(contest()).get(0).twins().get(2).difference().orElseThrow().value());
  }

  /** With two tests, seven drives are needed: of six nothing follows, however small p is. */
  @Test
  void ofTooFewClustersThatIsSaid() {
    for (int drives : new int[] {6, 7}) {
      candidates.clear();
      entries.clear();
      addParent();
      Entry dynamic =
          GatedEntries.variant("dynamic", "dynamic", 600, NONE)
              .withDifferences(List.of(difference("a", 0.04, 0.02), difference("b", 0.02, 0.02)));
      add(onDrives(dynamic, drives), 0.55, 12);
      add("a", "filter", 600, NONE, 12);
      add("b", "filter", 600, NONE, 12);
      Verdict verdict = drives == 6 ? Verdict.TOO_FEW : Verdict.DYNAMIC_BETTER;
      Row row = StaticTwins.of(contest()).get(0);
      assertEquals(List.of(verdict, verdict), row.twins().stream().map(Twin::verdict).toList());
      assertEquals(2, row.tests());
      assertEquals(Optional.of(drives), row.twins().get(0).difference().orElseThrow().clusters());
    }
  }

  /** The same, judged on two frames of each of so many drives. */
  private static Entry onDrives(Entry e, int drives) {
    List<ImageScore> frames = new ArrayList<>();
    for (int i = 0; i < 2 * drives; i++) {
      frames.add(
          new ImageScore("f" + i, OptionalDouble.empty(), Map.of(Frame.SEQUENCE, "drive" + i / 2)));
    }
    return new Entry(
            e.folder(),
            e.model(),
            e.complete(),
            e.issues(),
            e.engine(),
            e.dataset(),
            e.input(),
            e.protocol(),
            e.accuracy(),
            e.cost(),
            e.speed(),
            frames,
            e.pictures(),
            e.pass(),
            e.method())
        .withDifferences(e.differences());
  }

  private static MiouDifference difference(String from, double miou, double p) {
    OptionalDouble none = OptionalDouble.empty();
    return new MiouDifference(from, miou, none, none, none, none, OptionalDouble.of(p));
  }

  @Test
  void withNothingBesideItThereIsNoRow() {
    addParent();
    add("dynamic", "dynamic", 600, NONE, 12);
    add("constant", "dynamic", 600, CONSTANT, 12);
    assertEquals(
        List.of("constant CONSTANT macs latency"), words(StaticTwins.of(contest()).get(0)));
    candidates.remove(2);
    entries.remove(2);
    assertEquals(List.of(), StaticTwins.of(contest()));
    assertEquals(Kind.CONSTANT, Kind.values()[0], "the fairest control stands first");
  }
}
