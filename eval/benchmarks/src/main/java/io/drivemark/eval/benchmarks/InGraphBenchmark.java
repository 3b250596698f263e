package io.drivemark.eval.benchmarks;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.ArgMax;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.ResizeTo;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.labelling.Grid;
import io.drivemark.architectures.labelling.Labelling;
import java.nio.FloatBuffer;
import java.util.List;
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
 * Where the upsampling and the argmax are done, both on one thread: as the last two nodes of the
 * ONNX graph, run by ONNX Runtime ({@code plain}), or in our single pass after it ({@code ours}).
 * Logits [1, 19, 128, 256] of a network to a 1024×2048 label map.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class InGraphBenchmark {
  private static final Shape SHAPE =
      Shape.of(1, Inputs.CLASSES, Inputs.LOGITS_HEIGHT, Inputs.LOGITS_WIDTH);

  /** Two interpolations of nearly equal logits may round differently: one pixel in ten thousand. */
  private static final double DIFFERENT = 1e-4;

  private FloatBuffer logits;
  private Session graph;
  private List<FloatBuffer> results;
  private byte[] out;
  private Labelling labelling;

  /** Opens the graph and checks that both ways give the same labels. */
  @Setup
  public void prepare() {
    logits = Session.buffer(SHAPE);
    logits.put(0, Inputs.read().logits());
    NetworkBuilder b = new NetworkBuilder("tail", 1);
    String x = b.input("logits", Inputs.CLASSES);
    String large = b.add("up", new ResizeTo(ResizeMode.BILINEAR, Inputs.HEIGHT, Inputs.WIDTH), x);
    graph =
        Engines.named("onnxruntime")
            .open(
                b.build(b.add("labels", new ArgMax(1, true), large)),
                Inputs.LOGITS_HEIGHT,
                Inputs.LOGITS_WIDTH,
                new EngineOptions(1));
    results = graph.outputShapes().stream().map(Session::buffer).toList();
    out = new byte[Inputs.HEIGHT * Inputs.WIDTH];
    labelling = Labelling.of(Inputs.SPACE, Grid.LOGITS_BILINEAR);
    requireSameLabels();
  }

  private void requireSameLabels() {
    FloatBuffer inGraph = plain();
    ours();
    int different = 0;
    for (int i = 0; i < out.length; i++) {
      if ((int) inGraph.get(i) != (out[i] & 0xFF)) {
        different++;
      }
    }
    if (different > DIFFERENT * out.length) {
      throw new IllegalStateException(different + " pixels differ between the graph and our pass");
    }
  }

  /** Resize and ArgMax as nodes of the graph. */
  @Benchmark
  public FloatBuffer plain() {
    graph.run(logits, results);
    return results.get(0);
  }

  /** Our single pass. */
  @Benchmark
  public byte[] ours() {
    labelling.label(logits, SHAPE, Inputs.HEIGHT, Inputs.WIDTH, out);
    return out;
  }

  /** Closes the graph. */
  @TearDown
  public void close() {
    graph.close();
  }
}
