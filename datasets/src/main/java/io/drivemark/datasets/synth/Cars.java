package io.drivemark.datasets.synth;

import io.drivemark.datasets.random.Rng;

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
      Scene scene, RoadCurve.Local at, Body body, Rgb paint, float lights, boolean braking) {
    new Car(scene, at, body, paint, lights, braking).draw();
  }

  /** One vehicle while it is drawn. Panels that face away from the camera are left out. */
  private static final class Car {
    private final Scene scene;
    private final RoadCurve.Local at;
    private final Body b;
    private final Rgb paint;
    private final float lights;
    private final boolean braking;
    private final double front;
    private final double rear;
    private final double w;
    private final double low;

    /** Half the roof's width. */
    private final double in;

    /** Whether the camera is ahead of the vehicle, and how far to its right. */
    private final boolean fromAhead;

    private final double fromRight;

    Car(Scene scene, RoadCurve.Local at, Body b, Rgb paint, float lights, boolean braking) {
      this.scene = scene;
      this.at = at;
      this.b = b;
      this.paint = paint;
      this.lights = lights;
      this.braking = braking;
      this.front = b.length / 2;
      this.rear = -front;
      this.w = b.width / 2;
      this.in = w * (b.height > 3 ? 0.98 : 0.8);
      this.low = b.wheel * 0.75;
      Vec eye = scene.camera.position.minus(at.origin());
      this.fromAhead = eye.dot(at.ahead()) > 0;
      this.fromRight = eye.dot(at.right());
    }

    void draw() {
      shade();
      int near = fromRight < 0 ? -1 : 1;
      if (Math.abs(fromRight) > in) {
        side(near);
      }
      for (int side = -1; side <= 1; side += 2) {
        tread(side * (w + 0.01), 0.31 * b.length * (fromAhead ? 1 : -1));
        Vec mirror = at.p(side * (w + 0.08), b.belt + 0.07, b.screen - 0.25);
        scene.capsule(paint.times(0.6), mirror, 0.08, mirror.plus(new Vec(0, 0.05, 0)), 0.08);
      }
      top();
      if (fromAhead) {
        nose();
      } else {
        tail();
      }
    }

    private void shade() {
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
    }

    private void side(int side) {
      double axle = 0.31 * b.length;
      scene.polygon(
          new CarSkin.Side(paint, b.length, front - axle, front + axle, b.wheel, b.belt),
          at.p(side * w, 0, rear),
          at.ahead(),
          Vec.UP,
          at.p(side * w, low, rear + 0.05),
          at.p(side * w, low, front - 0.05),
          at.p(side * w, b.nose, front - 0.08),
          at.p(side * w, b.belt, b.screen),
          at.p(side * w, b.belt, rear + 0.02));
      double span = b.screen - b.tail;
      double up = b.height - b.belt;
      boolean bus = b == Body.BUS;
      Material windows =
          b == Body.TRUCK
              ? Plain.of(paint)
              : new CarSkin.Windows(
                  paint,
                  span,
                  up,
                  up * (bus ? 0.55 : 1),
                  0.02,
                  span * 0.28,
                  span * 0.55,
                  span * (bus ? 0.8 : 1));
      scene.polygon(
          windows,
          at.p(side * w, b.belt, b.tail),
          at.ahead(),
          at.p(side * in, b.height, 0).minus(at.p(side * w, b.belt, 0)),
          at.p(side * w, b.belt, b.tail),
          at.p(side * w, b.belt, b.screen),
          at.p(side * in, b.height, b.roofFront),
          at.p(side * in, b.height, b.roofRear));
      wheel(side * (w + 0.01), axle);
      wheel(side * (w + 0.01), -axle);
    }

    private void top() {
      Material metal = new Plain(paint, 0, 1, 0, 0.16f);
      boolean bus = b == Body.BUS;
      if (scene.camera.position.y() > b.height) {
        slope(metal, in, b.height, b.roofRear, in, b.height, b.roofFront);
      }
      slope(metal, w, b.nose, front - 0.08, w, b.belt, b.screen);
      slope(metal, w, b.belt, rear + 0.02, w, b.belt, b.tail);
      double screen = length(b.height - b.belt, b.screen - b.roofFront);
      slope(
          new CarSkin.Glass(paint, b.width, screen, screen * (bus ? 0.75 : 1)),
          w,
          b.belt,
          b.screen,
          in,
          b.height,
          b.roofFront);
      double back = length(b.height - b.belt, b.tail - b.roofRear);
      Material behind =
          b == Body.TRUCK || b == Body.VAN
              ? new Plain(paint, 0.15f, 1.5, 3, 0)
              : new CarSkin.Glass(paint, b.width, back, back * (bus ? 0.5 : 1));
      slope(behind, w, b.belt, b.tail, in, b.height, b.roofRear);
    }

    private void nose() {
      upright(new CarSkin.Front(paint, b.width, b.nose - low, lights), front, b.nose);
      lamps(b.nose - 0.12, w - 0.25, front + 0.02, new Rgb(1.2f, 1.1f, 0.9f), 0.55);
    }

    private void tail() {
      upright(new CarSkin.Rear(paint, b.width, b.belt - low, lights, braking, true), rear, b.belt);
      lamps(b.belt - 0.2, w - 0.15, rear - 0.02, new Rgb(0.8f, 0.05f, 0.03f), 0.22);
    }

    private void lamps(double y, double x, double z, Rgb color, double metres) {
      if (lights > 0.2f) {
        scene.lamp(at.p(-x, y, z), color.times(lights), metres);
        scene.lamp(at.p(x, y, z), color.times(lights), metres);
      }
    }

    private void upright(Material material, double z, double high) {
      scene.polygon(
          material,
          at.p(-w, low, z),
          at.right(),
          Vec.UP,
          at.p(-w, low, z),
          at.p(w, low, z),
          at.p(w, high, z),
          at.p(-w, high, z));
    }

    private void slope(
        Material m, double w0, double y0, double z0, double w1, double y1, double z1) {
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

    private void wheel(double x, double z) {
      double r = b.wheel;
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
    }

    /** A tyre as it is seen from in front or behind. */
    private void tread(double x, double axle) {
      double z = axle + (fromAhead ? 0.5 : -0.5) * b.wheel;
      double inner = x > 0 ? x - 0.2 : x + 0.2;
      double high = b.wheel * 1.4;
      scene.polygon(
          Plain.of(RUBBER),
          at.p(inner, 0, z),
          at.right(),
          Vec.UP,
          at.p(inner, 0, z),
          at.p(x, 0, z),
          at.p(x, high, z),
          at.p(inner, high, z));
    }

    private static double length(double a, double b) {
      return Math.sqrt(a * a + b * b);
    }
  }
}
