package io.drivemark.datasets.corruption;

import io.drivemark.datasets.random.Rng;
import java.nio.charset.StandardCharsets;

/**
 * Random numbers by their place: number {@code i} follows from a text and {@code i} alone, so that
 * no order of work, thread or machine changes it. The text's FNV-1a-64 digest is the key; a number
 * is the SplitMix64 finaliser of key and place. Immutable and thread-safe.
 *
 * <p>Example: {@code Draws.of("gaussian-noise/1/a").normal(0)} is -0.9413887616301078.
 */
public final class Draws {
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long key;

  private Draws(long key) {
    this.key = key;
  }

  /** The numbers that belong to a text, which is read as UTF-8. */
  public static Draws of(String text) {
    long hash = FNV_OFFSET;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    return new Draws(hash);
  }

  /** Number {@code place} of those uniform in [0, 1). */
  public double unit(long place) {
    return (Rng.mix(key + GOLDEN * (place + 1)) >>> 11) * 0x1.0p-53;
  }

  /**
   * Number {@code place} of those of mean 0 and deviation 1, by Box and Muller (1958) from the
   * uniform numbers at twice that place and the one after.
   */
  public double normal(long place) {
    return normal(unit(2 * place), unit(2 * place + 1));
  }

  /** The normal number that two uniform ones in [0, 1) give. */
  public static double normal(double first, double second) {
    return Math.sqrt(-2 * StrictMath.log(1 - first)) * StrictMath.cos(2 * Math.PI * second);
  }
}
