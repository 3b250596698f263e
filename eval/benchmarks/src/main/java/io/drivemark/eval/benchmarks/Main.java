package io.drivemark.eval.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
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
  private static final int WARM_UPS = 4;
  private static final int ITERATIONS = 6;

  /** Ratios that must be reached, by the benchmark and its parameters. */
  private static final Map<String, Double> BARS =
      Map.of("Counting network", 3.0, "Decode network", 10.0, "Boundary", 5.0, "Score", 1 / 1.2);

  private Main() {}

  /** Times of both ways in milliseconds, one a round. */
  private record Times(List<Double> plain, List<Double> ours) {
    Times() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  /**
   * Runs all benchmarks, or those whose name contains {@code args[0]}, in {@code args[1]} rounds.
   */
  public static void main(String[] args) throws IOException, RunnerException {
    String only = args.length > 0 ? args[0] : "";
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    Path inputs = Files.createTempFile("drivemark-bench", ".bin");
    try {
      Path shared = Path.of(System.getProperty("drivemark.shared", "../shared"));
      Logits logits = NetworkLogits.find(System.getProperty("bench.model", ""), shared);
      System.out.println(
          "1024x2048, 19 classes, SynthDrive frame; labels: " + logits.description());
      Inputs.make(logits).write(inputs);
      Map<String, Times> times = new LinkedHashMap<>();
      for (int round = 1; round <= rounds; round++) {
        System.out.println("round " + round + " of " + rounds);
        for (RunResult result : run(only, inputs)) {
          record(times, result);
        }
      }
      print(times);
    } finally {
      Files.deleteIfExists(inputs);
    }
  }

  private static Iterable<RunResult> run(String only, Path inputs) throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include("io\\.drivemark\\.eval\\.benchmarks\\..*" + only + ".*")
                .forks(1)
                .threads(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(TimeValue.milliseconds(500))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.milliseconds(500))
                .jvmArgs("-Xmx2g", "-D" + Inputs.PROPERTY + "=" + inputs)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build())
        .run();
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
