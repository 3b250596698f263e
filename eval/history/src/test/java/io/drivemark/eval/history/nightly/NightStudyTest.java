package io.drivemark.eval.history.nightly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.head.LabelsHead;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The study of a night whose variants were made once. */
class NightStudyTest {
  private static final String PRUNED = "deep-filter-l1-90";

  private static final Sources SOURCES =
      new Sources(
          Datasets::open,
          name -> name.equals("deep") ? deep() : Models.load(name),
          Engines::named,
          NanoClock.SYSTEM);

  @TempDir Path folder;

  /** A stem, a convolution, a classifier. */
  private static Model deep() {
    NetworkBuilder b = new NetworkBuilder("deep", 3);
    String x = b.input("image", 3);
    x = b.relu("stem.act", b.conv("stem", x, 8, 3).stride(2).padding(1).build());
    x = b.relu("mid.act", b.conv("mid", x, 8, 3).padding(1).build());
    return new Model(
        new ModelSpec(
            "deep",
            "foreign",
            Map.of(),
            ModelSpec.InputSpec.IMAGENET,
            "camvid-11",
            LabelsHead.Form.LOGITS,
            ModelSpec.Variant.DENSE,
            Map.of("epochs", "none")),
        b.build(b.conv("head", x, 11, 1).bias().build()));
  }

  @BeforeEach
  void aStudyThatMakesAVariant() throws IOException {
    Files.writeString(
        folder.resolve("study.yaml"),
        """
        schema: drivemark-study/1
        datasets: [{name: synthdrive, count: 3, size: 48x64}]
        engines: [{name: onnxruntime, threads: 1}]
        size: 32x48
        latency: off
        prune:
          train: {count: 4}
          calibration-frames: 2
          finetune: {epochs: 0}
          variants: [{parent: deep, technique: filter, keep: macs=0.9}]
        """);
  }

  private NightPlan night(String more) throws IOException {
    Path file = folder.resolve("night.yaml");
    Files.writeString(file, "schema: drivemark-night/1\nstudy: study.yaml\n" + more);
    return NightPlan.read(file);
  }

  private StudyResult make(Path out) {
    return new Runner(Study.read(folder.resolve("study.yaml")), out, Progress.NONE, SOURCES).run();
  }

  private static Map<Path, FileTime> files(Path below) throws IOException {
    Map<Path, FileTime> out = new TreeMap<>();
    try (Stream<Path> all = Files.walk(below)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        out.put(file, Files.getLastModifiedTime(file));
      }
    }
    return out;
  }

  @Test
  void variantsThatAreNotMadeAreNamedWithWhatToDo() throws IOException {
    NightPlan night = night("");
    assertEquals(
        folder.resolve("study.yaml")
            + ": 1 of its 1 variant (prune) is not made in "
            + folder.resolve("variants")
            + ": "
            + PRUNED
            + "; a night trains nothing. Make them once with 'drivemark run "
            + folder.resolve("study.yaml")
            + " --out "
            + folder
            + " --until variants', or name in "
            + folder.resolve("night.yaml")
            + " the --out of the run that made them, variants: DIR. A line of which no variant can"
            + " be made is to be taken out of the study",
        assertThrows(BadInputException.class, () -> NightStudy.open(night, SOURCES)).getMessage());
  }

  @Test
  void variantsThatAreMadeAreCellsLikeAnyOther() throws IOException {
    Path out = folder.resolve("made");
    StudyResult made = make(out);
    Map<Path, FileTime> before = files(out);
    NightStudy.Opened opened =
        NightStudy.open(night("variants: made\nbudget: {first: [" + PRUNED + "]}\n"), SOURCES);
    assertTrue(opened.study().prune().isEmpty());
    List<Cell> cells = opened.plan().cells();
    assertEquals(
        List.of(PRUNED, "deep"), cells.stream().map(cell -> cell.model().spec().name()).toList());
    // names of folders end in the digits of keys: what the run measured, every night does
    assertEquals(
        made.entries().stream().map(Entry::folder).sorted().toList(),
        cells.stream()
            .map(cell -> "cells/" + cell.folderName(Cell.key(cell.spec())))
            .sorted()
            .toList());
    // further processes read the study as text
    assertEquals(opened.study(), Study.parse("again", opened.study().toYaml()));
    assertEquals(before, files(out));
  }

  @Test
  void besideTheStudyTheyAreFoundByThemselves() throws IOException {
    make(folder);
    assertEquals(2, NightStudy.open(night(""), SOURCES).plan().cells().size());
  }

  @Test
  void anotherFileUnderAVariantsNameIsRefused() throws IOException {
    make(folder);
    Path file;
    try (Stream<Path> all = Files.list(folder.resolve("variants"))) {
      file = all.filter(f -> f.toString().endsWith(".onnx")).findFirst().orElseThrow();
    }
    Models.write(deep(), file);
    NightPlan night = night("");
    String message =
        assertThrows(BadInputException.class, () -> NightStudy.open(night, SOURCES)).getMessage();
    assertTrue(
        message.startsWith(
            file + ": not what its name says: it was made for the request null, wanted is "),
        message);
  }
}
