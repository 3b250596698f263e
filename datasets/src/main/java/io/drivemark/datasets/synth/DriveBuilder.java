package io.drivemark.datasets.synth;

import io.drivemark.datasets.random.Rng;
import java.util.ArrayList;
import java.util.List;

/** Lays out the street of a drive and puts everything on it. Used once, by one thread. */
final class DriveBuilder {
  final Street street;
  final List<Item> items = new ArrayList<>();

  private final Rng rng;
  private final Style style;
  private final Light light;
  private final boolean keepLeft;
  private final int length;
  private final double duration;
  private final Trees.Season season;
  private final float litWindows;
  private int lastId;

  DriveBuilder(Rng rng, Style style, Light light, boolean keepLeft, int length, double duration) {
    this.rng = rng;
    this.style = style;
    this.light = light;
    this.keepLeft = keepLeft;
    this.length = length;
    this.duration = duration;
    this.season = Trees.Season.of(rng);
    this.litWindows = light.night ? 0.45f : light.lamps ? 0.12f : 0.01f;
    this.street = layOut();
  }

  private Street layOut() {
    RoadCurve curve =
        new RoadCurve(
            length + 200,
            rng.chance(0.35) ? rng.in(0, 0.04) : rng.in(0.05, 0.3),
            rng.in(180, 420),
            rng.in(0, 6.28));
    int more = rng.chance(0.25) ? 2 : 1;
    double parkLeft = rng.chance(0.45) ? rng.in(2.0, 2.4) : 0;
    double parkRight = rng.chance(0.45) ? rng.in(2.0, 2.4) : 0;
    double[] crossings = rng.chance(0.3) ? new double[] {rng.in(14, 60)} : new double[0];
    return new Street(
        curve,
        rng.in(3.0, 3.7),
        keepLeft ? more : 1,
        keepLeft ? 1 : more,
        parkLeft,
        parkRight,
        rng.chance(0.5),
        rng.chance(0.85),
        lots(),
        lots(),
        crossings,
        length);
  }

  private List<Lot> lots() {
    List<Lot> lots = new ArrayList<>();
    double pavement = rng.in(2.2, 4.4);
    double line = rng.in(style.setbackLow, style.setbackHigh);
    double tall = rng.in(8, 16);
    double s = -Street.BEHIND;
    double nextJunction = rng.in(15, 110);
    while (s < length) {
      if (s > nextJunction) {
        double wide = rng.in(8, 13);
        lots.add(new Lot(s, s + wide, Lot.Kind.JUNCTION, 0, 0, 0, Lot.Yard.ASPHALT));
        s += wide;
        nextJunction = s + rng.in(50, 160);
        continue;
      }
      double k = rng.unit();
      if (k < style.building) {
        double wide = rng.in(6, 16);
        boolean bigger = rng.chance(0.15);
        double eaves = bigger ? tall * rng.in(1.2, 1.7) : tall * rng.in(0.75, 1.15);
        double set = Math.max(0, line + (rng.chance(0.3) ? rng.in(-1.5, 2) : 0));
        lots.add(
            new Lot(
                s,
                s + wide,
                Lot.Kind.BUILDING,
                pavement,
                set,
                eaves,
                set > 2.5
                    ? (rng.chance(0.7) ? Lot.Yard.GRASS : Lot.Yard.PAVING)
                    : Lot.Yard.PAVING));
        s += wide;
      } else {
        Lot.Kind kind =
            k < style.building + style.park
                ? Lot.Kind.PARK
                : k < style.building + style.park + style.open ? Lot.Kind.OPEN : Lot.Kind.WALL;
        double wide = kind == Lot.Kind.WALL ? rng.in(8, 20) : rng.in(14, 40);
        Lot.Yard yard = kind == Lot.Kind.OPEN ? Lot.Yard.ASPHALT : Lot.Yard.GRASS;
        lots.add(new Lot(s, s + wide, kind, pavement, 0, 2, yard));
        s += wide;
      }
    }
    return lots;
  }

  /** The next object's number. */
  int id() {
    return ++lastId;
  }

  /** Adds an object that stands still, lit as its place is. */
  void put(double x, double s, double reach, Item.Emitter emitter) {
    double shade = street.shadeHeight(x, s, light.sun);
    items.add(
        new Item(
            s,
            reach,
            (scene, seconds) -> {
              scene.lit(shade > 0.8 ? 0 : 1, -1e9);
              emitter.emit(scene, seconds);
            }));
  }

  void populate(double egoX, double speed) {
    LotBuilder lots = new LotBuilder(this, rng.fork(11), street, style, light, season, litWindows);
    for (int side = -1; side <= 1; side += 2) {
      for (Lot lot : side < 0 ? street.leftLots : street.rightLots) {
        lots.build(side, lot);
      }
    }
    lots.backdrop(length);
    new KerbBuilder(this, rng.fork(12), street, style, light, season).build(length);
    new TrafficBuilder(this, rng.fork(13), street, style, light, keepLeft, length, duration)
        .build(egoX, speed);
  }
}
