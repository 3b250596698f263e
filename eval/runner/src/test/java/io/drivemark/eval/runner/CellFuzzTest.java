package io.drivemark.eval.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.runner.evidence.Evidence;
import io.drivemark.eval.runner.evidence.GaugeEvidence;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.store.CellStore;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import io.drivemark.testkit.FuzzContract;
import io.drivemark.testkit.FuzzFolder;
import io.drivemark.testkit.FuzzTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A cell of which one file is damaged is read or refused. The digest of evidence is made to fit,
 * and the key of a record on half of the inputs, so that damage reaches what lies behind them.
 */
class CellFuzzTest extends FuzzContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RECORD = "record.json";
  private static final List<String> FILES =
      List.of(RECORD, Evidence.CONFUSION, GaugeEvidence.TALLIES, Evidence.LATENCY);

  @Override
  protected FuzzTarget target() {
    return FuzzFolder.target("cell", withoutIntervals(), FILES, CellFuzzTest::readFitting)
        .repair(CellFuzzTest::withKey)
        .mayThrow(BadInputException.class)
        .mayThrow(UnavailableException.class);
  }

  /** The kept cell as older programs wrote it: intervals would take most of the time. */
  private static Path withoutIntervals() {
    try {
      Path copy = Files.createTempDirectory("fuzz-cell");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(copy)));
      KeptCell.copy(copy);
      Path cell = KeptCell.cell(copy);
      JsonNode json = JSON.readTree(cell.resolve(RECORD).toFile());
      ((ObjectNode) json.path("entry")).putNull("confidence");
      JSON.writeValue(cell.resolve(RECORD).toFile(), json);
      return cell;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path copy) {
    try (Stream<Path> all = Files.walk(copy)) {
      all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
    } catch (IOException e) {
      System.err.println(copy + ": cannot be removed: " + e);
    }
  }

  private static void readFitting(Path cell, String damaged) throws IOException {
    if (!damaged.equals(RECORD)) {
      Path record = cell.resolve(RECORD);
      ObjectNode json = (ObjectNode) JSON.readTree(record.toFile());
      ((ObjectNode) json.path("evidence")).put(damaged, Digests.of(cell.resolve(damaged)));
      JSON.writeValue(record.toFile(), json);
    }
    CellStore.read(cell);
  }

  /** A record whose key is the digest of its spec again. */
  private static byte[] withKey(byte[] input) {
    if (input.length == 0 || FuzzFolder.file(input, FILES.size()) != FILES.indexOf(RECORD)) {
      return input;
    }
    try {
      JsonNode json = JSON.readTree(FuzzFolder.content(input));
      if (!(json instanceof ObjectNode object)) {
        return input;
      }
      Map<String, String> spec = new LinkedHashMap<>();
      json.path("spec").properties().forEach(f -> spec.put(f.getKey(), f.getValue().asText()));
      object.put("key", Cell.key(spec));
      return FuzzFolder.input(FILES.indexOf(RECORD), JSON.writeValueAsBytes(object));
    } catch (IOException e) {
      return input; // no JSON any more: there is nothing to fit
    }
  }
}
