package io.drivemark.datasets.synth;

import io.drivemark.datasets.random.Rng;

/** Puts vehicles, bicyclists and people on the street, at rest and moving. */
final class TrafficBuilder {
  private final DriveBuilder drive;
  private final Rng rng;
  private final Street street;
  private final Style style;
  private final Light light;
  private final boolean keepLeft;
  private final int length;
  private final double duration;
  private final float lights;

  TrafficBuilder(
      DriveBuilder drive,
      Rng rng,
      Street street,
      Style style,
      Light light,
      boolean keepLeft,
      int length,
      double duration) {
    this.drive = drive;
    this.rng = rng;
    this.street = street;
    this.style = style;
    this.light = light;
    this.keepLeft = keepLeft;
    this.length = length;
    this.duration = duration;
    this.lights = light.night ? 1 : light.lamps ? 0.7f : 0;
  }

  void build(double egoX, double egoSpeed) {
    int own = keepLeft ? -1 : 1;
    park(-1, street.parkLeft);
    park(1, street.parkRight);
    // vehicles ahead in the ego lane
    double s = rng.in(10, 55);
    if (rng.chance(0.2)) {
      s += 60;
    }
    for (; s < length; s += rng.in(9, 60) / style.traffic) {
      double v = egoSpeed * rng.in(0.85, 1.1);
      moving(egoX + rng.in(-0.3, 0.3), s, v, 0, rng.chance(0.3));
    }
    double lanes = street.half(own) - 0.3 - (own < 0 ? street.parkLeft : street.parkRight);
    if (lanes > street.lane * 1.5) {
      double other = own * (Math.abs(egoX) > street.lane ? street.lane * 0.5 : street.lane * 1.5);
      for (double q = rng.in(2, 50); q < length; q += rng.in(10, 70) / style.traffic) {
        moving(other, q, egoSpeed * rng.in(0.8, 1.2), 0, rng.chance(0.2));
      }
    }
    // oncoming
    double oncoming = -own * street.lane * 0.5;
    double speed = rng.in(4, 13);
    double ahead = length + speed * duration;
    for (double q = rng.in(6, 40); q < ahead; q += rng.in(8, 70) / style.traffic) {
      moving(oncoming + rng.in(-0.3, 0.3), q, -speed, Math.PI, false);
    }
    riders(own, -1);
    riders(own, 1);
    for (int side = -1; side <= 1; side += 2) {
      double step = 100 / (style.people * rng.in(0.4, 1.8));
      for (double q = rng.in(0, step); q < length; q += rng.in(0.2, 1.8) * step) {
        group(side, q);
      }
    }
    for (double c : street.crossings) {
      if (rng.chance(0.6)) {
        crossing(c + rng.in(0.5, 2.4));
      }
    }
    if (rng.chance(0.15)) {
      crossing(rng.in(12, 60));
    }
  }

  private void park(int side, double strip) {
    if (strip <= 0) {
      return;
    }
    double x = side * (street.half(side) - strip * 0.5 - 0.05);
    double full = rng.in(0.2, 0.8);
    for (double s = rng.in(2, 9); s < length; s += 6) {
      if (!rng.chance(full) || street.lot(side, s).kind() == Lot.Kind.JUNCTION) {
        continue;
      }
      boolean near = false;
      for (double c : street.crossings) {
        near |= Math.abs(c - s) < 7;
      }
      if (near) {
        continue;
      }
      Cars.Body body = Cars.body(rng);
      Rgb paint = Cars.paint(rng);
      int id = drive.id();
      boolean turned = rng.chance(0.25) == (side < 0 == keepLeft);
      double at = s + rng.in(-0.5, 0.5);
      RoadCurve.Local frame =
          street.curve.local(
              x + rng.in(-0.15, 0.15), at, (turned ? Math.PI : 0) + rng.in(-0.03, 0.03));
      drive.put(
          x,
          at,
          150,
          (scene, seconds) -> {
            scene.as(Labels.CAR, id);
            Cars.add(scene, frame, body, paint, 0, false);
          });
    }
  }

