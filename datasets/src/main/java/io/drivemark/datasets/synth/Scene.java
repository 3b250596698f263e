package io.drivemark.datasets.synth;

import java.util.ArrayList;
import java.util.List;

/**
 * What one frame shows, as surfaces in the camera's view: objects of the world describe themselves
 * to it in world coordinates. For one thread.
 */
final class Scene {
  private static final double NEAR = 0.35;

  final PinholeCamera camera;
  final Light light;
  final List<Surface> surfaces = new ArrayList<>();

  /** Shadows of the sun on the ground. */
  final List<Surface> shadows = new ArrayList<>();

  /** Dark ground beneath objects that stand on it. */
  final List<Surface> contacts = new ArrayList<>();

  /** Light sources that glow over the picture. */
  final List<Lamp> lamps = new ArrayList<>();

  private double sunShare = 1;
  private double shadeBelow = -1e9;
  private int label;
  private int id;

  /** A light source: its place in camera space, colour, and reach of its glow in metres. */
  record Lamp(Vec camera, Rgb color, double metres) {}

  Scene(PinholeCamera camera, Light light) {
    this.camera = camera;
    this.light = light;
  }

  /**
   * What the surfaces that follow are labelled as, and which object they are part of (0 = none).
   */
  Scene as(int label, int id) {
    this.label = label;
    this.id = id;
    return this;
  }

  /** How much of the sun reaches what follows, and below which height it does not. */
  Scene lit(double sunShare, double shadeBelow) {
    this.sunShare = sunShare;
    this.shadeBelow = shadeBelow;
    return this;
  }

  /** A parallelogram from {@code o} with sides {@code a} (u axis) and {@code b} (v axis). */
  void quad(Material material, Vec o, Vec a, Vec b) {
    polygon(material, o, a.unit(), b, o, o.plus(a), o.plus(a).plus(b), o.plus(b));
  }

