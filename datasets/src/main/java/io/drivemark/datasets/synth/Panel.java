package io.drivemark.datasets.synth;

/** Flat things beside the road that are cut out of a rectangle: signs, lights, railings, wheels. */
final class Panel {
  private Panel() {}

  /** The outline of a traffic sign. */
  enum Shape {
    DISC,
    TRIANGLE,
    BOARD,
    DIAMOND
  }

  /** A traffic sign; u and v from 0 to width and height. */
  record Sign(Shape shape, Rgb rim, Rgb face, Rgb ink, double width, double height, int seed)
      implements Material {
    @Override
    public Outline outline() {
      return shape == Shape.BOARD ? Outline.FULL : Outline.CUT;
    }

    private double inside(double u, double v) {
      double x = Math.abs(2 * u / width - 1);
      double y = 2 * v / height - 1;
      return switch (shape) {
        case DISC -> 1 - Math.sqrt(x * x + y * y);
        case TRIANGLE -> Math.min((1 - y) * 0.5 - x, (1 + y) * 0.5);
        case DIAMOND -> 1 - x - Math.abs(y);
        case BOARD -> Math.min(1 - x, 1 - Math.abs(y)) * 2;
      };
    }

    @Override
    public int at(double u, double v) {
      return inside(u, v) >= 0 ? SOLID : OUTSIDE;
    }

    @Override
    public void shade(Hit hit) {
      double in = inside(hit.u, hit.v);
      double soft = 2 * (hit.du + hit.dv) / (width + height);
      hit.paint(rim);
      float center = Noise.beyond(in, shape == Shape.BOARD ? 0.12 : 0.22, soft);
      hit.over(face, center);
      double x = hit.u / width;
      double y = hit.v / height;
      if (shape == Shape.BOARD) {
        double line = y * 5;
        double row = Math.floor(line);
        double letters = x * 9;
        boolean text =
            line - row > 0.3 && x > 0.12 && x < 0.5 + 0.4 * Noise.hash((int) row, 3, seed);
        if (text && Noise.value(letters * 3, line * 4, seed) > 0.42f) {
          hit.over(ink, center * 0.9f);
        }
      } else if (Noise.value(x * 6, y * 6, seed) > 0.55f && Math.abs(x - 0.5) < 0.22) {
        hit.over(ink, center);
      }
    }
  }

  /** The box of a traffic light with one of its three lamps on. */
  record Signal(double width, double height, int lit, boolean front) implements Material {
    private static final Rgb[] LAMPS = {
      new Rgb(0.1f, 1.1f, 0.55f), new Rgb(1.3f, 0.65f, 0.05f), new Rgb(1.4f, 0.06f, 0.04f)
    };

    @Override
    public void shade(Hit hit) {
      hit.paint(Rgb.grey(0.02));
      if (!front) {
        return;
      }
      double x = hit.u - width / 2;
      for (int i = 0; i < 3; i++) {
        double y = hit.v - height * (2 * i + 1) / 6;
        double r = Math.sqrt(x * x + y * y);
        float in = 1 - Noise.beyond(r, width * 0.32, hit.du);
        if (i == lit) {
          hit.glow(LAMPS[i], in * 1.2f);
        } else {
          hit.over(LAMPS[i].times(0.05), in);
        }
      }
    }
  }

  /** Upright bars between two rails; u along, v up. */
  record Railing(Rgb color, double height, double gap, double bar, double rail)
      implements Material {
    @Override
    public Outline outline() {
      return Outline.AIRY;
    }

    @Override
    public int at(double u, double v) {
      if (v > height - rail || (v > 0.1 && v < 0.1 + rail)) {
        return SOLID;
      }
      double t = u - Math.floor(u / gap) * gap;
      double post = u - Math.floor(u / 2) * 2;
      return t < bar || post < bar * 2.5 ? SOLID : GAP;
    }

    @Override
    public void shade(Hit hit) {
      hit.paint(color);
    }
  }

  /** Boards or metal sheet; u along, v up. */
  record Boards(Rgb color, double board, boolean across, int seed) implements Material {
    @Override
    public void shade(Hit hit) {
      double t = (across ? hit.v : hit.u) / board;
      double foot = (across ? hit.dv : hit.du) / board;
      double k = Math.floor(t);
      hit.paint(color);
      float near = (float) (1 / (1 + foot));
      hit.scale(1 + 0.35f * near * (Noise.hash((int) k, 5, seed) * 2 - 1));
      hit.scale(1 - 0.6f * Noise.cover(t - k, 0, 0.1, foot));
      hit.scale(0.85f + 0.3f * Noise.fractal(hit.u, hit.v, seed, 2));
    }
  }

  /** A car's wheel; u and v from −radius to radius. */
  record Wheel(double radius) implements Material {
    @Override
    public Outline outline() {
      return Outline.CUT;
    }

    @Override
    public int at(double u, double v) {
      return u * u + v * v <= radius * radius ? SOLID : OUTSIDE;
    }

    @Override
    public void shade(Hit hit) {
      double r = Math.sqrt(hit.u * hit.u + hit.v * hit.v) / radius;
      hit.paint(Rgb.grey(0.012));
      float hub = 1 - Noise.beyond(r, 0.62, hit.du / radius);
      double spoke = Math.abs(hit.u * hit.v) / (radius * radius);
      hit.over(Rgb.grey(spoke > 0.05 ? 0.3 : 0.12), hub * (r < 0.2 ? 0.6f : 1));
    }
  }

  /** A bicycle's wheel: to the eye a ring with fine spokes, to the labels a full disc. */
  record Ring(double radius, double tyre) implements Material {
    @Override
    public Outline outline() {
      return Outline.AIRY;
    }

    @Override
    public int at(double u, double v) {
      double d = u * u + v * v;
      double inner = radius - tyre;
      return d > radius * radius ? OUTSIDE : d >= inner * inner || d < 0.003 ? SOLID : GAP;
    }

    @Override
    public void shade(Hit hit) {
      hit.paint(Rgb.grey(0.015));
    }
  }
}
