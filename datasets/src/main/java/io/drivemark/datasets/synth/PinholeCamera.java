package io.drivemark.datasets.synth;

/**
 * A pinhole camera with a horizontal axis; the horizon's place is a shift of the principal point.
 * In camera space x is right, y up, z along the axis; depth is z. Immutable.
 */
final class PinholeCamera {
  final int height;
  final int width;
  final double focal;
  final double cx;
  final double cy;
  final double roll;
  final Vec position;
  final Vec right;
  final Vec up;
  final Vec ahead;

  /**
   * @param horizon the row of the horizon as a share of the height
   * @param heading direction of view, radians right of the world's z axis
   * @param roll radians, clockwise
   */
  PinholeCamera(int height, int width, Vec position, double heading, double roll, double horizon) {
    this.height = height;
    this.width = width;
    this.focal = focal(height);
    this.cx = 0.5 * width;
    this.cy = horizon * height;
    this.roll = roll;
    this.position = position;
    double sin = StrictMath.sin(heading);
    double cos = StrictMath.cos(heading);
    double sr = StrictMath.sin(roll);
    double cr = StrictMath.cos(roll);
    Vec level = new Vec(cos, 0, -sin);
    this.right = level.times(cr).plus(new Vec(0, -sr, 0));
    this.up = level.times(sr).plus(new Vec(0, cr, 0));
    this.ahead = new Vec(sin, 0, cos);
  }

  /** The focal length in pixels of a picture this high: the lens is always the same. */
  static double focal(int height) {
    return 1.25 * height;
  }

  private PinholeCamera(PinholeCamera other, Vec position) {
    this.height = other.height;
    this.width = other.width;
    this.focal = other.focal;
    this.cx = other.cx;
    this.cy = other.cy;
    this.roll = other.roll;
    this.position = position;
    this.right = other.right;
    this.up = other.up;
    this.ahead = other.ahead;
  }

  /** The same camera so many metres to its right: a point stays in its row. */
  PinholeCamera movedRight(double metres) {
    return new PinholeCamera(this, position.plus(right.times(metres)));
  }

  /** A world point in camera space. */
  Vec see(Vec world) {
    Vec p = world.minus(position);
    return new Vec(p.dot(right), p.dot(up), p.dot(ahead));
  }

  /** A world direction in camera space. */
  Vec turn(Vec d) {
    return new Vec(d.dot(right), d.dot(up), d.dot(ahead));
  }

  double column(Vec camera) {
    return cx + focal * camera.x() / camera.z();
  }

  double row(Vec camera) {
    return cy - focal * camera.y() / camera.z();
  }

  /** One over the depth at which a pixel's ray meets the ground; not positive above the horizon. */
  double groundInverse(double px, double py) {
    double rx = (px - cx) / focal;
    double ry = (cy - py) / focal;
    return -(right.y() * rx + up.y() * ry) / position.y();
  }

  boolean onGround(double px, double py) {
    return groundInverse(px, py) > 1e-4;
  }
}
