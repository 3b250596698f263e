package io.drivemark.datasets.synth;

import io.drivemark.datasets.random.Rng;

/** Puts lamp posts, signs, lights, railings, street trees and clutter on the pavements. */
final class KerbBuilder {
  private final DriveBuilder drive;
  private final Rng rng;
  private final Street street;
  private final Style style;
  private final Light light;
  private final Trees.Season season;

  KerbBuilder(
      DriveBuilder drive, Rng rng, Street street, Style style, Light light, Trees.Season season) {
    this.drive = drive;
    this.rng = rng;
    this.street = street;
    this.style = style;
    this.light = light;
    this.season = season;
  }

  void build(int length) {
    Rgb lampColor = rng.chance(0.5) ? Rgb.grey(rng.in(0.2, 0.35)) : Rgb.grey(0.03);
    double tall = rng.in(6, 9.5);
    for (int side = -1; side <= 1; side += 2) {
      boolean avenue = rng.chance(style == Style.CITY ? 0.12 : 0.35);
      double edge = street.half(side);
      double next = rng.in(4, 25);
      for (double s = next; s < length; s += rng.in(25, 42)) {
        if (free(side, s)) {
          double x = side * (edge + 0.5);
          RoadCurve.Local at = street.curve.local(x, s, side > 0 ? Math.PI : 0);
          drive.put(
              x, s, 160, Furniture.lampPost(at, tall, rng.in(0.9, 2), lampColor, light.night));
        }
      }
      for (double s = rng.in(2, 20); s < length; s += rng.in(7, 26)) {
        if (free(side, s)) {
          post(side, s, edge);
        }
      }
      for (double s = rng.in(0, 15); s < length; s += rng.in(8, 40)) {
        if (free(side, s)) {
          clutter(side, s, edge);
        }
      }
      for (double s = rng.in(5, 40); s < length; s += rng.in(25, 130)) {
        double to = Math.min(length, s + rng.in(5, 18));
        railing(side, s, to, edge + 0.25);
        s = to;
      }
      if (avenue) {
        for (double s = rng.in(0, 12); s < length; s += rng.in(8, 14)) {
          if (free(side, s)) {
            double x = side * (edge + 0.9);
            drive.put(x, s, 200, Trees.tree(rng, street.curve.at(x, s, 0), rng.in(5, 9), season));
          }
        }
      }
      for (Lot lot : side < 0 ? street.leftLots : street.rightLots) {
        if (lot.kind() == Lot.Kind.JUNCTION && rng.chance(0.6)) {
          lights(side, lot.from() - 1, edge);
        }
      }
    }
    for (double c : street.crossings) {
      for (int side = -1; side <= 1; side += 2) {
        if (rng.chance(0.5)) {
          lights(side, c - 0.5, street.half(side));
        } else {
          beacon(side, c - 0.3, street.half(side));
        }
      }
    }
  }

  private boolean free(int side, double s) {
    return street.lot(side, s).kind() != Lot.Kind.JUNCTION;
  }

  private void lights(int side, double s, double edge) {
    double x = side * (edge + 0.45);
    int lit = rng.pick(0, 0, 2, 2, 1);
    RoadCurve.Local at = street.curve.local(x, s, rng.in(-0.2, 0.2));
    drive.put(x, s, 120, Furniture.signal(rng, at, lit, rng.chance(0.8)));
  }

  private void beacon(int side, double s, double edge) {
    double x = side * (edge + 0.4);
    Vec foot = street.curve.at(x, s, 0);
    drive.put(
        x,
        s,
        90,
        (scene, seconds) -> {
          scene.as(Labels.POLE, 0);
          for (int k = 0; k < 6; k++) {
            Rgb c = (k & 1) == 0 ? Rgb.grey(0.02) : Rgb.WHITE;
            scene.capsule(
                c,
                foot.plus(Vec.UP.times(k * 0.42)),
                0.06,
                foot.plus(Vec.UP.times(k * 0.42 + 0.4)),
                0.06);
          }
          scene.as(Labels.SIGN, 0);
          Vec ball = foot.plus(Vec.UP.times(2.75));
          scene.capsule(new Rgb(0.7f, 0.35f, 0.03f), ball, 0.19, ball, 0.19);
        });
  }

