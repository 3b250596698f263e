package io.drivemark.eval.runner.inference;

import io.drivemark.datasets.Depth;
import io.drivemark.datasets.catalog.DepthCoding;
import io.drivemark.datasets.image.ImageCodec;
import java.nio.file.Path;
import java.util.TreeSet;

/**
 * Predicted distances as files hold them: 16-bit PNG, {@value #STEPS} steps a metre, as KITTI has
 * it. What is judged is what a file holds, so that scores of files and of runs are the same; the
 * rounding is 2 mm at most. Stateless.
 */
public final class StoredDepth {
  /** Steps to a metre. */
  public static final int STEPS = 256;

  private static final int MOST = 65535;

  /** How a file is read again. */
  private static final DepthCoding CODING = new DepthCoding(1.0 / STEPS, new TreeSet<>());

  private StoredDepth() {}

  /** The farthest distance that a file can hold, in metres. */
  public static double farthest() {
    return (double) MOST / STEPS;
  }

  /**
   * The distances as they are read back from a file: at least one step, at most {@link #farthest}.
   */
  public static Depth rounded(Depth depth) {
    float[] metres = new float[depth.metres().length];
    for (int i = 0; i < metres.length; i++) {
      metres[i] = (float) (steps(depth.metres()[i]) * CODING.metresPerUnit());
    }
    return Depth.of(depth.height(), depth.width(), metres);
  }

  /** Writes a file, with the mark of our predictions. */
  public static void write(Path file, Depth depth) {
    short[] values = new short[depth.metres().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (short) steps(depth.metres()[i]);
    }
    ImageCodec.writeMarkedGray16(file, depth.height(), depth.width(), values);
  }

  /** The distances as a file's raster holds them: two bytes a pixel, high byte first. */
  public static byte[] raster(Depth depth) {
    float[] metres = depth.metres();
    byte[] out = new byte[2 * metres.length];
    for (int i = 0; i < metres.length; i++) {
      int steps = steps(metres[i]);
      out[2 * i] = (byte) (steps >>> 8);
      out[2 * i + 1] = (byte) steps;
    }
    return out;
  }

  private static int steps(float metres) {
    return (int) Math.min(MOST, Math.max(1, Math.round((double) metres * STEPS)));
  }
}
