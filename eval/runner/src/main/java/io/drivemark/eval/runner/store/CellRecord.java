package io.drivemark.eval.runner.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.json.EntryJson;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a finished cell's record says, and whether its evidence is still what the record saw. Unlike
 * {@link CellStore#read} nothing is derived again, so it takes milliseconds, and evidence that was
 * cleared away is no fault. Immutable.
 *
 * @param key digest of the spec
 * @param spec everything its accuracy depends on
 * @param environment where its accuracy was measured
 * @param latencyKey what its speed depends on besides; absent if not measured
 * @param evidence digest of each file of counts and timed runs, by its path below the cell's folder
 * @param entry what was found
 */
public record CellRecord(
    String key,
    Map<String, String> spec,
    Environment environment,
    Optional<String> latencyKey,
    Map<String, String> evidence,
    Entry entry) {
  public CellRecord {
    spec = Collections.unmodifiableMap(new LinkedHashMap<>(spec));
    evidence = Collections.unmodifiableMap(new TreeMap<>(evidence));
  }

  /**
   * Reads a cell's record.
   *
   * @throws BadInputException if there is none, its key is not that of its spec, or a file of its
   *     evidence is there and is not the one that the record saw
   */
  public static CellRecord read(Path folder) {
    Path file = folder.resolve(CellStore.RECORD);
    JsonNode json = ResultsJson.readNode(file);
    if (!json.path("schema").asText().equals(CellStore.SCHEMA)) {
      throw CellStore.refused(
          folder, "its schema is '" + json.path("schema").asText() + "', not " + CellStore.SCHEMA);
    }
    Map<String, String> spec = new LinkedHashMap<>();
    json.path("spec").properties().forEach(f -> spec.put(f.getKey(), f.getValue().asText()));
    String key = json.path("key").asText();
    if (!key.equals(Cell.key(spec))) {
      throw CellStore.refused(folder, "its key is not the digest of its spec");
    }
    Map<String, String> evidence = new TreeMap<>();
    json.path("evidence")
        .properties()
        .forEach(f -> evidence.put(f.getKey(), f.getValue().asText()));
    for (Map.Entry<String, String> digest : evidence.entrySet()) {
      Path counts = FolderBelow.resolve(file.toString(), folder, digest.getKey());
      if (Files.exists(counts) && !Digests.of(counts).equals(digest.getValue())) {
        throw CellStore.refused(
            folder, digest.getKey() + " was changed: its digest is not the one in the record");
      }
    }
    return new CellRecord(
        key,
        spec,
        ResultsJson.readEnvironment(file.toString(), json.path("environment")),
        Optional.ofNullable(json.path("latencyKey").textValue()),
        evidence,
        EntryJson.read(file.toString(), "entry", json.path("entry")));
  }

  /** Files of its evidence that are no longer there, sorted. */
  public List<String> missing(Path folder) {
    return evidence.keySet().stream().filter(name -> !Files.exists(folder.resolve(name))).toList();
  }

  /**
   * What of a study's entry is not what this record says; empty if all of it is. See {@link
   * RunStore#read} for what is compared.
   */
  public Optional<String> difference(Entry ofStudy) {
    return EntryCheck.difference(ofStudy, entry);
  }
}