  private void moving(double x, double s, double speed, double yaw, boolean braking) {
    Cars.Body body = rng.chance(0.03) ? Cars.Body.BUS : Cars.body(rng);
    Rgb paint =
        body == Cars.Body.BUS
            ? rng.pick(new Rgb(0.35f, 0.03f, 0.03f), new Rgb(0.05f, 0.12f, 0.3f), Rgb.grey(0.4))
            : Cars.paint(rng);
    int id = drive.id();
    float on = rng.chance(0.15) ? Math.max(0.5f, lights) : lights;
    double begin = body == Cars.Body.BUS && yaw == 0 ? s + 9 : s;
    go(
        (scene, seconds) -> {
          double now = begin + speed * seconds;
          if (visible(scene, now, 170)) {
            scene.lit(sun(x, now), -1e9).as(Labels.CAR, id);
            Cars.add(scene, street.curve.local(x, now, yaw), body, paint, on, braking);
          }
        });
  }

  private void riders(int own, int side) {
    double sense = side == own ? 1 : -1;
    double x = side * (street.half(side) - (side < 0 ? street.parkLeft : street.parkRight) - 0.75);
    for (double q = rng.in(4, 110); q < length; q += rng.in(30, 200)) {
      People.Look look = People.Look.of(rng);
      Rgb frame =
          rng.pick(Rgb.grey(0.03), new Rgb(0.25f, 0.02f, 0.02f), new Rgb(0.03f, 0.08f, 0.2f));
      double v = sense * rng.in(3, 6);
      double begin = q;
      double phase = rng.unit();
      int id = drive.id();
      double lateral = x + rng.in(-0.25, 0.25);
      go(
          (scene, seconds) -> {
            double now = begin + v * seconds;
            if (visible(scene, now, 110)) {
              scene.lit(sun(lateral, now), -1e9).as(Labels.BICYCLIST, id);
              People.ride(
                  scene,
                  street.curve.local(lateral, now, sense > 0 ? 0 : Math.PI),
                  look,
                  frame,
                  phase + seconds * 1.1);
            }
          });
    }
  }

  private void group(int side, double s) {
    int count = rng.chance(0.3) ? 2 : 1;
    double wide = street.lot(side, s).pavement();
    double sense = rng.chance(0.5) ? 1 : -1;
    double v = rng.chance(0.15) ? 0 : sense * rng.in(0.9, 1.6);
    for (int i = 0; i < count; i++) {
      double x = side * (street.half(side) + rng.in(0.5, Math.max(0.9, wide - 0.4)));
      walker(x, s + i * 0.5, 0, v, sense > 0 ? 0 : Math.PI);
    }
  }

  private void crossing(double s) {
    double sense = rng.chance(0.5) ? 1 : -1;
    double v = sense * rng.in(0.9, 1.5);
    walker(rng.in(-street.left, street.right), s, v, 0, sense * Math.PI / 2);
  }

  private void walker(double x, double s, double vx, double vs, double yaw) {
    People.Look look = People.Look.of(rng);
    double phase = rng.unit();
    double turn = yaw + rng.in(-0.2, 0.2);
    boolean moves = vx != 0 || vs != 0;
    int id = drive.id();
    go(
        (scene, seconds) -> {
          double now = s + vs * seconds;
          double at = x + vx * seconds;
          if (visible(scene, now, 110)) {
            scene.lit(sun(at, now), -1e9).as(Labels.PEDESTRIAN, id);
            People.walk(
                scene, street.curve.local(at, now, turn), look, phase + seconds * 0.9, moves);
          }
        });
  }

  /** Adds a moving object; it decides itself whether it is in view. */
  private void go(Item.Emitter emitter) {
    drive.items.add(new Item(Double.NaN, 0, emitter));
  }

  private double sun(double x, double s) {
    return street.shadeHeight(x, s, light.sun) > 0.8 ? 0 : 1;
  }

  private boolean visible(Scene scene, double s, double reach) {
    double z = scene.camera.see(street.curve.at(0, s, 0)).z();
    return z > -8 && z < reach;
  }
}
