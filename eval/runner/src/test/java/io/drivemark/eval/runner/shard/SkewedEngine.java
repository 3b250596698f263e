package io.drivemark.eval.runner.shard;

import io.drivemark.architectures.engine.Availability;
import io.drivemark.architectures.engine.Engine;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.IntPredicate;

/** An installed engine on a machine that calculates otherwise at some inferences. */
final class SkewedEngine implements Engine {
  private final Engine real = Engines.named("onnxruntime");
  private final IntPredicate where;
  private final float amount;
  private final String version;
  private int inferences;

  /**
   * @param where at which inferences, counted from 0
   * @param amount what is added, at the first pixel, to the score of a class that does not win
   */
  SkewedEngine(IntPredicate where, float amount) {
    this(where, amount, "");
  }

  /** As the real one, but for what it says its version is. */
  static SkewedEngine ofVersion(String version) {
    return new SkewedEngine(i -> false, 0, version);
  }

  private SkewedEngine(IntPredicate where, float amount, String version) {
    this.where = where;
    this.amount = amount;
    this.version = version;
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public Availability probe() {
    return version.isEmpty() ? real.probe() : new Availability.Ready(version);
  }

  @Override
  public Session open(Network network, int height, int width, EngineOptions options) {
    Session session = real.open(network, height, width, options);
    return new Session() {
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
        session.run(input, outputs);
        if (where.test(inferences++)) {
          Shape shape = session.outputShapes().get(0);
          int plane = shape.height() * shape.width();
          FloatBuffer scores = outputs.get(0);
          int winner = 0;
          for (int c = 1; c < shape.channels(); c++) {
            winner = scores.get(c * plane) > scores.get(winner * plane) ? c : winner;
          }
          int at = (winner + 1) % shape.channels() * plane;
          scores.put(at, scores.get(at) + amount);
        }
      }

      @Override
      public void close() {
        session.close();
      }
    };
  }
}
