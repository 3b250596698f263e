package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Depth;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.eval.runner.evidence.FramePrints;
import io.drivemark.eval.runner.evidence.FramePrints.Print;
import io.drivemark.eval.runner.inference.StoredDepth;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Prints;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.store.CellStore;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cell keeps so that two of them can be told to be the same, bit for bit. */
class PrintsTest {
  @TempDir private Path folder;
  private Path yaml;
  private Path out;

  @BeforeEach
  void writeDataset() {
    yaml = Yard.write(folder.resolve("data"));
    out = folder.resolve("out");
  }

  private StudyResult run(Path to, Sources sources, String... models) {
    return new Runner(Yard.study(yaml, List.of(models)), to, Progress.NONE, sources).run();
  }

  /** The brightest channel wins, the first of equals; two equal ones are fragile. */
  private Map<String, Print> byHand() {
    Dataset dataset = Datasets.open(yaml.toString(), yaml.getParent(), "val", OptionalInt.empty());
    Map<String, Print> prints = new LinkedHashMap<>();
    for (int f = 0; f < Yard.FRAMES; f++) {
      Sample sample = dataset.frame(f).sample();
      byte[] pixels = sample.image().pixels();
      byte[] labels = new byte[pixels.length / 3];
      long fragile = 0;
      for (int i = 0; i < labels.length; i++) {
        int[] sums = new int[3];
        for (int c = 0; c < 3; c++) {
          sums[c] = pixels[3 * i + c] & 0xFF;
          if (sums[c] > sums[labels[i]]) {
            labels[i] = (byte) c;
          }
        }
        int winner = labels[i];
        fragile +=
            sums[(winner + 1) % 3] == sums[winner] || sums[(winner + 2) % 3] == sums[winner]
                ? 1
                : 0;
      }
      String print = Digests.hex(Digests.sha256().digest(labels)).substring(0, 16);
      prints.put(sample.id(), new Print(print, OptionalLong.of(fragile)));
    }
    return prints;
  }

  @Test
  void printsAreThoseOfAnIndependentCount() throws IOException {
    StudyResult result = run(out, Yard.sources(), "plain");
    Entry entry = result.entries().get(0);
    Path cell = out.resolve(entry.folder());
    assertEquals(byHand(), FramePrints.read(cell));
    assertEquals(
        "sample,print,fragile", Files.readAllLines(cell.resolve("evidence/prints.csv")).get(0));
    Prints prints = entry.prints().orElseThrow();
    assertEquals(FramePrints.summary(prints.canary(), byHand()), prints);
    assertTrue(prints.canary().matches("[0-9a-f]{16}"), prints.canary());
    assertEquals(result, RunStore.read(out));
  }

  @Test
  void anotherRunGivesTheSamePrintsAnotherNetworkOthers() {
    List<Entry> first = run(out, Yard.sources(), "plain", "green").entries();
    List<Entry> second = run(folder.resolve("other"), Yard.sources(), "plain").entries();
    assertEquals(first.get(0).prints(), second.get(0).prints());
    Prints plain = first.get(0).prints().orElseThrow();
    Prints green = first.get(1).prints().orElseThrow();
    assertNotEquals(plain.canary(), green.canary());
    assertNotEquals(plain.frames(), green.frames());
  }

  @Test
  void reusedCellsKeepTheirs() throws IOException {
    Entry first = run(out, Yard.sources(), "plain").entries().get(0);
    Path file = out.resolve(first.folder()).resolve(FramePrints.FILE);
    byte[] bytes = Files.readAllBytes(file);
    Yard.Watched engine = new Yard.Watched(i -> {});
    assertEquals(
        first.prints(), run(out, Yard.sources(name -> engine), "plain").entries().get(0).prints());
    assertEquals(0, engine.inferences.get());
    assertArrayEquals(bytes, Files.readAllBytes(file));
  }

  @Test
  void cellsOfOlderProgramsHaveNoneAndAreRead() {
    KeptCell.copy(out);
    assertEquals(Optional.empty(), CellStore.read(KeptCell.cell(out)).entry().prints());
    assertEquals(Optional.empty(), RunStore.read(out).entries().get(0).prints());
  }

