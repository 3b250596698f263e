package io.drivemark.eval.runner.inference;

import io.drivemark.architectures.engine.Session;
import io.drivemark.datasets.RgbImage;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.files.Digests;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.util.List;

/**
 * One fixed frame of made-up pixels, and the digest of what a network answers on it: equal digests
 * say that engine, machine and network give equal bits, another one that equal predictions are not
 * to be expected. The frame must stay as it is: digests of many nights are compared. Stateless.
 */
final class Canary {
  private static final int DIGITS = 16;
  private static final long MIX = 0x9E3779B97F4A7C15L;
  private static final int NOISE = 64;

  private Canary() {}

  /** The frame at a size: slow gradients that differ by channel, and noise of up to a quarter. */
  static RgbImage frame(FrameSize size) {
    int height = size.height();
    int width = size.width();
    byte[] pixels = new byte[Math.multiplyExact(3, Math.multiplyExact(height, width))];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        for (int channel = 0; channel < 3; channel++) {
          int at = 3 * (row * width + column) + channel;
          int along = (channel == 0 ? row : channel == 1 ? column : row + column) * (channel + 2);
          long noise = (at + 1) * MIX;
          noise = (noise ^ noise >>> 29) * MIX;
          pixels[at] = (byte) (along + (noise >>> 58) % NOISE);
        }
      }
    }
    return RgbImage.of(height, width, pixels);
  }

  /** The first digits of the SHA-256 of all outputs, float32, low byte first. */
  static String digest(Session session, List<FloatBuffer> outputs) {
    MessageDigest sha = Digests.sha256();
    for (int i = 0; i < outputs.size(); i++) {
      int count = Math.toIntExact(session.outputShapes().get(i).elements());
      FloatBuffer output = outputs.get(i);
      ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
      for (int k = 0; k < count; k++) {
        bytes.putInt(Float.floatToRawIntBits(output.get(k)));
      }
      sha.update(bytes.array());
    }
    return Digests.hex(sha.digest()).substring(0, DIGITS);
  }
}
