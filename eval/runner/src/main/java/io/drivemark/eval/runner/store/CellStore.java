package io.drivemark.eval.runner.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.datasets.Task;
import io.drivemark.eval.gauge.Gauges;
import io.drivemark.eval.runner.evidence.Evidence;
import io.drivemark.eval.runner.evidence.Measurement;
import io.drivemark.eval.runner.evidence.StateEvidence;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.record.DepthAccuracy;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.json.EntryJson;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.eval.runner.record.robust.Robustness;
import io.drivemark.files.Digests;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The finished cells of a run, one folder each below {@code cells/}. A folder appears in one step
 * when all of it is written, so whatever kills the program, a folder that is there is whole. What
 * is read is checked: a record that contradicts its own counts is refused. For one thread.
 */
public final class CellStore {
  public static final String FOLDER = "cells";

  static final String SCHEMA = "drivemark-cell/1";
  static final String RECORD = "record.json";
  private static final String EVIDENCE = "evidence";
  private static final String PART = ".part-";

  final Path cells;

  public CellStore(Path out) {
    this.cells = out.resolve(FOLDER);
  }

  /**
   * A finished cell.
   *
   * @param key digest of the spec
   * @param spec everything its accuracy depends on
   * @param environment where its accuracy was measured
   * @param latencyKey what its speed depends on besides; absent if not measured
   * @param entry what was found
   * @param newer figures that follow from the counts by a later derivation than the stored ones
   * @param notes what is shown as it was stored because today's program derives it otherwise
   */
  public record Stored(
      String key,
      Map<String, String> spec,
      Environment environment,
      Optional<String> latencyKey,
      Entry entry,
      List<GaugeReading> newer,
      List<String> notes) {

    /** The entry, and beside figures of an older derivation those of today's. */
    public Entry current() {
      List<GaugeReading> all = new ArrayList<>(entry.readings());
      all.addAll(newer);
      List<String> allNotes = new ArrayList<>(entry.notes());
      allNotes.addAll(notes);
      return entry.withReadings(all).withNotes(allNotes);
    }

    private Stored with(Optional<String> otherLatencyKey, Entry other) {
      return new Stored(key, spec, environment, otherLatencyKey, other, newer, notes);
    }
  }

  /** Removes what a killed run left half written. */
  public void clean() {
    try {
      Files.createDirectories(cells);
      List<Path> parts;
      try (Stream<Path> all = Files.list(cells)) {
        parts = all.filter(p -> p.getFileName().toString().startsWith(PART)).toList();
      }
      for (Path part : parts) {
        Trees.delete(part);
      }
    } catch (IOException e) {
      throw new UnavailableException(cells + ": cannot be prepared: " + e.getMessage(), e);
    }
  }

  /**
   * The finished cell of a folder, checked; empty if there is none.
   *
   * @throws BadInputException if it contradicts itself or is another cell's
   */
  Optional<Stored> find(String folder, String key) {
    Path path = cells.resolve(folder);
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    Stored stored = read(path);
    if (!stored.key().equals(key)) {
      throw refused(path, "its key is " + stored.key() + ", expected " + key);
    }
    return Optional.of(stored);
  }

