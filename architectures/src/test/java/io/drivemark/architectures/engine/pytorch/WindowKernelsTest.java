package io.drivemark.architectures.engine.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.ResizeTo;
import io.drivemark.architectures.graph.op.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Windowed operators against loops that follow their definitions. */
class WindowKernelsTest {
  private static final float TOLERANCE = 1e-4f; // float32 sums of up to 36 products

  @Test
  void convolutionFollowsItsDefinition() {
    conv(new Conv2d(Extent.ONE, Padding.NONE, Extent.ONE, 1), 3, 3, true);
    conv(new Conv2d(new Extent(2, 1), Padding.symmetric(1, 2), new Extent(1, 2), 2), 3, 3, false);
    conv(new Conv2d(Extent.square(2), new Padding(0, 0, 1, 1), Extent.ONE, 4), 3, 3, true);
    conv(new Conv2d(Extent.ONE, new Padding(0, 2, 0, 2), Extent.ONE, 1), 1, 5, false);
  }

  @Test
  void transposedConvolutionFollowsItsDefinition() {
    Extent none = new Extent(0, 0);
    transposed(new ConvTranspose2d(Extent.square(2), Padding.NONE, none, Extent.ONE, 1), 2);
    transposed(
        new ConvTranspose2d(Extent.square(2), Padding.all(1), Extent.square(1), Extent.ONE, 2), 3);
    transposed(
        new ConvTranspose2d(Extent.square(2), new Padding(0, 1, 1, 0), none, Extent.square(2), 1),
        3);
  }

  @Test
  void poolsFollowTheirDefinitions() {
    Extent three = Extent.square(3);
    Extent two = Extent.square(2);
    for (Padding padding :
        List.of(Padding.NONE, Padding.all(1), new Padding(0, 0, 1, 1), new Padding(2, 2, 0, 1))) {
      for (boolean ceil : new boolean[] {false, true}) {
        pool(three, two, padding, ceil);
        pool(two, two, padding, ceil);
      }
    }
  }

  @Test
  void firstPositionWinsATieAndUnpoolingRestoresIt() {
    NetworkBuilder b = new NetworkBuilder("unpool", 1);
    String x = b.input("x", 1);
    MaxPool pool = new MaxPool(Extent.square(2), Extent.square(2), Padding.NONE, false, true);
    b.addAll("pool", pool, List.of(x), List.of("max", "where"));
    b.add("back", new MaxUnpool(Extent.square(2), Extent.square(2)), "max", "where");
    float[] image = {
      1, 1, 5, 2,
      1, 1, 5, 5,
      -3, -1, 0, 0,
      -1, -2, 0, 9
    };
    List<float[]> out = Probe.run(b.build("max", "back"), 4, 4, image);
    assertArrayEquals(new float[] {1, 5, -1, 9}, out.get(0));
    assertArrayEquals(
        new float[] {
          1, 0, 5, 0,
          0, 0, 0, 0,
          0, -1, 0, 0,
          0, 0, 0, 9
        },
        out.get(1));
  }

  @Test
  void poolingWithIndicesTreatsEachChannelAlike() {
    NetworkBuilder b = new NetworkBuilder("unpool", 1);
    String x = b.input("x", 20);
    MaxPool pool = new MaxPool(Extent.square(2), Extent.square(2), Padding.NONE, false, true);
    b.addAll("pool", pool, List.of(x), List.of("max", "where"));
    b.add("back", new MaxUnpool(Extent.square(2), Extent.square(2)), "max", "where");
    float[] tie = {1, 3, 3, 3};
    float[] image = new float[80];
    float[] expected = new float[80];
    for (int c = 0; c < 20; c++) {
      System.arraycopy(tie, 0, image, 4 * c, 4);
      expected[4 * c + 1] = 3;
    }
    assertArrayEquals(expected, Probe.run(b.build("back"), 2, 2, image).get(0));
  }

