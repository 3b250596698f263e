package io.drivemark.eval.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.statistics.Bootstrap;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How often two equal networks are called different, where sessions of one network differ: by a
 * control that is the same session timed twice, and by one that is a session of its own.
 */
class SessionEffectsTest {
  private static final int TRIALS = 400;
  private static final int ROUNDS = 20;
  private static final int RUNS = 10;
  private static final double NOISE = 0.05; // of one run
  private static final Bootstrap DRAWS = new Bootstrap(200, 0.95, 1);

  private final Random random = new Random(12);

  /** Runs of a session that is slower than its network by an effect of its own. */
  private LatencySamples session(double effect) {
    long[] nanos = new long[ROUNDS * RUNS];
    int[] blocks = new int[nanos.length];
    int[] orders = new int[nanos.length];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = Math.round(1e7 * (1 + effect) * (1 + NOISE * random.nextGaussian()));
      blocks[i] = i / RUNS;
      orders[i] = i;
    }
    return new LatencySamples(nanos, blocks, orders);
  }

  /** Shares of trials in which two equal networks are no tie: by the one control, by the other. */
  private double[] falseAlarms(double spread) {
    double[] alarms = new double[2];
    for (int trial = 0; trial < TRIALS; trial++) {
      double effect = spread * random.nextGaussian();
      LatencySamples first = session(effect);
      LatencySamples equal = session(spread * random.nextGaussian());
      LatencySamples same = session(effect);
      LatencySamples second = session(spread * random.nextGaussian());
      double a = LatencySummary.of(first).meanNanos();
      double b = LatencySummary.of(equal).meanNanos();
      alarms[0] += AaBand.of(first, same, DRAWS).isTie(a, b) ? 0 : 1.0 / TRIALS;
      alarms[1] += AaBand.of(first, second, DRAWS).isTie(a, b) ? 0 : 1.0 / TRIALS;
    }
    System.out.printf(
        "sessions differ by %.1f %%: equal networks called different in %.1f %% of trials by one"
            + " session timed twice, %.1f %% by a second session%n",
        100 * spread, 100 * alarms[0], 100 * alarms[1]);
    return alarms;
  }

  @Test
  void withoutSessionEffectsBothControlsAreRight() {
    double[] alarms = falseAlarms(0);
    assertEquals(0.02, alarms[0], 0.03);
    assertEquals(0.02, alarms[1], 0.03);
  }

  @Test
  void withSessionEffectsOneSessionTimedTwiceIsNoControl() {
    double[] alarms = falseAlarms(0.02);
    assertTrue(alarms[0] > 0.6, "one session timed twice: " + alarms[0]);
    assertTrue(alarms[1] < 0.45, "a second session: " + alarms[1]);
  }
}
