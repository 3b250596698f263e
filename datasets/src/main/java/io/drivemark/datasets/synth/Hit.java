package io.drivemark.datasets.synth;

/** Where a ray met a surface, and what the surface's material answers. Reused for each pixel. */
final class Hit {
  /** Metres along the surface's first axis. */
  double u;

  /** Metres along the surface's second axis. */
  double v;

  /** The pixel's footprint along the first axis, metres. */
  double du;

  /** The pixel's footprint along the second axis, metres. */
  double dv;

  /** Albedo. */
  float r;

  float g;
  float b;

  /** Light given off. */
  float er;

  float eg;
  float eb;

  /** Share of the light from outside that arrives: folds, cavities. */
  float open;

  /** Share of the sky mirrored: glass, paint. */
  float mirror;

  void reset() {
    er = 0;
    eg = 0;
    eb = 0;
    open = 1;
    mirror = 0;
  }

  void paint(Rgb color) {
    r = color.r();
    g = color.g();
    b = color.b();
  }

  /** Lays a colour over what is there. */
  void over(Rgb color, float cover) {
    r += (color.r() - r) * cover;
    g += (color.g() - g) * cover;
    b += (color.b() - b) * cover;
  }

  void scale(float k) {
    r *= k;
    g *= k;
    b *= k;
  }

  void glow(Rgb color, float k) {
    er += color.r() * k;
    eg += color.g() * k;
    eb += color.b() * k;
  }
}