  @Test
  void unpoolingOfAnOddWidthKeepsRowsAndColumns() {
    NetworkBuilder b = new NetworkBuilder("unpool", 1);
    String x = b.input("x", 1);
    MaxPool pool = new MaxPool(Extent.square(2), Extent.square(2), Padding.NONE, false, true);
    b.addAll("pool", pool, List.of(x), List.of("max", "where"));
    b.add("back", new MaxUnpool(Extent.square(2), Extent.square(2)), "max", "where");
    float[] image = {
      1, 2, 3,
      4, 9, 8,
      7, 7, 7,
      6, 6, 6
    };
    List<float[]> out = Probe.run(b.build("back"), 4, 3, image);
    assertArrayEquals(new float[] {0, 0, 0, 9, 7, 0, 0, 0}, out.get(0));
  }

  @Test
  void resizingSamplesWhereItsModeSays() {
    float[] x = Probe.random(2 * 5 * 7, 4);
    for (ResizeMode mode : ResizeMode.values()) {
      assertArrayEquals(
          resized(x, mode, 11, 9, 5.0 / 11, 7.0 / 9),
          Probe.apply(new ResizeTo(mode, 11, 9), 2, 5, 7, x),
          TOLERANCE);
      assertArrayEquals(
          resized(x, mode, 10, 14, 0.5, 0.5),
          Probe.apply(new Resize(mode, 2, 2), 2, 5, 7, x),
          TOLERANCE);
      // 5·1.5 = 7.5 rows become 7; the factor, not 7/5, says where to sample
      assertArrayEquals(
          resized(x, mode, 7, 10, 1 / 1.5, 1 / 1.5),
          Probe.apply(new Resize(mode, 1.5, 1.5), 2, 5, 7, x),
          TOLERANCE);
    }
  }

  private static float[] resized(
      float[] x, ResizeMode mode, int height, int width, double stepY, double stepX) {
    float[] out = new float[2 * height * width];
    for (int c = 0; c < 2; c++) {
      for (int i = 0; i < height; i++) {
        for (int j = 0; j < width; j++) {
          double y = source(mode, i, stepY, 5, height);
          double z = source(mode, j, stepX, 7, width);
          int top = Math.min((int) y, 4);
          int left = Math.min((int) z, 6);
          double fy = y - top;
          double fz = z - left;
          out[(c * height + i) * width + j] =
              (float)
                  ((1 - fy) * ((1 - fz) * at(x, c, top, left) + fz * at(x, c, top, left + 1))
                      + fy
                          * ((1 - fz) * at(x, c, top + 1, left)
                              + fz * at(x, c, top + 1, left + 1)));
        }
      }
    }
    return out;
  }

  private static double source(ResizeMode mode, int i, double step, int in, int out) {
    return switch (mode) {
      case NEAREST -> Math.min(in - 1, Math.floor(i * step));
      case BILINEAR -> Math.max(0, (i + 0.5) * step - 0.5);
      case BILINEAR_ALIGN_CORNERS -> (double) i * (in - 1) / (out - 1);
    };
  }

  private static float at(float[] x, int c, int i, int j) {
    return x[(c * 5 + Math.min(i, 4)) * 7 + Math.min(j, 6)];
  }

  private static void pool(Extent kernel, Extent stride, Padding p, boolean ceil) {
    int h = 7;
    int w = 6;
    float[] x = Probe.random(h * w, 3);
    Shape out = Probe.shape(new MaxPool(kernel, stride, p, ceil, false), 1, h, w);
    float[] max = new float[(int) out.elements()];
    float[] mean = new float[max.length];
    float[] padded = new float[max.length];
    for (int i = 0; i < max.length; i++) {
      int top = i / out.width() * stride.h() - p.top();
      int left = i % out.width() * stride.w() - p.left();
      double best = Double.NEGATIVE_INFINITY;
      double sum = 0;
      int inside = 0;
      int counted = 0;
      for (int y = top; y < top + kernel.h(); y++) {
        for (int z = left; z < left + kernel.w(); z++) {
          if (y >= 0 && y < h && z >= 0 && z < w) {
            best = Math.max(best, x[y * w + z]);
            sum += x[y * w + z];
            inside++;
          }
          if (y < h + p.bottom() && z < w + p.right()) {
            counted++;
          }
        }
      }
      max[i] = (float) best;
      mean[i] = (float) (sum / inside);
      padded[i] = (float) (sum / counted);
    }
    String what = kernel + " " + stride + " " + p + " ceil " + ceil;
    assertArrayEquals(
        max, Probe.apply(new MaxPool(kernel, stride, p, ceil, false), 1, h, w, x), what);
    assertArrayEquals(
        mean,
        Probe.apply(new AveragePool(kernel, stride, p, ceil, false), 1, h, w, x),
        TOLERANCE,
        what);
    assertArrayEquals(
        padded,
        Probe.apply(new AveragePool(kernel, stride, p, ceil, true), 1, h, w, x),
        TOLERANCE,
        what + " padding counted");
  }

