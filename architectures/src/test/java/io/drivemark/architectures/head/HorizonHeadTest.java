package io.drivemark.architectures.head;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.graph.op.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A new kind of head is its class, its line among the services and this test. */
class HorizonHeadTest extends HeadTypeContract {
  @Override
  String entry() {
    return "{from: bottom}";
  }

  @Override
  HeadKind kind() {
    return new HorizonHead("bottom");
  }

  @Override
  HeadSite site() {
    return site(Shape.of(1, 1, 1, 1), 4, 6);
  }

  @Override
  float[] output() {
    return new float[] {0.25f};
  }

  @Override
  Refused refused() {
    return new Refused(new float[] {1.5f}, "model m, head h: 1.5 is no share of the height");
  }

  @Override
  List<Shape> misfits() {
    return List.of(Shape.of(1, 2, 1, 1));
  }

  @Test
  void itIsARowOfTheFrame() {
    assertEquals(3, kind().decoder(site()).decode(FloatBuffer.wrap(output()), 5, 7, 1));
  }
}
