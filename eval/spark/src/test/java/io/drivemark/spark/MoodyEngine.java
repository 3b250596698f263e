package io.drivemark.spark;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.EngineFailure;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;
import java.nio.FloatBuffer;
import java.util.List;

/** An installed engine that behaves as the {@link Moods} of its process say. */
public final class MoodyEngine implements Engine {
  private static final int HALTED = 9;
  private static final float WHITE = 255;

  /** Asked for late: this one is made while engines are looked for. */
  private static Engine real() {
    return Engines.named("onnxruntime");
  }

  @Override
  public String name() {
    return "moody";
  }

  @Override
  public Availability probe() {
    return Moods.here().flatMap(moods -> moods.value("missing")).isPresent()
        ? new Availability.Missing("it is in no mood", "ask another executor")
        : real().probe();
  }

  @Override
  public Session open(Network network, int height, int width, EngineOptions options) {
    Session session = real().open(network, height, width, options);
    Moods.here().ifPresent(moods -> moods.note("opened " + network.name()));
    return new Session() {
      private boolean closed;

      @Override
      public String runtimeVersion() {
        return session.runtimeVersion();
      }

      @Override
      public Shape inputShape() {
        return session.inputShape();
      }

      @Override
      public List<Shape> outputShapes() {
        return session.outputShapes();
      }

      @Override
      public void run(FloatBuffer input, List<FloatBuffer> outputs) {
        Moods.here().ifPresent(moods -> before(moods, network, session, isWhite(input)));
        session.run(input, outputs);
        if (Moods.here().flatMap(moods -> moods.value("skew")).isPresent()) {
          outputs.get(0).put(0, outputs.get(0).get(0) + 1);
        }
      }

      @Override
      public void close() {
        session.close();
        if (!closed) {
          closed = true;
          Moods.here().ifPresent(moods -> moods.note("closed " + network.name()));
        }
      }
    };
  }

  /** All pixels of the first row are white, as no canary's and no other frame's are. */
  private static boolean isWhite(FloatBuffer input) {
    for (int i = 0; i < SparkYard.WIDTH; i++) {
      if (input.get(i) != WHITE) {
        return false;
      }
    }
    return true;
  }

  private static void before(Moods moods, Network network, Session session, boolean white) {
    moods.value("sleep").ifPresent(millis -> sleep(Long.parseLong(millis)));
    if (white && moods.value("halt").isPresent()) {
      Runtime.getRuntime().halt(HALTED);
    }
    if (white && moods.value("fail").isPresent()) {
      EngineFailure.running(
          "moody",
          network.name(),
          session.inputShape(),
          () -> {
            throw new IllegalStateException("too bright");
          });
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
