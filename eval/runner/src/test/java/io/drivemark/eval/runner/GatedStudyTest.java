package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.head.GatesHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.metrics.gates.GatedMacs;
import io.drivemark.eval.metrics.gates.SiteGates;
import io.drivemark.eval.runner.derive.GatedCosts;
import io.drivemark.eval.runner.evidence.Evidence;
import io.drivemark.eval.runner.evidence.TimedRuns;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.Picture;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.store.CellStore;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.LatencySpec;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gated network and its parent, from frames to records and back. */
class GatedStudyTest {
  private static final long PIXELS = Yard.HEIGHT * Yard.WIDTH;
  private static final long HEADS = 3 * 8;
  private static final long DENSE = PIXELS * (3 * 8 + 8 * 3);
  private static final long FEW = PIXELS * (3 * 3 + 3 * 3);

  @TempDir Path folder;
  private Path yaml;
  private Path out;

  @BeforeEach
  void writeDataset() {
    yaml = Yard.write(folder.resolve("data"));
    out = folder.resolve("out");
  }

  private StudyResult run(Map<String, Model> models, String... names) {
    Sources sources = new Sources(Datasets::open, models::get, Engines::named, NanoClock.SYSTEM);
    return new Runner(
            Yard.study(yaml, List.of(names)).withLatency(Optional.of(new LatencySpec(60))),
            out,
            Progress.NONE,
            sources)
        .run();
  }

  private StudyResult run() {
    return run(
        Map.of(GatedYard.PARENT, GatedYard.parent(), "dynamic", GatedYard.model("dynamic")),
        GatedYard.PARENT,
        "dynamic");
  }

  private Path cell(Entry entry) {
    return out.resolve(entry.folder());
  }

