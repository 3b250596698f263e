package io.drivemark.datasets.synth;

/** A round bar with round ends: u along it from 0 to its length, v across. */
record Bar(Rgb color, double length, double ra, double rb, float sun) implements Material {
  @Override
  public boolean cut() {
    return true;
  }

  @Override
  public boolean covers(double u, double v) {
    if (u < 0) {
      return u * u + v * v <= ra * ra;
    }
    if (u > length) {
      double d = u - length;
      return d * d + v * v <= rb * rb;
    }
    double r = ra + (rb - ra) * u / length;
    return v * v <= r * r;
  }

  @Override
  public void shade(Hit hit) {
    double t = length < 1e-9 ? 0 : Math.max(0, Math.min(1, hit.u / length));
    float side = (float) (hit.v / (ra + (rb - ra) * t));
    side = side < -1 ? -1 : side > 1 ? 1 : side;
    hit.paint(color);
    hit.scale(0.85f + 0.3f * side * sun - 0.3f * side * side);
  }
}
