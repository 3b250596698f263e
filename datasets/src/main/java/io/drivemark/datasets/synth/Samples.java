package io.drivemark.datasets.synth;

import java.util.Arrays;
import java.util.List;

/**
 * Which surface each sample of a band of rows shows: four samples a pixel in a rotated grid and a
 * depth buffer. What has gaps (railings, bare crowns, spokes) makes two layers: the eye sees
 * through, the labels do not. For one thread, one frame; start with {@link #open}.
 */
final class Samples {
  /** Rows of a band. */
  static final int BAND = 8;

  /** Samples of a pixel, one in each of as many rows. */
  static final int SUB = 4;

  /** What a sample shows where no surface covers it. */
  static final int SKY = -1;

  static final int FLOOR = -2;

  private static final double[] OFFSET = {0.375, 0.875, 0.125, 0.625};

  private final Scene scene;
  private final PinholeCamera camera;
  private final Surface[] surfaces;
  private final int width;
  private final int height;
  private final int[][] solid;
  private final int[][] airy;

  /** Index of the surface that the eye sees, or {@link #SKY} or {@link #FLOOR}. */
  final int[] colorSurface;

  /** The same for the labels. */
  final int[] labelSurface;

  /** Inverse depth of what the labels see; 0 where no surface is. */
  final float[] labelDepth;

  /** For each pixel the share of it that lies in the sun's shadow, if it is ground. */
  final float[] sunShadow;

  /** For each pixel the share of it that an object stands on or hangs over. */
  final float[] contact;

  private final float[] colorDepth;
  private double left;
  private double right;

  Samples(Scene scene) {
    this.scene = scene;
    this.camera = scene.camera;
    this.surfaces = scene.surfaces.toArray(Surface[]::new);
    this.width = camera.width;
    this.height = camera.height;
    int samples = Math.multiplyExact(BAND * SUB, width);
    colorDepth = new float[samples];
    colorSurface = new int[samples];
    labelDepth = new float[samples];
    labelSurface = new int[samples];
    sunShadow = new float[BAND * width];
    contact = new float[BAND * width];
    solid = bands(false);
    airy = bands(true);
  }

  Surface surface(int index) {
    return surfaces[index];
  }

  /** Column of sample {@code k} of pixel column {@code x}. */
  static double column(int x, int k) {
    return x + OFFSET[k];
  }

  /** Row of sample {@code k} of pixel row {@code y}. */
  static double row(int y, int k) {
    return y + (k + 0.5) / SUB;
  }

  /** Draws the rows from {@code row} on, {@code rows} of them, at most a band. */
  void open(int row, int rows) {
    Arrays.fill(colorDepth, 0);
    background(row, rows);
    Arrays.fill(sunShadow, 0);
    Arrays.fill(contact, 0);
    draw(solid, row, rows);
    int samples = rows * SUB * width;
    System.arraycopy(colorDepth, 0, labelDepth, 0, samples);
    System.arraycopy(colorSurface, 0, labelSurface, 0, samples);
    draw(airy, row, rows);
    darken(scene.shadows, sunShadow, row, rows);
    darken(scene.contacts, contact, row, rows);
  }

  private void draw(int[][] bands, int row, int rows) {
    for (int i : bands[row / BAND]) {
      Surface s = surfaces[i];
      if (s.outline == Material.Outline.AIRY) {
        airy(s, i, row, rows);
      } else {
        raster(s, i, row, rows);
      }
    }
  }

