package io.drivemark.datasets.synth;

import io.drivemark.datasets.random.Rng;

/** Lamp posts, signs, traffic lights, bollards and clutter of a street. */
final class Furniture {
  private static final Rgb RED = new Rgb(0.42f, 0.02f, 0.02f);
  private static final Rgb BLUE = new Rgb(0.02f, 0.08f, 0.36f);
  private static final Rgb GREEN = new Rgb(0.02f, 0.14f, 0.06f);
  private static final Rgb INK = Rgb.grey(0.02);

  private Furniture() {}

  /** A lamp post whose arm reaches {@code arm} metres to its right. */
  static Item.Emitter lampPost(
      RoadCurve.Local at, double tall, double arm, Rgb color, boolean lit) {
    return (scene, seconds) -> {
      scene.as(Labels.POLE, 0);
      scene.capsule(color, at.p(0, 0, 0), 0.09, at.p(0, 1.3, 0), 0.09);
      scene.capsule(color, at.p(0, 1.3, 0), 0.058, at.p(0, tall - 0.5, 0), 0.05);
      scene.capsule(color, at.p(0, tall - 0.5, 0), 0.045, at.p(arm * 0.5, tall, 0), 0.04);
      scene.capsule(color, at.p(arm * 0.5, tall, 0), 0.04, at.p(arm, tall + 0.05, 0), 0.09);
      scene.shadow(at.p(-0.06, 0, 0), at.p(0.06, 0, 0), at.p(0.06, tall, 0), at.p(-0.06, tall, 0));
      if (lit) {
        scene.lamp(at.p(arm, tall - 0.05, 0), new Rgb(1.5f, 0.95f, 0.4f), 0.35);
      }
    };
  }

  /** A plain pole: telegraph pole, flag pole. */
  static Item.Emitter pole(RoadCurve.Local at, double tall, double radius, Rgb color) {
    return (scene, seconds) -> {
      scene.as(Labels.POLE, 0);
      scene.capsule(color, at.p(0, 0, 0), radius, at.p(0, tall, 0), radius * 0.7);
      scene.shadow(
          at.p(-radius, 0, 0), at.p(radius, 0, 0), at.p(radius, tall, 0), at.p(-radius, tall, 0));
    };
  }

  /** A traffic sign on a post, facing against the frame's z axis. */
  static Item.Emitter sign(Rng rng, RoadCurve.Local at, Rgb post) {
    int kind = rng.below(6);
    int seed = (int) rng.next();
    double size = rng.in(0.6, 0.85);
    Panel.Sign face =
        switch (kind) {
          case 0 -> new Panel.Sign(Panel.Shape.DISC, RED, Rgb.WHITE, INK, size, size, seed);
          case 1 ->
              new Panel.Sign(Panel.Shape.TRIANGLE, RED, Rgb.WHITE, INK, size * 1.1, size, seed);
          case 2 -> new Panel.Sign(Panel.Shape.DISC, Rgb.WHITE, BLUE, Rgb.WHITE, size, size, seed);
          case 3 ->
              new Panel.Sign(Panel.Shape.BOARD, Rgb.WHITE, BLUE, Rgb.WHITE, size * 1.3, size, seed);
          case 4 ->
              new Panel.Sign(
                  Panel.Shape.BOARD, INK, new Rgb(0.6f, 0.45f, 0.05f), INK, size, size * 1.3, seed);
          default ->
              new Panel.Sign(Panel.Shape.BOARD, RED, Rgb.WHITE, INK, size * 0.9, size * 1.2, seed);
        };
    double tall = rng.in(2.1, 2.7);
    boolean second = rng.chance(0.25);
    return (scene, seconds) -> {
      scene.as(Labels.POLE, 0);
      scene.capsule(post, at.p(0, 0, 0), 0.045, at.p(0, tall + face.height(), 0), 0.045);
      scene.as(Labels.SIGN, 0);
      board(scene, at, face, 0, tall, -0.06);
      if (second) {
        Panel.Sign plate =
            new Panel.Sign(Panel.Shape.BOARD, INK, Rgb.WHITE, INK, 0.6, 0.35, seed + 1);
        board(scene, at, plate, 0, tall - 0.42, -0.06);
      }
      scene.shadow(at.p(-0.05, 0, 0), at.p(0.05, 0, 0), at.p(0.05, tall, 0), at.p(-0.05, tall, 0));
    };
  }

  /** A large board on two posts: directions or an advertisement. */
  static Item.Emitter billboard(Rng rng, RoadCurve.Local at) {
    int seed = (int) rng.next();
    boolean directions = rng.chance(0.6);
    double w = rng.in(1.8, 3.0);
    double h = rng.in(1.2, 2.0);
    double low = directions ? rng.in(1.6, 2.4) : rng.in(0.6, 1.2);
    Rgb ground = directions ? rng.pick(GREEN, BLUE, Rgb.WHITE) : rng.pick(RED, BLUE, Rgb.WHITE);
    Rgb ink = ground == Rgb.WHITE ? INK : Rgb.WHITE;
    Panel.Sign face = new Panel.Sign(Panel.Shape.BOARD, ink, ground, ink, w, h, seed);
    return (scene, seconds) -> {
      scene.as(Labels.POLE, 0);
      scene.capsule(
          Rgb.grey(0.15), at.p(-w * 0.4, 0, 0.06), 0.06, at.p(-w * 0.4, low + h, 0.06), 0.06);
      scene.capsule(
          Rgb.grey(0.15), at.p(w * 0.4, 0, 0.06), 0.06, at.p(w * 0.4, low + h, 0.06), 0.06);
      scene.as(Labels.SIGN, 0);
      board(scene, at, face, 0, low, 0);
    };
  }