  @Test
  void distancesArePrintedAsTheirFileHoldsThem() {
    Depth depth = Depth.of(1, 3, new float[] {1, 300, 0.0001f});
    byte[] raster = {1, 0, (byte) 0xFF, (byte) 0xFF, 0, 1};
    assertArrayEquals(raster, StoredDepth.raster(depth));
    assertArrayEquals(raster, StoredDepth.raster(StoredDepth.rounded(depth)));
    assertEquals(
        new Print(
            Digests.hex(Digests.sha256().digest(raster)).substring(0, 16), OptionalLong.empty()),
        FramePrints.of(depth));
  }

  private Path cell() {
    return out.resolve(run(out, Yard.sources(), "plain").entries().get(0).folder());
  }

  private static String refusal(Path cell, String why) {
    return cell.resolve("record.json")
        + ": this record cannot be trusted: "
        + why
        + "; remove the folder "
        + cell
        + " to measure it again";
  }

  /** Replaces the file and its digest in the record. */
  private static void rewrite(Path cell, String text) throws IOException {
    Path file = cell.resolve(FramePrints.FILE);
    String before = Digests.of(file);
    Files.writeString(file, text);
    Path record = cell.resolve("record.json");
    Files.writeString(record, Files.readString(record).replace(before, Digests.of(file)));
  }

  @Test
  void anotherPrintIsRefused() throws IOException {
    Path cell = cell();
    Path file = cell.resolve(FramePrints.FILE);
    String text = Files.readString(file);
    String other = text.replaceFirst("frame2,[0-9a-f]{16}", "frame2,0123456789abcdef");
    assertNotEquals(text, other);
    Files.writeString(file, other);
    assertEquals(
        refusal(cell, "evidence/prints.csv has been changed since"),
        assertThrows(BadInputException.class, () -> CellStore.read(cell)).getMessage());
    Files.writeString(file, text);
    rewrite(cell, other);
    assertEquals(
        refusal(cell, "its prints are not what its frames give"),
        assertThrows(BadInputException.class, () -> CellStore.read(cell)).getMessage());
  }

  @Test
  void printsOfOtherFramesAreRefused() throws IOException {
    Path cell = cell();
    String text = Files.readString(cell.resolve(FramePrints.FILE));
    rewrite(cell, text.replaceFirst("frame2", "frame9"));
    assertEquals(
        refusal(cell, "its prints are of other frames than its counts"),
        assertThrows(BadInputException.class, () -> CellStore.read(cell)).getMessage());
  }

  @Test
  void printsThatTheRecordDoesNotKnowAreRefused() throws IOException {
    Path cell = cell();
    Path record = cell.resolve("record.json");
    String text = Files.readString(record);
    String without = text.replaceFirst("(?s)\"prints\" : \\{.*?\\},", "");
    assertFalse(without.equals(text));
    Files.writeString(record, without);
    assertEquals(
        refusal(cell, "its frames have prints, its record does not say which"),
        assertThrows(BadInputException.class, () -> CellStore.read(cell)).getMessage());
  }

  @Test
  void aDamagedFileNamesItsRow() throws IOException {
    Path cell = cell();
    Path file = cell.resolve(FramePrints.FILE);
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("frame1,[0-9a-f]{16}", "frame1,xyz"));
    assertEquals(
        file + ": row 3: found 'xyz', expected 16 hexadecimal digits",
        assertThrows(BadInputException.class, () -> FramePrints.read(cell)).getMessage());
    Files.writeString(file, text.replaceFirst("frame1", "frame0"));
    assertEquals(
        file + ": sample frame0 has two rows",
        assertThrows(BadInputException.class, () -> FramePrints.read(cell)).getMessage());
    Files.writeString(file, text.replaceFirst("fragile", "broken"));
    assertEquals(
        file + ": its columns are not sample,print,fragile",
        assertThrows(BadInputException.class, () -> FramePrints.read(cell)).getMessage());
    Files.writeString(file, text.replaceFirst("(frame0,[0-9a-f]{16}),\\d+", "$1,-1"));
    assertEquals(
        file + ": row 2: found '-1', expected a whole number",
        assertThrows(BadInputException.class, () -> FramePrints.read(cell)).getMessage());
  }
}
