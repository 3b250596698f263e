package io.drivemark.eval.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.labelling.Grid;
import io.drivemark.architectures.labelling.Labelling;
import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainDecodeTest {
  @Test
  void fourPixelsByHand() {
    // Class 0 falls and class 1 rises: 0.75 against 0.25 at the second pixel.
    byte[] labels = new PlainDecode(2, 1, 2, 1, 4).labels(new float[] {1, 0, 0, 1});
    assertArrayEquals(new byte[] {0, 0, 1, 1}, labels);
  }

  @Test
  void givesTheLabelsOfTheSinglePass() {
    for (long seed = 1; seed <= 10; seed++) {
      Random random = new Random(seed);
      float[] logits = new float[Inputs.CLASSES * 9 * 13];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = (float) random.nextGaussian();
      }
      Shape shape = Shape.of(1, Inputs.CLASSES, 9, 13);
      FloatBuffer buffer = Session.buffer(shape);
      buffer.put(0, logits);
      byte[] single = new byte[72 * 104];
      Labelling.of(Inputs.SPACE, Grid.LOGITS_BILINEAR).label(buffer, shape, 72, 104, single);
      assertArrayEquals(
          single, new PlainDecode(Inputs.CLASSES, 9, 13, 72, 104).labels(logits), "seed " + seed);
    }
  }
}
