package io.drivemark.datasets.synth;

/** The ground as one frame sees it: from a ray to road coordinates, to colour and class. */
final class Ground {
  private static final int CELLS = 1000;
  private static final double STEP = 0.5;

  private static final Rgb PAINT = new Rgb(0.62f, 0.62f, 0.58f);
  private static final Rgb YELLOW = new Rgb(0.5f, 0.36f, 0.09f);

  private final Street street;
  private final GroundLook look;
  private final double[] laneX = new double[CELLS];
  private final double[] slopeSin = new double[CELLS];
  private final double[] slopeCos = new double[CELLS];
  private final double[] along = new double[CELLS];
  private final double baseX;
  private final double baseZ;
  private final double sin;
  private final double cos;

  /** Road coordinates of the last {@link #locate}. */
  double x;

  double s;

  Ground(Street street, GroundLook look, double start) {
    this.street = street;
    this.look = look;
    RoadCurve curve = street.curve;
    double h0 = curve.heading(start);
    sin = StrictMath.sin(h0);
    cos = StrictMath.cos(h0);
    Vec base = curve.at(0, start, 0);
    baseX = base.x();
    baseZ = base.z();
    double s0 = start - 10;
    int cell = 0;
    double lastS = s0;
    double lastZ = -1e9;
    double lastX = 0;
    for (double q = s0; q < start + 600 && cell < CELLS; q += STEP) {
      Vec p = curve.at(0, q, 0);
      double px = p.x() - baseX;
      double pz = p.z() - baseZ;
      double lx = px * cos - pz * sin;
      double lz = px * sin + pz * cos;
      while (cell < CELLS && cell * STEP - 8 <= lz) {
        double want = cell * STEP - 8;
        double k = lastZ < -1e8 ? 1 : (want - lastZ) / Math.max(1e-6, lz - lastZ);
        double at = lastS + (q - lastS) * k;
        double d = curve.heading(at) - h0;
        along[cell] = at;
        laneX[cell] = lastX + (lx - lastX) * k;
        slopeSin[cell] = StrictMath.sin(d);
        slopeCos[cell] = StrictMath.cos(d);
        cell++;
      }
      lastS = q;
      lastZ = lz;
      lastX = lx;
    }
    for (; cell < CELLS; cell++) {
      along[cell] = along[cell - 1] + STEP;
      laneX[cell] = laneX[cell - 1];
      slopeSin[cell] = slopeSin[cell - 1];
      slopeCos[cell] = slopeCos[cell - 1];
    }
  }

  /** Sets {@link #x} and {@link #s} for a point of the world's ground plane. */
  void locate(double wx, double wz) {
    double dx = wx - baseX;
    double dz = wz - baseZ;
    double lx = dx * cos - dz * sin;
    double lz = dx * sin + dz * cos;
    double t = (lz + 8) / STEP;
    int i = t < 0 ? 0 : t > CELLS - 2 ? CELLS - 2 : (int) t;
    double k = Math.max(-2, Math.min(2, t - i));
    double off = lx - (laneX[i] + (laneX[i + 1] - laneX[i]) * k);
    double q = along[i] + (along[i + 1] - along[i]) * k;
    x = off * slopeCos[i];
    s = q + off * slopeSin[i];
  }

