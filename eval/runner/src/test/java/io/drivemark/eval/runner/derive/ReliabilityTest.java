package io.drivemark.eval.runner.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.Yard;
import io.drivemark.eval.runner.record.Confidence;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.detail.SliceScore;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Intervals and slices of a run's record: from the counts alone, and checked when read. */
class ReliabilityTest {
  @TempDir Path folder;
  private Path yaml;
  private Path out;

  @BeforeEach
  void writeDataset() throws IOException {
    yaml = Yard.write(folder.resolve("data"));
    Files.writeString(
        yaml,
        Files.readString(yaml)
            + """
            sequence: '^(frame.)$'
            attributes:
              parity: {even: '[024]$', odd: '[135]$'}
            """);
    out = folder.resolve("out");
  }

  private StudyResult run() {
    Study study = Yard.study(yaml, List.of("biased"));
    return new Runner(study, out, Progress.NONE, Yard.sources()).run();
  }

  @Test
  void aRecordSaysHowSureItIsAndWhereItIsBad() {
    Entry entry = run().entries().get(0);
    Confidence confidence = entry.confidence().orElseThrow();
    assertEquals("6 clusters (few: intervals come out narrow): sequences", confidence.clusters());
    double miou = entry.accuracy().orElseThrow().miou().orElseThrow();
    assertTrue(confidence.miou().low().orElseThrow() <= miou);
    assertTrue(confidence.miou().high().orElseThrow() >= miou);
    assertEquals(3, confidence.iou().size());
    // The sequences are slices too, and come after the parities.
    assertEquals(
        List.of("even", "odd"),
        entry.slices().stream()
            .filter(s -> s.attribute().equals("parity"))
            .map(SliceScore::value)
            .toList());
    assertEquals(8, entry.slices().size());
    assertEquals(3, entry.slices().get(0).images());
    assertEquals(
        Map.of("parity", "odd", "sequence", "frame1"), entry.perImage().get(1).attributes());
    StudyResult again = run();
    assertEquals(entry, again.entries().get(0));
    assertEquals(entry, RunStore.read(out).entries().get(0));
  }

  @Test
  void intervalsAndSlicesThatTheCountsDoNotGiveAreRefused() throws IOException {
    Entry entry = run().entries().get(0);
    Path record = out.resolve(entry.folder()).resolve("record.json");
    String good = Files.readString(record);
    Files.writeString(record, good.replaceFirst("\"low\" : [0-9.E-]+", "\"low\" : 0.123"));
    assertRefused("its intervals are not what its counts give");
    Files.writeString(record, good.replaceFirst("\"images\" : 3,", "\"images\" : 2,"));
    assertRefused("its slices are not what its counts give");
    Files.writeString(record, good);
    assertEquals(entry, RunStore.read(out).entries().get(0));
  }

  private void assertRefused(String why) {
    BadInputException e = assertThrows(BadInputException.class, () -> RunStore.read(out));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }
}