  /** For each band the surfaces that reach into it, in order. */
  private int[][] bands(boolean airy) {
    int count = (height + BAND - 1) / BAND;
    int[] sizes = new int[count];
    int[][] bands = new int[count][];
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < surfaces.length; i++) {
        Surface s = surfaces[i];
        if ((s.outline == Material.Outline.AIRY) != airy) {
          continue;
        }
        int first = Math.max(0, (int) Math.floor(s.top / BAND));
        int last = Math.min(count - 1, (int) Math.floor(s.bottom / BAND));
        for (int k = first; k <= last; k++) {
          if (pass == 1) {
            bands[k][sizes[k]] = i;
          }
          sizes[k]++;
        }
      }
      for (int k = 0; k < count && pass == 0; k++) {
        bands[k] = new int[sizes[k]];
        sizes[k] = 0;
      }
    }
    return bands;
  }

  /** Sets each sample of a band to ground or sky. */
  private void background(int row, int rows) {
    for (int sub = 0; sub < rows * SUB; sub++) {
      double y = row + (sub + 0.5) / SUB;
      int base = sub * width;
      boolean first = camera.onGround(0, y);
      if (first == camera.onGround(width, y)) {
        Arrays.fill(colorSurface, base, base + width, first ? FLOOR : SKY);
      } else {
        for (int x = 0; x < width; x++) {
          colorSurface[base + x] = camera.onGround(x + OFFSET[sub & 3], y) ? FLOOR : SKY;
        }
      }
    }
  }

  /** Draws a surface without gaps into the one layer that there is at first. */
  private void raster(Surface s, int index, int row, int rows) {
    boolean cut = s.outline != Material.Outline.FULL;
    int to = lastSub(s, row, rows);
    for (int sub = firstSub(s, row); sub <= to; sub++) {
      double y = row + (sub + 0.5) / SUB;
      double off = OFFSET[sub & 3];
      span(s, y);
      int x0 = (int) Math.max(0, Math.ceil(left - off));
      int x1 = (int) Math.min(width - 1, Math.ceil(right - off) - 1);
      int base = sub * width;
      double step = s.ia;
      double iz = step * (x0 + off) + s.ib * y + s.ic;
      for (int i = base + x0; i <= base + x1; i++, iz += step) {
        float z = (float) iz;
        if (z > colorDepth[i] && (!cut || at(s, i - base + off, y, iz) == Material.SOLID)) {
          colorDepth[i] = z;
          colorSurface[i] = index;
        }
      }
    }
  }

  /** Draws a surface with gaps into both layers. */
  private void airy(Surface s, int index, int row, int rows) {
    int to = lastSub(s, row, rows);
    for (int sub = firstSub(s, row); sub <= to; sub++) {
      double y = row + (sub + 0.5) / SUB;
      double off = OFFSET[sub & 3];
      span(s, y);
      int x0 = (int) Math.max(0, Math.ceil(left - off));
      int x1 = (int) Math.min(width - 1, Math.ceil(right - off) - 1);
      int base = sub * width;
      double step = s.ia;
      double iz = step * (x0 + off) + s.ib * y + s.ic;
      for (int i = base + x0; i <= base + x1; i++, iz += step) {
        float z = (float) iz;
        if (z <= labelDepth[i] && z <= colorDepth[i]) {
          continue;
        }
        int at = at(s, i - base + off, y, iz);
        if (at == Material.OUTSIDE) {
          continue;
        }
        if (at == Material.SOLID && z > colorDepth[i]) {
          colorDepth[i] = z;
          colorSurface[i] = index;
        }
        if (z > labelDepth[i]) {
          labelDepth[i] = z;
          labelSurface[i] = index;
        }
      }
    }
  }

  private static int at(Surface s, double x, double y, double iz) {
    double inv = 1 / iz;
    double u = (s.ua * x + s.ub * y + s.uc) * inv - s.u0;
    double v = (s.va * x + s.vb * y + s.vc) * inv - s.v0;
    return s.material.at(u, v);
  }

  private static int firstSub(Surface s, int row) {
    return Math.max(0, (int) Math.ceil((s.top - row) * SUB - 0.5));
  }

  private static int lastSub(Surface s, int row, int rows) {
    return Math.min(rows * SUB - 1, (int) Math.floor((s.bottom - row) * SUB - 0.5));
  }

  /** Sets {@link #left} and {@link #right} to where a row meets a surface's outline. */
  private void span(Surface s, double y) {
    double low = Double.MAX_VALUE;
    double high = -Double.MAX_VALUE;
    double[] px = s.px;
    double[] py = s.py;
    int n = px.length;
    double xa = px[n - 1];
    double ya = py[n - 1];
    for (int i = 0; i < n; i++) {
      double xb = px[i];
      double yb = py[i];
      if ((ya <= y) != (yb <= y)) {
        double x = xa + (xb - xa) * (y - ya) / (yb - ya);
        low = Math.min(low, x);
        high = Math.max(high, x);
      }
      xa = xb;
      ya = yb;
    }
    left = low;
    right = high;
  }

  private void darken(List<Surface> list, float[] into, int row, int rows) {
    for (Surface s : list) {
      if (s.top >= row + rows || s.bottom <= row) {
        continue;
      }
      int to = lastSub(s, row, rows);
      for (int sub = firstSub(s, row); sub <= to; sub++) {
        double y = row + (sub + 0.5) / SUB;
        double off = OFFSET[sub & 3];
        span(s, y);
        int x0 = (int) Math.max(0, Math.ceil(left - off));
        int x1 = (int) Math.min(width - 1, Math.ceil(right - off) - 1);
        int base = (sub >> 2) * width;
        for (int x = x0; x <= x1; x++) {
          if (s.outline != Material.Outline.FULL
              && at(s, x + off, y, s.inverseDepth(x + off, y)) != Material.SOLID) {
            continue;
          }
          into[base + x] = Math.min(1, into[base + x] + 0.25f);
        }
      }
    }
  }
}
