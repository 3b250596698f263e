package io.drivemark.architectures.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Steps worked out by hand for one weight of 1, rate 0.1, decay 0.5. */
class OptimiserTest {
  @Test
  void firstAdamWStepIsDecayThenRateTimesSign() {
    float[] w = {1};
    Optimiser adamW = new Optimiser(Optimiser.Kind.ADAMW, 0, false);
    // decay: 1 − 0.1·0.5 = 0.95; bias-corrected m = g, √v = |g|: step 0.1
    adamW.update("w", w, new float[] {2}, 0.1, 0.5, 1);
    assertEquals(0.85, w[0], 1e-6);
    // decay: 0.85·0.95 = 0.8075; m = 0.9·0.2 + 0.1·1 = 0.28, /0.19 = 1.473684;
    // v = 0.999·0.004 + 0.001·1 = 0.004996, /0.001999 = 2.499250, √ = 1.580902
    adamW.update("w", w, new float[] {1}, 0.1, 0.5, 2);
    assertEquals(0.8075 - 0.1 * 1.473684 / 1.580902, w[0], 1e-6);
  }

  @Test
  void adamAddsDecayToTheGradient() {
    float[] w = {1};
    // g = −0.5 + 0.5·1 = 0: nothing moves; AdamW would have decayed
    new Optimiser(Optimiser.Kind.ADAM, 0, false).update("w", w, new float[] {-0.5f}, 0.1, 0.5, 1);
    assertEquals(1, w[0]);
  }

  @Test
  void sgdAccumulatesMomentum() {
    float[] w = {1};
    Optimiser sgd = new Optimiser(Optimiser.Kind.SGD, 0.9, false);
    sgd.update("w", w, new float[] {2}, 0.1, 0.5, 1); // g = 2.5, m = 2.5, w = 0.75
    assertEquals(0.75, w[0], 1e-6);
    sgd.update("w", w, new float[] {1}, 0.1, 0.5, 2); // g = 1.375, m = 3.625, w = 0.3875
    assertEquals(0.3875, w[0], 1e-6);
  }

  @Test
  void nesterovLooksAhead() {
    float[] w = {1};
    Optimiser sgd = new Optimiser(Optimiser.Kind.SGD, 0.9, true);
    sgd.update("w", w, new float[] {2}, 0.1, 0, 1); // m = 2, w −= 0.1·(2 + 0.9·2)
    assertEquals(0.62, w[0], 1e-6);
  }

  @Test
  void restoredStateContinuesTheSameWay() {
    float[] a = {1, -2};
    Optimiser one = new Optimiser(Optimiser.Kind.ADAMW, 0, false);
    one.update("w", a, new float[] {0.5f, 3}, 0.1, 0.1, 1);
    float[] b = a.clone();
    Optimiser other = new Optimiser(Optimiser.Kind.ADAMW, 0, false);
    java.util.Map<String, float[]> copy = new java.util.LinkedHashMap<>();
    one.state().forEach((name, values) -> copy.put(name, values.clone()));
    other.restore(copy);
    one.update("w", a, new float[] {1, 1}, 0.1, 0.1, 2);
    other.update("w", b, new float[] {1, 1}, 0.1, 0.1, 2);
    assertEquals(a[0], b[0]);
    assertEquals(a[1], b[1]);
  }

  @Test
  void anotherNumberOfValuesThanBeforeIsRefused() {
    Optimiser sgd = new Optimiser(Optimiser.Kind.SGD, 0.9, false);
    sgd.update("w", new float[2], new float[2], 0.1, 0, 1);
    assertEquals(
        "weight w: 2 values and 3 of a gradient, expected 2 each",
        assertThrows(
                IllegalArgumentException.class,
                () -> sgd.update("w", new float[2], new float[3], 0.1, 0, 2))
            .getMessage());
    assertEquals(
        "weight w: 1 values and 1 of a gradient, expected 2 each",
        assertThrows(
                IllegalArgumentException.class,
                () -> sgd.update("w", new float[1], new float[1], 0.1, 0, 2))
            .getMessage());
  }
}
