package io.drivemark.datasets.synth;

import io.drivemark.datasets.random.Rng;

/** Fills the lots beside the street, and what closes the view behind them. */
final class LotBuilder {
  private final DriveBuilder drive;
  private final Rng rng;
  private final Street street;
  private final Style style;
  private final Light light;
  private final Trees.Season season;
  private final float litWindows;

  LotBuilder(
      DriveBuilder drive,
      Rng rng,
      Street street,
      Style style,
      Light light,
      Trees.Season season,
      float litWindows) {
    this.drive = drive;
    this.rng = rng;
    this.street = street;
    this.style = style;
    this.light = light;
    this.season = season;
    this.litWindows = litWindows;
  }

  void build(int side, Lot lot) {
    double edge = street.half(side) + lot.pavement();
    switch (lot.kind()) {
      case BUILDING -> building(side, lot, edge);
      case PARK -> park(side, lot, edge);
      case OPEN -> open(side, lot, edge);
      case WALL -> wall(side, lot, edge);
      case JUNCTION -> junction(side, lot);
    }
  }

  private void building(int side, Lot lot, double edge) {
    double x = edge + lot.setback();
    double gap = lot.setback() > 2.5 && rng.chance(0.6) ? rng.in(0.5, 2) : 0;
    boolean pitched = rng.chance(style == Style.CITY ? 0.6 : 0.9);
    double eaves = lot.height();
    double deep = rng.in(8, 14);
    double width = lot.to() - lot.from();
    boolean gable = pitched && width < 10 && rng.chance(0.3);
    double rise = (gable ? width : deep) * rng.in(0.28, 0.5);
    Houses.Plan plan =
        new Houses.Plan(
            eaves, eaves + rise, deep, pitched, gable, rng.chance(0.6) ? rng.in(0.8, 1.6) : 0);
    boolean shop = lot.setback() < 2 && rng.chance(style.shops);
    Houses.Look look = Houses.look(rng, width - gap, plan, shop, litWindows);
    double middle = (lot.from() + lot.to()) / 2;
    double shade = street.shadeHeight(side * (x - 0.2), middle, light.sun);
    Item.Emitter house =
        Houses.house(street.curve, side, lot.from() + gap, lot.to(), x, plan, look);
    drive.items.add(
        new Item(
            middle,
            1000,
            (scene, seconds) -> {
              scene.lit(1, shade);
              house.emit(scene, seconds);
            }));
    if (shop && rng.chance(0.4)) {
      double s = rng.in(lot.from() + 1, lot.to() - 1);
      RoadCurve.Local at = street.curve.local(side * x, s, side > 0 ? Math.PI : 0);
      RoadCurve.Local facing =
          side > 0 ? new RoadCurve.Local(at.origin(), at.right(), at.ahead().times(-1)) : at;
      drive.put(side * x, s, 80, Furniture.hanging(rng, facing, rng.in(2.8, 3.6), 1.1));
    }
    if (lot.setback() > 2.5) {
      border(side, lot.from(), lot.to(), edge + 0.1, rng.unit());
      for (int i = rng.below(3); i > 0; i--) {
        double s = rng.in(lot.from(), lot.to());
        double bx = side * rng.in(edge + 0.8, x - 1);
        Item.Emitter e =
            rng.chance(0.25)
                ? Trees.tree(rng, street.curve.at(bx, s, 0), rng.in(4, 8), season)
                : Trees.bush(rng, street.curve.at(bx, s, 0), rng.in(0.8, 1.8), season);
        drive.put(bx, s, 90, e);
      }
    }
  }

  /** A hedge, a fence, a low wall or nothing between pavement and yard. */
  private void border(int side, double from, double to, double x, double kind) {
    if (kind < 0.3) {
      hedge(side, from, to, x, rng.in(0.8, 1.8));
    } else if (kind < 0.48) {
      double h = rng.in(0.9, 1.3);
      strip(
          side,
          from,
          to,
          x,
          h,
          Labels.FENCE,
          new Panel.Railing(Rgb.grey(rng.in(0.01, 0.1)), h, 0.13, 0.022, 0.05));
    } else if (kind < 0.6) {
      double h = rng.in(1.1, 1.8);
      strip(
          side,
          from,
          to,
          x,
          h,
          Labels.FENCE,
          new Panel.Boards(
              new Rgb(0.16f, 0.1f, 0.06f).times(rng.in(0.6, 1.6)), 0.14, false, (int) rng.next()));
    } else if (kind < 0.88) {
      strip(side, from, to, x, rng.in(0.6, 1.1), Labels.BUILDING, bricks());
    }
  }

