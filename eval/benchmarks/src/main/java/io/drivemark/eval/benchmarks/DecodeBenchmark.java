package io.drivemark.eval.benchmarks;

import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.labelling.Grid;
import io.drivemark.architectures.labelling.Labelling;
import java.nio.FloatBuffer;
import java.util.Arrays;
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
 * From logits [1, 19, 128, 256] to a 1024×2048 label map on one thread: our single pass against
 * upsampling all planes and then taking the argmax.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class DecodeBenchmark {
  private static final Shape SHAPE =
      Shape.of(1, Inputs.CLASSES, Inputs.LOGITS_HEIGHT, Inputs.LOGITS_WIDTH);

  /** The network's logits, or noise without any region. */
  @Param({"network", "random"})
  public String logits;

  private float[] planes;
  private FloatBuffer buffer;
  private byte[] out;
  private PlainDecode plain;
  private Labelling labelling;

  /** Reads the inputs and checks that both ways give the same labels. */
  @Setup
  public void prepare() {
    planes = Inputs.read().logits();
    if (logits.equals("random")) {
      Random random = new Random(4);
      for (int i = 0; i < planes.length; i++) {
        planes[i] = (float) random.nextGaussian();
      }
    }
    buffer = Session.buffer(SHAPE);
    buffer.put(0, planes);
    out = new byte[Inputs.HEIGHT * Inputs.WIDTH];
    plain = PlainDecode.ofInputs();
    labelling = Labelling.of(Inputs.SPACE, Grid.LOGITS_BILINEAR);
    if (!Arrays.equals(plain(), ours())) {
      throw new IllegalStateException("the plain way and the single pass disagree");
    }
  }

  /** All planes at full size, then the argmax. */
  @Benchmark
  public byte[] plain() {
    return plain.labels(planes);
  }

  /** The single pass. */
  @Benchmark
  public byte[] ours() {
    labelling.label(buffer, SHAPE, Inputs.HEIGHT, Inputs.WIDTH, out);
    return out;
  }
}
