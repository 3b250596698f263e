package io.drivemark.datasets.synth;

/**
 * A house front: floors of windows over a ground floor or a shop; u along the street, v above the
 * ground, metres.
 */
record Facade(
    int seed,
    Rgb wall,
    Rgb frame,
    boolean brick,
    double ground,
    double floor,
    double bay,
    double windowWidth,
    double windowHeight,
    double top,
    double length,
    boolean shop,
    Rgb fascia,
    boolean mullions,
    float litWindows)
    implements Material {
  private static final Rgb GLASS = new Rgb(0.018f, 0.02f, 0.024f);
  private static final Rgb WARM = new Rgb(0.75f, 0.52f, 0.25f);

  @Override
  public void shade(Hit hit) {
    wall(hit);
    double u = hit.u;
    double v = hit.v;
    if (shop && v < ground) {
      shop(hit);
      return;
    }
    double fl = (v - ground) / floor;
    double row = Math.floor(fl);
    if (shop || row >= -1) {
      hit.scale(1 + 0.25f * Noise.cover(v - ground - row * floor, 0, 0.12, hit.dv));
    }
    if (v > top - 0.45) {
      hit.over(frame, 0.5f * Noise.cover(v, top - 0.35, top - 0.1, hit.dv));
      hit.scale(1 - 0.4f * Noise.cover(v, top - 0.5, top - 0.35, hit.dv));
      return;
    }
    double bays = Math.max(1, Math.floor(length / bay));
    double pitch = length / bays;
    double col = Math.floor(u / pitch);
    if (col < 0 || col >= bays) {
      return;
    }
    double x = u - (col + 0.5) * pitch;
    double sill = 0.32 * floor;
    double y = v - ground - row * floor - sill;
    if (row < 0) {
      y = v - 0.9;
      if (!shop && Noise.hash((int) col, 77, seed) < 0.3f) {
        door(hit, x, v);
        return;
      }
    }
    if (row >= 0 && ground + (row + 1) * floor > top + 0.3) {
      return;
    }
    window(hit, x, y, (int) col, (int) row);
  }

  private void wall(Hit hit) {
    hit.paint(wall);
    float k = 1 + 0.28f * (Noise.fractal(hit.u * 0.4, hit.v * 0.25, seed, 3) * 2 - 1);
    if (brick) {
      double rows = hit.v / 0.075;
      double row = Math.floor(rows);
      double cols = hit.u / 0.225 + (((long) row & 1) == 0 ? 0 : 0.5);
      double col = Math.floor(cols);
      float near = (float) (0.12 / (0.12 + hit.du + hit.dv));
      k *= 1 + near * 0.35f * (Noise.hash((int) col, (int) row, seed) * 2 - 1);
      float joint =
          Math.max(
              Noise.cover(rows - row, 0, 0.14, hit.dv / 0.075),
              Noise.cover(cols - col, 0, 0.06, hit.du / 0.225));
      k *= 1 + 0.35f * joint;
    } else {
      float near = (float) (0.2 / (0.2 + hit.du + hit.dv));
      k *= 1 + near * 0.14f * (Noise.value(hit.u * 7, hit.v * 7, seed + 4) * 2 - 1);
    }
    hit.scale(k);
  }

  private void window(Hit hit, double x, double y, int col, int row) {
    double w = windowWidth;
    double h = windowHeight;
    float outer =
        Noise.cover(x, -w / 2 - 0.09, w / 2 + 0.09, hit.du)
            * Noise.cover(y, -0.15, h + 0.1, hit.dv);
    if (outer <= 0) {
      return;
    }
    hit.over(frame, outer);
    float inner =
        Noise.cover(x, -w / 2 + 0.03, w / 2 - 0.03, hit.du) * Noise.cover(y, 0, h, hit.dv);
    if (mullions) {
      inner *= 1 - 0.9f * Noise.cover(x, -0.04, 0.04, hit.du);
      inner *= 1 - 0.9f * Noise.cover(y, h * 0.5 - 0.04, h * 0.5 + 0.04, hit.dv);
    }
    float tint = Noise.hash(col, row, seed + 21);
    hit.over(GLASS, inner);
    if (Noise.hash(col, row, seed + 22) < litWindows) {
      hit.glow(WARM, inner * (0.35f + 0.5f * tint));
    } else {
      float curtain =
          tint > 0.55f ? inner * Noise.beyond(Math.abs(x), w * (0.1 + 0.3 * tint), hit.du) : 0;
      hit.over(Rgb.WHITE, curtain * 0.25f);
      float view = Noise.value(x * 1.3 + tint * 40, y * 1.1, seed + row * 7 + col);
      hit.mirror = inner * (0.05f + 0.3f * tint * view);
    }
  }

  private void door(Hit hit, double x, double v) {
    float in = Noise.cover(x, -0.55, 0.55, hit.du) * Noise.cover(v, 0, 2.3, hit.dv);
    hit.over(frame, in);
    float leaf = Noise.cover(x, -0.45, 0.45, hit.du) * Noise.cover(v, 0.1, 2.1, hit.dv);
    hit.over(fascia, leaf);
  }

  private void shop(Hit hit) {
    double v = hit.v;
    double u = hit.u;
    double unit = Math.max(3, length / Math.max(1, Math.round(length / 5)));
    double col = Math.floor(u / unit);
    double x = u - col * unit;
    float other = Noise.hash((int) col, 9, seed + 40);
    Rgb band = other < 0.5f ? fascia : fascia.mix(new Rgb(0.3f, 0.28f, 0.25f), other);
    if (v > ground - 0.95) {
      hit.over(band, Noise.cover(v, ground - 0.9, ground - 0.1, hit.dv));
      double lx = x / 0.32;
      double letter = Math.floor(lx);
      boolean text = x > unit * 0.2 && x < unit * 0.8 && v > ground - 0.72 && v < ground - 0.3;
      if (text && Noise.hash((int) letter, (int) col, seed + 41) > 0.15f) {
        float stroke =
            Noise.value(lx * 2.6, v * 7, seed + 42) > 0.45f
                ? Noise.cover(lx - letter, 0.1, 0.8, hit.du / 0.32)
                : 0;
        hit.over(Rgb.WHITE, stroke * 0.85f);
      }
      if (litWindows > 0.3f) {
        hit.glow(band, 0.35f);
      }
      return;
    }
    hit.over(band.times(0.6), 0.9f);
    double pane = unit / 3;
    double px = x - Math.floor(x / pane) * pane;
    float glass =
        Noise.cover(px, 0.07, pane - 0.07, hit.du) * Noise.cover(v, 0.55, ground - 1.1, hit.dv);
    hit.over(GLASS, glass);
    float goods = Noise.fractal(u * 1.4, v * 1.7, seed + 43, 3);
    hit.over(new Rgb(0.28f, 0.24f, 0.2f), glass * Noise.smooth(0.5f, 0.75f, goods));
    hit.mirror = glass * 0.14f * Noise.value(u * 0.7, v * 0.8, seed + 44);
    if (litWindows > 0.1f) {
      hit.glow(new Rgb(0.9f, 0.75f, 0.5f), glass * goods * Math.min(1, litWindows * 2) * 0.8f);
    }
  }
}
