package io.drivemark.eval.statistics;

import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/** Where draws come from. For one thread. */
interface Picks {
  /** One of 0..bound−1, each as likely as the others. */
  int below(int bound);

  /** A value of mean 0 and standard deviation 1. */
  double deviate();

  /** Seeded ones of the generator Well19937c: the same on every machine. */
  static Picks seeded(long seed) {
    RandomGenerator random = new Well19937c(seed);
    return new Picks() {
      @Override
      public int below(int bound) {
        return random.nextInt(bound);
      }

      @Override
      public double deviate() {
        return random.nextGaussian();
      }
    };
  }
}
