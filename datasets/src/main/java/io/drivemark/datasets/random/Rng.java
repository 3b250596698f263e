package io.drivemark.datasets.random;

/**
 * Random numbers from a 64-bit counter passed through the SplitMix64 finaliser (Steele, Lea, Flood
 * 2014): the same numbers on each platform and Java version, for ever, and independent streams by
 * {@link #fork}. For one thread.
 *
 * <p>Example: {@code new Rng(1).unit()} is 0.5665615751722809.
 */
public final class Rng {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private long state;
  private double spare = Double.NaN;

  /** The numbers that follow from a seed. */
  public Rng(long seed) {
    this.state = seed;
  }

  /** The bijective finaliser: different inputs give different outputs. */
  public static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The seed of stream {@code index} below {@code seed}; injective in the index. */
  public static long stream(long seed, long index) {
    return mix(mix(seed) + GOLDEN * (index + 1));
  }

  /** The numbers that follow from a seed and a name, whatever other names there are. */
  public static Rng named(long seed, String name) {
    long key = name.length();
    for (int i = 0; i < name.length(); i++) {
      key = mix(key + GOLDEN * (name.charAt(i) + 1));
    }
    return new Rng(stream(seed, key));
  }

  /** Uniform over all 64-bit numbers. */
  public long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** Uniform in [0, 1). */
  public double unit() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  /** From the normal distribution of mean 0 and deviation 1, by Marsaglia's polar method (1964). */
  public double gaussian() {
    if (!Double.isNaN(spare)) {
      double value = spare;
      spare = Double.NaN;
      return value;
    }
    double u;
    double v;
    double square;
    do {
      u = in(-1, 1);
      v = in(-1, 1);
      square = u * u + v * v;
    } while (square >= 1 || square == 0);
    double scale = Math.sqrt(-2 * StrictMath.log(square) / square);
    spare = v * scale;
    return u * scale;
  }

  /** Uniform in [low, high). */
  public double in(double low, double high) {
    return low + (high - low) * unit();
  }

  /** Uniform in 0..count-1. */
  public int below(int count) {
    return (int) (unit() * count);
  }

  public boolean chance(double probability) {
    return unit() < probability;
  }

  /** One of the values, each equally likely. */
  @SafeVarargs
  public final <T> T pick(T... values) {
    return values[below(values.length)];
  }

  /** A stream of its own, so that what one object draws does not shift what the next one gets. */
  public Rng fork(long salt) {
    return new Rng(stream(next(), salt));
  }
}
