package io.drivemark.datasets.synth;

import io.drivemark.datasets.random.Rng;

/** Buildings as a front, a flank, a roof and chimneys. */
final class Houses {
  private Houses() {}

  /** How high and how built a house is. */
  record Plan(
      double eaves,
      double ridge,
      double deep,
      boolean pitched,
      boolean gableFront,
      double chimney) {}

  /** The outside of a house. */
  record Look(Facade front, Facade flank, Material roof, Material gable, Rgb stack) {}

  static Look look(Rng rng, double length, Plan plan, boolean shop, float lit) {
    int seed = (int) rng.next();
    boolean brick = rng.chance(0.55);
    Rgb wall =
        brick
            ? rng.pick(
                new Rgb(0.2f, 0.09f, 0.06f),
                new Rgb(0.26f, 0.2f, 0.13f),
                new Rgb(0.32f, 0.26f, 0.17f),
                new Rgb(0.13f, 0.08f, 0.06f))
            : rng.pick(
                new Rgb(0.45f, 0.43f, 0.38f),
                new Rgb(0.34f, 0.3f, 0.24f),
                new Rgb(0.2f, 0.2f, 0.2f),
                new Rgb(0.5f, 0.42f, 0.3f),
                new Rgb(0.12f, 0.12f, 0.12f));
    wall = wall.times(rng.in(0.7, 1.15));
    Rgb frame = rng.chance(0.7) ? Rgb.grey(rng.in(0.4, 0.65)) : Rgb.grey(0.04);
    Rgb fascia =
        rng.pick(
            new Rgb(0.3f, 0.02f, 0.02f),
            new Rgb(0.02f, 0.06f, 0.22f),
            new Rgb(0.02f, 0.1f, 0.05f),
            Rgb.grey(0.02),
            Rgb.grey(0.45),
            new Rgb(0.4f, 0.25f, 0.04f),
            new Rgb(0.1f, 0.02f, 0.12f));
    double floor = rng.in(2.7, 3.4);
    double bay = rng.in(1.9, 3.6);
    boolean modern = rng.chance(0.25);
    double ww = modern ? bay * 0.8 : rng.in(0.9, 1.25);
    double wh = modern ? floor * 0.5 : rng.in(1.2, 1.7);
    double ground = shop ? rng.in(3.4, 4.0) : floor;
    Facade front =
        new Facade(
            seed,
            wall,
            frame,
            brick,
            ground,
            floor,
            bay,
            ww,
            wh,
            plan.eaves(),
            length,
            shop,
            fascia,
            !modern,
            lit);
    Facade flank =
        new Facade(
            seed + 1,
            wall.times(0.9),
            frame,
            brick,
            floor,
            floor,
            bay * 1.7,
            0.9,
            1.2,
            plan.eaves(),
            plan.deep(),
            false,
            fascia,
            true,
            lit);
    Rgb tile =
        rng.pick(
            new Rgb(0.06f, 0.06f, 0.07f),
            new Rgb(0.15f, 0.07f, 0.045f),
            new Rgb(0.1f, 0.085f, 0.07f));
    Material roof = new Panel.Boards(tile, 0.28, true, seed + 2);
    return new Look(front, flank, roof, Plain.rough(wall, 0.25, 1.5, seed + 3), wall.times(0.8));
  }

  /**
   * A house on one side of the road.
   *
   * @param side −1 left, 1 right
   * @param x metres of its front from the centre line, positive
   */
  static Item.Emitter house(
      RoadCurve curve, int side, double from, double to, double x, Plan plan, Look look) {
    Vec a = curve.at(side * x, from, 0);
    Vec b = curve.at(side * x, to, 0);
    Vec c = curve.at(side * (x + plan.deep()), from, 0);
    Vec d = curve.at(side * (x + plan.deep()), to, 0);
    Vec eaves = Vec.UP.times(plan.eaves());
    Vec ridge = Vec.UP.times(plan.ridge());
    return (scene, seconds) -> {
      scene.as(Labels.BUILDING, 0);
      scene.polygon(look.front(), a, b.minus(a).unit(), Vec.UP, a, b, b.plus(eaves), a.plus(eaves));
      scene.polygon(look.flank(), a, c.minus(a).unit(), Vec.UP, a, c, c.plus(eaves), a.plus(eaves));
      scene.polygon(look.flank(), b, d.minus(b).unit(), Vec.UP, b, d, d.plus(eaves), b.plus(eaves));
      scene.shadow(a, b, b.plus(eaves), a.plus(eaves));
      scene.shadow(a, c, c.plus(eaves), a.plus(eaves));
      scene.shadow(c, d, d.plus(eaves), c.plus(eaves));
      scene.shadow(b, d, d.plus(eaves), b.plus(eaves));
      if (plan.pitched() && plan.gableFront()) {
        Vec top = a.lerp(b, 0.5).plus(ridge);
        Vec back = c.lerp(d, 0.5).plus(ridge);
        scene.polygon(
            look.gable(), a, b.minus(a).unit(), Vec.UP, a.plus(eaves), b.plus(eaves), top);
        roof(scene, look, a.plus(eaves), c.plus(eaves), back, top);
        roof(scene, look, b.plus(eaves), d.plus(eaves), back, top);
      } else if (plan.pitched()) {
        Vec r0 = a.lerp(c, 0.5).plus(ridge);
        Vec r1 = b.lerp(d, 0.5).plus(ridge);
        roof(scene, look, a.plus(eaves), b.plus(eaves), r1, r0);
        roof(scene, look, c.plus(eaves), d.plus(eaves), r1, r0);
        for (Vec[] end : new Vec[][] {{a, c, r0}, {b, d, r1}}) {
          scene.polygon(
              look.gable(),
              end[0],
              end[1].minus(end[0]).unit(),
              Vec.UP,
              end[0].plus(eaves),
              end[1].plus(eaves),
              end[2]);
        }
        scene.shadow(r0, r1, d.plus(eaves), c.plus(eaves));
        scene.shadow(r0, r1, b.plus(eaves), a.plus(eaves));
        if (plan.chimney() > 0) {
          stack(scene, look, r0.lerp(r1, 0.12), plan.chimney());
        }
      }
    };
  }

  private static void roof(Scene scene, Look look, Vec a, Vec b, Vec c, Vec d) {
    scene.polygon(look.roof(), a, b.minus(a).unit(), d.minus(a), a, b, c, d);
  }

  private static void stack(Scene scene, Look look, Vec at, double tall) {
    RoadCurve.Local frame =
        new RoadCurve.Local(
            new Vec(at.x(), at.y() - 0.8, at.z()), new Vec(1, 0, 0), new Vec(0, 0, 1));
    Material m = Plain.rough(look.stack(), 0.3, 0.3, 5);
    Vec up = Vec.UP.times(tall + 0.8);
    Vec o = frame.p(-0.4, 0, -0.5);
    scene.quad(m, o, frame.right().times(0.8), up);
    scene.quad(m, o, frame.ahead().times(1), up);
    scene.quad(m, frame.p(0.4, 0, -0.5), frame.ahead().times(1), up);
    for (int k = -1; k <= 1; k++) {
      Vec pot = frame.p(0, tall + 0.8, k * 0.3);
      scene.capsule(new Rgb(0.18f, 0.08f, 0.05f), pot, 0.1, pot.plus(Vec.UP.times(0.35)), 0.09);
    }
  }
}
