package io.drivemark.datasets.synth;

import io.drivemark.datasets.random.Rng;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * One drive: a street with everything on it, its light and weather, and how the ego car moves
 * through it. All follows from the seed; a frame is a function of the drive and the time. Immutable
 * after construction, so that threads may share it.
 */
final class Drive {
  /** Metres of street that are laid out ahead of the last camera position. */
  static final int AHEAD = 240;

  /** Metres between the two cameras, as wide as KITTI's. */
  static final double BASELINE = 0.54;

  private static final int EYES_APART = 0x5bd1e995;

  final Street street;
  final Light light;
  final Style style;
  final double speed;
  final boolean keepLeft;
  final int seed;
  private final List<Item> items;
  private final GroundLook ground;
  private final double egoX;
  private final double weave;
  private final double weavePhase;
  private final double yaw;
  private final double cameraHeight;
  private final double horizon;
  private final double roll;
  private final double bonnet;
  private final Rgb egoPaint;
  private final double focalBlur;

  /**
   * @param seconds how long the drive lasts
   * @param weather the weather, or null for the seed's choice
   * @param daylight the light, or null for the seed's choice
   */
  Drive(long seed, double seconds, Weather weather, Daylight daylight) {
    Rng rng = new Rng(seed);
    this.seed = (int) rng.next();
    this.style = Style.of(rng);
    this.keepLeft = rng.chance(0.75);
    Weather w = weather(rng.unit());
    Daylight d = daylight(rng.unit());
    this.light =
        new Light(rng.fork(1), weather == null ? w : weather, daylight == null ? d : daylight);
    this.speed = rng.chance(0.15) ? 0 : rng.in(3, 13);
    int length = (int) Math.ceil(speed * seconds) + AHEAD;
    DriveBuilder builder = new DriveBuilder(rng.fork(2), style, light, keepLeft, length, seconds);
    this.street = builder.street;
    double own = keepLeft ? -1 : 1;
    double lanes = street.half((int) own) - 0.3 - (own < 0 ? street.parkLeft : street.parkRight);
    double lane = Math.floor(rng.unit() * Math.round(lanes / street.lane));
    this.egoX = own * (street.lane * (lane + 0.5) + rng.in(-0.5, 0.4));
    builder.populate(egoX, speed);
    // near things first, so that little is drawn that something else will hide
    builder.items.sort(Comparator.comparingDouble(i -> i.moves() ? -1e9 : i.s()));
    this.items = List.copyOf(builder.items);
    this.ground = GroundLooks.of(rng.fork(3), style, light);
    this.weave = rng.in(0.05, 0.25);
    this.weavePhase = rng.in(0, 6.28);
    this.yaw = rng.chance(0.2) ? rng.in(-0.2, 0.2) : rng.in(-0.05, 0.05);
    this.cameraHeight = rng.in(1.2, 1.5);
    this.horizon = rng.in(0.46, 0.54);
    this.roll = rng.in(-0.015, 0.015);
    this.bonnet = rng.chance(0.5) ? rng.in(0.04, 0.09) : 0;
    this.egoPaint = Rgb.grey(rng.in(0.01, 0.15));
    this.focalBlur = rng.in(0.1, 0.6);
  }

  private static Weather weather(double k) {
    return k < 0.72 ? Weather.CLEAR : k < 0.87 ? Weather.RAIN : Weather.FOG;
  }

  private static Daylight daylight(double k) {
    return k < 0.66
        ? Daylight.DAY
        : k < 0.8 ? Daylight.DUSK : k < 0.87 ? Daylight.NIGHT : Daylight.GLARE;
  }

  /**
   * Draws the frame at {@code seconds} into the drive.
   *
   * @param paint whether the picture is wanted; if not, labels, depth and objects are as with it
   */
  Picture frame(double seconds, int height, int width, boolean paint) {
    return frame(seconds, camera(seconds, height, width), 0, paint);
  }

  /** What the right camera sees at that moment. */
  Picture right(double seconds, int height, int width) {
    return frame(seconds, camera(seconds, height, width).movedRight(BASELINE), 1, true);
  }

  /**
   * @param eye 0 or 1: each camera has its own noise and drops
   */
  private Picture frame(double seconds, PinholeCamera camera, int eye, boolean paint) {
    double s = speed * seconds;
    Scene scene = new Scene(camera, light);
    for (Item item : items) {
      double ahead = item.s() - s;
      if (item.moves() || (ahead > -25 && ahead < item.reach())) {
        item.emitter().emit(scene, seconds);
      }
    }
    Renderer renderer = new Renderer(scene, new Ground(street, ground, s));
    renderer.draw(paint);
    Developer developer =
        new Developer(
            renderer,
            scene,
            Rng.stream(seed + eye * EYES_APART, (long) (seconds * 1000)),
            focalBlur);
    if (bonnet > 0) {
      developer.bonnet(bonnet, egoPaint);
    }
    return paint
        ? developer.develop()
        : new Picture(new byte[0], renderer.labels, renderer.depth, renderer.ids);
  }

  /** Where the ego car's camera is at {@code seconds} into the drive, and how it looks. */
  PinholeCamera camera(double seconds, int height, int width) {
    double s = speed * seconds;
    double sway = StrictMath.sin(weavePhase + 0.5 * seconds);
    double x = egoX + weave * sway;
    double h = street.curve.heading(s) + yaw + 0.02 * sway;
    double shake = speed * 0.00012;
    double bounce = shake * StrictMath.sin(7 * seconds + weavePhase);
    return new PinholeCamera(
        height, width, street.curve.at(x, s, cameraHeight), h, roll + bounce, horizon + 2 * bounce);
  }

  /** The kind of place, for a sample's attributes. */
  String place() {
    return style.name().toLowerCase(Locale.ROOT);
  }

  /** A drawn frame; no colours if only the truth was wanted. */
  record Picture(byte[] rgb, byte[] labels, float[] depth, int[] ids) {}
}
