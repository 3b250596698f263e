package io.drivemark.eval.benchmarks;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Sample;
import java.util.Random;

/** Where the logits come from that decoding and counting are timed on. */
interface Logits {
  /** What a reader of the figures must know about them. */
  String description();

  /** float32 [19, 128, 256] for a frame of 1024×2048. */
  float[] of(Sample sample);

  /**
   * Logits made from the truth, for where no trained network is at hand: each class's share in a
   * window around the pixel plus noise, so that regions are right and their borders are not. Void
   * is taken for the last class, as a network takes what it does not know for something.
   */
  static Logits fromTruth() {
    return new Logits() {
      @Override
      public String description() {
        return "truth perturbed along region borders (no trained network)";
      }

      @Override
      public float[] of(Sample sample) {
        return shares(sample);
      }
    };
  }

  private static float[] shares(Sample sample) {
    int h = Inputs.LOGITS_HEIGHT;
    int w = Inputs.LOGITS_WIDTH;
    int cell = Inputs.HEIGHT / h;
    int margin = cell; // the window is three cells wide
    float[] logits = new float[Inputs.CLASSES * h * w];
    Random random = new Random(1);
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int at = y * w + x;
        for (int c = 0; c < Inputs.CLASSES; c++) {
          logits[c * h * w + at] = (float) (0.3 * random.nextGaussian());
        }
        for (int dy = -margin; dy < cell + margin; dy++) {
          for (int dx = -margin; dx < cell + margin; dx++) {
            int row = Math.min(Inputs.HEIGHT - 1, Math.max(0, y * cell + dy));
            int column = Math.min(Inputs.WIDTH - 1, Math.max(0, x * cell + dx));
            int label = sample.truth().at(row, column);
            int c = label == LabelSpace.VOID ? Inputs.CLASSES - 1 : label;
            logits[c * h * w + at] += 8f / ((cell + 2 * margin) * (cell + 2 * margin));
          }
        }
      }
    }
    return logits;
  }
}
