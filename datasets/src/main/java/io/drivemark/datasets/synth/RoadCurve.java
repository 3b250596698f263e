package io.drivemark.datasets.synth;

/**
 * The centre line of a road on the ground plane as a function of distance driven, and the way from
 * road coordinates (metres right of the centre line, metres along it) to the world. Immutable.
 */
final class RoadCurve {
  /** How far before the start the table reaches, metres. */
  private static final int BEHIND = 80;

  private final double[] x;
  private final double[] z;
  private final double[] heading;

  /**
   * @param ahead metres of road after the start
   * @param swing largest change of direction, radians
   * @param wave metres for one full swing to and fro
   * @param phase where in the swing the drive starts, radians
   */
  RoadCurve(int ahead, double swing, double wave, double phase) {
    int n = ahead + BEHIND + 2;
    x = new double[n];
    z = new double[n];
    heading = new double[n];
    for (int i = 0; i < n; i++) {
      heading[i] = swing * StrictMath.sin(2 * Math.PI * (i - BEHIND) / wave + phase);
      if (i > 0) {
        double h = 0.5 * (heading[i] + heading[i - 1]);
        x[i] = x[i - 1] + StrictMath.sin(h);
        z[i] = z[i - 1] + StrictMath.cos(h);
      }
    }
  }

  /** Direction of the road at {@code s}, radians to the right of the world's z axis. */
  double heading(double s) {
    double t = s + BEHIND;
    int i = index(t);
    return heading[i] + (heading[i + 1] - heading[i]) * (t - i);
  }

  /** The world point at {@code right} metres from the centre line, {@code up} above the ground. */
  Vec at(double right, double s, double up) {
    double t = s + BEHIND;
    int i = index(t);
    double k = t - i;
    double dx = x[i + 1] - x[i];
    double dz = z[i + 1] - z[i];
    return new Vec(x[i] + dx * k + dz * right, up, z[i] + dz * k - dx * right);
  }

  /** A frame for placing an object: its origin on the ground, turned {@code yaw} to the right. */
  Local local(double right, double s, double yaw) {
    double h = heading(s) + yaw;
    double sin = StrictMath.sin(h);
    double cos = StrictMath.cos(h);
    return new Local(at(right, s, 0), new Vec(cos, 0, -sin), new Vec(sin, 0, cos));
  }

  private int index(double t) {
    return Math.max(0, Math.min(x.length - 2, (int) Math.floor(t)));
  }

  /** An object's own axes in the world. */
  record Local(Vec origin, Vec right, Vec ahead) {
    Vec p(double r, double up, double a) {
      return new Vec(
          origin.x() + right.x() * r + ahead.x() * a,
          origin.y() + up,
          origin.z() + right.z() * r + ahead.z() * a);
    }
  }
}
