package io.drivemark.architectures.engine.pytorch;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Runs single operators and whole networks on the engine and hands the results out as arrays. */
final class Probe {
  private Probe() {}

  /** All outputs of a network for an image [1, C, height, width]. */
  static List<float[]> run(Network network, int height, int width, float[] image) {
    try (Session session =
        new PytorchEngine().open(network, height, width, EngineOptions.defaults())) {
      FloatBuffer input = Session.buffer(session.inputShape());
      input.put(0, image);
      List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
      session.run(input, outputs);
      List<float[]> results = new ArrayList<>();
      for (FloatBuffer output : outputs) {
        float[] values = new float[output.capacity()];
        output.get(0, values);
        results.add(values);
      }
      return results;
    }
  }

  /** The only output of an operator that reads the image and nothing else. */
  static float[] apply(Op op, int channels, int height, int width, float[] image) {
    NetworkBuilder b = new NetworkBuilder("probe", 1);
    String x = b.input("x", channels);
    return run(b.build(b.add("op", op, x)), height, width, image).get(0);
  }

  /** The shape an operator gives an image. */
  static Shape shape(Op op, int channels, int height, int width) {
    return op.outputShapes(List.of(Shape.of(1, channels, height, width))).get(0);
  }

  static float[] random(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  static float[] counting(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i;
    }
    return values;
  }

  /** Resident memory of this process, from its status file in /proc. */
  static long residentKib(Path status) throws IOException {
    System.gc();
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