  private static void conv(Conv2d op, int kernelH, int kernelW, boolean bias) {
    int in = 4;
    int out = 8;
    int h = 9;
    int w = 10;
    Shape weightShape = Shape.of(out, in / op.groups(), kernelH, kernelW);
    Tensor weight = Tensor.of(weightShape, Probe.random((int) weightShape.elements(), 5));
    Tensor offsets = Tensor.of(Shape.of(out), Probe.random(out, 6));
    NetworkBuilder b = new NetworkBuilder("conv", 1);
    String x = b.input("x", in);
    String k = b.learned("k", "kernels", weight);
    String y =
        bias ? b.add("y", op, x, k, b.learned("o", "offsets", offsets)) : b.add("y", op, x, k);
    Network network = b.build(y);
    float[] image = Probe.random(in * h * w, 7);
    Shape shape = network.shapesAt(h, w).get(y);
    float[] expected = new float[(int) shape.elements()];
    for (int i = 0; i < expected.length; i++) {
      int o = i / (shape.height() * shape.width());
      int row = i / shape.width() % shape.height() * op.stride().h() - op.padding().top();
      int column = i % shape.width() * op.stride().w() - op.padding().left();
      double sum = bias ? offsets.sharedFloats()[o] : 0;
      for (int c = 0; c < in / op.groups(); c++) {
        int channel = o / (out / op.groups()) * (in / op.groups()) + c;
        for (int a = 0; a < kernelH; a++) {
          for (int z = 0; z < kernelW; z++) {
            int r = row + a * op.dilation().h();
            int q = column + z * op.dilation().w();
            if (r >= 0 && r < h && q >= 0 && q < w) {
              sum +=
                  (double) image[(channel * h + r) * w + q]
                      * weight
                          .sharedFloats()[
                          ((o * (in / op.groups()) + c) * kernelH + a) * kernelW + z];
            }
          }
        }
      }
      expected[i] = (float) sum;
    }
    assertArrayEquals(expected, Probe.run(network, h, w, image).get(0), TOLERANCE, op.toString());
  }

  private static void transposed(ConvTranspose2d op, int kernel) {
    int in = 4;
    int out = 6;
    int h = 4;
    int w = 5;
    int outGroup = out / op.groups();
    Shape weightShape = Shape.of(in, outGroup, kernel, kernel);
    Tensor weight = Tensor.of(weightShape, Probe.random((int) weightShape.elements(), 5));
    NetworkBuilder b = new NetworkBuilder("transposed", 1);
    String x = b.input("x", in);
    Network network = b.build(b.add("y", op, x, b.learned("k", "kernels", weight)));
    float[] image = Probe.random(in * h * w, 7);
    Shape shape = network.shapesAt(h, w).get("y");
    double[] sums = new double[(int) shape.elements()];
    for (int c = 0; c < in; c++) {
      for (int i = 0; i < h * w; i++) {
        for (int o = 0; o < outGroup; o++) {
          for (int k = 0; k < kernel * kernel; k++) {
            int r = i / w * op.stride().h() + k / kernel * op.dilation().h() - op.padding().top();
            int q = i % w * op.stride().w() + k % kernel * op.dilation().w() - op.padding().left();
            int channel = c / (in / op.groups()) * outGroup + o;
            if (r >= 0 && r < shape.height() && q >= 0 && q < shape.width()) {
              sums[(channel * shape.height() + r) * shape.width() + q] +=
                  (double) image[c * h * w + i]
                      * weight.sharedFloats()[(c * outGroup + o) * kernel * kernel + k];
            }
          }
        }
      }
    }
    float[] found = Probe.run(network, h, w, image).get(0);
    assertEquals(sums.length, found.length);
    for (int i = 0; i < sums.length; i++) {
      assertEquals(sums[i], found[i], TOLERANCE, op + " at " + i);
    }
  }
}
