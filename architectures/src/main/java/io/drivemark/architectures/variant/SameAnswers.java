package io.drivemark.architectures.variant;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import java.nio.FloatBuffer;
import java.util.List;

/** Whether a network that was cut answers as the masked one it was cut from. Stateless. */
final class SameAnswers {
  /** Of the largest answer, at least 1: the order of sums differs. */
  static final double TOLERANCE = 1e-4;

  /** Frames that are compared. */
  static final int FRAMES = 8;

  private static final String ENGINE = "pytorch";

  private SameAnswers() {}

  /**
   * Compares all outputs on the first frames.
   *
   * @throws IllegalStateException if they differ by more than rounding: a fault of this program,
   *     and nothing is to be written
   */
  static void require(Network masked, Network cut, CalibrationSet frames) {
    int height = frames.height();
    int width = frames.width();
    EngineOptions options = new EngineOptions(1);
    try (Session one = Engines.named(ENGINE).open(masked, height, width, options);
        Session two = Engines.named(ENGINE).open(cut, height, width, options)) {
      FloatBuffer input = Session.buffer(one.inputShape());
      List<FloatBuffer> first = one.outputShapes().stream().map(Session::buffer).toList();
      List<FloatBuffer> second = two.outputShapes().stream().map(Session::buffer).toList();
      List<float[]> images = frames.images();
      for (int i = 0; i < Math.min(FRAMES, images.size()); i++) {
        input.put(0, images.get(i));
        one.run(input, first);
        two.run(input, second);
        for (int o = 0; o < first.size(); o++) {
          double difference = difference(first.get(o), second.get(o));
          if (!(difference <= TOLERANCE)) {
            throw new IllegalStateException(
                "network "
                    + cut.name()
                    + ": without what masks switch off it answers otherwise than with the masks, by "
                    + difference
                    + " of the largest answer at output "
                    + cut.outputs().get(o)
                    + " on frame "
                    + i);
          }
        }
      }
    }
  }

  private static double difference(FloatBuffer one, FloatBuffer two) {
    double largest = 1;
    double difference = 0;
    for (int i = 0; i < one.capacity(); i++) {
      largest = Math.max(largest, Math.abs(one.get(i)));
      double apart = Math.abs((double) one.get(i) - two.get(i));
      difference = Double.isNaN(apart) ? Double.NaN : Math.max(difference, apart);
      if (Double.isNaN(difference)) {
        return difference;
      }
    }
    return difference / largest;
  }
}
