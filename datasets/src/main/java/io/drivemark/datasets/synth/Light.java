package io.drivemark.datasets.synth;

import io.drivemark.datasets.random.Rng;

/**
 * Sun, sky, air and exposure of one drive, and the sky's picture. Radiances are such that 1 is the
 * whitest a pixel gets. Immutable after construction.
 */
final class Light {
  final Weather weather;
  final Daylight daylight;

  /** Direction to the sun. */
  final Vec sun;

  /** Light of the sun on a surface that faces it; black where clouds hide it. */
  final Rgb sunColor;

  final Rgb ambient;
  final Rgb haze;
  final boolean wet;

  /** Whether lamps and headlights are on. */
  final boolean lamps;

  final boolean night;

  /** Strength of the ego car's own headlights. */
  final float beam;

  private final Rgb zenith;
  private final Rgb horizon;
  private final Rgb cloudLight;
  private final Rgb cloudDark;
  private final float cover;
  private final double cloudScale;
  private final int seed;
  private final float glow;
  private final float[] clear = new float[1024];

  Light(Rng rng, Weather weather, Daylight daylight) {
    this.weather = weather;
    this.daylight = daylight;
    this.seed = (int) rng.next();
    this.night = daylight == Daylight.NIGHT;
    this.wet = weather == Weather.RAIN;
    boolean glare = daylight == Daylight.GLARE;
    boolean dull = weather != Weather.CLEAR || (daylight == Daylight.DAY && rng.chance(0.3));
    double azimuth = glare ? rng.in(-0.35, 0.35) : rng.in(0.5, 5.8);
    double elevation = glare ? rng.in(0.1, 0.3) : rng.in(0.35, 0.9);
    double ce = StrictMath.cos(elevation);
    this.sun =
        new Vec(
            ce * StrictMath.sin(azimuth), StrictMath.sin(elevation), ce * StrictMath.cos(azimuth));
    double scale = rng.in(0.8, 1.2);
    switch (daylight) {
      case DAY -> {
        sunColor = dull ? Rgb.BLACK : new Rgb(1.25f, 1.13f, 0.95f).times(scale);
        ambient =
            (dull ? new Rgb(0.42f, 0.44f, 0.47f) : new Rgb(0.24f, 0.265f, 0.31f)).times(scale);
        zenith = dull ? Rgb.grey(0.85 * scale) : new Rgb(0.40f, 0.66f, 0.98f).times(scale);
        horizon = dull ? Rgb.grey(1.1 * scale) : new Rgb(0.95f, 1.06f, 1.15f).times(scale);
        cloudLight = Rgb.grey(1.3 * scale);
        cloudDark = Rgb.grey((dull ? 0.72 : 0.95) * scale);
      }
      case GLARE -> {
        sunColor = dull ? Rgb.BLACK : new Rgb(1.2f, 1.02f, 0.75f).times(scale);
        ambient = new Rgb(0.24f, 0.25f, 0.27f).times(scale);
        zenith = new Rgb(0.5f, 0.63f, 0.8f).times(scale);
        horizon = new Rgb(1.15f, 1.08f, 0.95f).times(scale);
        cloudLight = new Rgb(1.3f, 1.2f, 1.05f).times(scale);
        cloudDark = Rgb.grey(0.6 * scale);
      }
      case DUSK -> {
        sunColor = Rgb.BLACK;
        ambient = new Rgb(0.12f, 0.125f, 0.14f).times(scale);
        boolean warm = rng.chance(0.4) && !dull;
        zenith = new Rgb(0.34f, 0.4f, 0.48f).times(scale);
        horizon = warm ? new Rgb(0.85f, 0.6f, 0.4f).times(scale) : Rgb.grey(0.7).times(scale);
        cloudLight = warm ? new Rgb(0.75f, 0.52f, 0.4f).times(scale) : Rgb.grey(0.8 * scale);
        cloudDark = Rgb.grey(0.27 * scale);
      }
      default -> {
        sunColor = Rgb.BLACK;
        ambient = new Rgb(0.034f, 0.032f, 0.036f).times(scale);
        zenith = new Rgb(0.006f, 0.008f, 0.014f).times(scale);
        horizon = new Rgb(0.05f, 0.042f, 0.035f).times(scale);
        cloudLight = Rgb.grey(0.035 * scale);
        cloudDark = Rgb.grey(0.012);
      }
    }
    this.cover = (float) (dull ? rng.in(0.6, 1.0) : rng.in(0.1, 0.6));
    this.cloudScale = rng.in(0.5, 1.3);
    this.lamps = night || daylight == Daylight.DUSK || weather != Weather.CLEAR;
    this.beam = night ? 1f : daylight == Daylight.DUSK ? 0.1f : 0f;
    this.glow = glare && !dull ? 1f : sunColor.r() > 0 ? 0.4f : 0f;
    this.haze = (dull ? zenith.mix(horizon, 0.6) : horizon).times(0.8);
    double density =
        switch (weather) {
          case CLEAR -> rng.in(0.0005, 0.002);
          case RAIN -> rng.in(0.002, 0.006);
          case FOG -> rng.in(0.006, 0.02);
        };
    for (int i = 0; i < clear.length; i++) {
      clear[i] = (float) StrictMath.exp(-density * i * 0.5);
    }
  }

