package io.drivemark.eval.benchmarks;

import io.drivemark.datasets.LabelMap;
import io.drivemark.eval.metrics.boundary.BoundaryCounts;
import io.drivemark.eval.metrics.boundary.BoundaryIou;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Boundary IoU of all classes of one frame, d = 46: one pass over the runs of both maps for all
 * classes against eroding each class's masks with OpenCV on one thread, which turns d erosions by a
 * 3×3 square into one by rows and columns of 2d + 1.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class BoundaryBenchmark {
  private final BoundaryIou rule = BoundaryIou.defaults();
  private LabelMap truth;
  private LabelMap prediction;
  private PlainBoundary eroding;

  /** Reads the inputs and checks that both ways count the same. */
  @Setup
  public void prepare() {
    Inputs inputs = Inputs.read();
    truth = LabelMap.of(Inputs.SPACE, Inputs.HEIGHT, Inputs.WIDTH, inputs.truth());
    prediction = LabelMap.of(Inputs.SPACE, Inputs.HEIGHT, Inputs.WIDTH, inputs.prediction());
    eroding =
        new PlainBoundary(
            Inputs.SPACE, Inputs.HEIGHT, Inputs.WIDTH, rule.width(Inputs.HEIGHT, Inputs.WIDTH));
    if (!plain().equals(ours())) {
      throw new IllegalStateException("eroded masks and runs disagree");
    }
  }

  /** Frees OpenCV's matrices. */
  @TearDown
  public void release() {
    eroding.close();
  }

  /** Two erosions a class. */
  @Benchmark
  public BoundaryCounts plain() {
    return eroding.count(truth.pixels(), prediction.pixels());
  }

  /** One pass for all classes. */
  @Benchmark
  public BoundaryCounts ours() {
    return rule.count(truth, prediction);
  }
}