  /**
   * Cells of earlier programs whose keys lack something: names of folders that begin so and whose
   * spec is of another version.
   *
   * @param readable what the folder's name begins with, before the key
   */
  List<String> older(String readable) {
    try (Stream<Path> all = Files.list(cells)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.matches(Pattern.quote(readable) + "-[0-9a-f]{8}"))
          .filter(name -> Files.exists(cells.resolve(name).resolve(RECORD)))
          .filter(name -> !version(cells.resolve(name)).equals(Cell.VERSION))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UnavailableException(cells + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  private static String version(Path folder) {
    return ResultsJson.readNode(folder.resolve(RECORD)).path("spec").path("cell").asText();
  }

  /** Fills the folder of a cell before it appears. */
  interface Filler {
    /** Writes evidence and pictures below the folder and says what was found. */
    Entry fill(Path folder);
  }

  /** Writes a finished cell in one step. */
  Stored write(
      String folder, String key, Map<String, String> spec, Environment environment, Filler filler) {
    Path part = cells.resolve(PART + folder);
    try {
      Trees.delete(part);
      Files.createDirectories(part);
      Entry entry = filler.fill(part);
      Stored stored =
          new Stored(key, spec, environment, Optional.empty(), entry, List.of(), List.of());
      ResultsJson.writeNode(part.resolve(RECORD), json(stored, part, ""));
      DurableFiles.publish(part, cells.resolve(folder));
      return stored;
    } catch (IOException e) {
      throw new UnavailableException(part + ": cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Adds a measured speed to a finished cell. Killed at any point the cell is whole, with the speed
   * or without.
   */
  Stored addSpeed(
      String folder, Stored cell, String latencyKey, Measurement measured, Speed speed) {
    Path path = cells.resolve(folder);
    if (cell.latencyKey().isPresent()) {
      Entry without = cell.entry().withSpeed(Optional.empty());
      rewrite(path, cell.with(Optional.empty(), without));
    }
    measured.write(path);
    Stored with = cell.with(Optional.of(latencyKey), cell.entry().withSpeed(Optional.of(speed)));
    rewrite(path, with);
    return with;
  }

  /**
   * Adds what corrupted frames gave to a finished cell. Killed at any point the cell is whole, with
   * it or without.
   *
   * @param filler writes evidence and pictures and says what was found
   */
  Stored addRobustness(String folder, Stored cell, Function<Path, Robustness> filler) {
    Path path = cells.resolve(folder);
    if (cell.entry().robustness().isPresent()) {
      rewrite(path, cell.with(cell.latencyKey(), cell.entry().withRobustness(Optional.empty())));
    }
    Robustness found = filler.apply(path);
    Stored with = cell.with(cell.latencyKey(), cell.entry().withRobustness(Optional.of(found)));
    rewrite(path, with);
    return with;
  }

  /**
   * Adds a file of evidence that no figure of a cell follows from, or replaces it. Killed at any
   * point the cell is whole; the file may be there without its digest, which the next record has.
   *
   * @param name of the file, below the cell's folder
   */
  void addEvidence(String folder, Stored cell, String name, Consumer<Path> writer) {
    Path path = cells.resolve(folder);
    ResultsJson.writeNode(path.resolve(RECORD), json(cell, path, name));
    writer.accept(path);
    rewrite(path, cell);
  }

  /** Adds the operators' times to the speed of a finished cell. */
  Stored addOperators(String folder, Stored cell, Speed speed) {
    Stored with = cell.with(cell.latencyKey(), cell.entry().withSpeed(Optional.of(speed)));
    rewrite(cells.resolve(folder), with);
    return with;
  }

  private static void rewrite(Path path, Stored stored) {
    ResultsJson.writeNode(path.resolve(RECORD), json(stored, path, ""));
  }

  /** The record; what its evidence is, but for one file. */
  private static ObjectNode json(Stored stored, Path folder, String without) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("schema", SCHEMA);
    out.put("key", stored.key());
    ObjectNode spec = out.putObject("spec");
    stored.spec().forEach(spec::put);
    ObjectNode evidence = out.putObject("evidence");
    boolean states = stored.entry().robustness().isPresent();
    evidence(folder).stream()
        .filter(name -> !name.equals(without))
        .filter(name -> states || !StateEvidence.FILES.contains(name)) // left by a killed run
        .forEach(name -> evidence.put(name, Digests.of(folder.resolve(name))));
    if (stored.latencyKey().isPresent()) {
      out.put("latencyKey", stored.latencyKey().get());
      for (String name :
          List.of(Evidence.LATENCY, Evidence.LATENCY_ALL_LIVE, Evidence.LATENCY_MASKED)) {
        if (Files.exists(folder.resolve(name))) {
          evidence.put(name, Digests.of(folder.resolve(name)));
        }
      }
    }
    out.set("environment", ResultsJson.environment(stored.environment()));
    out.set("entry", EntryJson.write(stored.entry()));
    return out;
  }

  /** The files of counts in a cell's folder, sorted by name. */
  private static List<String> evidence(Path folder) {
    Path counts = folder.resolve(EVIDENCE);
    if (!Files.isDirectory(counts)) {
      return List.of(); // random weights
    }
    try (Stream<Path> files = Files.list(counts)) {
      return files
          .map(file -> EVIDENCE + "/" + file.getFileName())
          .filter(name -> name.endsWith(".csv"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UnavailableException(counts + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a cell's folder and derives its numbers from its evidence again.
   *
   * @throws BadInputException if something is missing, damaged, or does not agree
   */
  public static Stored read(Path folder) {
    return read(folder, Gauges.installed());
  }

  /** As {@link #read(Path)}, with these gauges. */
  static Stored read(Path folder, Gauges gauges) {
    Path file = folder.resolve(RECORD);
    JsonNode json = ResultsJson.readNode(file);
    if (!json.path("schema").asText().equals(SCHEMA)) {
      throw refused(folder, "its schema is '" + json.path("schema").asText() + "', not " + SCHEMA);
    }
    Map<String, String> spec = new LinkedHashMap<>();
    json.path("spec").properties().forEach(f -> spec.put(f.getKey(), f.getValue().asText()));
    String key = json.path("key").asText();
    if (!key.equals(Cell.key(spec))) {
      throw refused(folder, "its key is not the digest of its spec");
    }
    Entry entry = EntryJson.read(file.toString(), "entry", json.path("entry"));
    Optional<String> latencyKey = Optional.ofNullable(json.path("latencyKey").textValue());
    CellCheck check = new CellCheck(folder, entry, gauges);
    try {
      check(folder, entry, check, json.path("evidence"), latencyKey.isPresent());
      DelayCheck.require(spec, check, json.path("evidence"));
      CueCheck.require(folder, spec, entry, check, json.path("evidence"));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw refused(folder, "nothing can be derived from its evidence (" + e.getMessage() + ")");
    }
    return new Stored(
        key,
        Collections.unmodifiableMap(spec),
        ResultsJson.readEnvironment(file.toString(), json.path("environment")),
        latencyKey,
        entry.withReadings(check.stored()),
        check.newer(),
        check.notes());
  }

  private static void check(
      Path folder, Entry entry, CellCheck check, JsonNode digests, boolean timed) {
    boolean judged =
        entry.accuracy().isPresent() || entry.depth().flatMap(DepthAccuracy::mean).isPresent();
    if (entry.model().trained() && entry.task() == Task.DEPTH) {
      check.distances(digests);
    } else if (entry.model().trained()) {
      check.digest(Evidence.CONFUSION, digests);
      check.accuracy();
      check.readings(digests);
      check.gated(digests);
    } else if (judged) {
      throw refused(folder, "it has an accuracy, its weights are random");
    }
    PrintsCheck.require(folder, entry, check, digests);
    RobustnessCheck.require(folder, entry, check, digests);
    if (timed) {
      check.digest(Evidence.LATENCY, digests);
      check.speed(digests);
    } else if (entry.speed().isPresent()) {
      throw refused(folder, "it has a latency without saying what it was measured on");
    }
  }

  static BadInputException refused(Path folder, String why) {
    return new BadInputException(
        folder.resolve(RECORD)
            + ": this record cannot be trusted: "
            + why
            + "; remove the folder "
            + folder
            + " to measure it again");
  }
}