  /**
   * Paints the ground at the last place and answers its class.
   *
   * @param fx footprint across the road, metres
   * @param fs footprint along it
   */
  int shade(Hit hit, double fx, double fs) {
    int side = x < 0 ? -1 : 1;
    double edge = street.half(side);
    double d = side * x - edge;
    if (d < -0.3 - fx) {
      road(hit, fx, fs, side);
      return Labels.ROAD;
    }
    Lot lot = street.lot(side, s);
    double inner = lot.pavement();
    boolean road = d < 0;
    if (lot.kind() == Lot.Kind.JUNCTION) {
      double in = Math.min(s - lot.from(), lot.to() - s);
      double round = d < 4 ? 4 - Math.sqrt(Math.max(0, 16 - (4 - d) * (4 - d))) : 0;
      if (d < 0 || in > 1.8 - round) {
        road(hit, fx, fs, side);
        return Labels.ROAD;
      }
      inner = 1e9;
      road = false;
    }
    float off = lot.kind() == Lot.Kind.JUNCTION ? 1 : Noise.beyond(d, 0, fx);
    if (off < 1) {
      road(hit, fx, fs, side);
      if (off <= 0) {
        return Labels.ROAD;
      }
    }
    float r = hit.r;
    float g = hit.g;
    float b = hit.b;
    int label;
    if (d < inner) {
      look.pavement(hit, x, s, d, fx, fs);
      label = Labels.PAVEMENT;
    } else {
      label =
          switch (lot.beyond()) {
            case PAVING -> {
              look.paving(hit, x, s, fx, fs);
              yield Labels.PAVEMENT;
            }
            case GRASS -> {
              look.grass(hit, x, s, fx, fs);
              yield Labels.TREE;
            }
            case ASPHALT -> {
              look.asphalt(hit, x, s, fx, fs);
              yield Labels.ROAD;
            }
          };
    }
    if (off < 1) {
      hit.r = r + (hit.r - r) * off;
      hit.g = g + (hit.g - g) * off;
      hit.b = b + (hit.b - b) * off;
    }
    return road ? Labels.ROAD : label;
  }

  private void road(Hit hit, double fx, double fs, int side) {
    look.asphalt(hit, x, s, fx, fs);
    double edge = street.half(side);
    double a = side * x;
    float paint = 0;
    if (a < edge + 0.5) {
      double lanes = a / street.lane;
      double inLane = lanes - Math.floor(lanes) - 0.5;
      float tracks = (float) (Math.abs(Math.abs(inLane) - 0.27) * 4);
      hit.scale(0.94f + 0.06f * Math.min(1, tracks));
      boolean crossing = false;
      for (double c : street.crossings) {
        if (s > c - 2.2 && s < c + 3) {
          crossing = true;
          double u = x + 100.0;
          double stripe = u - Math.floor(u / 1.1) * 1.1;
          paint = Noise.cover(stripe, 0, 0.55, Math.min(fx, 1.0)) * Noise.cover(s, c, c + 2.8, fs);
          paint = Math.max(paint, Noise.cover(s, c - 2, c - 1.7, fs));
        }
      }
      if (!crossing) {
        if (street.centreLine) {
          paint = Math.max(paint, Noise.cover(x, -0.06, 0.06, fx) * dash(s, 6, 3.6, fs));
        }
        double drive = edge - (side < 0 ? street.parkLeft : street.parkRight) - 0.3;
        for (double l = street.lane; l < drive - 0.5; l += street.lane) {
          paint = Math.max(paint, Noise.cover(a, l - 0.06, l + 0.06, fx) * dash(s, 9, 3, fs));
        }
        double park = side < 0 ? street.parkLeft : street.parkRight;
        if (park > 0) {
          paint =
              Math.max(
                  paint,
                  Noise.cover(a, edge - park - 0.05, edge - park + 0.05, fx)
                      * dash(s, 1.5, 0.8, fs));
        } else if (street.yellowLines) {
          float y =
              Noise.cover(a, edge - 0.3, edge - 0.22, fx)
                  + Noise.cover(a, edge - 0.5, edge - 0.42, fx);
          if (y > 0) {
            hit.over(YELLOW, Noise.clamp(y) * worn());
          }
        }
        float gutter = Noise.cover(a, edge - 0.2, edge, fx);
        hit.scale(1 - 0.35f * gutter);
      }
    }
    if (paint > 0) {
      hit.over(PAINT, Noise.clamp(paint) * worn());
    }
  }

  private float worn() {
    return 0.55f + 0.45f * Noise.value(x * 3, s * 1.5, look.seed() + 3);
  }

  private static float dash(double s, double period, double on, double fs) {
    if (fs > period) {
      return (float) (on / period);
    }
    double t = s - Math.floor(s / period) * period;
    return Math.max(
        Noise.cover(t, 0, on, fs),
        Math.max(Noise.cover(t - period, 0, on, fs), Noise.cover(t + period, 0, on, fs)));
  }
}
