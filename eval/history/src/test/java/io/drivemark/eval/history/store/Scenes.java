package io.drivemark.eval.history.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.record.Accuracy;
import io.drivemark.eval.runner.record.Confidence;
import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.DatasetFacts;
import io.drivemark.eval.runner.record.EngineFacts;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.record.ProtocolFacts;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.json.EntryJson;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.files.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;

/**
 * Folders as {@code drivemark run} writes them, of made-up numbers, one a night. Only small files
 * of evidence are written: nothing is derived from them.
 */
final class Scenes {
  static final Instant FIRST = Instant.parse("2026-01-01T02:00:00Z");

  private static final int ROUNDS = 4;
  private static final double BAND = 0.01;
  private static final int IN_ROTATION = 10;

  private final int cells;
  private final int classes;
  private final int runs;

  /**
   * @param cells of a night
   * @param classes of the dataset
   * @param runs timed of a cell
   */
  Scenes(int cells, int classes, int runs) {
    this.cells = cells;
    this.classes = classes;
    this.runs = runs;
  }

  /** A few small nights. */
  static Scenes small() {
    return new Scenes(3, 2, 20);
  }

  /** The name of a night's folder. */
  static String name(int night) {
    return started(night).toString().replace(":", "-");
  }

  static Instant started(int night) {
    return FIRST.plus(Duration.ofDays(night));
  }

  /** Writes that many nights below a folder. */
  List<Path> nights(Path folder, int count) throws IOException {
    List<Path> out = new ArrayList<>();
    for (int night = 0; night < count; night++) {
      out.add(night(folder.resolve(name(night)), night));
    }
    return out;
  }

  /** Writes one. */
  Path night(Path folder, int night) throws IOException {
    Random random = new Random(1000L + night);
    List<Entry> entries = new ArrayList<>();
    for (int cell = 0; cell < cells; cell++) {
      Entry entry = entry(night, cell, random);
      entries.add(entry);
      cell(folder, entry, random);
    }
    write(
        folder,
        new StudyResult(
            started(night),
            started(night).plusSeconds(3600),
            "schema: drivemark-study/1\n",
            environment(),
            entries,
            List.of()));
    return folder;
  }