  private Material bricks() {
    Rgb wall = new Rgb(0.2f, 0.12f, 0.08f).times(rng.in(0.6, 1.4));
    return new Facade(
        (int) rng.next(), wall, wall, true, 50, 50, 500, 0, 0, 100, 1, false, wall, false, 0);
  }

  private void strip(
      int side, double from, double to, double x, double height, int label, Material material) {
    double step = 5;
    for (double s = from; s < to - 0.1; s += step) {
      double end = Math.min(to, s + step);
      Vec a = street.curve.at(side * x, s, 0);
      Vec b = street.curve.at(side * x, end, 0);
      drive.put(
          side * x,
          s,
          label == Labels.FENCE ? 120 : 200,
          (scene, seconds) -> {
            scene.as(label, 0);
            scene.quad(material, a, b.minus(a), Vec.UP.times(height));
            scene.shadow(a, b, b.plus(Vec.UP.times(height)), a.plus(Vec.UP.times(height)));
          });
    }
  }

  private void hedge(int side, double from, double to, double x, double height) {
    Rgb tone = season.leaves().times(rng.in(0.6, 1.1));
    Material front = new Trees.Hedge(tone, (int) rng.next(), height, 0.15, 0.08);
    strip(side, from, to, x, height, Labels.TREE, front);
    Vec a = street.curve.at(side * x, from, 0);
    Vec b = street.curve.at(side * (x + 0.8), from, 0);
    drive.put(
        side * x,
        from,
        120,
        (scene, seconds) -> {
          scene.as(Labels.TREE, 0);
          scene.quad(front, a, b.minus(a), Vec.UP.times(height));
        });
  }

  private void park(int side, Lot lot, double edge) {
    double kind = rng.unit();
    border(side, lot.from(), lot.to(), edge + 0.15, kind < 0.3 ? 0.3 + kind : kind);
    int trees = (int) ((lot.to() - lot.from()) / 5 * season.density());
    for (int i = 0; i < trees; i++) {
      double s = rng.in(lot.from() + 1, lot.to() - 1);
      double x = side * (edge + 1.5 + 22 * rng.unit() * rng.unit());
      drive.put(x, s, 200, Trees.tree(rng, street.curve.at(x, s, 0), rng.in(6, 13), season));
    }
    for (int i = rng.below(4); i > 0; i--) {
      double s = rng.in(lot.from() + 1, lot.to() - 1);
      double x = side * rng.in(edge + 1, edge + 6);
      drive.put(x, s, 90, Trees.bush(rng, street.curve.at(x, s, 0), rng.in(0.8, 2), season));
    }
  }

  private void open(int side, Lot lot, double edge) {
    if (rng.chance(0.35)) {
      double h = 1.1;
      strip(
          side,
          lot.from(),
          lot.to(),
          edge + 0.1,
          h,
          Labels.FENCE,
          new Panel.Railing(Rgb.grey(rng.in(0.1, 0.3)), h, 0.15, 0.03, 0.05));
    }
    for (double s = lot.from() + 2; s < lot.to() - 2; s += 2.8) {
      for (int row = 0; row < 2; row++) {
        if (rng.chance(0.45)) {
          double x = side * (edge + 4 + row * 7 + rng.in(-0.3, 0.3));
          parked(x, s, side * Math.PI / 2 + (rng.chance(0.5) ? Math.PI : 0) + rng.in(-0.05, 0.05));
        }
      }
    }
    double far = edge + rng.in(22, 38);
    Houses.Plan plan = new Houses.Plan(rng.in(5, 9), 11, 15, rng.chance(0.5), false, 0);
    Houses.Look look = Houses.look(rng, lot.to() - lot.from(), plan, rng.chance(0.3), litWindows);
    Item.Emitter hall = Houses.house(street.curve, side, lot.from(), lot.to(), far, plan, look);
    drive.put(side * far, (lot.from() + lot.to()) / 2, 1000, hall);
    for (int i = rng.below(4); i > 0; i--) {
      double s = rng.in(lot.from(), lot.to());
      double x = side * rng.in(edge + 1, far - 2);
      drive.put(x, s, 150, Trees.tree(rng, street.curve.at(x, s, 0), rng.in(4, 9), season));
    }
  }

