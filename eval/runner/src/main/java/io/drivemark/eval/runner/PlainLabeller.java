package io.drivemark.eval.runner;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelMapping;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.runner.study.Grid;
import io.drivemark.problem.BadInputException;
import java.nio.FloatBuffer;

/** The straightforward way. Immutable. */
final class PlainLabeller implements Labeller {
  private final String model;
  private final int channels;
  private final int h;
  private final int w;
  private final boolean labels;
  private final Grid grid;
  private final LabelMapping mapping;
  private final LabelSpace space;

  PlainLabeller(
      String model,
      ModelSpec.Output output,
      Shape shape,
      Grid grid,
      LabelMapping mapping,
      LabelSpace space) {
    this.model = model;
    this.labels = output == ModelSpec.Output.LABELS;
    this.channels = labels ? 1 : shape.extent(-3);
    this.h = shape.extent(-2);
    this.w = shape.extent(-1);
    this.grid = grid;
    this.mapping = mapping;
    this.space = space;
  }

  @Override
  public LabelMap label(FloatBuffer output, int height, int width) {
    byte[] pixels =
        labels || grid == Grid.LABELS_NEAREST
            ? nearest(output, height, width)
            : bilinear(output, height, width);
    return LabelMap.of(space, height, width, pixels);
  }

  private byte[] nearest(FloatBuffer output, int height, int width) {
    byte[] small = new byte[h * w];
    for (int i = 0; i < small.length; i++) {
      int best = 0;
      float most = output.get(i);
      for (int c = 1; c < channels; c++) {
        float value = output.get(c * h * w + i);
        if (value > most) {
          most = value;
          best = c;
        }
        check(value);
      }
      check(most);
      int index = labels ? (int) most : best;
      small[i] = (byte) (index < 0 || index > 255 ? 255 : mapping.of(index));
    }
    byte[] out = new byte[height * width];
    for (int y = 0; y < height; y++) {
      int from = Math.min(h - 1, (int) ((long) y * h / height)) * w;
      for (int x = 0; x < width; x++) {
        out[y * width + x] = small[from + Math.min(w - 1, (int) ((long) x * w / width))];
      }
    }
    return out;
  }

  private byte[] bilinear(FloatBuffer output, int height, int width) {
    byte[] out = new byte[height * width];
    for (int y = 0; y < height; y++) {
      float sy = Math.max(0, (y + 0.5f) * h / height - 0.5f);
      int y0 = Math.min(h - 1, (int) sy);
      int y1 = Math.min(h - 1, y0 + 1);
      float fy = sy - y0;
      for (int x = 0; x < width; x++) {
        float sx = Math.max(0, (x + 0.5f) * w / width - 0.5f);
        int x0 = Math.min(w - 1, (int) sx);
        int x1 = Math.min(w - 1, x0 + 1);
        float fx = sx - x0;
        int best = 0;
        float most = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < channels; c++) {
          int plane = c * h * w;
          float top =
              output.get(plane + y0 * w + x0) * (1 - fx) + output.get(plane + y0 * w + x1) * fx;
          float bottom =
              output.get(plane + y1 * w + x0) * (1 - fx) + output.get(plane + y1 * w + x1) * fx;
          float value = top * (1 - fy) + bottom * fy;
          check(value);
          if (value > most) {
            most = value;
            best = c;
          }
        }
        out[y * width + x] = (byte) mapping.of(best);
      }
    }
    return out;
  }

  private void check(float value) {
    if (Float.isNaN(value)) {
      throw new BadInputException("model " + model + ": its output holds NaN");
    }
  }
}
