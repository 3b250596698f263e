package io.drivemark.eval.benchmarks;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.score.Score;
import io.drivemark.eval.runner.score.Scorer;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Scoring 100 frames of 1024×2048 label PNGs against decoding the 200 files and nothing else, both
 * on all cores. The frames are one truth and what a network makes of it, shifted sideways by a
 * little more from frame to frame. Here the ratio cannot exceed 1; 1 / 1.2 is wanted.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ScoreBenchmark {
  private static final int FRAMES = 100;
  private static final int SHIFT = 17;

  /** Where SynthDrive's pedestrians and bicyclists stand among Cityscapes' classes. */
  private static final byte[] PEOPLE = {11, 12};

  private static final int FIRST_OF_PEOPLE = 9;

  private static final String DECLARATION =
      """
      name: frames
      labels: cityscapes-19
      layout:
        image: images/{id}.png
        truth: truth/{id}.png
      coding: {kind: index, void: [255]}
      """;

  private Path folder;
  private Dataset dataset;
  private List<Path> files;

  /** Writes the files. */
  @Setup
  public void prepare() throws IOException {
    Inputs inputs = Inputs.read();
    folder = Files.createTempDirectory("drivemark-bench-score");
    files = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      String name = String.format(java.util.Locale.ROOT, "%03d.png", i);
      write(folder.resolve("truth").resolve(name), inputs.truth(), i * SHIFT);
      write(folder.resolve("predictions").resolve(name), inputs.prediction(), i * SHIFT);
    }
    Path declaration = folder.resolve("frames.yaml");
    Files.writeString(declaration, DECLARATION);
    dataset =
        Datasets.open(
            DatasetRequest.of(declaration.toString(), "all").withRoot(folder).withLabelsOnly());
    if (dataset.ids().size() != FRAMES) {
      throw new IllegalStateException("expected " + FRAMES + " frames: " + dataset.ids());
    }
  }

  private void write(Path file, byte[] labels, int shift) {
    byte[] shifted = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      int column = (i % Inputs.WIDTH + shift) % Inputs.WIDTH;
      byte label = labels[i];
      boolean person = label == FIRST_OF_PEOPLE || label == FIRST_OF_PEOPLE + 1;
      shifted[i - i % Inputs.WIDTH + column] = person ? PEOPLE[label - FIRST_OF_PEOPLE] : label;
    }
    ImageCodec.writeGray8(file, Inputs.HEIGHT, Inputs.WIDTH, shifted);
    files.add(file);
  }

  /** Deletes the files. */
  @TearDown
  public void delete() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Reads and decodes all files. */
  @Benchmark
  public long plain() throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<Integer>> decoded = new ArrayList<>();
      for (Path file : files) {
        decoded.add(pool.submit(() -> ImageCodec.readRaw(file).bytes().length));
      }
      long bytes = 0;
      for (Future<Integer> one : decoded) {
        bytes += one.get();
      }
      return bytes;
    } finally {
      pool.shutdownNow();
    }
  }

  /** Everything that {@code drivemark score} finds without being asked for boundaries. */
  @Benchmark
  public Score ours() {
    return Scorer.score(
        dataset,
        folder.resolve("predictions"),
        PredictionEncoding.TRAIN_IDS,
        Protocols.cityscapes(),
        Progress.NONE);
  }
}
