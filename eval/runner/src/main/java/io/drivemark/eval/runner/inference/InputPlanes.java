package io.drivemark.eval.runner.inference;

import io.drivemark.architectures.model.Axes;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.image.Preprocess;
import io.drivemark.eval.runner.record.FrameSize;
import java.nio.FloatBuffer;

/**
 * From a decoded frame to what a network is given: scaled, normalised, padded with zeros at the
 * bottom and right, channels where the network has them. Immutable and thread-safe.
 */
final class InputPlanes {
  private static final int CHANNELS = 3;

  private final Preprocess preprocess;
  private final FrameSize padded;
  private final boolean channelsLast;

  private InputPlanes(Preprocess preprocess, FrameSize padded, boolean channelsLast) {
    this.preprocess = preprocess;
    this.padded = padded;
    this.channelsLast = channelsLast;
  }

  /**
   * @param input the size that frames are scaled to, before they are padded
   */
  static InputPlanes of(ModelSpec spec, FrameSize input) {
    Preprocess preprocess =
        new Preprocess(
            spec.input().order(),
            spec.input().mean(),
            spec.input().std(),
            input.height(),
            input.width());
    return new InputPlanes(
        preprocess,
        new FrameSize(spec.wiring().padded(input.height()), spec.wiring().padded(input.width())),
        spec.wiring().inputAxes() == Axes.CHANNELS_LAST);
  }

  /** The size of what the network is given. */
  FrameSize padded() {
    return padded;
  }

  /** Fills a buffer of the network's input from index 0 on. */
  void into(RgbImage image, FloatBuffer input) {
    int height = preprocess.height();
    int width = preprocess.width();
    boolean isPadded = padded.height() != height || padded.width() != width;
    if (!isPadded && !channelsLast) {
      preprocess.into(image, input);
      return;
    }
    float[] planes = preprocess.apply(image);
    int step = channelsLast ? CHANNELS : 1;
    float[] row = new float[padded.width() * step];
    for (int y = 0; y < padded.height(); y++) {
      for (int c = 0; c < CHANNELS; c++) {
        int offset = channelsLast ? c : 0;
        for (int x = 0; x < padded.width(); x++) {
          boolean inside = y < height && x < width;
          row[x * step + offset] = inside ? planes[(c * height + y) * width + x] : 0;
        }
        if (!channelsLast) {
          input.put((c * padded.height() + y) * padded.width(), row, 0, row.length);
        }
      }
      if (channelsLast) {
        input.put(y * row.length, row, 0, row.length);
      }
    }
  }
}
