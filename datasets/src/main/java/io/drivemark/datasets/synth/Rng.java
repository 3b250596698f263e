package io.drivemark.datasets.synth;

/**
 * Random numbers from a 64-bit counter passed through the SplitMix64 finaliser (Steele, Lea, Flood
 * 2014): the same numbers on each platform, and independent streams by {@link #fork}. Not safe to
 * share between threads.
 */
final class Rng {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private long state;

  Rng(long seed) {
    this.state = seed;
  }

  /** The bijective finaliser: different inputs give different outputs. */
  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The seed of stream {@code index} below {@code seed}; injective in the index. */
  static long stream(long seed, long index) {
    return mix(mix(seed) + GOLDEN * (index + 1));
  }

  long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** Uniform in [0, 1). */
  double unit() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in [low, high). */
  double in(double low, double high) {
    return low + (high - low) * unit();
  }

  /** Uniform in 0..count-1. */
  int below(int count) {
    return (int) (unit() * count);
  }

  boolean chance(double probability) {
    return unit() < probability;
  }

  /** One of the values, each equally likely. */
  @SafeVarargs
  final <T> T pick(T... values) {
    return values[below(values.length)];
  }

  /** A stream of its own, so that what one object draws does not shift what the next one gets. */
  Rng fork(long salt) {
    return new Rng(stream(next(), salt));
  }
}