  static void write(Path folder, StudyResult result) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("results.json"), ResultsJson.tree(result).toString());
  }

  static Environment environment() {
    return new Environment(
        "Processor 9000",
        2,
        4,
        16_500_000_000L,
        "Debian GNU/Linux 12 amd64",
        "Debian 17.0.15",
        Map.of("onnxruntime", "1.29.0"),
        OptionalDouble.of(0.1),
        OptionalDouble.of(0.2),
        "fingerprint");
  }

  private static void cell(Path folder, Entry entry, Random random) throws IOException {
    Path cell = folder.resolve(entry.folder());
    Files.createDirectories(cell.resolve("evidence"));
    Map<String, String> evidence = new TreeMap<>();
    for (String name : List.of("evidence/confusion.csv", "latency.csv")) {
      Files.writeString(cell.resolve(name), name + "\n" + random.nextLong() + "\n");
      evidence.put(name, Digests.of(cell.resolve(name)));
    }
    Map<String, String> spec = new LinkedHashMap<>();
    spec.put("cell", Cell.VERSION);
    spec.put("model", entry.model().digest());
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("schema", "drivemark-cell/1");
    out.put("key", Cell.key(spec));
    ObjectNode specs = out.putObject("spec");
    spec.forEach(specs::put);
    ObjectNode digests = out.putObject("evidence");
    evidence.forEach(digests::put);
    out.put("latencyKey", "latency");
    out.set("environment", ResultsJson.environment(environment()));
    out.set("entry", EntryJson.write(entry));
    Files.writeString(cell.resolve("record.json"), out.toString());
  }

  private Entry entry(int night, int cell, Random random) {
    String model = "model-%02d".formatted(cell);
    Accuracy accuracy = accuracy(cell);
    Speed speed = speed(night, cell, random);
    return new Entry(
        "cells/" + model + "_camvid-val_onnxruntime_360x480-" + "%08x".formatted(cell),
        new ModelFacts(
            model,
            "enet",
            cell % 2 == 0 ? "dense" : "filter",
            cell % 2 == 0 ? Optional.empty() : Optional.of("model-00"),
            Optional.empty(),
            "camvid-11",
            "digest of " + model,
            Map.of(),
            Map.of()),
        true,
        List.of(),
        new EngineFacts("onnxruntime", Optional.of("1.29.0"), 2, "fp32"),
        new DatasetFacts("camvid", "val", 101, 360, 480, "data"),
        new FrameSize(360, 480),
        new ProtocolFacts("cityscapes", "protocol", "identity", "logits-bilinear"),
        Optional.of(accuracy),
        Optional.of(
            new Cost(
                OptionalLong.of(1000 + cell),
                OptionalLong.of(1_000_000L * cell),
                OptionalLong.of(1_000_000L * cell),
                OptionalLong.empty())),
        Optional.of(speed),
        List.of(),
        List.of(),
        Optional.empty(),
        Map.of(),
        Optional.of(confidence(accuracy)),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private Accuracy accuracy(int cell) {
    List<Accuracy.ClassScore> scores = new ArrayList<>();
    List<List<Long>> confusion = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      OptionalDouble score =
          c == 1 && cell == 1 ? OptionalDouble.empty() : OptionalDouble.of(share(cell, c));
      scores.add(new Accuracy.ClassScore("class " + c, 0x102030, score, score, score, score, 1000));
      List<Long> row = new ArrayList<>();
      for (int to = 0; to <= classes; to++) {
        row.add(to == c ? 1000L : 0);
      }
      confusion.add(row);
    }
    OptionalDouble mean = OptionalDouble.of(share(cell, classes));
    return new Accuracy(mean, mean, mean, mean, scores, confusion);
  }

  private static double share(int cell, int which) {
    return new Random(100L * cell + which).nextDouble();
  }

  private static Confidence confidence(Accuracy accuracy) {
    Map<String, Confidence.Range> iou = new LinkedHashMap<>();
    accuracy.classes().forEach(c -> iou.put(c.name(), range(c.iou())));
    return new Confidence("sequences", 1000, 1, 0.95, range(accuracy.miou()), iou);
  }

  private static Confidence.Range range(OptionalDouble value) {
    OptionalDouble low = shifted(value, -0.05);
    OptionalDouble high = shifted(value, 0.05);
    return new Confidence.Range(low, high, low, high, shifted(value, -0.06), shifted(value, 0.06));
  }

  private static OptionalDouble shifted(OptionalDouble value, double by) {
    return value.isPresent() ? OptionalDouble.of(value.getAsDouble() + by) : value;
  }

  private Speed speed(int night, int cell, Random random) {
    List<Double> all = new ArrayList<>();
    List<Double> model = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      double ms = (10 + cell) * (1 + 0.01 * random.nextGaussian());
      all.add(ms);
      model.add(0.8 * ms);
    }
    int rotation = cell / IN_ROTATION;
    return new Speed(
        latency(all),
        latency(model),
        OptionalDouble.of(3),
        Optional.of(
            new Speed.Control(
                "model-00", 1.002, 1 - BAND, 1 + BAND, Speed.ControlKind.SECOND_SESSION)),
        Optional.of(
            new Speed.Rotation(
                "rotation-" + night + "-" + rotation,
                IN_ROTATION,
                "model-00 on camvid/val with onnxruntime at 360x480",
                Optional.of("key"),
                rotation == 0 && cell == 0 ? latency(all).mean() : 10,
                8)),
        all,
        model,
        "fingerprint",
        OptionalDouble.of(0.1),
        OptionalDouble.of(0.1),
        List.of(),
        Optional.empty());
  }

  private static Speed.Latency latency(List<Double> runs) {
    List<Double> sorted = runs.stream().sorted().toList();
    double mean = runs.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    int n = sorted.size();
    return new Speed.Latency(
        n,
        mean,
        sorted.get(n / 2),
        sorted.get((int) Math.ceil(0.95 * n) - 1),
        OptionalDouble.empty(),
        sorted.get(0),
        sorted.get(n - 1),
        OptionalDouble.of(mean * (1 - 0.01 / ROUNDS)),
        OptionalDouble.of(mean * (1 + 0.01 / ROUNDS)));
  }
}
