package io.drivemark.architectures.training;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Turns gradients into new weights, in place, in plain float arithmetic; its whole state is visible
 * so that a checkpoint can hold it. Not thread-safe.
 *
 * <p>With g the gradient, η the rate, λ the decay, t the step from 1:
 *
 * <pre>
 * SGD    g += λw;  m = μm + g;  w −= ηm          (Nesterov: w −= η(g + μm))
 * ADAM   g += λw;  m = β₁m + (1−β₁)g;  v = β₂v + (1−β₂)g²;
 *        w −= η·(m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε)
 * ADAMW  w −= ηλw, then as ADAM with λ = 0        (arXiv:1711.05101)
 * </pre>
 *
 * β₁ = 0.9, β₂ = 0.999, ε = 1e-8.
 */
public final class Optimiser {
  /** Which rule. */
  public enum Kind {
    SGD,
    ADAM,
    ADAMW
  }

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final float EPSILON = 1e-8f;

  private final Kind kind;
  private final float momentum;
  private final boolean nesterov;
  private final Map<String, float[]> first = new LinkedHashMap<>();
  private final Map<String, float[]> second = new LinkedHashMap<>();

  /**
   * @param momentum μ of SGD
   * @param nesterov whether SGD looks ahead
   */
  public Optimiser(Kind kind, double momentum, boolean nesterov) {
    this.kind = kind;
    this.momentum = (float) momentum;
    this.nesterov = nesterov;
  }

  /**
   * Updates one weight.
   *
   * @param name the weight's name, under which the optimiser keeps its state
   * @param values the weight's values, changed in place
   * @param gradient as long as {@code values}; may be overwritten
   * @param rate η of this step
   * @param decay λ for this weight; 0 = none
   * @param step number of this step, from 1
   * @throws IllegalArgumentException if the lengths differ, or are not those of earlier steps
   */
  public void update(
      String name, float[] values, float[] gradient, double rate, double decay, long step) {
    int length = first.computeIfAbsent(name, n -> new float[values.length]).length;
    if (values.length != length || gradient.length != length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "weight %s: %d values and %d of a gradient, expected %d each",
              name,
              values.length,
              gradient.length,
              length));
    }
    if (decay != 0 && kind == Kind.ADAMW) {
      float keep = (float) (1 - rate * decay);
      for (int i = 0; i < values.length; i++) {
        values[i] *= keep;
      }
    } else if (decay != 0) {
      float lambda = (float) decay;
      for (int i = 0; i < values.length; i++) {
        gradient[i] += lambda * values[i];
      }
    }
    float[] m = first.get(name);
    if (kind == Kind.SGD) {
      sgd(values, gradient, m, (float) rate);
    } else {
      float[] v = second.computeIfAbsent(name, n -> new float[values.length]);
      adam(values, gradient, m, v, rate, step);
    }
  }

  private void sgd(float[] values, float[] gradient, float[] m, float rate) {
    for (int i = 0; i < values.length; i++) {
      m[i] = momentum * m[i] + gradient[i];
      values[i] -= rate * (nesterov ? gradient[i] + momentum * m[i] : m[i]);
    }
  }

  private static void adam(
      float[] values, float[] gradient, float[] m, float[] v, double rate, long step) {
    float b1 = (float) BETA1;
    float b2 = (float) BETA2;
    float rest1 = (float) (1 - BETA1);
    float rest2 = (float) (1 - BETA2);
    float scale = (float) (rate / (1 - Math.pow(BETA1, step)));
    float unbias = (float) (1 / Math.sqrt(1 - Math.pow(BETA2, step)));
    for (int i = 0; i < values.length; i++) {
      float g = gradient[i];
      m[i] = b1 * m[i] + rest1 * g;
      v[i] = b2 * v[i] + rest2 * g * g;
      values[i] -= scale * m[i] / ((float) Math.sqrt(v[i]) * unbias + EPSILON);
    }
  }

  /** The state's arrays by name: {@code first/WEIGHT}, {@code second/WEIGHT}; not copied. */
  Map<String, float[]> state() {
    Map<String, float[]> state = new LinkedHashMap<>();
    first.forEach((name, values) -> state.put("first/" + name, values));
    second.forEach((name, values) -> state.put("second/" + name, values));
    return state;
  }

  /** Takes over a state as {@link #state()} gave it. */
  void restore(Map<String, float[]> state) {
    first.clear();
    second.clear();
    state.forEach(
        (name, values) ->
            (name.startsWith("first/") ? first : second)
                .put(name.substring(name.indexOf('/') + 1), values));
  }
}
