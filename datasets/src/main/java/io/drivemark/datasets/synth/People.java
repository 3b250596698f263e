package io.drivemark.datasets.synth;

import io.drivemark.datasets.random.Rng;

/** People on foot and on bicycles, built of round limbs. */
final class People {
  private People() {}

  /** How a person is built and dressed. */
  record Look(double tall, Rgb coat, Rgb trousers, Rgb skin, Rgb hair, boolean skirt, Rgb bag) {
    static Look of(Rng rng) {
      Rgb coat =
          rng.chance(0.6)
              ? Rgb.grey(rng.in(0.01, 0.06))
              : rng.pick(
                  new Rgb(0.3f, 0.03f, 0.03f),
                  new Rgb(0.03f, 0.06f, 0.22f),
                  new Rgb(0.35f, 0.33f, 0.3f),
                  new Rgb(0.05f, 0.12f, 0.05f),
                  new Rgb(0.4f, 0.35f, 0.05f),
                  new Rgb(0.15f, 0.09f, 0.05f));
      Rgb trousers =
          rng.pick(Rgb.grey(0.02), new Rgb(0.03f, 0.045f, 0.09f), new Rgb(0.12f, 0.1f, 0.07f));
      Rgb skin = new Rgb(0.5f, 0.3f, 0.2f).times(rng.in(0.3, 1));
      Rgb hair = new Rgb(0.06f, 0.04f, 0.025f).times(rng.in(0.3, 2.5));
      return new Look(
          rng.in(1.5, 1.88),
          coat,
          trousers,
          skin,
          hair,
          rng.chance(0.15),
          rng.chance(0.35) ? Rgb.grey(rng.in(0.02, 0.3)) : null);
    }
  }

  /** Adds a person who walks along the frame's z axis; {@code phase} is the step, in turns. */
  static void walk(Scene scene, RoadCurve.Local at, Look look, double phase, boolean moving) {
    double k = look.tall / 1.75;
    double swing = moving ? 0.32 * StrictMath.sin(2 * Math.PI * phase) : 0.05;
    double lift = moving ? 0.12 * Math.max(0, StrictMath.cos(2 * Math.PI * phase)) : 0;
    Vec hipL = at.p(-0.09 * k, 0.88 * k, 0);
    Vec hipR = at.p(0.09 * k, 0.88 * k, 0);
    leg(scene, at, look, hipL, -0.1 * k, swing * k, lift * k, k);
    leg(scene, at, look, hipR, 0.1 * k, -swing * k, (moving ? 0.12 : 0) * k - lift * k, k);
    Vec chest = at.p(0, 1.36 * k, 0.02);
    scene.capsule(look.coat, at.p(0, (look.skirt ? 0.6 : 0.9) * k, 0), 0.18 * k, chest, 0.19 * k);
    scene.capsule(
        look.coat, at.p(-0.13 * k, 1.4 * k, 0), 0.08 * k, at.p(0.13 * k, 1.4 * k, 0), 0.08 * k);
    arm(scene, at, look, -1, -swing * 0.8, k);
    arm(scene, at, look, 1, swing * 0.8, k);
    head(scene, at, look, 1.62 * k, 0.03, k);
    if (look.bag != null) {
      scene.capsule(look.bag, at.p(0.27 * k, 0.72 * k, 0), 0.11, at.p(0.27 * k, 0.88 * k, 0), 0.07);
    }
    scene.contact(
        at.p(-0.25, 0, -0.25), at.p(0.25, 0, -0.25), at.p(0.25, 0, 0.3), at.p(-0.25, 0, 0.3));
    scene.shadow(
        at.p(-0.2, 0, 0), at.p(0.2, 0, 0), at.p(0.2, 1.75 * k, 0), at.p(-0.2, 1.75 * k, 0));
    scene.shadow(
        at.p(0, 0, -0.2), at.p(0, 0, 0.2), at.p(0, 1.6 * k, 0.15), at.p(0, 1.6 * k, -0.15));
  }

  private static void leg(
      Scene scene,
      RoadCurve.Local at,
      Look look,
      Vec hip,
      double x,
      double step,
      double lift,
      double k) {
    double up = Math.max(0, lift);
    Vec knee = at.p(x, 0.48 * k + up, step * 0.5 + up * 0.6);
    Vec foot = at.p(x, 0.06 + up * 0.8, step - up * 0.5);
    scene.capsule(look.trousers, hip, 0.1 * k, knee, 0.075 * k);
    scene.capsule(look.trousers, knee, 0.075 * k, foot, 0.055 * k);
    scene.capsule(Rgb.grey(0.015), foot, 0.055, foot.plus(at.ahead().times(0.14)), 0.04);
  }

