package io.drivemark.architectures.training;

import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.image.Preprocess;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** A photograph as a network is given it, one after the other. Not thread-safe. */
final class NormalisedImage {
  private final InputSpec input;
  private Preprocess preprocess;
  private FloatBuffer values;

  /**
   * @param input without a size of its own each photograph keeps its own
   */
  NormalisedImage(InputSpec input) {
    this.input = input;
  }

  /** The next photograph. */
  void set(RgbImage photograph) {
    Size size = input.size().orElse(new Size(photograph.height(), photograph.width()));
    if (preprocess == null || height() != size.height() || width() != size.width()) {
      preprocess =
          new Preprocess(input.order(), input.mean(), input.std(), size.height(), size.width());
      values =
          ByteBuffer.allocateDirect(Math.multiplyExact(Float.BYTES, preprocess.floats()))
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
    }
    preprocess.into(photograph, values);
  }

  /** [1, 3, height, width]. */
  FloatBuffer values() {
    return values;
  }

  int height() {
    return preprocess.height();
  }

  int width() {
    return preprocess.width();
  }
}
