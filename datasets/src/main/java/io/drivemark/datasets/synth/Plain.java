package io.drivemark.datasets.synth;

/**
 * One colour with stains: {@code rough} is how much the brightness varies over {@code grain}
 * metres.
 */
record Plain(Rgb color, float rough, double grain, int seed, float mirror) implements Material {
  static final Plain NONE = new Plain(Rgb.BLACK, 0, 1, 0, 0);

  static Plain of(Rgb color) {
    return new Plain(color, 0, 1, 0, 0);
  }

  static Plain rough(Rgb color, double rough, double grain, int seed) {
    return new Plain(color, (float) rough, grain, seed, 0);
  }

  @Override
  public void shade(Hit hit) {
    hit.paint(color);
    hit.mirror = mirror;
    if (rough > 0) {
      hit.scale(1 + rough * (Noise.fractal(hit.u / grain, hit.v / grain, seed, 3) * 2 - 1));
    }
  }
}