  private static void arm(
      Scene scene, RoadCurve.Local at, Look look, int side, double swing, double k) {
    Vec elbow = at.p(side * 0.25 * k, 1.12 * k, swing * 0.4);
    Vec hand = at.p(side * 0.25 * k, 0.88 * k, swing + 0.06);
    scene.capsule(look.coat, at.p(side * 0.2 * k, 1.38 * k, 0), 0.06 * k, elbow, 0.055 * k);
    scene.capsule(look.coat, elbow, 0.055 * k, hand, 0.045 * k);
    scene.capsule(look.skin, hand, 0.045 * k, hand, 0.045 * k);
  }

  private static void head(
      Scene scene, RoadCurve.Local at, Look look, double y, double z, double k) {
    scene.capsule(look.skin, at.p(0, y - 0.14 * k, z), 0.05 * k, at.p(0, y - 0.05, z), 0.05 * k);
    scene.capsule(
        look.skin, at.p(0, y - 0.02, z + 0.02), 0.1 * k, at.p(0, y + 0.05, z + 0.02), 0.1 * k);
    scene.capsule(
        look.hair, at.p(0, y + 0.02, z - 0.05), 0.1 * k, at.p(0, y + 0.08, z - 0.02), 0.1 * k);
  }

  /** Adds a bicycle and its rider, who ride along the frame's z axis. */
  static void ride(Scene scene, RoadCurve.Local at, Look look, Rgb frame, double phase) {
    bicycle(scene, at, frame);
    double k = look.tall / 1.75;
    double c = 0.16 * StrictMath.cos(2 * Math.PI * phase);
    double s = 0.16 * StrictMath.sin(2 * Math.PI * phase);
    for (int side = -1; side <= 1; side += 2) {
      Vec hip = at.p(side * 0.1, 0.98, -0.2);
      Vec foot = at.p(side * 0.12, 0.3 + side * c, 0.05 + side * s);
      Vec knee = at.p(side * 0.13, 0.68 + side * c * 0.6, 0.2 + side * s * 0.4);
      scene.capsule(look.trousers, hip, 0.1 * k, knee, 0.075 * k);
      scene.capsule(look.trousers, knee, 0.075 * k, foot, 0.055 * k);
      scene.capsule(Rgb.grey(0.015), foot, 0.05, foot.plus(at.ahead().times(0.13)), 0.04);
      Vec shoulder = at.p(side * 0.19, 1.45 * k, 0.13);
      Vec hand = at.p(side * 0.25, 1.03, 0.42);
      scene.capsule(look.coat, shoulder, 0.06, hand, 0.045);
      scene.capsule(look.skin, hand, 0.045, hand, 0.045);
    }
    scene.capsule(look.coat, at.p(0, 0.98, -0.22), 0.17 * k, at.p(0, 1.42 * k, 0.1), 0.18 * k);
    head(scene, at, look, 1.7 * k, 0.18, k);
    scene.contact(at.p(-0.2, 0, -0.8), at.p(0.2, 0, -0.8), at.p(0.2, 0, 0.8), at.p(-0.2, 0, 0.8));
    scene.shadow(
        at.p(0, 0, -0.8),
        at.p(0, 0, 0.8),
        at.p(0, 1.1, 0.5),
        at.p(0, 1.8, 0.2),
        at.p(0, 1.1, -0.4));
    scene.shadow(at.p(-0.2, 0.5, 0), at.p(0.2, 0.5, 0), at.p(0.2, 1.7, 0.1), at.p(-0.2, 1.7, 0.1));
  }

  /** A bicycle alone. */
  static void bicycle(Scene scene, RoadCurve.Local at, Rgb frame) {
    double r = 0.34;
    for (double z : new double[] {-0.52, 0.52}) {
      Vec c = at.p(0, r, z);
      Vec a = at.ahead().times(r);
      Vec u = Vec.UP.times(r);
      scene.polygon(
          new Panel.Ring(r, 0.045),
          c,
          at.ahead(),
          Vec.UP,
          c.plus(a).plus(u),
          c.minus(a).plus(u),
          c.minus(a).minus(u),
          c.plus(a).minus(u));
      scene.capsule(Rgb.grey(0.015), at.p(0, 0.03, z), 0.022, at.p(0, 2 * r - 0.02, z), 0.022);
    }
    double t = 0.025;
    Vec bottom = at.p(0, 0.3, 0);
    Vec seat = at.p(0, 0.85, -0.2);
    Vec bar = at.p(0, 0.85, 0.38);
    scene.capsule(frame, bottom, t, seat, t);
    scene.capsule(frame, bottom, t, bar, t);
    scene.capsule(frame, seat.lerp(bottom, 0.2), t, bar, t);
    scene.capsule(frame, at.p(0, r, -0.52), t, bottom, t);
    scene.capsule(frame, at.p(0, r, -0.52), t, seat, t);
    scene.capsule(frame, at.p(0, r, 0.52), t, at.p(0, 1.0, 0.36), t);
    scene.capsule(Rgb.grey(0.02), at.p(-0.28, 1.02, 0.38), 0.025, at.p(0.28, 1.02, 0.38), 0.025);
    scene.capsule(Rgb.grey(0.015), at.p(0, 0.92, -0.32), 0.05, at.p(0, 0.93, -0.1), 0.03);
  }
}
