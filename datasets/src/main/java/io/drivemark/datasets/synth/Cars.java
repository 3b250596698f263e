package io.drivemark.datasets.synth;

/** Vehicles as a few dozen flat panels. */
final class Cars {
  private static final Rgb RUBBER = Rgb.grey(0.012);

  private Cars() {}

  /**
   * A vehicle's shape in metres; lengths along the car are from its middle, forward positive.
   *
   * @param screen foot of the windscreen
   * @param roofFront front end of the roof
   * @param roofRear rear end of the roof
   * @param tail foot of the rear window
   */
  record Body(
      double length,
      double width,
      double height,
      double belt,
      double nose,
      double screen,
      double roofFront,
      double roofRear,
      double tail,
      double wheel) {
    static final Body HATCHBACK =
        new Body(4.0, 1.72, 1.46, 0.93, 0.78, 1.0, 0.25, -1.5, -1.92, 0.3);
    static final Body SALOON = new Body(4.5, 1.76, 1.43, 0.92, 0.76, 0.95, 0.2, -1.1, -1.7, 0.31);
    static final Body ESTATE = new Body(4.6, 1.76, 1.48, 0.93, 0.77, 1.0, 0.25, -1.95, -2.25, 0.31);
    static final Body SUV = new Body(4.5, 1.88, 1.8, 1.1, 1.0, 1.0, 0.5, -1.95, -2.2, 0.37);
    static final Body VAN = new Body(4.9, 1.92, 2.15, 1.15, 1.0, 1.85, 1.1, -2.35, -2.43, 0.34);
    static final Body BUS = new Body(10.5, 2.5, 3.6, 1.3, 1.25, 5.2, 5.1, -5.15, -5.22, 0.48);
    static final Body TRUCK = new Body(7.5, 2.4, 3.3, 1.6, 1.55, 3.7, 3.55, -3.7, -3.74, 0.45);
  }

  static Body body(Rng rng) {
    double k = rng.unit();
    return k < 0.45
        ? Body.HATCHBACK
        : k < 0.62
            ? Body.SALOON
            : k < 0.76 ? Body.ESTATE : k < 0.87 ? Body.SUV : k < 0.96 ? Body.VAN : Body.TRUCK;
  }

  static Rgb paint(Rng rng) {
    double k = rng.unit();
    if (k < 0.28) {
      return Rgb.grey(rng.in(0.1, 0.3));
    }
    if (k < 0.54) {
      return Rgb.grey(rng.in(0.008, 0.05));
    }
    if (k < 0.62) {
      return Rgb.grey(rng.in(0.5, 0.7));
    }
    return rng.pick(
        new Rgb(0.35f, 0.02f, 0.02f),
        new Rgb(0.02f, 0.05f, 0.25f),
        new Rgb(0.02f, 0.03f, 0.1f),
        new Rgb(0.06f, 0.14f, 0.32f),
        new Rgb(0.02f, 0.12f, 0.06f),
        new Rgb(0.22f, 0.18f, 0.12f),
        new Rgb(0.45f, 0.3f, 0.05f));
  }

