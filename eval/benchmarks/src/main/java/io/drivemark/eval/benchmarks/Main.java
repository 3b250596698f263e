package io.drivemark.eval.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks in rounds, each in fresh processes and both ways of one thing right after
 * each other, and prints how many times faster ours is: the ratio of the means and the smallest and
 * largest ratio of a round.
 *
 * <pre>mvn -q -Pbench package [-Dbench.only=Counting] [-Dbench.rounds=5] [-Dbench.model=NAME]</pre>
 */
public final class Main {
  private static final Pace USUAL = new Pace("(?!LabelFile)", 4, 500, 6, 500);

  /** 32 processes a round: with less time each, three rounds take three minutes. */
  private static final Pace LABEL_FILES = new Pace("(?=LabelFile)", 2, 300, 3, 200);

  /** Ratios that must be reached, by the benchmark and its parameters. */
  private static final Map<String, Double> BARS =
      Map.of(
          "Counting network", 3.0,
          "Counting random", 0.9,
          "Decode network", 10.0,
          "Boundary", 5.0,
          "Score", 1 / 1.2);

  private Main() {}

  /** Which benchmarks, as the beginning of a pattern, and their iterations in milliseconds. */
  private record Pace(
      String benchmarks, int warmUps, int warmUpMillis, int iterations, int iterationMillis) {

    String pattern(String only) {
      return "^io\\.drivemark\\.eval\\.benchmarks\\." + benchmarks + ".*" + only + ".*";
    }

    boolean hasAny(String only) {
      return !BenchmarkList.defaultList()
          .find(
              OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
              List.of(pattern(only)),
              List.of())
          .isEmpty();
    }
  }

  /** Times of both ways in milliseconds, one a round. */
  private record Times(List<Double> plain, List<Double> ours) {
    Times() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  /**
   * Runs all benchmarks, or those whose name contains {@code args[0]}, in {@code args[1]} rounds.
   */
  public static void main(String[] args) throws IOException, DataFormatException, RunnerException {
    String only = args.length > 0 ? args[0] : "";
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    if (!USUAL.hasAny(only) && !LABEL_FILES.hasAny(only)) {
      throw new IllegalArgumentException("there is no benchmark whose name contains " + only);
    }
    Path folder = Files.createTempDirectory("drivemark-bench");
    try {
      Path inputs = folder.resolve("inputs.bin");
      Path shared = Path.of(System.getProperty("drivemark.shared", "../shared"));
      Logits logits = NetworkLogits.find(System.getProperty("bench.model", ""), shared);
      System.out.println(
          "1024x2048, 19 classes, SynthDrive frame; labels: " + logits.description());
      Inputs made = Inputs.make(logits);
      made.write(inputs);
      if (LABEL_FILES.hasAny(only)) {
        LabelFiles.write(folder, made.truth());
      }
      Map<String, Times> times = new LinkedHashMap<>();
      for (int round = 1; round <= rounds; round++) {
        System.out.println("round " + round + " of " + rounds);
        for (RunResult result : run(only, inputs)) {
          record(times, result);
        }
      }
      print(times);
    } finally {
      delete(folder);
    }
  }

  private static List<RunResult> run(String only, Path inputs) throws RunnerException {
    List<RunResult> results = new ArrayList<>();
    for (Pace pace : List.of(USUAL, LABEL_FILES)) {
      if (pace.hasAny(only)) {
        results.addAll(new Runner(options(pace.pattern(only), pace, inputs)).run());
      }
    }
    return results;
  }

  private static Options options(String pattern, Pace pace, Path inputs) {
    return new OptionsBuilder()
        .include(pattern)
        .forks(1)
        .threads(1)
        .warmupIterations(pace.warmUps())
        .warmupTime(TimeValue.milliseconds(pace.warmUpMillis()))
        .measurementIterations(pace.iterations())
        .measurementTime(TimeValue.milliseconds(pace.iterationMillis()))
        .jvmArgs("-Xmx2g", "-D" + Inputs.PROPERTY + "=" + inputs)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .build();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static void record(Map<String, Times> times, RunResult result) {
    String name = result.getParams().getBenchmark();
    String method = name.substring(name.lastIndexOf('.') + 1);
    String type = name.substring(0, name.lastIndexOf('.'));
    StringBuilder key =
        new StringBuilder(type.substring(type.lastIndexOf('.') + 1).replaceFirst("Benchmark$", ""));
    for (String param : result.getParams().getParamsKeys()) {
      key.append(' ').append(result.getParams().getParam(param));
    }
    Times both = times.computeIfAbsent(key.toString(), k -> new Times());
    (method.equals("plain") ? both.plain() : both.ours()).add(result.getPrimaryResult().getScore());
  }

  private static void print(Map<String, Times> times) {
    System.out.printf(
        Locale.ROOT,
        "%-24s %12s %12s %8s %17s%n",
        "",
        "plain ms",
        "ours ms",
        "ratio",
        "of single rounds");
    times.forEach(
        (name, both) -> {
          List<Double> ratios = new ArrayList<>();
          for (int i = 0; i < both.plain().size(); i++) {
            ratios.add(both.plain().get(i) / both.ours().get(i));
          }
          double ratio = mean(both.plain()) / mean(both.ours());
          System.out.printf(
              Locale.ROOT,
              "%-24s %12.3f %12.3f %8.2f %8.2f ..%6.2f%s%n",
              name,
              mean(both.plain()),
              mean(both.ours()),
              ratio,
              ratios.stream().min(Double::compare).orElseThrow(),
              ratios.stream().max(Double::compare).orElseThrow(),
              bar(name, ratio));
        });
  }

  private static String bar(String name, double ratio) {
    Double bar = BARS.get(name);
    return bar == null
        ? ""
        : String.format(
            Locale.ROOT, "  bar %.1f: %s", bar, ratio >= bar ? "reached" : "NOT REACHED");
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
