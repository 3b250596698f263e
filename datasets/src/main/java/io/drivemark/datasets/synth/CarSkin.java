package io.drivemark.datasets.synth;

/**
 * The painted sides of vehicles. Coordinates are metres; lights give off light when they are on.
 */
final class CarSkin {
  private static final Rgb DARK = Rgb.grey(0.012);

  private CarSkin() {}

  /** A side, u from the rear to the front, v above the ground. */
  record Side(
      Rgb paint, double length, double rearWheel, double frontWheel, double radius, double belt)
      implements Material {
    @Override
    public void shade(Hit hit) {
      hit.paint(paint);
      hit.scale((float) (0.55 + 0.55 * Math.max(0, hit.v - 0.3)));
      hit.mirror = (float) (0.05 + 0.12 * Math.max(0, Math.min(1, (hit.v - 0.55) * 3)));
      float lines =
          Noise.cover(hit.u, length * 0.5 - 0.012, length * 0.5 + 0.012, hit.du)
              + Noise.cover(hit.u, length * 0.27 - 0.012, length * 0.27 + 0.012, hit.du)
              + Noise.cover(hit.u, length * 0.73 - 0.012, length * 0.73 + 0.012, hit.du);
      hit.over(DARK, Noise.clamp(lines) * 0.8f);
      hit.over(DARK, Noise.cover(hit.v, 0, 0.34, hit.dv) * 0.75f);
      arch(hit, rearWheel);
      arch(hit, frontWheel);
    }

    private void arch(Hit hit, double at) {
      double du = hit.u - at;
      double dv = hit.v - radius;
      double r = Math.sqrt(du * du + dv * dv);
      hit.over(DARK, 1 - Noise.beyond(r, radius + 0.06, hit.du + hit.dv));
    }
  }

  /** Side windows with pillars; u along, v up from the belt line. */
  record Windows(Rgb paint, double length, double height, double glass, double... pillars)
      implements Material {
    @Override
    public void shade(Hit hit) {
      hit.paint(DARK);
      hit.mirror = (float) (0.012 + 0.06 * Math.max(0, Math.min(1, hit.v / height)));
      float frame = 1 - Noise.cover(hit.v, 0.03, glass - 0.07, hit.dv);
      for (double p : pillars) {
        frame = Math.max(frame, Noise.cover(hit.u, p - 0.05, p + 0.05, hit.du));
      }
      hit.over(paint, frame);
      hit.mirror *= 1 - frame;
    }
  }

  /** A windscreen or rear window with its frame; u across, v up the slope. */
  record Glass(Rgb paint, double width, double height, double top) implements Material {
    @Override
    public void shade(Hit hit) {
      float in =
          Noise.cover(hit.u, 0.07, width - 0.07, hit.du)
              * Noise.cover(hit.v, 0.04, top - 0.06, hit.dv);
      hit.paint(paint);
      hit.over(DARK, in);
      hit.mirror = in * (float) (0.01 + 0.06 * Math.max(0, hit.v / height));
    }
  }

  /** The tail; u across, v above the bumper's lower edge. */
  record Rear(
      Rgb paint, double width, double height, float glow, boolean braking, boolean plateYellow)
      implements Material {
    @Override
    public void shade(Hit hit) {
      hit.paint(paint);
      hit.mirror = 0.06f;
      double side = Math.min(hit.u, width - hit.u);
      hit.over(DARK, Noise.cover(hit.v, 0, height * 0.22, hit.dv) * 0.7f);
      hit.scale(1 - 0.35f * Noise.cover(hit.v, height * 0.4, height * 0.43, hit.dv));
      float lamp =
          Noise.cover(side, 0.02, 0.24, hit.du)
              * Noise.cover(hit.v, height * 0.55, height * 0.88, hit.dv);
      hit.over(new Rgb(0.35f, 0.008f, 0.006f), lamp);
      hit.mirror *= 1 - lamp;
      hit.glow(new Rgb(1f, 0.05f, 0.03f), lamp * (glow * 0.5f + (braking ? 0.9f : 0)));
      float plate =
          Noise.cover(hit.u, width / 2 - 0.26, width / 2 + 0.26, hit.du)
              * Noise.cover(hit.v, height * 0.42, height * 0.42 + 0.12, hit.dv);
      hit.over(plateYellow ? new Rgb(0.62f, 0.42f, 0.04f) : Rgb.WHITE, plate);
    }
  }

  /** The nose; u across, v above the bumper's lower edge. */
  record Front(Rgb paint, double width, double height, float glow) implements Material {
    @Override
    public void shade(Hit hit) {
      hit.paint(paint);
      hit.mirror = 0.06f;
      double side = Math.min(hit.u, width - hit.u);
      float grille =
          Noise.cover(hit.u, width * 0.3, width * 0.7, hit.du)
              * Noise.cover(hit.v, height * 0.6, height * 0.85, hit.dv);
      hit.over(Rgb.grey(0.04), grille);
      hit.over(DARK, Noise.cover(hit.v, 0, height * 0.25, hit.dv) * 0.8f);
      float plate =
          Noise.cover(hit.u, width / 2 - 0.26, width / 2 + 0.26, hit.du)
              * Noise.cover(hit.v, height * 0.32, height * 0.32 + 0.12, hit.dv);
      hit.over(Rgb.WHITE, plate);
      float lamp =
          Noise.cover(side, 0.05, 0.36, hit.du)
              * Noise.cover(hit.v, height * 0.62, height * 0.9, hit.dv);
      hit.over(Rgb.grey(0.5), lamp);
      hit.glow(new Rgb(1.6f, 1.5f, 1.25f), lamp * glow);
    }
  }
}
