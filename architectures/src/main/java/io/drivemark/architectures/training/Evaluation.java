package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.Learner;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.datasets.FrameCache;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.image.Preprocess;
import io.drivemark.eval.metrics.ConfusionAccumulator;
import io.drivemark.eval.metrics.ConfusionMatrix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Labels a split with the weights at hand and counts: logits are upsampled bilinearly to the
 * truth's grid, then argmax. Not thread-safe.
 */
final class Evaluation {
  private final FrameCache frames;
  private final InputSpec input;
  private Preprocess preprocess;
  private FloatBuffer image;

  Evaluation(FrameCache frames, InputSpec input) {
    this.frames = frames;
    this.input = input;
  }

  /** Counts over all frames. */
  ConfusionMatrix run(Learner learner) {
    ConfusionAccumulator counts = new ConfusionAccumulator(frames.dataset().labels());
    for (int i = 0; i < frames.count(); i++) {
      Sample sample = frames.load(i);
      LabelMap truth = sample.truth();
      prepare(sample.image());
      byte[] prediction = new byte[truth.pixels().length];
      learner.predict(
          image,
          preprocess.height(),
          preprocess.width(),
          truth.height(),
          truth.width(),
          prediction);
      counts.add(truth.pixels(), prediction);
    }
    return counts.matrix();
  }

  private void prepare(RgbImage photograph) {
    Size size = input.size().orElse(new Size(photograph.height(), photograph.width()));
    if (preprocess == null
        || preprocess.height() != size.height()
        || preprocess.width() != size.width()) {
      preprocess =
          new Preprocess(input.order(), input.mean(), input.std(), size.height(), size.width());
      image =
          ByteBuffer.allocateDirect(Math.multiplyExact(Float.BYTES, preprocess.floats()))
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
    }
    preprocess.into(photograph, image);
  }
}
