package io.drivemark.datasets.synth;

/**
 * A planar convex polygon as the camera sees it: its outline in pixels and, as linear functions of
 * the pixel's place, the inverse depth and the surface coordinates. Made by {@link Scene}.
 */
final class Surface {
  final Material material;
  final Material.Outline outline;
  final int label;
  final int id;

  /** Inverse depth = ia·x + ib·y + ic. */
  final double ia;

  final double ib;
  final double ic;

  /** u = (ua·x + ub·y + uc) / inverse depth − u0; likewise v. */
  final double ua;

  final double ub;
  final double uc;
  final double u0;
  final double va;
  final double vb;
  final double vc;
  final double v0;

  /** Outline in pixels, convex. */
  final double[] px;

  final double[] py;
  final double top;
  final double bottom;

  /** Share of the sun's light that this surface receives. */
  float direct;

  /** Share of the sky's light. */
  float ambient = 1;

  /** Below this v the sun does not reach. */
  double shadeBelow = -1e9;

  /** Whether the upright v axis is a height above the ground, for darkening near it. */
  boolean upright;

  Surface(
      PinholeCamera camera,
      Material material,
      int label,
      int id,
      Vec origin,
      Vec uAxis,
      Vec vAxis,
      double[] px,
      double[] py) {
    this.material = material;
    this.outline = material.outline();
    this.label = label;
    this.id = id;
    Vec n = uAxis.cross(vAxis);
    double d = n.dot(origin);
    double f = camera.focal;
    ia = n.x() / (f * d);
    ib = -n.y() / (f * d);
    ic = n.z() / d - ia * camera.cx - ib * camera.cy;
    ua = uAxis.x() / f;
    ub = -uAxis.y() / f;
    uc = uAxis.z() - ua * camera.cx - ub * camera.cy;
    u0 = origin.dot(uAxis);
    va = vAxis.x() / f;
    vb = -vAxis.y() / f;
    vc = vAxis.z() - va * camera.cx - vb * camera.cy;
    v0 = origin.dot(vAxis);
    this.px = px;
    this.py = py;
    double low = Double.MAX_VALUE;
    double high = -Double.MAX_VALUE;
    for (double y : py) {
      low = Math.min(low, y);
      high = Math.max(high, y);
    }
    top = low;
    bottom = high;
  }

  double inverseDepth(double x, double y) {
    return ia * x + ib * y + ic;
  }

  /** Fills u, v and the footprints for a pixel. */
  void locate(double x, double y, Hit hit) {
    double z = 1 / Math.max(1e-5, inverseDepth(x, y));
    hit.u = (ua * x + ub * y + uc) * z - u0;
    hit.v = (va * x + vb * y + vc) * z - v0;
    double u = hit.u + u0;
    double v = hit.v + v0;
    hit.du = (Math.abs(ua - u * ia) + Math.abs(ub - u * ib)) * z;
    hit.dv = (Math.abs(va - v * ia) + Math.abs(vb - v * ib)) * z;
  }
}