  private static OptionalDouble figure(Entry entry, String id) {
    return entry.readings().stream()
        .flatMap(r -> r.figures().stream())
        .filter(f -> f.id().equals(id))
        .map(GaugeReading.Figure::value)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatFramesCostFollowsFromTheirGates() throws IOException {
    List<Entry> entries = run().entries();
    Entry parent = entries.get(0);
    Entry dynamic = entries.get(1);
    assertEquals(List.of(), dynamic.issues());
    assertEquals(parent.accuracy(), dynamic.accuracy(), "its gates switch nothing that is used");
    assertEquals(DENSE, parent.cost().orElseThrow().macs().orElseThrow());
    assertEquals(Optional.empty(), parent.cost().orElseThrow().gated());
    Cost cost = dynamic.cost().orElseThrow();
    Cost.Gated gated = cost.gated().orElseThrow();
    assertEquals(
        List.of(new Cost.Site(GatedYard.SITE, 8, (4 * 8 + 2 * 3) / 6.0, 3, 0)), gated.sites());
    Cost.Work work = gated.work().orElseThrow();
    assertEquals(DENSE, work.dense());
    assertEquals(HEADS, work.heads());
    assertEquals(
        List.of(DENSE, DENSE, FEW, DENSE, DENSE, FEW),
        work.frames().stream().map(Cost.FrameWork::paper).toList());
    assertEquals(FEW + HEADS, work.strict().min());
    assertEquals(DENSE + HEADS, work.strict().max());
    double mean = (4.0 * DENSE + 2.0 * FEW) / 6;
    assertEquals(mean + HEADS, work.strict().mean(), 1e-9);
    assertEquals((DENSE - FEW) * Math.sqrt(4.0 / 15), work.strict().std(), 1e-6);
    assertEquals(Math.round(mean + HEADS), cost.macsPerFrame().orElseThrow());
    assertEquals((mean + HEADS) / DENSE, figure(dynamic, "macsShare").orElseThrow(), 1e-12);
    assertEquals("frame2", gated.least().map(Picture::id).orElseThrow());
    assertEquals("frame0", gated.most().map(Picture::id).orElseThrow());
    assertTrue(Files.exists(cell(dynamic).resolve(gated.least().orElseThrow().image())));
  }

  @Test
  void timesOfFramesStandBesideTheirCostAndTheWorstCase() {
    StudyResult result = run();
    Entry dynamic = result.entries().get(1);
    Speed speed = dynamic.speed().orElseThrow();
    Speed.ByFrame byFrame = speed.byFrame().orElseThrow();
    assertEquals(Optional.empty(), result.entries().get(0).speed().orElseThrow().byFrame());
    assertTrue(Set.of("masked", "gathered", "blocked").contains(byFrame.form()), byFrame.form());
    assertEquals(
        Set.of("frame0", "frame1", "frame2", "frame3", "frame4", "frame5"),
        new TreeSet<>(byFrame.frames().stream().map(Speed.FrameTime::id).toList()));
    assertEquals(60, byFrame.frames().stream().mapToInt(Speed.FrameTime::runs).sum());
    for (Speed.FrameTime time : byFrame.frames()) {
      boolean few = Set.of("frame2", "frame5").contains(time.id());
      assertEquals((few ? FEW : DENSE) + HEADS, time.macs(), time.id());
      assertTrue(time.ms() > 0);
    }
    assertTrue(byFrame.noiseMs().orElseThrow() > 0);
    double r = byFrame.correlation().orElseThrow();
    assertTrue(byFrame.correlationLow().orElseThrow() < r);
    assertTrue(byFrame.correlationHigh().orElseThrow() > r);
    assertEquals(60, byFrame.allLive().count());
    assertEquals(
        60, TimedRuns.read(cell(dynamic).resolve(Evidence.LATENCY_ALL_LIVE)).engine().size());
    boolean masked = byFrame.form().equals("masked");
    assertEquals(masked, byFrame.maskedModel().isEmpty());
    assertEquals(masked ? 3 : 4, speed.rotation().orElseThrow().sessions());
  }

  @Test
  void theRecordIsReadAgainAndReused() {
    StudyResult result = run();
    assertEquals(result, RunStore.read(out));
    assertEquals(result.entries(), run().entries());
  }

  private String refusal(Path cell) {
    String all = assertThrows(BadInputException.class, () -> CellStore.read(cell)).getMessage();
    String begin = cell.resolve("record.json") + ": this record cannot be trusted: ";
    assertTrue(all.startsWith(begin), all);
    return all.substring(begin.length(), all.indexOf("; remove the folder"));
  }

  private static void plant(Path record, String text, String pattern, String by)
      throws IOException {
    String other = Pattern.compile(pattern).matcher(text).replaceFirst(by);
    assertNotEquals(text, other, pattern);
    Files.writeString(record, other);
  }

  @Test
  void everyWrongFigureIsFound() throws IOException {
    Path cell = cell(run().entries().get(1));
    Path record = cell.resolve("record.json");
    String text = Files.readString(record);
    String costs = "its gates and what they cost are not what its frames give";
    String times = "its times of frames are not what its timed runs and their costs give";
    Map<String, String> planted =
        Map.of(
            "(\"strict\" : \\{\\s+\"mean\" : )[0-9.]+", costs,
            "(\"paper\" : \\{\\s+\"mean\" : )[0-9.]+", costs,
            "(\"heads\" : )24", costs,
            "(\"dense\" : )11520", costs,
            "(\"always\" : )3", costs,
            "(\"correlation\" : )-?[0-9.Ee-]+", times,
            "(\"noiseMs\" : )[0-9.Ee-]+", times,
            "(\"allLive\" : \\{\\s+\"count\" : )60", times,
            "(\"runs\" : )10", times);
    for (Map.Entry<String, String> e : planted.entrySet()) {
      plant(record, text, e.getKey(), "$17");
      assertEquals(e.getValue(), refusal(cell), e.getKey());
    }
    plant(record, text, "\"worst\" : \"frame.\"", "\"worst\" : \"frame9\"");
    assertEquals(
        record + ": entry.latency.byFrame: the slowest frame frame9 was not timed",
        assertThrows(BadInputException.class, () -> CellStore.read(cell)).getMessage());
    plant(record, text, "(\"least\" : \\{\\s+\"id\" : )\"frame2\"", "$1\"frame5\"");
    assertEquals("its pictures of the least and the most cost are of other frames", refusal(cell));
    plant(record, text, "(?s)\"byFrame\" : \\{.*?\"allLiveModel\" : \\{.*?\\}\\s+\\}", "\"x\" : 1");
    assertEquals(
        "its frames cost differently, its latency does not say what each of them took",
        refusal(cell));
    Files.writeString(record, text);
    CellStore.read(cell);
  }

  @Test
  void changedEvidenceIsFound() throws IOException {
    Path cell = cell(run().entries().get(1));
    Path record = cell.resolve("record.json");
    String text = Files.readString(record);
    Path all = cell.resolve(Evidence.LATENCY_ALL_LIVE);
    String before = Files.readString(all);
    String digest = Digests.of(all);
    Files.writeString(all, before.replaceFirst("(?m)^(\\d+),(\\d+),(\\d+),", "$1,$2,9$3,"));
    assertEquals("latency-all-live.csv has been changed since", refusal(cell));
    Files.writeString(record, text.replace(digest, Digests.of(all)));
    assertEquals(
        "its times of frames are not what its timed runs and their costs give", refusal(cell));
    Files.writeString(all, before);
    Files.delete(cell.resolve("evidence/gated-cost.csv"));
    Files.writeString(record, text);
    assertEquals("evidence/gated-cost.csv is missing", refusal(cell));
  }

  /** Frames of one network that have the same gates cost the same. */
  @Test
  void costsThatContradictTheGatesAreFound() throws IOException {
    Path cell = cell(run().entries().get(1));
    Path file = cell.resolve("evidence/gated-cost.csv");
    String digest = Digests.of(file);
    Files.writeString(
        file,
        Files.readString(file)
            .replace("frame1," + (DENSE + HEADS), "frame1," + (DENSE + HEADS - 1)));
    Path record = cell.resolve("record.json");
    Files.writeString(record, Files.readString(record).replace(digest, Digests.of(file)));
    assertEquals(
        "nothing can be derived from its evidence (frames frame0 and frame1 have the same gates and"
            + " cost 11544 and 11543 MACs)",
        refusalOfCosts(cell));
  }

  @Test
  void aFrameOfAllUnitsCostsTheDenseNetworkAndTheHeads() {
    GatedMacs wrong = new GatedMacs(DENSE, DENSE, DENSE, HEADS);
    assertEquals(
        "frame a costs 11520 MACs, with all units live it is 11544",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    GatedCosts.of(
                        List.of("a"),
                        List.of(List.of(SiteGates.ofHex("body", 8, "ff"))),
                        List.of(wrong)))
            .getMessage());
  }

  private String refusalOfCosts(Path cell) throws IOException {
    Path record = cell.resolve("record.json");
    String text = Files.readString(record);
    double share = (4.0 * (DENSE + HEADS) - 1 + 2.0 * (FEW + HEADS)) / 6 / DENSE;
    plant(record, text, "(?s)(\"id\" : \"macsShare\",.*?\"value\" : )[0-9.]+", "$1" + share);
    return refusal(cell);
  }

  @Test
  void aHeadOfOtherSitesIsRefused() {
    GatesHead other = new GatesHead(List.of(new GatesHead.Site("other", 8)));
    Model wrong = GatedYard.model("dynamic", GatedYard.gated("dynamic"), other);
    Entry entry = run(Map.of("dynamic", wrong), "dynamic").entries().get(0);
    assertEquals(
        List.of(
            "model dynamic: its head has the sites [{name=other, units=8}], its network"
                + " [{name=body, units=8}]; give the head those of the network"),
        entry.issues());
  }
}