  /**
   * A planar convex polygon.
   *
   * @param o where u = v = 0
   * @param uAxis direction of u, length one
   * @param vSide a vector in the plane, on v's side of the u axis
   */
  void polygon(Material material, Vec o, Vec uAxis, Vec vSide, Vec... points) {
    Vec vAxis = vSide.minus(uAxis.times(vSide.dot(uAxis)));
    double length = vAxis.length();
    if (length < 1e-9) {
      return;
    }
    vAxis = vAxis.times(1 / length);
    Vec n = uAxis.cross(vAxis);
    if (n.dot(camera.position.minus(o)) < 0) {
      n = n.times(-1);
    }
    Vec[] seen = new Vec[points.length];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = camera.see(points[i]);
    }
    Surface s =
        add(surfaces, material, camera.see(o), camera.turn(uAxis), camera.turn(vAxis), seen);
    if (s != null) {
      s.direct = (float) (Math.max(0, n.dot(light.sun)) * sunShare);
      s.ambient = (float) (0.72 + 0.28 * n.y());
      s.shadeBelow = shadeBelow;
      s.upright = vAxis.y() > 0.9;
    }
  }

  /**
   * A round bar from {@code a} to {@code b} with radii {@code ra} and {@code rb} and round ends,
   * turned to the camera.
   */
  void capsule(Rgb color, Vec a, double ra, Vec b, double rb) {
    Vec ca = camera.see(a);
    Vec cb = camera.see(b);
    if (ca.z() < NEAR && cb.z() < NEAR) {
      return;
    }
    Vec axis = cb.minus(ca);
    double length = axis.length();
    Vec view = ca.lerp(cb, 0.5);
    Vec u = length < 1e-6 ? new Vec(0, 1, 0) : axis.times(1 / length);
    Vec across = u.cross(view);
    double k = across.length();
    if (k < 1e-6) {
      return;
    }
    across = across.times(1 / k);
    Vec start = ca.minus(u.times(ra));
    Vec end = cb.plus(u.times(rb));
    double r = Math.max(ra, rb);
    Surface s =
        add(
            surfaces,
            new Bar(color, length, ra, rb, sideOfSun(across)),
            ca,
            u,
            across,
            new Vec[] {
              start.plus(across.times(ra)),
              end.plus(across.times(r)),
              end.minus(across.times(r)),
              start.minus(across.times(ra))
            });
    if (s != null) {
      s.direct = (float) (0.6 * sunShare);
      s.ambient = 0.8f;
    }
  }

  /** A disc of radius {@code r} that faces the camera; u and v run from −r to r. */
  void blob(Material material, Vec center, double r, double bright) {
    Vec c = camera.see(center);
    if (c.z() < NEAR + r) {
      return;
    }
    Vec u = new Vec(c.z(), 0, -c.x());
    u = u.times(1 / u.length());
    Vec v = new Vec(0, 1, 0);
    Vec a = u.times(r);
    Vec b = v.times(r);
    Surface s =
        add(
            surfaces,
            material,
            c,
            u,
            v,
            new Vec[] {
              c.plus(a).plus(b), c.minus(a).plus(b), c.minus(a).minus(b), c.plus(a).minus(b)
            });
    if (s != null) {
      s.direct = (float) (bright * sunShare);
      s.ambient = (float) (0.35 + 0.6 * bright);
    }
  }

  /** The sun's shadow of a polygon, on the ground. */
  void shadow(Vec... points) {
    if (!light.sunny() || sunShare < 0.5) {
      return;
    }
    Vec[] down = new Vec[points.length];
    for (int i = 0; i < points.length; i++) {
      double k = points[i].y() / light.sun.y();
      down[i] = points[i].minus(light.sun.times(k));
    }
    flat(shadows, Plain.NONE, down);
  }

  /** The sun's dappled shadow of a round crown. */
  void roundShadow(Material material, Vec center, double radius) {
    if (!light.sunny() || sunShare < 0.5) {
      return;
    }
    Vec c = center.minus(light.sun.times(center.y() / light.sun.y()));
    double flat = Math.sqrt(light.sun.x() * light.sun.x() + light.sun.z() * light.sun.z());
    Vec along = new Vec(light.sun.x() / flat, 0, light.sun.z() / flat);
    Vec across = new Vec(along.z(), 0, -along.x());
    double stretch = radius * Math.min(3, 1 / light.sun.y());
    Vec a = along.times(stretch);
    Vec b = across.times(radius);
    Vec[] ring = {
      c.plus(a),
      c.plus(a.times(0.7)).plus(b.times(0.7)),
      c.plus(b),
      c.minus(a.times(0.7)).plus(b.times(0.7)),
      c.minus(a),
      c.minus(a.times(0.7)).minus(b.times(0.7)),
      c.minus(b),
      c.plus(a.times(0.7)).minus(b.times(0.7))
    };
    flat(shadows, material, ring);
  }

  /** Dark ground below an object. */
  void contact(Vec... points) {
    flat(contacts, Plain.NONE, points);
  }

  void lamp(Vec world, Rgb color, double metres) {
    Vec c = camera.see(world);
    if (c.z() > 1) {
      lamps.add(new Lamp(c, color, metres));
    }
  }

  private void flat(List<Surface> list, Material material, Vec... points) {
    Vec[] seen = new Vec[points.length];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = camera.see(new Vec(points[i].x(), 0, points[i].z()));
    }
    Vec o = camera.see(new Vec(0, 0, 0));
    add(list, material, o, camera.turn(new Vec(1, 0, 0)), camera.turn(new Vec(0, 0, 1)), seen);
  }

  private float sideOfSun(Vec across) {
    Vec s = camera.turn(light.sun);
    return (float) s.dot(across);
  }

  private Surface add(List<Surface> list, Material material, Vec o, Vec u, Vec v, Vec[] points) {
    Vec[] kept = clip(points);
    if (kept.length < 3 || Math.abs(u.cross(v).dot(o)) < 1e-6) {
      return null;
    }
    double[] px = new double[kept.length];
    double[] py = new double[kept.length];
    double left = Double.MAX_VALUE;
    double right = -Double.MAX_VALUE;
    double top = Double.MAX_VALUE;
    double bottom = -Double.MAX_VALUE;
    for (int i = 0; i < kept.length; i++) {
      px[i] = camera.column(kept[i]);
      py[i] = camera.row(kept[i]);
      left = Math.min(left, px[i]);
      right = Math.max(right, px[i]);
      top = Math.min(top, py[i]);
      bottom = Math.max(bottom, py[i]);
    }
    if (right < 0 || left > camera.width || bottom < 0 || top > camera.height) {
      return null;
    }
    Surface s = new Surface(camera, material, label, id, o, u, v, px, py);
    list.add(s);
    return s;
  }

  private static Vec[] clip(Vec[] points) {
    boolean all = true;
    for (Vec p : points) {
      all &= p.z() >= NEAR;
    }
    if (all) {
      return points;
    }
    List<Vec> kept = new ArrayList<>();
    for (int i = 0; i < points.length; i++) {
      Vec a = points[i];
      Vec b = points[(i + 1) % points.length];
      if (a.z() >= NEAR) {
        kept.add(a);
      }
      if ((a.z() >= NEAR) != (b.z() >= NEAR)) {
        kept.add(a.lerp(b, (NEAR - a.z()) / (b.z() - a.z())));
      }
    }
    return kept.toArray(Vec[]::new);
  }
}