  private void post(int side, double s, double edge) {
    double x = side * (edge + rng.in(0.35, 0.7));
    RoadCurve.Local at = street.curve.local(x, s, rng.in(-0.25, 0.25));
    double k = rng.unit();
    if (k < 0.5) {
      drive.put(x, s, 110, Furniture.sign(rng, at, Rgb.grey(rng.in(0.08, 0.3))));
    } else if (k < 0.64) {
      double bx = side * (edge + rng.in(1.2, 2.2));
      drive.put(bx, s, 140, Furniture.billboard(rng, street.curve.local(bx, s, rng.in(-0.2, 0.2))));
    } else if (k < 0.8) {
      drive.put(x, s, 120, Furniture.pole(at, rng.in(6, 9), 0.11, new Rgb(0.1f, 0.075f, 0.05f)));
    } else {
      for (int i = 0; i < 4; i++) {
        drive.put(
            x,
            s + i * 1.5,
            70,
            Furniture.bollard(street.curve.local(x, s + i * 1.5, 0), Rgb.grey(0.03)));
      }
    }
  }

  private void clutter(int side, double s, double edge) {
    double x = side * (edge + rng.in(0.6, Math.max(0.8, street.lot(side, s).pavement() - 0.4)));
    RoadCurve.Local at = street.curve.local(x, s, rng.in(-0.3, 0.3));
    double k = rng.unit();
    Rgb color = rng.pick(Rgb.grey(0.02), new Rgb(0.02f, 0.07f, 0.03f), Rgb.grey(0.2));
    if (k < 0.4) {
      drive.put(
          x,
          s,
          70,
          Furniture.box(at, 0.55, rng.in(0.8, 1.15), 0.55, Plain.rough(color, 0.3, 0.5, 9)));
    } else if (k < 0.6) {
      drive.put(
          x,
          s,
          80,
          Furniture.box(
              at, rng.in(0.6, 1.2), rng.in(1, 1.5), 0.45, Plain.rough(color, 0.3, 0.5, 8)));
    } else if (k < 0.7) {
      drive.put(
          x,
          s,
          80,
          Furniture.box(at, 0.8, 2.3, 0.8, Plain.rough(new Rgb(0.35f, 0.02f, 0.02f), 0.2, 0.6, 4)));
    } else {
      Rgb frame =
          rng.pick(Rgb.grey(0.03), new Rgb(0.2f, 0.02f, 0.02f), new Rgb(0.03f, 0.06f, 0.2f));
      RoadCurve.Local parked = street.curve.local(x, s, rng.in(-0.4, 0.4));
      int id = drive.id();
      drive.put(
          x,
          s,
          70,
          (scene, seconds) -> {
            scene.as(Labels.BICYCLIST, id);
            People.bicycle(scene, parked, frame);
          });
    }
  }

  private void railing(int side, double from, double to, double x) {
    Rgb color = rng.chance(0.5) ? Rgb.grey(rng.in(0.15, 0.3)) : Rgb.grey(0.02);
    Material m = new Panel.Railing(color, 1.05, 0.12, 0.03, 0.06);
    for (double s = from; s < to - 0.1; s += 3) {
      if (!free(side, s) || !free(side, s + 3)) {
        continue;
      }
      Vec a = street.curve.at(side * x, s, 0);
      Vec b = street.curve.at(side * x, s + 3, 0);
      drive.put(
          side * x,
          s,
          110,
          (scene, seconds) -> {
            scene.as(Labels.FENCE, 0);
            scene.quad(m, a, b.minus(a), Vec.UP.times(1.05));
          });
    }
  }
}
