package io.drivemark.architectures.engine.onnxruntime;

import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.op.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** Whether two sessions of one network answer alike. Stateless. */
final class Likeness {
  private static final double TOLERANCE = 1e-4;
  private static final int IMAGES = 3;

  private Likeness() {}

  /**
   * Compares them on noise, always the same. A gate whose logit is next to 0 may fall either way by
   * rounding alone, and then the rest differs with right; so one image of three on which they agree
   * is enough.
   *
   * @return how they differ; empty if they agree to 1e-4 of the largest value, or of 1
   */
  static Optional<String> difference(Session one, Session other) {
    Optional<String> first = Optional.empty();
    for (int image = 0; image < IMAGES; image++) {
      FloatBuffer noise = noise(one.inputShape(), image);
      Optional<String> differs = difference(answers(one, noise), answers(other, noise));
      if (differs.isEmpty()) {
        return differs;
      }
      first = first.isEmpty() ? differs : first;
    }
    return first;
  }

  static Optional<String> difference(List<FloatBuffer> expected, List<FloatBuffer> found) {
    for (int i = 0; i < expected.size(); i++) {
      double most = 1;
      double difference = 0;
      boolean alike = expected.get(i).capacity() == found.get(i).capacity();
      for (int at = 0; alike && at < expected.get(i).capacity(); at++) {
        float a = expected.get(i).get(at);
        float b = found.get(i).get(at);
        alike = Float.isNaN(a) == Float.isNaN(b);
        most = Float.isFinite(a) ? Math.max(most, Math.abs(a)) : most;
        difference = a == b || Float.isNaN(a) ? difference : Math.max(difference, Math.abs(a - b));
      }
      if (!alike || !(difference <= TOLERANCE * most)) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "output %d differs from the masked form by %.3g where values reach %.3g",
                i,
                alike ? difference : Double.NaN,
                most));
      }
    }
    return Optional.empty();
  }

  private static List<FloatBuffer> answers(Session session, FloatBuffer image) {
    List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
    session.run(image, outputs);
    return outputs;
  }

  /** Not zeros: some processors compute with them faster, and many filters make nothing of them. */
  static FloatBuffer noise(Shape shape, long seed) {
    Random random = new Random(1 + seed);
    FloatBuffer image = Session.buffer(shape);
    for (int i = 0; i < image.capacity(); i++) {
      image.put(i, (float) random.nextGaussian());
    }
    return image;
  }
}
