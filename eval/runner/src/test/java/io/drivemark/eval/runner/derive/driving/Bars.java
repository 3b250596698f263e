package io.drivemark.eval.runner.derive.driving;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.derive.Accuracies;
import io.drivemark.eval.runner.derive.Speeds;
import io.drivemark.eval.runner.evidence.driving.Clip;
import io.drivemark.eval.runner.evidence.driving.ClipSheet;
import io.drivemark.eval.runner.evidence.driving.DelayEvidence;
import io.drivemark.eval.runner.evidence.driving.Sightings;
import io.drivemark.eval.runner.record.DatasetFacts;
import io.drivemark.eval.runner.record.EngineFacts;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.eval.runner.record.ProtocolFacts;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.study.driving.DrivingSpec;
import io.drivemark.eval.streaming.CameraFault;
import io.drivemark.eval.streaming.DelayCounts;
import io.drivemark.eval.streaming.DelayCounts.Instant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Drives of seven pictures, ten a second: in ten pixels stands a bar of three that moves by one a
 * picture. The network sees it as it is.
 */
final class Bars {
  static final long MS = 1_000_000;
  static final int PICTURES = 7;
  static final LabelSpace SPACE =
      new LabelSpace(
          "bars",
          List.of(
              new LabelClass("ground", 0, "ground", false, false),
              new LabelClass("bar", 1, "bar", false, false)));

  private Bars() {}

  /** What an answer of so many pictures before is worth. */
  static ConfusionMatrix counts(int delay) {
    int off = Math.min(delay, 3);
    return ConfusionMatrix.of(
        SPACE, new long[][] {{7 - off, off, 0}, {off, 3 - off, 0}, {0, 0, 0}});
  }

  private static DelayCounts clip(int most) {
    DelayCounts.Builder out = new DelayCounts.Builder(1, most);
    for (int i = 0; i < PICTURES; i++) {
      for (int d = 0; d <= Math.min(i, most); d++) {
        out.add(new Instant(i, 0), d, counts(d));
      }
    }
    return out.build();
  }

  /** Drives with these names. */
  static DelayEvidence evidence(String... names) {
    List<Clip> clips =
        Arrays.stream(names)
            .map(
                name ->
                    new Clip(
                        name, IntStream.range(0, PICTURES).mapToObj(i -> name + "-" + i).toList()))
            .toList();
    List<DelayCounts> counts = clips.stream().map(c -> clip(6)).toList();
    List<Sightings> nobody = clips.stream().map(c -> new Sightings(Map.of())).toList();
    return new DelayEvidence(
        new ClipSheet(10, 1, 6, clips), counts, counts, nobody, List.of(), List.of());
  }

  /** Ten runs of these milliseconds. */
  static LatencySamples samples(long ms) {
    long[] nanos = new long[10];
    Arrays.fill(nanos, ms * MS);
    return new LatencySamples(nanos, new int[10], IntStream.range(0, 10).toArray());
  }

  /** A network of so many milliseconds a run, whose cell lies below the folder. */
  static Entry entry(
      Path out, String name, Optional<String> parent, long ms, DelayEvidence evidence) {
    Path folder = out.resolve("cells").resolve(name);
    evidence.write(folder, SPACE);
    StringBuilder runs =
        new StringBuilder("order,block,preprocessNanos,engineNanos,labellingNanos\n");
    for (int i = 0; i < 10; i++) {
      runs.append(i).append(",0,0,").append(ms * MS).append(",0\n");
    }
    try {
      Files.writeString(folder.resolve("latency.csv"), runs.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Entry(
        "cells/" + name,
        new ModelFacts(
            name,
            "bars",
            parent.isPresent() ? "filter" : "dense",
            parent,
            Optional.empty(),
            "bars",
            "",
            Map.of(),
            Map.of()),
        true,
        List.of(),
        new EngineFacts("engine", Optional.empty(), 1, "fp32", Optional.empty()),
        new DatasetFacts("bars", "val", PICTURES, 1, 10, "digest"),
        new FrameSize(1, 10),
        new ProtocolFacts("cityscapes", "digest", "", ""),
        Optional.of(Accuracies.of(Protocols.cityscapes(), SPACE, Map.of("frame", counts(0)))),
        Optional.empty(),
        Optional.of(speed(ms)),
        List.of(),
        List.of(),
        Optional.empty(),
        Map.of());
  }

  private static Speed speed(long ms) {
    LatencySamples samples = samples(ms);
    return new Speed(
        Speeds.summary(samples),
        Speeds.summary(samples),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        "machine",
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        List.of(),
        Optional.empty());
  }

  /** The names {@code drive0}, {@code drive1}, ... */
  static String[] drives(int count) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add("drive" + i);
    }
    return out.toArray(String[]::new);
  }

  /** A study that judges pictures 3 to 6. */
  static DrivingSpec spec(List<CameraFault> faults, OptionalDouble soakSeconds) {
    DrivingSpec usual = DrivingSpec.DEFAULT;
    return new DrivingSpec(
        List.of(),
        0,
        usual.policies(),
        1,
        0.3,
        usual.speeds(),
        usual.brake(),
        usual.actuation(),
        List.of(1.0, 2.0),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        faults,
        soakSeconds);
  }
}
