package io.drivemark.datasets.synth;

/** A colour in linear light: an albedo in 0..1, or a radiance. Immutable. */
record Rgb(float r, float g, float b) {
  static final Rgb BLACK = new Rgb(0, 0, 0);
  static final Rgb WHITE = new Rgb(0.8f, 0.8f, 0.8f);

  /** From display values 0xRRGGBB. */
  static Rgb of(int hex) {
    return new Rgb(linear(hex >> 16 & 255), linear(hex >> 8 & 255), linear(hex & 255));
  }

  static Rgb grey(double value) {
    return new Rgb((float) value, (float) value, (float) value);
  }

  Rgb times(double k) {
    return new Rgb((float) (r * k), (float) (g * k), (float) (b * k));
  }

  Rgb mix(Rgb o, double t) {
    float k = (float) t;
    return new Rgb(r + (o.r - r) * k, g + (o.g - g) * k, b + (o.b - b) * k);
  }

  Rgb mul(Rgb o) {
    return new Rgb(r * o.r, g * o.g, b * o.b);
  }

  private static float linear(int value) {
    return (float) StrictMath.pow(value / 255.0, 2.2);
  }
}
