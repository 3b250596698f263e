package io.drivemark.datasets.synth;

/**
 * A ragged clump of leaves, u and v from −radius to radius.
 *
 * @param bare 0 for dense leaves; above 0 for twigs that let the light through, still one crown to
 *     the labels
 */
record Foliage(Rgb color, int seed, double radius, double leaf, double bare) implements Material {
  @Override
  public Outline outline() {
    return Outline.AIRY;
  }

  @Override
  public int at(double u, double v) {
    double d = (u * u + v * v) / (radius * radius);
    if (d > 1.2) {
      return OUTSIDE;
    }
    double rim = d + 0.75 * (Noise.value(u / (leaf * 4), v / (leaf * 4), seed) - 0.45);
    if (rim >= 0.8) {
      return OUTSIDE;
    }
    boolean solid;
    if (bare <= 0) {
      solid = rim < 0.55 || Noise.value(u / leaf, v / leaf, seed + 1) > (rim - 0.5) * 2.5;
    } else {
      // twigs: the thin ridges between cells of two noises that run outwards
      float a = Noise.value(u / (leaf * 1.2) + v * 0.6, v / (leaf * 4), seed + 2);
      float b = Noise.value(u / (leaf * 3.5), v / (leaf * 1.1) + u * 0.5, seed + 3);
      double thin = 0.16 * (1.2 - bare);
      solid = Math.abs(a - 0.5f) < thin || Math.abs(b - 0.5f) < thin;
    }
    return solid ? SOLID : GAP;
  }

  @Override
  public void shade(Hit hit) {
    hit.paint(color);
    double grain = leaf / (leaf + 0.5 * (hit.du + hit.dv));
    float k = 0.75f + 0.5f * Noise.fractal(hit.u / (leaf * 5), hit.v / (leaf * 5), seed + 4, 2);
    k *= 1 + (float) (0.9 * grain) * (Noise.value(hit.u / leaf, hit.v / leaf, seed + 5) * 2 - 1);
    k *= (float) (1 + 0.3 * hit.v / radius);
    hit.scale(Math.max(0.1f, k));
  }
}