  /** Adds a vehicle whose middle is at the frame's origin and which heads along its z axis. */
  static void add(
      Scene scene, RoadCurve.Local at, Body b, Rgb paint, float lights, boolean braking) {
    double l = b.length / 2;
    double w = b.width / 2;
    double in = w * (b.height > 3 ? 0.98 : 0.8);
    double low = b.wheel * 0.75;
    double front = l;
    double rear = -l;
    scene.contact(
        at.p(-w - 0.1, 0, rear - 0.1),
        at.p(w + 0.1, 0, rear - 0.1),
        at.p(w + 0.1, 0, front + 0.1),
        at.p(-w - 0.1, 0, front + 0.1));
    for (int side = -1; side <= 1; side += 2) {
      scene.shadow(
          at.p(side * w, 0, rear),
          at.p(side * w, 0, front),
          at.p(side * w, b.belt, front),
          at.p(side * in, b.height, b.roofFront),
          at.p(side * in, b.height, b.roofRear),
          at.p(side * w, b.belt, rear));
    }
    scene.shadow(
        at.p(-in, b.height, b.roofRear),
        at.p(in, b.height, b.roofRear),
        at.p(in, b.height, b.roofFront),
        at.p(-in, b.height, b.roofFront));

    double rearWheel = -0.31 * b.length + l;
    double frontWheel = 0.31 * b.length + l;
    Material sideSkin = new CarSkin.Side(paint, b.length, rearWheel, frontWheel, b.wheel, b.belt);
    double roof = b.roofFront - b.roofRear;
    Material windows =
        b == Body.TRUCK
            ? Plain.of(paint)
            : new CarSkin.Windows(
                paint,
                b.screen - b.tail,
                b.height - b.belt,
                (b.height - b.belt) * (b == Body.BUS ? 0.55 : 1),
                0.02,
                (b.screen - b.tail) * 0.28,
                (b.screen - b.tail) * 0.55,
                b == Body.BUS ? (b.screen - b.tail) * 0.8 : b.screen - b.tail);
    for (int side = -1; side <= 1; side += 2) {
      Vec o = at.p(side * w, 0, rear);
      scene.polygon(
          sideSkin,
          o,
          at.ahead(),
          Vec.UP,
          at.p(side * w, low, rear + 0.05),
          at.p(side * w, low, front - 0.05),
          at.p(side * w, b.nose, front - 0.08),
          at.p(side * w, b.belt, b.screen),
          at.p(side * w, b.belt, rear + 0.02));
      scene.polygon(
          windows,
          at.p(side * w, b.belt, b.tail),
          at.ahead(),
          at.p(side * in, b.height, 0).minus(at.p(side * w, b.belt, 0)),
          at.p(side * w, b.belt, b.tail),
          at.p(side * w, b.belt, b.screen),
          at.p(side * in, b.height, b.roofFront),
          at.p(side * in, b.height, b.roofRear));
      for (double z : new double[] {rearWheel - l, frontWheel - l}) {
        wheel(scene, at, side * (w + 0.01), z, b.wheel);
      }
    }
    // roof, bonnet, boot
    Material metal = new Plain(paint, 0, 1, 0, 0.16f);
    flat(scene, metal, at, in, b.height, b.roofRear, in, b.height, b.roofFront);
    flat(scene, metal, at, w, b.nose, front - 0.08, w, b.belt, b.screen);
    flat(scene, metal, at, w, b.belt, rear + 0.02, w, b.belt, b.tail);
    // windows in front and behind
    double slope = span(b.height - b.belt, b.screen - b.roofFront);
    Material glass = new CarSkin.Glass(paint, b.width, slope, slope * (b == Body.BUS ? 0.75 : 1));
    flat(scene, glass, at, w, b.belt, b.screen, in, b.height, b.roofFront);
    double back = span(b.height - b.belt, b.tail - b.roofRear);
    Material rearGlass =
        b == Body.TRUCK || (b == Body.VAN && roof > 3.4)
            ? new Plain(paint, 0.15f, 1.5, 3, 0)
            : new CarSkin.Glass(paint, b.width, back, back * (b == Body.BUS ? 0.5 : 1));
    flat(scene, rearGlass, at, w, b.belt, b.tail, in, b.height, b.roofRear);
    // nose and tail
    Vec up = new Vec(0, 1, 0);
    scene.polygon(
        new CarSkin.Rear(paint, b.width, b.belt - low, lights, braking, true),
        at.p(-w, low, rear),
        at.right(),
        up,
        at.p(-w, low, rear),
        at.p(w, low, rear),
        at.p(w, b.belt, rear),
        at.p(-w, b.belt, rear));
    scene.polygon(
        new CarSkin.Front(paint, b.width, b.nose - low, lights),
        at.p(-w, low, front),
        at.right(),
        up,
        at.p(-w, low, front),
        at.p(w, low, front),
        at.p(w, b.nose, front),
        at.p(-w, b.nose, front));
    for (int side = -1; side <= 1; side += 2) {
      Vec mirror = at.p(side * (w + 0.08), b.belt + 0.07, b.screen - 0.25);
      scene.capsule(paint.times(0.6), mirror, 0.08, mirror.plus(new Vec(0, 0.05, 0)), 0.08);
      if (lights > 0.2f) {
        Vec head = at.p(side * (w - 0.25), b.nose - 0.12, front + 0.02);
        Vec tail = at.p(side * (w - 0.15), b.belt - 0.2, rear - 0.02);
        boolean facing = scene.camera.position.minus(at.origin()).dot(at.ahead()) > 0;
        if (facing) {
          scene.lamp(head, new Rgb(1.2f, 1.1f, 0.9f).times(lights), 0.55);
        } else {
          scene.lamp(tail, new Rgb(0.8f, 0.05f, 0.03f).times(lights), 0.22);
        }
      }
    }
  }

  private static void wheel(Scene scene, RoadCurve.Local at, double x, double z, double r) {
    Vec c = at.p(x, r, z);
    Vec a = at.ahead().times(r);
    Vec u = Vec.UP.times(r);
    scene.polygon(
        new Panel.Wheel(r),
        c,
        at.ahead(),
        Vec.UP,
        c.plus(a).plus(u),
        c.minus(a).plus(u),
        c.minus(a).minus(u),
        c.plus(a).minus(u));
    // the tread, seen from in front and behind
    double inner = x > 0 ? x - 0.2 : x + 0.2;
    for (int end = -1; end <= 1; end += 2) {
      scene.polygon(
          Plain.of(RUBBER),
          at.p(inner, 0, z + end * r * 0.5),
          at.right(),
          Vec.UP,
          at.p(inner, 0, z + end * r * 0.5),
          at.p(x, 0, z + end * r * 0.5),
          at.p(x, r * 1.4, z + end * r * 0.5),
          at.p(inner, r * 1.4, z + end * r * 0.5));
    }
  }

  private static double span(double a, double b) {
    return Math.sqrt(a * a + b * b);
  }

  private static void flat(
      Scene scene,
      Material m,
      RoadCurve.Local at,
      double w0,
      double y0,
      double z0,
      double w1,
      double y1,
      double z1) {
    Vec o = at.p(-w0, y0, z0);
    scene.polygon(
        m,
        o,
        at.right(),
        at.p(0, y1, z1).minus(at.p(0, y0, z0)),
        o,
        at.p(w0, y0, z0),
        at.p(w1, y1, z1),
        at.p(-w1, y1, z1));
  }
}
