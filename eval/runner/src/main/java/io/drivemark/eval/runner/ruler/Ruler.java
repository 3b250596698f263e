package io.drivemark.eval.runner.ruler;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.onnx.OnnxWriter;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.record.fork.RulerTimes;
import io.drivemark.files.Digests;
import io.drivemark.problem.UnavailableException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Times fixed work: a convolution in Java, and four convolutions as an ONNX file on an engine, one
 * thread each, {@value #RUNS} runs after {@value #WARM_UP_RUNS} that do not count. Where both take
 * longer than in nights before, the machine has changed; where one does, the JVM or the engine. The
 * work must stay as it is, and a test holds the file's bytes: a change of it is another version.
 * Takes about two seconds. Stateless.
 */
public final class Ruler {
  /** The version of the work. */
  public static final String VERSION = "drivemark-ruler/1";

  /** How often each is timed. */
  public static final int RUNS = 40;

  /** How often each is run before; so that the virtual machine has compiled it. */
  public static final int WARM_UP_RUNS = 20;

  private static final int CHANNELS = 16;
  private static final int LAYERS = 4;
  private static final int HEIGHT = 96;
  private static final int WIDTH = 128;
  private static final int KERNEL = 3;

  /** Size of a weight: outputs of a layer stay near the size of its inputs. */
  private static final float WEIGHT = 0.05f;

  private static final long MIX = 0x9E3779B97F4A7C15L;

  private Ruler() {}

  /** Times both; without the engine Java alone. */
  public static RulerTimes measure(Engine engine, NanoClock clock) {
    byte[] file = OnnxWriter.toBytes(network(), HEIGHT, WIDTH);
    Optional<String> version =
        engine.probe() instanceof Availability.Ready ready
            ? Optional.of(ready.version())
            : Optional.empty();
    return new RulerTimes(
        VERSION,
        java(clock),
        engine.name(),
        version,
        Digests.hex(Digests.sha256().digest(file)),
        version.isPresent() ? onEngine(engine, clock) : List.of());
  }

  private static List<Long> java(NanoClock clock) {
    float[] image = new float[CHANNELS * HEIGHT / 2 * WIDTH / 2];
    fill(image, 1);
    JavaWork work = new JavaWork(image, weights(0), CHANNELS, HEIGHT / 2, WIDTH / 2);
    double expected = work.run();
    return timed(
        clock,
        () -> {
          double found = work.run();
          if (found != expected) {
            throw new UnavailableException(
                "ruler: the same convolution gave "
                    + expected
                    + " and then "
                    + found
                    + "; this machine does not compute reliably, test its memory");
          }
        });
  }

  private static List<Long> onEngine(Engine engine, NanoClock clock) {
    try (Session session = engine.open(network(), HEIGHT, WIDTH, new EngineOptions(1))) {
      FloatBuffer input = Session.buffer(session.inputShape());
      float[] image = new float[input.capacity()];
      fill(image, 1);
      input.put(0, image);
      List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
      return timed(clock, () -> session.run(input, outputs));
    }
  }

  private static List<Long> timed(NanoClock clock, Runnable work) {
    long warm = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
    for (int i = 0; i < WARM_UP_RUNS || System.nanoTime() < warm; i++) {
      work.run();
    }
    List<Long> out = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      long before = clock.nanos();
      work.run();
      out.add(clock.nanos() - before);
    }
    return out;
  }

  /** The fixed network: convolutions of 3 by 3 with rectifiers. */
  static Network network() {
    NetworkBuilder b = new NetworkBuilder("drivemark-ruler", 1);
    String x = b.input("image", CHANNELS);
    for (int layer = 0; layer < LAYERS; layer++) {
      Tensor weight = Tensor.of(Shape.of(CHANNELS, CHANNELS, KERNEL, KERNEL), weights(layer));
      x = b.conv("layer" + layer, x, CHANNELS, KERNEL).same().initial(weight).build();
      x = b.relu("rectifier" + layer, x);
    }
    return b.build(x);
  }

  private static float[] weights(int layer) {
    float[] out = new float[CHANNELS * CHANNELS * KERNEL * KERNEL];
    fill(out, layer + 2);
    for (int i = 0; i < out.length; i++) {
      out[i] *= WEIGHT;
    }
    return out;
  }

  /** Numbers of -1 to 1 that are the same on every machine. */
  private static void fill(float[] values, long seed) {
    for (int i = 0; i < values.length; i++) {
      long bits = (seed * 1_000_003 + i + 1) * MIX;
      bits = (bits ^ bits >>> 29) * MIX;
      values[i] = (bits >> 40) / (float) (1 << 23);
    }
  }
}
