package io.drivemark.architectures.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.op.AdaptiveAveragePool;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolLike;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolScaled;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.ResizeScaled;
import io.drivemark.architectures.graph.op.ScaledExtent;
import io.drivemark.architectures.graph.op.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptivePoolingTest {
  private static final int CHANNELS = 3;

  @ParameterizedTest
  @CsvSource({
    "6, 9, 4, 6", // cells repeat: three inputs, two outputs
    "8, 6, 4, 2", // plain average pool
    "7, 5, 1, 1", // global
    "7, 11, 5, 4", // products on both sides
    "7, 6, 7, 4", // rows kept
    "4, 5, 6, 5", // more cells than inputs
    "5, 5, 5, 5" // nothing to do
  })
  void meansEqualPlainLoops(int height, int width, int rows, int columns) {
    NetworkBuilder b = new NetworkBuilder("pool", 1);
    String x = b.input("image", CHANNELS);
    Network network = b.build(b.add("y", new AdaptiveAveragePool(rows, columns), x));
    float[] image = random(CHANNELS * height * width);
    float[] expected = pooled(image, height, width, rows, columns);
    assertArrayEquals(expected, run("onnxruntime", network, height, width, image), 1e-5f);
    assertArrayEquals(expected, run("pytorch", network, height, width, image), 1e-5f);
  }

  @Test
  void sizesFollowFromTheInput() {
    NetworkBuilder b = new NetworkBuilder("pool", 1);
    String x = b.input("image", CHANNELS);
    String up = b.add("up", new ResizeScaled(ResizeMode.BILINEAR, new ScaledExtent(1.5, 5)), x);
    String back = b.add("back", new AdaptiveAveragePoolLike(), up, x);
    String small = b.add("small", new AdaptiveAveragePoolScaled(new ScaledExtent(0.1, 5)), back);
    Network network = b.build(up, back, small);
    var shapes = network.shapesAt(23, 61);
    assertEquals(Shape.of(1, CHANNELS, 35, 92), shapes.get("up"));
    assertEquals(Shape.of(1, CHANNELS, 23, 61), shapes.get("back"));
    assertEquals(Shape.of(1, CHANNELS, 5, 7), shapes.get("small"));
  }

  private static float[] run(String engine, Network network, int height, int width, float[] image) {
    try (Session session =
        Engines.named(engine).open(network, height, width, new EngineOptions(1))) {
      FloatBuffer input = Session.buffer(session.inputShape());
      input.put(0, image);
      FloatBuffer output = Session.buffer(session.outputShapes().get(0));
      session.run(input, List.of(output));
      float[] values = new float[output.capacity()];
      output.get(0, values);
      return values;
    }
  }

  private static float[] random(int length) {
    Random random = new Random(5);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  private static float[] pooled(float[] image, int height, int width, int rows, int columns) {
    float[] out = new float[CHANNELS * rows * columns];
    for (int c = 0; c < CHANNELS; c++) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          double sum = 0;
          int count = 0;
          for (int y = i * height / rows; y < Math.ceil((i + 1.0) * height / rows); y++) {
            for (int x = j * width / columns; x < Math.ceil((j + 1.0) * width / columns); x++) {
              sum += image[(c * height + y) * width + x];
              count++;
            }
          }
          out[(c * rows + i) * columns + j] = (float) (sum / count);
        }
      }
    }
    return out;
  }
}