  /** A sign that hangs out over the pavement from a house front. */
  static Item.Emitter hanging(Rng rng, RoadCurve.Local at, double height, double out) {
    int seed = (int) rng.next();
    Panel.Sign face =
        new Panel.Sign(
            Panel.Shape.BOARD,
            rng.pick(INK, RED, new Rgb(0.4f, 0.3f, 0.1f)),
            rng.pick(RED, BLUE, GREEN, Rgb.WHITE, INK),
            rng.pick(Rgb.WHITE, new Rgb(0.6f, 0.45f, 0.1f)),
            0.9,
            rng.in(0.7, 1.2),
            seed);
    return (scene, seconds) -> {
      scene.as(Labels.SIGN, 0);
      board(scene, at, face, out * 0.55, height, 0);
      scene.as(Labels.POLE, 0);
      double y = height + face.height() + 0.08;
      scene.capsule(INK, at.p(0, y, 0), 0.03, at.p(out, y, 0), 0.03);
    };
  }

  private static void board(
      Scene scene, RoadCurve.Local at, Panel.Sign face, double x, double low, double z) {
    double w = face.width() / 2;
    Vec o = at.p(x - w, low, z);
    scene.polygon(
        face,
        o,
        at.right(),
        Vec.UP,
        o,
        at.p(x + w, low, z),
        at.p(x + w, low + face.height(), z),
        at.p(x - w, low + face.height(), z));
  }

  /** A traffic light; {@code front} when its lamps face against the frame's z axis. */
  static Item.Emitter signal(Rng rng, RoadCurve.Local at, int lit, boolean front) {
    double low = rng.in(2.2, 2.6);
    Panel.Signal face = new Panel.Signal(0.34, 1.0, lit, front);
    Material side = Plain.of(Rgb.grey(0.015));
    Rgb post = rng.chance(0.5) ? Rgb.grey(0.1) : Rgb.grey(0.02);
    return (scene, seconds) -> {
      scene.as(Labels.POLE, 0);
      scene.capsule(post, at.p(0, 0, 0), 0.06, at.p(0, low + 1.1, 0), 0.06);
      scene.as(Labels.SIGN, 0);
      scene.polygon(
          face,
          at.p(-0.17, low, -0.2),
          at.right(),
          Vec.UP,
          at.p(-0.17, low, -0.2),
          at.p(0.17, low, -0.2),
          at.p(0.17, low + 1, -0.2),
          at.p(-0.17, low + 1, -0.2));
      for (int k = -1; k <= 1; k += 2) {
        scene.polygon(
            side,
            at.p(0.17 * k, low, -0.2),
            at.ahead(),
            Vec.UP,
            at.p(0.17 * k, low, -0.2),
            at.p(0.17 * k, low, 0.02),
            at.p(0.17 * k, low + 1, 0.02),
            at.p(0.17 * k, low + 1, -0.2));
      }
      if (front && scene.light.lamps) {
        Rgb glow =
            lit == 0
                ? new Rgb(0.05f, 0.8f, 0.4f)
                : lit == 1 ? new Rgb(0.8f, 0.4f, 0.05f) : new Rgb(0.9f, 0.05f, 0.03f);
        scene.lamp(at.p(0, low + (2 * lit + 1) / 6.0, -0.22), glow.times(0.6), 0.3);
      }
    };
  }

  /** A knee-high post. */
  static Item.Emitter bollard(RoadCurve.Local at, Rgb color) {
    return (scene, seconds) -> {
      scene.as(Labels.POLE, 0);
      scene.capsule(color, at.p(0, 0, 0), 0.08, at.p(0, 0.95, 0), 0.07);
      scene.capsule(Rgb.WHITE, at.p(0, 0.75, 0), 0.082, at.p(0, 0.78, 0), 0.08);
    };
  }

  /** A box nobody labelled: bin, cabinet, planter. */
  static Item.Emitter box(RoadCurve.Local at, double w, double h, double d, Material material) {
    return (scene, seconds) -> {
      scene.as(Labels.VOID, 0);
      boxAt(scene, at, w, h, d, material);
    };
  }

  static void boxAt(
      Scene scene, RoadCurve.Local at, double w, double h, double d, Material material) {
    Vec up = Vec.UP.times(h);
    Vec right = at.right().times(w);
    Vec ahead = at.ahead().times(d);
    Vec o = at.p(-w / 2, 0, -d / 2);
    scene.quad(material, o, right, up);
    scene.quad(material, o.plus(ahead), right, up);
    scene.quad(material, o, ahead, up);
    scene.quad(material, o.plus(right), ahead, up);
    scene.quad(material, o.plus(up), right, ahead);
    scene.contact(
        at.p(-w * 0.6, 0, -d * 0.6),
        at.p(w * 0.6, 0, -d * 0.6),
        at.p(w * 0.6, 0, d * 0.6),
        at.p(-w * 0.6, 0, d * 0.6));
    scene.shadow(o, o.plus(right), o.plus(right).plus(up), o.plus(up));
    scene.shadow(o, o.plus(ahead), o.plus(ahead).plus(up), o.plus(up));
  }
}
