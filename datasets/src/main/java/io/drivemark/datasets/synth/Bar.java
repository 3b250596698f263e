package io.drivemark.datasets.synth;

/** A round bar with round ends: u along it from 0 to its length, v across. */
record Bar(Rgb color, double length, double ra, double rb, float sun) implements Material {
  @Override
  public Outline outline() {
    return Outline.CUT;
  }

  @Override
  public int at(double u, double v) {
    double along = u < 0 ? u : u > length ? u - length : 0;
    double r = u < 0 ? ra : u > length ? rb : ra + (rb - ra) * u / length;
    return along * along + v * v <= r * r ? SOLID : OUTSIDE;
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
