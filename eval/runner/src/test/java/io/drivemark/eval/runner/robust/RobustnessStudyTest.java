package io.drivemark.eval.runner.robust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.datasets.corruption.Corrupted;
import io.drivemark.datasets.corruption.Corruptions;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.metrics.Calibration;
import io.drivemark.eval.metrics.ConfusionAccumulator;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.CountingEngine;
import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.Yard;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.robust.RobustCalibration;
import io.drivemark.eval.runner.record.robust.RobustCalibration.OfState;
import io.drivemark.eval.runner.record.robust.RobustCalibration.Rise;
import io.drivemark.eval.runner.record.robust.Robustness;
import io.drivemark.eval.runner.record.robust.Robustness.Condition;
import io.drivemark.eval.runner.record.robust.Robustness.Level;
import io.drivemark.eval.runner.record.robust.Robustness.Shot;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.DatasetSpec;
import io.drivemark.eval.runner.study.EngineSpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.study.robust.RobustnessSpec;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RobustnessStudyTest {
  private static final RobustnessSpec TWO =
      new RobustnessSpec(List.of("impulse-noise", "contrast"), List.of(1, 5), 40, List.of());

  /** Two corruptions at two severities. */
  private static final int STATES = 4;

  @TempDir Path folder;
  private Path yaml;
  private Path out;

  @BeforeEach
  void writeDataset() {
    yaml = Yard.write(folder.resolve("data"));
    out = folder.resolve("out");
  }

  private Study study(RobustnessSpec spec, String... models) {
    return Yard.study(yaml, List.of(models)).withRobustness(Optional.of(spec));
  }

  private StudyResult run(Study study, Sources sources) {
    return new Runner(study, out, Progress.NONE, sources).run();
  }

  private static Robustness robustness(Entry entry) {
    assertEquals(List.of(), entry.issues());
    return entry.robustness().orElseThrow();
  }

  /** Every corrupted frame is judged by hand: the brightest channel is the class. */
  @Test
  void anIndependentCountAgreesExactly() {
    Entry entry = run(study(TWO, "plain"), Yard.sources()).entries().get(0);
    Robustness found = robustness(entry);
    Dataset clean = Datasets.open(yaml.toString(), yaml.getParent(), "val", OptionalInt.empty());
    assertEquals(entry.accuracy().orElseThrow().miou(), found.clean());
    double sum = 0;
    for (Level level : found.levels()) {
      double byHand =
          byHand(
              new Corrupted(
                  clean, Corruptions.installed().level(level.corruption(), level.severity())));
      assertEquals(byHand, level.miou().orElseThrow(), 1e-15, level.state());
      assertEquals(found.clean().orElseThrow() - byHand, level.loss().value().orElseThrow(), 1e-15);
      sum += byHand;
    }
    assertEquals(
        List.of("impulse-noise-1", "impulse-noise-5", "contrast-1", "contrast-5"), found.states());
    assertEquals(sum / 4, found.mean().value().orElseThrow(), 1e-15);
    assertEquals(sum / 4 / found.clean().orElseThrow(), found.share().value().orElseThrow(), 1e-15);
    assertTrue(found.levels().get(1).miou().orElseThrow() < found.clean().orElseThrow() - 0.05);
    assertEquals(Yard.FRAMES, found.frames());
  }

  private static double byHand(Dataset dataset) {
    List<ConfusionMatrix> counts = new ArrayList<>();
    for (int f = 0; f < dataset.ids().size(); f++) {
      Sample sample = dataset.frame(f).sample();
      byte[] pixels = sample.image().pixels();
      byte[] labels = new byte[pixels.length / 3];
      for (int i = 0; i < labels.length; i++) {
        int best = 0;
        for (int c = 1; c < 3; c++) {
          if ((pixels[3 * i + c] & 0xFF) > (pixels[3 * i + best] & 0xFF)) {
            best = c;
          }
        }
        labels[i] = (byte) best;
      }
      ConfusionAccumulator accumulator = new ConfusionAccumulator(dataset.labels());
      accumulator.add(
          sample.truth(),
          io.drivemark.datasets.LabelMap.of(
              dataset.labels(), sample.truth().height(), sample.truth().width(), labels));
      counts.add(accumulator.matrix());
    }
    return Protocols.named("cityscapes").evaluate(counts).miou().value().orElseThrow();
  }

  /** Errors are those of frames that were judged as a dataset of their own, clean and corrupted. */
  @Test
  void howSureNetworksAreIsJudgedInEachState() throws IOException {
    Study asked = study(TWO, "plain", "biased").withGauges(List.of("calibration"));
    StudyResult result = run(asked, Yard.sources());
    assertEquals(result, RunStore.read(out));
    Entry entry = result.entries().get(0);
    Robustness found = robustness(entry);
    RobustCalibration sure = found.calibration().orElseThrow();
    assertEquals(figure(entry), sure.clean());
    assertEquals(found.states(), sure.errors().stream().map(OfState::state).toList());
    Dataset clean = Datasets.open(yaml.toString(), yaml.getParent(), "val", OptionalInt.empty());
    double sum = 0;
    for (int l = 0; l < found.levels().size(); l++) {
      Level level = found.levels().get(l);
      Calibration byHand =
          sureness(
              new Corrupted(
                  clean, Corruptions.installed().level(level.corruption(), level.severity())));
      OfState state = sure.errors().get(l);
      assertEquals(byHand.expectedError().value().orElseThrow(), state.error().orElseThrow(), 1e-6);
      assertEquals(
          byHand.overconfidence().value().orElseThrow(),
          state.overconfidence().orElseThrow(),
          1e-6);
      sum += state.error().orElseThrow();
    }
    assertEquals(sum / 4, sure.mean().value().orElseThrow(), 1e-12);
    assertEquals(sum / 4 - sure.clean().orElseThrow(), sure.rise().value().orElseThrow(), 1e-12);
    assertEquals(
        List.of("impulse-noise", "contrast"), sure.rises().stream().map(Rise::name).toList());
    Robustness other = robustness(result.entries().get(1));
    RobustCalibration.Difference difference =
        other.differences().get(0).calibration().orElseThrow();
    assertEquals(
        other.calibration().orElseThrow().mean().value().orElseThrow() - sum / 4,
        difference.mean().value().orElseThrow(),
        1e-12);
    assertEquals(Optional.of(1), other.differences().get(0).clusters());
    Path counts = out.resolve(entry.folder()).resolve("evidence/corruptions-calibration.csv");
    Files.writeString(counts, Files.readString(counts).replaceFirst(",(\\d)", ",1$1"));
    assertEquals(
        out.resolve(entry.folder()).resolve("record.json")
            + ": this record cannot be trusted: evidence/corruptions-calibration.csv has been changed"
            + " since; remove the folder "
            + out.resolve(entry.folder())
            + " to measure it again",
        assertThrows(BadInputException.class, () -> RunStore.read(out)).getMessage());
  }

  private static OptionalDouble figure(Entry entry) {
    return entry.readings().stream()
        .filter(r -> r.gauge().equals("calibration"))
        .flatMap(r -> r.figures().stream())
        .filter(f -> f.id().equals("calibrationError"))
        .findFirst()
        .orElseThrow()
        .value();
  }

  /** The scores are the channels themselves, 0 to 255. */
  private static Calibration sureness(Dataset dataset) {
    Calibration out = new Calibration();
    for (int f = 0; f < dataset.ids().size(); f++) {
      Sample sample = dataset.frame(f).sample();
      byte[] pixels = sample.image().pixels();
      for (int i = 0; i < pixels.length / 3; i++) {
        int truth = sample.truth().pixels()[i] & 0xFF;
        if (truth != LabelSpace.VOID) {
          int best = 0;
          double all = 0;
          for (int c = 0; c < 3; c++) {
            best = value(pixels, i, c) > value(pixels, i, best) ? c : best;
          }
          for (int c = 0; c < 3; c++) {
            all += Math.exp(value(pixels, i, c) - value(pixels, i, best));
          }
          out.add(Math.round(65535 / all) / 65535.0, truth == best);
        }
      }
    }
    return out;
  }

  private static int value(byte[] pixels, int pixel, int channel) {
    return pixels[3 * pixel + channel] & 0xFF;
  }

  @Test
  void aStudyThatDoesNotAskHowSureIsAsItWas() throws IOException {
    Entry entry = run(study(TWO, "plain"), Yard.sources()).entries().get(0);
    assertEquals(Optional.empty(), robustness(entry).calibration());
    assertFalse(
        Files.exists(out.resolve(entry.folder()).resolve("evidence/corruptions-calibration.csv")));
    assertFalse(Files.readString(out.resolve("results.json")).contains("overconfidence"));
  }

  /** Six frames of no known sequence are one cluster, which older programs wrote otherwise. */
  @Test
  void recordsThatCallOneClusterOtherwiseAreRead() throws IOException {
    Entry entry = run(study(TWO, "plain"), Yard.sources()).entries().get(0);
    assertEquals("1 cluster: one sequence", robustness(entry).clusters());
    for (Path file :
        List.of(out.resolve(entry.folder()).resolve("record.json"), out.resolve("results.json"))) {
      String text = Files.readString(file);
      assertTrue(text.contains("1 cluster: one sequence"), file.toString());
      Files.writeString(
          file,
          text.replace(
              "1 cluster: one sequence", "1 clusters (few: intervals come out narrow): sequences"));
    }
    assertEquals(
        "1 clusters (few: intervals come out narrow): sequences",
        robustness(RunStore.read(out).entries().get(0)).clusters());
  }

  @Test
  void whatWasFoundIsKeptAndReadBack() {
    StudyResult result = run(study(TWO, "plain", "biased"), Yard.sources());
    assertEquals(result, RunStore.read(out));
    Robustness best = robustness(result.entries().get(0));
    Robustness other = robustness(result.entries().get(1));
    assertEquals(List.of(), best.differences());
    Robustness.Difference difference = other.differences().get(0);
    assertEquals("plain", difference.from());
    assertEquals(
        other.mean().value().orElseThrow() - best.mean().value().orElseThrow(),
        difference.mean().value().orElseThrow(),
        1e-15);
    for (Shot shot : best.shots()) {
      Path cell = out.resolve(result.entries().get(0).folder());
      assertTrue(Files.isRegularFile(cell.resolve(shot.image())), shot.image());
      assertTrue(Files.isRegularFile(cell.resolve(shot.prediction())), shot.prediction());
    }
    assertEquals(
        List.of("impulse-noise-5", "contrast-5"), best.shots().stream().map(Shot::state).toList());
  }

  @Test
  void anotherRunInfersNothingAndOtherSeveritiesInferThemselvesAlone() {
    CountingEngine engine = new CountingEngine();
    StudyResult first = run(study(TWO, "plain"), Yard.sources(name -> engine));
    assertEquals(Yard.RUNS + Yard.FRAMES * STATES, engine.inferences());
    StudyResult again = run(study(TWO, "plain"), Yard.sources(name -> engine));
    assertEquals(Yard.RUNS + Yard.FRAMES * STATES, engine.inferences());
    assertEquals(first.entries(), again.entries());
    RobustnessSpec one = new RobustnessSpec(List.of("contrast"), List.of(2), 2, List.of());
    Robustness changed =
        robustness(run(study(one, "plain"), Yard.sources(name -> engine)).entries().get(0));
    assertEquals(Yard.RUNS + Yard.FRAMES * STATES + 2, engine.inferences());
    assertEquals(2, changed.frames());
  }

  @Test
  void aStudyThatDoesNotAskHasNoneAndKeepsItsBytes() throws IOException {
    Study plain = Yard.study(yaml, List.of("plain"));
    Entry before = run(plain, Yard.sources()).entries().get(0);
    String text = Files.readString(out.resolve("results.json"));
    assertFalse(text.contains("robustness"), "a study without the key has the field");
    run(study(TWO, "plain"), Yard.sources());
    StudyResult after = run(plain, Yard.sources());
    assertEquals(before, after.entries().get(0));
    assertEquals(after, RunStore.read(out));
  }

  /** Killed in the middle of the corrupted frames, the next run does not judge clean ones again. */
  @Test
  void aKilledRunGoesOn() {
    CountingEngine dying = new CountingEngine(Yard.RUNS + 7);
    assertThrows(
        CountingEngine.Killed.class, () -> run(study(TWO, "plain"), Yard.sources(name -> dying)));
    CountingEngine engine = new CountingEngine();
    StudyResult resumed = run(study(TWO, "plain"), Yard.sources(name -> engine));
    assertEquals(Yard.FRAMES * STATES, engine.inferences());
    Path fresh = folder.resolve("fresh");
    StudyResult whole = new Runner(study(TWO, "plain"), fresh, Progress.NONE, Yard.sources()).run();
    assertEquals(robustness(whole.entries().get(0)), robustness(resumed.entries().get(0)));
  }

  @Test
  void oneAndFourThreadsGiveTheSameBytes() throws IOException {
    Study two =
        study(TWO, "plain")
            .withEngines(
                List.of(
                    new EngineSpec("onnxruntime", OptionalInt.of(1)),
                    new EngineSpec("onnxruntime", OptionalInt.of(4))));
    List<Entry> entries = run(two, Yard.sources()).entries();
    assertArrayEquals(
        Files.readAllBytes(
            out.resolve(entries.get(0).folder()).resolve("evidence/corruptions.csv")),
        Files.readAllBytes(
            out.resolve(entries.get(1).folder()).resolve("evidence/corruptions.csv")));
  }

  @Test
  void changedCountsAreRefused() throws IOException {
    Entry entry = run(study(TWO, "plain"), Yard.sources()).entries().get(0);
    Path cell = out.resolve(entry.folder());
    Path counts = cell.resolve("evidence/corruptions.csv");
    String text = Files.readString(counts);
    Files.writeString(counts, text + text.lines().skip(1).findFirst().orElseThrow() + "\n");
    BadInputException e =
        assertThrows(BadInputException.class, () -> run(study(TWO, "plain"), Yard.sources()));
    assertEquals(
        cell.resolve("record.json")
            + ": this record cannot be trusted: evidence/corruptions.csv has been changed since;"
            + " remove the folder "
            + cell
            + " to measure it again",
        e.getMessage());
  }

  @Test
  void changedFiguresAreRefused() throws IOException {
    Entry entry = run(study(TWO, "plain"), Yard.sources()).entries().get(0);
    Path record = out.resolve(entry.folder()).resolve("record.json");
    String share = Double.toString(robustness(entry).share().value().orElseThrow());
    String text = Files.readString(record);
    assertTrue(text.contains(share));
    Files.writeString(record, text.replace(share, "0.99"));
    BadInputException e =
        assertThrows(BadInputException.class, () -> run(study(TWO, "plain"), Yard.sources()));
    assertTrue(
        e.getMessage().contains("its robustness is not what its counts give"), e.getMessage());
  }

  @Test
  void aShareThatIsTooLowIsAFinding() {
    Study strict = Study.parse("strict", study(TWO, "plain").toYaml() + "\n");
    assertEquals(TWO, strict.robustness().orElseThrow());
    String required =
        study(TWO, "plain").toYaml().replace("require: {}", "require: {robustShare: '>=0.999'}");
    StudyResult result = run(Study.parse("strict", required), Yard.sources());
    assertEquals(1, result.exitCode());
    assertTrue(
        result.findings().get(0).contains(": robustShare is 0."), result.findings().toString());
  }

  /** A network for eleven classes that has learned nothing: only that counts add up matters. */
  private static Model camvid() {
    NetworkBuilder b = new NetworkBuilder("camvid", 1);
    Network network = b.build(b.conv("scores", b.input("image", 3), 11, 1).bias().build());
    return new Model(
        new ModelSpec(
            "camvid",
            "tiny",
            Map.of(),
            new ModelSpec.InputSpec(
                Optional.empty(), "rgb", List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)),
            LabelSpaces.named("camvid-11"),
            LabelsHead.Form.LOGITS,
            ModelSpec.Variant.DENSE,
            Map.of("epochs", "0")),
        network);
  }

  private static Study drawn(RobustnessSpec spec) {
    return Study.of(
            new DatasetSpec(
                "synthdrive",
                Optional.empty(),
                "val",
                OptionalInt.empty(),
                Map.of("count", "12", "size", "24x32", "sequence", "2")),
            List.of("camvid"),
            new EngineSpec("onnxruntime", OptionalInt.of(1)))
        .withLatency(Optional.empty())
        .withRobustness(Optional.of(spec));
  }

  private static Sources drawnSources() {
    Function<String, Engine> engines = Engines::named;
    return new Sources(Datasets::open, name -> camvid(), engines, NanoClock.SYSTEM);
  }

  @Test
  void conditionsAreHeldAgainstTheClearDayOfTheSameScenes() {
    RobustnessSpec spec =
        new RobustnessSpec(
            List.of("fog"),
            List.of(3),
            6,
            List.of(Map.of("weather", "fog"), Map.of("light", "night"), Map.of("light", "day")));
    Robustness found = robustness(run(drawn(spec), drawnSources()).entries().get(0));
    assertEquals(6, found.frames());
    assertEquals("light=day weather=clear", found.plain().orElseThrow().state());
    assertEquals(
        List.of("weather=fog", "light=night"),
        found.conditions().stream().map(Condition::name).toList(),
        "the plain condition is not held against itself");
    assertEquals(
        List.of(
            "fog-3",
            "light=day weather=clear",
            "light=day weather=fog",
            "light=night weather=clear"),
        found.states());
    Condition night = found.conditions().get(1);
    assertEquals(
        found.plain().get().miou().orElseThrow() - night.miou().orElseThrow(),
        night.loss().value().orElseThrow(),
        1e-15);
    OptionalDouble low = night.loss().low();
    assertTrue(low.isPresent() && low.getAsDouble() <= night.loss().value().getAsDouble());
    assertTrue(night.loss().high().getAsDouble() >= night.loss().value().getAsDouble());
    assertTrue(found.share().low().isPresent(), "six drives are six clusters");
    assertEquals(
        List.of(
            "fog-3",
            "light=day weather=clear",
            "light=day weather=fog",
            "light=night weather=clear"),
        found.shots().stream().map(Shot::state).toList());
  }

  @Test
  void conditionsOfPhotographsAreRefusedBeforeAnythingIsMeasured() {
    RobustnessSpec spec =
        new RobustnessSpec(List.of(), List.of(1), 6, List.of(Map.of("weather", "fog")));
    BadInputException e =
        assertThrows(BadInputException.class, () -> run(study(spec, "plain"), Yard.sources()));
    assertEquals(
        "robustness: conditions are asked for, but yard has one photograph of each scene; take"
            + " 'conditions' out of the study, or add synthdrive to its datasets",
        e.getMessage());
    RobustnessSpec typo =
        new RobustnessSpec(List.of(), List.of(1), 6, List.of(Map.of("weather", "snow")));
    assertEquals(
        "synthdrive: no weather 'snow'; known: clear, rain, fog",
        assertThrows(BadInputException.class, () -> run(drawn(typo), drawnSources())).getMessage());
  }
}
