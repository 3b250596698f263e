package io.drivemark.eval.benchmarks;

import io.drivemark.eval.metrics.ConfusionAccumulator;
import io.drivemark.eval.metrics.ConfusionMatrix;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Confusion counts of one frame: ours, checks included, against one naive table loop without.
 * Frames change from call to call, as they do in life: a processor that has seen one frame often
 * enough foresees its borders.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CountingBenchmark {
  /** The network's label map against the truth, or labels without any structure in both. */
  @Param({"network", "random"})
  public String labels;

  private static final int FRAMES = 8;

  private final byte[][] truths = new byte[FRAMES][];
  private final byte[][] predictions = new byte[FRAMES][];
  private int frame;
  private long[] table;
  private ConfusionAccumulator accumulator;

  /** Reads the inputs and checks that both ways count the same. */
  @Setup
  public void prepare() {
    Inputs inputs = Inputs.read();
    boolean network = labels.equals("network");
    byte[] truth = network ? inputs.truth() : random(2);
    byte[] prediction = network ? inputs.prediction() : random(3);
    for (int f = 0; f < FRAMES; f++) {
      truths[f] = moved(truth, f);
      predictions[f] = moved(prediction, f);
    }
    table = new long[256 * 256];
    accumulator = new ConfusionAccumulator(Inputs.SPACE);
    for (int f = 0; f < FRAMES; f++) {
      plain();
    }
    for (int f = 0; f < FRAMES; f++) {
      ours();
    }
    if (!folded(table).equals(accumulator.matrix())) {
      throw new IllegalStateException("the naive loop and the accumulator disagree");
    }
  }

  /** One increment a pixel in a table that has a cell for each pair of bytes. */
  @Benchmark
  public long[] plain() {
    long[] counts = table;
    frame = (frame + 1) % FRAMES;
    byte[] t = truths[frame];
    byte[] p = predictions[frame];
    for (int i = 0; i < t.length; i++) {
      counts[(t[i] & 0xFF) << 8 | (p[i] & 0xFF)]++;
    }
    return counts;
  }

  /** The accumulator. */
  @Benchmark
  public ConfusionAccumulator ours() {
    frame = (frame + 1) % FRAMES;
    accumulator.add(truths[frame], predictions[frame]);
    return accumulator;
  }

  /**
   * The frame as if the camera had turned by some eighths of its view; every other one mirrored.
   */
  private static byte[] moved(byte[] labels, int eighths) {
    byte[] out = new byte[labels.length];
    int width = Inputs.WIDTH;
    for (int i = 0; i < labels.length; i++) {
      int x = (i % width + eighths * width / FRAMES) % width;
      out[i] = labels[i - i % width + (eighths % 2 == 0 ? x : width - 1 - x)];
    }
    return out;
  }

  private static byte[] random(long seed) {
    Random random = new Random(seed);
    byte[] labels = new byte[Inputs.HEIGHT * Inputs.WIDTH];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) random.nextInt(Inputs.CLASSES);
    }
    return labels;
  }

  private static ConfusionMatrix folded(long[] table) {
    int k = Inputs.CLASSES;
    long[][] counts = new long[k + 1][k + 1];
    for (int t = 0; t < 256; t++) {
      for (int p = 0; p < 256; p++) {
        counts[Math.min(t, k)][Math.min(p, k)] += table[t << 8 | p];
      }
    }
    return ConfusionMatrix.of(Inputs.SPACE, counts);
  }
}
