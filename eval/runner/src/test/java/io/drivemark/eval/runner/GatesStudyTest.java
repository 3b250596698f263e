package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.GatesHead;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Wiring;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.evidence.Evidence;
import io.drivemark.eval.runner.evidence.TimedRuns;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.GaugeReading;
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
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that says which of its units a frame switched on, in a study. */
class GatesStudyTest {
  private static final List<GatesHead.Site> SITES =
      List.of(new GatesHead.Site("enc", 2), new GatesHead.Site("dec", 1));

  @TempDir Path folder;
  private Path yaml;

  @BeforeEach
  void writeDataset() {
    yaml = Yard.write(folder.resolve("data"));
  }

  /**
   * The yard's plain network. Of its three units the first is live on frames of more than so much
   * green, the second never, the third always.
   */
  private static Model model(float green) {
    NetworkBuilder b = new NetworkBuilder("gated", 1);
    String x = b.input("image", 3);
    Tensor identity = Tensor.of(Shape.of(3, 3, 1, 1), new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
    String scores = b.conv("scores", x, 3, 1).initial(identity).build();
    String pooled = b.add("pooled", new GlobalPool(GlobalPool.Kind.AVERAGE), x);
    Tensor first = Tensor.of(Shape.of(3, 3, 1, 1), new float[] {0, 1, 0, 0, 0, 0, 0, 0, 0});
    String logits = b.conv("logits", pooled, 3, 1).initial(first).bias().build();
    String bits = b.add("bits", Activation.of(Activation.Kind.STEP), logits);
    ModelSpec plain = Yard.model("plain", 0).spec();
    Network network =
        b.build(bits, scores)
            .withTensors(
                Map.of("logits.bias", Tensor.of(Shape.of(3), new float[] {-green, -1, 1})));
    LabelsHead labels = new LabelsHead(Yard.SPACE, LabelsHead.Form.LOGITS);
    return new Model(
        new ModelSpec(
            "gated",
            "tiny",
            Map.of(),
            plain.input(),
            List.of(
                new Head("gates", Optional.of("bits"), new GatesHead(SITES)),
                new Head("y", Optional.of("scores"), labels)),
            plain.variant(),
            plain.provenance(),
            Wiring.PLAIN),
        network);
  }

  private StudyResult run(float green) {
    Sources sources =
        new Sources(Datasets::open, name -> model(green), Engines::named, NanoClock.SYSTEM);
    return new Runner(
            Yard.study(yaml, List.of("gated")).withLatency(Optional.of(new LatencySpec(20))),
            folder.resolve("out"),
            Progress.NONE,
            sources)
        .run();
  }

  private Entry entry() {
    return run(90).entries().get(0);
  }

  private static GaugeReading.Figure figure(Entry entry, String id) {
    return entry.readings().stream()
        .flatMap(r -> r.figures().stream())
        .filter(f -> f.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theGatesOfEveryFrameAreKept() throws IOException {
    Entry entry = entry();
    assertEquals(List.of(), entry.issues());
    assertEquals(
        """
        sample,site,gates,units,live
        frame0,enc,8,2,1
        frame0,dec,8,1,1
        frame1,enc,8,2,1
        frame1,dec,8,1,1
        frame2,enc,0,2,0
        frame2,dec,8,1,1
        frame3,enc,8,2,1
        frame3,dec,8,1,1
        frame4,enc,8,2,1
        frame4,dec,8,1,1
        frame5,enc,0,2,0
        frame5,dec,8,1,1
        """,
        Files.readString(
            folder.resolve("out").resolve(entry.folder()).resolve("evidence/gates.csv")));
    assertEquals(10.0 / 18, figure(entry, "liveShare").value().orElseThrow());
    assertEquals(1.0 / 3, figure(entry, "gatesVarying").value().orElseThrow());
    assertEquals(1.0 / 3, figure(entry, "gatesAlways").value().orElseThrow());
    // 7 pairs are equal, 8 share one of two units
    assertEquals((7 + 8 * 0.5) / 15, figure(entry, "gatesAlike").value().orElseThrow(), 1e-15);
    assertEquals(
        List.of(new Cost.Site("enc", 2, 4.0 / 6, 0, 1), new Cost.Site("dec", 1, 1, 1, 0)),
        entry.cost().orElseThrow().gated().orElseThrow().sites());
  }

  @Test
  void figuresOfGatesHaveSlices() throws IOException {
    Files.writeString(
        yaml, Files.readString(yaml) + "attributes: {third: {yes: '[25]$', no: '[0134]$'}}\n");
    assertEquals(
        List.of("no 0.6666666666666666 of 4", "yes 0.3333333333333333 of 2"),
        figure(entry(), "liveShare").slices().stream()
            .map(s -> s.value() + " " + s.figure().orElseThrow() + " of " + s.images())
            .toList());
  }

  @Test
  void everyTimedRunSaysItsFrame() {
    Entry entry = entry();
    TimedRuns runs =
        TimedRuns.read(folder.resolve("out").resolve(entry.folder()).resolve(Evidence.LATENCY));
    assertEquals(20, runs.frames().size());
    assertEquals(
        Set.of("frame0", "frame1", "frame2", "frame3", "frame4", "frame5"),
        new TreeSet<>(runs.frames()));
  }

  @Test
  void theRecordIsReadAgainAndReused() {
    StudyResult result = run(90);
    assertEquals(result, RunStore.read(folder.resolve("out")));
    assertEquals(result.entries(), run(90).entries());
  }

  /** Other gates are another network: another cell. */
  @Test
  void constantGatesVaryNowhere() {
    Entry entry = run(300).entries().get(0);
    assertEquals(0, figure(entry, "gatesVarying").value().orElseThrow());
    assertEquals(1, figure(entry, "gatesAlike").value().orElseThrow());
  }

  @Test
  void changedEvidenceAndWrongFiguresAreFound() throws IOException {
    Path cell = folder.resolve("out").resolve(entry().folder());
    Path gates = cell.resolve("evidence/gates.csv");
    Path record = cell.resolve("record.json");
    String before = Files.readString(gates);
    String digest = Digests.of(gates);
    Files.writeString(gates, before.replace("frame2,enc,0,2,0", "frame2,enc,8,2,1"));
    assertEquals(refused(cell, "evidence/gates.csv has been changed since"), refusal(cell));
    String text = Files.readString(record);
    Files.writeString(record, text.replace(digest, Digests.of(gates)));
    assertEquals(
        refused(cell, "its figures of gauge gates are not what its counts give"), refusal(cell));
    Files.writeString(gates, before.replace("frame2,enc,0,2,0", "frame2,enc,8,2,0"));
    Files.writeString(record, text.replace(digest, Digests.of(gates)));
    assertEquals(
        refused(
            cell,
            "nothing can be derived from its evidence (site enc: 0 live units, its gates 8 have 1)"),
        refusal(cell));
    Files.writeString(gates, before);
    String planted = text.replace("\"live\" : 0.6666666666666666", "\"live\" : 0.6");
    assertTrue(!planted.equals(text), text);
    Files.writeString(record, planted);
    assertEquals(
        refused(cell, "its gates and what they cost are not what its frames give"), refusal(cell));
    Files.writeString(record, text);
    CellStore.read(cell);
  }

  private static String refused(Path cell, String why) {
    return cell.resolve("record.json")
        + ": this record cannot be trusted: "
        + why
        + "; remove the folder "
        + cell
        + " to measure it again";
  }

  private static String refusal(Path cell) {
    return assertThrows(BadInputException.class, () -> CellStore.read(cell)).getMessage();
  }
}
