package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.store.RunStore;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of an earlier version, kept as they were written, open and are checked as before. */
class KeptResultsTest {
  @TempDir Path folder;

  @BeforeEach
  void copyTheFirst() throws IOException, URISyntaxException {
    copy("/kept-results-1", folder);
  }

  /** Copies a folder of results from the test resources. */
  static void copy(String resource, Path folder) throws IOException, URISyntaxException {
    Path kept = Path.of(KeptResultsTest.class.getResource(resource).toURI());
    try (Stream<Path> all = Files.walk(kept)) {
      for (Path path : all.sorted().toList()) {
        Path to = folder.resolve(kept.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(to);
        } else {
          Files.copy(path, to);
        }
      }
    }
  }

  @Test
  void theyAreReadAndSayWhatTheirControlWas() {
    StudyResult result = RunStore.read(folder);
    assertEquals(
        List.of("enet-untrained", "espnet-synthdrive"),
        result.entries().stream().map(e -> e.model().name()).toList());
    Entry entry = result.entries().get(1);
    assertEquals(0.1799427834690902, entry.accuracy().orElseThrow().miou().orElseThrow());
    Speed speed = entry.speed().orElseThrow();
    assertEquals(20, speed.endToEnd().count());
    assertEquals(Speed.ControlKind.SAME_SESSION, speed.control().orElseThrow().kind());
  }

  @Test
  void theirReportIsWrittenAnew() throws IOException {
    Invocation report = Invocation.of("report", folder.toString()).fine();
    assertTrue(report.out().contains("espnet-synthdrive reaches 18.0 % mIoU"), report.out());
    String page = Files.readString(folder.resolve("report.md"));
    assertTrue(
        page.contains(
            "enet-untrained on synthdrive/val with onnxruntime at 48x64 took part twice (A-A control,"
                + " one session timed twice, so without what differs between sessions)"),
        page);
  }

  @Test
  void aRunIntoTheirFolderMeasuresAnewAndSaysSo() throws IOException {
    Path study = folder.resolve("study.yaml");
    Files.writeString(
        study,
        """
        schema: drivemark-study/1
        datasets: [{name: synthdrive, count: 4, seed: 3, size: 48x64, limit: 2}]
        models: [espnet-synthdrive]
        engines: [{name: onnxruntime, threads: 1}]
        size: 48x64
        latency: off
        """);
    StudyResult before = RunStore.read(folder);
    Invocation.of("run", study.toString(), "--out", folder.toString()).fine();
    Entry entry = RunStore.read(folder).entries().get(0);
    assertEquals(before.entries().get(1).accuracy(), entry.accuracy());
    assertEquals(
        List.of(
            "measured anew: cells/espnet-synthdrive_synthdrive-val_onnxruntime_48x64-fa6b3f3a is of"
                + " an earlier version and does not say all that its numbers depend on (sequences,"
                + " attributes, rules of objects and distances); it is kept and not shown, and may be"
                + " removed"),
        entry.notes());
  }

  @Test
  void readingsOfTheFirstFormatThatHadThemAreDerivedAgainAndShown(@TempDir Path second)
      throws IOException, URISyntaxException {
    copy("/kept-results-2", second);
    Entry entry = RunStore.read(second).entries().get(0);
    assertEquals(
        List.of(
            "confusion",
            "safe",
            "vulnerable",
            "regions",
            "region-miou",
            "boundary-iou",
            "boundary-f",
            "images"),
        entry.readings().stream().map(GaugeReading::gauge).toList());
    assertEquals(0.1799427834690902, entry.accuracy().orElseThrow().miou().orElseThrow());
    Invocation.of("report", second.toString()).fine();
    assertTrue(Files.readString(second.resolve("report.html")).contains(">Boundary F<"));
  }

  @Test
  void recordsWithoutReadingsGetThoseOfTheirDiagnosis() {
    Entry entry = RunStore.read(folder).entries().get(1);
    assertEquals(
        List.of("safe", "vulnerable", "regions", "boundary-iou", "images"),
        entry.readings().stream().map(GaugeReading::gauge).toList());
    assertEquals(
        entry.diagnosis().orElseThrow().boundary().miou(),
        entry.readings().get(3).figures().get(0).value());
  }
}