  private void parked(double x, double s, double yaw) {
    Cars.Body body = Cars.body(rng);
    Rgb paint = Cars.paint(rng);
    int id = drive.id();
    RoadCurve.Local at = street.curve.local(x, s, yaw);
    drive.put(
        x,
        s,
        140,
        (scene, seconds) -> {
          scene.as(Labels.CAR, id);
          Cars.add(scene, at, body, paint, 0, false);
        });
  }

  private void wall(int side, Lot lot, double edge) {
    double h = rng.in(1.6, 3);
    double k = rng.unit();
    if (k < 0.4) {
      strip(side, lot.from(), lot.to(), edge + 0.1, h, Labels.BUILDING, bricks());
    } else if (k < 0.7) {
      strip(
          side,
          lot.from(),
          lot.to(),
          edge + 0.1,
          h,
          Labels.FENCE,
          new Panel.Boards(
              new Rgb(0.14f, 0.11f, 0.08f).times(rng.in(0.6, 1.7)), 0.15, false, (int) rng.next()));
    } else {
      hedge(side, lot.from(), lot.to(), edge + 0.1, h * 0.8);
    }
    for (int i = (int) ((lot.to() - lot.from()) / 5); i > 0; i--) {
      double s = rng.in(lot.from(), lot.to());
      double x = side * rng.in(edge + 1.5, edge + 12);
      drive.put(x, s, 200, Trees.tree(rng, street.curve.at(x, s, 0), rng.in(6, 12), season));
    }
  }

  private void junction(int side, Lot lot) {
    double edge = street.half(side);
    double x = side * (edge + 55);
    double s = (lot.from() + lot.to()) / 2;
    for (int k = -1; k <= 1; k++) {
      Vec foot = street.curve.at(x, s + 6 * k, 0);
      drive.put(x, s + 6 * k, 250, Trees.tree(rng, foot, rng.in(7, 12), season));
    }
    if (rng.chance(0.5)) {
      for (int end = 0; end < 2; end++) {
        double at = end == 0 ? lot.from() - 0.8 : lot.to() + 0.8;
        for (double d = edge + 0.5; d < edge + 3; d += 1.3) {
          drive.put(
              side * d,
              at,
              70,
              Furniture.bollard(street.curve.local(side * d, at, 0), Rgb.grey(rng.in(0.02, 0.1))));
        }
      }
    }
  }

  /** Woods and blocks that close the view at both sides and at the end of the street. */
  void backdrop(int length) {
    for (int side = -1; side <= 1; side += 2) {
      for (double s = 0; s < length + 60; s += 16) {
        double x = side * (street.half(side) + 60 + rng.in(0, 12));
        Vec a = street.curve.at(x, s - 1, 0);
        Vec b = street.curve.at(x, s + 17, 0);
        screen(a, b, s);
      }
    }
    double end = length + 5;
    for (double x = -150; x < 150; x += 15) {
      double s = end + rng.in(0, 12);
      screen(street.curve.at(x - 1, s, 0), street.curve.at(x + 16, s, 0), s);
    }
  }

  private void screen(Vec a, Vec b, double s) {
    boolean wood = rng.chance(style == Style.CITY ? 0.35 : 0.65);
    double h = wood ? rng.in(7, 13) : rng.in(6, 12);
    double w = b.minus(a).length();
    Material m;
    int label;
    if (wood) {
      m = new Trees.Hedge(season.leaves().times(rng.in(0.6, 1.1)), (int) rng.next(), h, 3.5, 0.3);
      label = Labels.TREE;
    } else {
      Houses.Plan plan = new Houses.Plan(h, h, 10, false, false, 0);
      m = Houses.look(rng, w, plan, false, litWindows).front();
      label = Labels.BUILDING;
    }
    drive.items.add(
        new Item(
            s,
            1000,
            (scene, seconds) -> {
              scene.lit(1, -1e9).as(label, 0);
              scene.quad(m, a, b.minus(a), Vec.UP.times(h));
            }));
  }
}