  /** The share of light that comes through {@code metres} of air. */
  float through(double metres) {
    return clear[(int) Math.min(clear.length - 1, metres * 2)];
  }

  boolean sunny() {
    return sunColor.r() > 0;
  }

  /**
   * The sky's radiance in a direction, into {@code out}.
   *
   * @param x right, {@code y} up, {@code z} ahead, in world axes, of any length
   * @param size the pixel's footprint as an angle, radians
   */
  void sky(double x, double y, double z, double size, float[] out) {
    double inv = 1 / Math.sqrt(x * x + y * y + z * z);
    float up = (float) Math.max(0, y * inv);
    float t = (float) Math.sqrt(up);
    t = Noise.clamp(t * 1.25f);
    float r = horizon.r() + (zenith.r() - horizon.r()) * t;
    float g = horizon.g() + (zenith.g() - horizon.g()) * t;
    float b = horizon.b() + (zenith.b() - horizon.b()) * t;
    double k = cloudScale / (up + 0.12);
    double cu = x * inv * k;
    double cv = z * inv * k;
    float density = Noise.fractal(cu * 1.5, cv * 1.5, seed, size > 0.003 ? 3 : 4);
    float edge = 1 - cover;
    float cloud = Noise.smooth(edge * 0.75f, edge * 0.75f + 0.3f, density);
    float thick = Noise.smooth(0.35f, 0.8f, Noise.fractal(cu * 0.9 + 7, cv * 0.9, seed + 5, 2));
    float cr = cloudLight.r() + (cloudDark.r() - cloudLight.r()) * thick;
    float cg = cloudLight.g() + (cloudDark.g() - cloudLight.g()) * thick;
    float cb = cloudLight.b() + (cloudDark.b() - cloudLight.b()) * thick;
    r += (cr - r) * cloud;
    g += (cg - g) * cloud;
    b += (cb - b) * cloud;
    if (glow > 0) {
      float c = (float) Math.max(0, (x * sun.x() + y * sun.y() + z * sun.z()) * inv);
      float c4 = c * c * c * c;
      float c16 = c4 * c4 * c4 * c4;
      float c64 = c16 * c16 * c16 * c16;
      float c512 = c64 * c64 * c64 * c64;
      c512 *= c512;
      float s = glow * (0.25f * c16 + 0.6f * c64 + 6f * c512);
      r += s;
      g += s * 0.95f;
      b += s * 0.8f;
    }
    float fog =
        weather == Weather.CLEAR ? 0 : (weather == Weather.FOG ? 0.97f : 0.6f) * (1 - up * 0.9f);
    out[0] = r + (haze.r() - r) * fog;
    out[1] = g + (haze.g() - g) * fog;
    out[2] = b + (haze.b() - b) * fog;
  }
}
