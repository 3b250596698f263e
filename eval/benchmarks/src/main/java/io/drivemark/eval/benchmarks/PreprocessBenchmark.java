package io.drivemark.eval.benchmarks;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.image.ChannelOrder;
import io.drivemark.datasets.image.Preprocess;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From the frame to the input tensor: ours against one loop a pixel from the definition. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PreprocessBenchmark {
  private static final double[] MEAN = {123.675, 116.28, 103.53};
  private static final double[] STD = {58.395, 57.12, 57.375};

  /** The network's input: the frame's own size, or half of it each way. */
  @Param({"same size", "half size"})
  public String input;

  private RgbImage image;
  private int height;
  private int width;
  private float[] out;
  private Preprocess preprocess;

  /** Reads the inputs and checks that both ways agree to float rounding. */
  @Setup
  public void prepare() {
    image = Inputs.read().image();
    int divisor = input.equals("half size") ? 2 : 1;
    height = Inputs.HEIGHT / divisor;
    width = Inputs.WIDTH / divisor;
    out = new float[3 * height * width];
    preprocess =
        new Preprocess(
            ChannelOrder.RGB,
            List.of(MEAN[0], MEAN[1], MEAN[2]),
            List.of(STD[0], STD[1], STD[2]),
            height,
            width);
    float[] expected = plain().clone();
    float[] found = ours();
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - found[i]) <= 1e-5)) { // values reach 2.6, floats have 2⁻²³
        throw new IllegalStateException(
            "element " + i + ": plain " + expected[i] + ", ours " + found[i]);
      }
    }
  }

  /** (x − mean) / std, value by value; where the sizes differ, bilinear at pixel centres before. */
  @Benchmark
  public float[] plain() {
    boolean same = height == image.height() && width == image.width();
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double value = same ? image.pixels()[3 * (y * width + x) + c] & 0xFF : bilinear(c, y, x);
          out[(c * height + y) * width + x] = (float) ((value - MEAN[c]) / STD[c]);
        }
      }
    }
    return out;
  }

  /** The table or row pass of {@link Preprocess}. */
  @Benchmark
  public float[] ours() {
    preprocess.into(image, out);
    return out;
  }

  private double bilinear(int channel, int y, int x) {
    byte[] pixels = image.pixels();
    int rows = image.height();
    int columns = image.width();
    double sy = Math.max(0, (y + 0.5) * rows / height - 0.5);
    double sx = Math.max(0, (x + 0.5) * columns / width - 0.5);
    int y0 = (int) sy;
    int x0 = (int) sx;
    int x1 = Math.min(columns - 1, x0 + 1);
    int upper = y0 * columns;
    int lower = Math.min(rows - 1, y0 + 1) * columns;
    double above =
        mix(pixels[3 * (upper + x0) + channel], pixels[3 * (upper + x1) + channel], sx - x0);
    double below =
        mix(pixels[3 * (lower + x0) + channel], pixels[3 * (lower + x1) + channel], sx - x0);
    return above + (below - above) * (sy - y0);
  }

  private static double mix(byte a, byte b, double part) {
    return (a & 0xFF) + ((b & 0xFF) - (a & 0xFF)) * part;
  }
}
