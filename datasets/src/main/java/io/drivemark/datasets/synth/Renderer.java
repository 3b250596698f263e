package io.drivemark.datasets.synth;

import java.util.Arrays;
import java.util.List;

/**
 * Draws a scene into linear colours, classes, depth and object numbers: four samples a pixel in a
 * rotated grid, a depth buffer a band of rows, each pixel shaded once for each surface it shows.
 * Colours blend over the four samples; class, object and depth are those of the winner, the most
 * samples or, at a tie, the nearest. What has gaps (railings, bare crowns) is drawn in two layers:
 * colours see through, classes do not. For one thread, one frame.
 */
final class Renderer {
  private static final int BAND = 8;
  private static final int SUB = 4;

  /** Columns of the four samples; their rows are 1/8, 3/8, 5/8, 7/8. */
  private static final double[] OFFSET = {0.375, 0.875, 0.125, 0.625};

  /** What a sample shows where no surface covers it. */
  private static final int SKY = -1;

  private static final int FLOOR = -2;

  private final Scene scene;
  private final Camera camera;
  private final Light light;
  private final Ground ground;
  private final Surface[] surfaces;
  private final int width;
  private final int height;

  final float[] color;
  final byte[] labels;
  final float[] depth;
  final int[] ids;

  private final float[] colorDepth;
  private final int[] colorSurface;
  private final float[] labelDepth;
  private final int[] labelSurface;
  private final float[] sunShadow;
  private final float[] contact;

  private final int[] voteLabel = new int[SUB];
  private final int[] voteId = new int[SUB];
  private final float[] voteDepth = new float[SUB];
  private double left;
  private double right;

  private final Hit hit = new Hit();
  private final float[] sky = new float[3];
  private final float[] pixel = new float[3];

  Renderer(Scene scene, Ground ground) {
    this.scene = scene;
    this.camera = scene.camera;
    this.light = scene.light;
    this.ground = ground;
    this.surfaces = scene.surfaces.toArray(Surface[]::new);
    this.width = camera.width;
    this.height = camera.height;
    int pixels = Math.multiplyExact(width, height);
    color = new float[Math.multiplyExact(pixels, 3)];
    labels = new byte[pixels];
    depth = new float[pixels];
    ids = new int[pixels];
    int samples = BAND * SUB * width;
    colorDepth = new float[samples];
    colorSurface = new int[samples];
    labelDepth = new float[samples];
    labelSurface = new int[samples];
    sunShadow = new float[BAND * width];
    contact = new float[BAND * width];
  }

  void draw() {
    int[][] solid = bands(false);
    int[][] airy = bands(true);
    for (int row = 0; row < height; row += BAND) {
      int rows = Math.min(BAND, height - row);
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
      for (int y = row; y < row + rows; y++) {
        for (int x = 0; x < width; x++) {
          resolve(x, y, row);
        }
      }
    }
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
      boolean first = onGround(0, y);
      if (first == onGround(width, y)) {
        Arrays.fill(colorSurface, base, base + width, first ? FLOOR : SKY);
      } else {
        for (int x = 0; x < width; x++) {
          colorSurface[base + x] = onGround(x + OFFSET[sub & 3], y) ? FLOOR : SKY;
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

  private void resolve(int x, int y, int row) {
    int base = (y - row) * SUB * width + x;
    pixel[0] = 0;
    pixel[1] = 0;
    pixel[2] = 0;
    int groundLabel = -1;
    int done = 0;
    for (int k = 0; k < SUB; k++) {
      if ((done >> k & 1) != 0) {
        continue;
      }
      int surface = colorSurface[base + k * width];
      double px = 0;
      double py = 0;
      int n = 0;
      for (int j = k; j < SUB; j++) {
        if (colorSurface[base + j * width] == surface) {
          done |= 1 << j;
          px += x + OFFSET[j];
          py += y + (j + 0.5) / SUB;
          n++;
        }
      }
      px /= n;
      py /= n;
      float weight = n * 0.25f;
      if (surface >= 0) {
        solid(surfaces[surface], px, py, weight);
      } else if (surface == FLOOR) {
        groundLabel = floor(px, py, weight, (y - row) * width + x);
      } else {
        heaven(px, py);
        add(sky[0], sky[1], sky[2], weight);
      }
    }
    int at = y * width + x;
    color[3 * at] = pixel[0];
    color[3 * at + 1] = pixel[1];
    color[3 * at + 2] = pixel[2];
    judge(x, y, base, at, groundLabel);
  }

  /** Class, object and depth of a pixel from its four samples. */
  private void judge(int x, int y, int base, int at, int groundLabel) {
    int common = labelSurface[base];
    if (common == labelSurface[base + width]
        && common == labelSurface[base + 2 * width]
        && common == labelSurface[base + 3 * width]) {
      agree(x, y, base, at, common, groundLabel);
      return;
    }
    for (int k = 0; k < SUB; k++) {
      int surface = labelSurface[base + k * width];
      if (surface >= 0) {
        Surface s = surfaces[surface];
        voteLabel[k] = s.label;
        voteId[k] = s.id;
        voteDepth[k] = labelDepth[base + k * width];
      } else if (surface == SKY) {
        voteLabel[k] = Labels.SKY;
        voteId[k] = 0;
        voteDepth[k] = 0;
      } else {
        if (groundLabel < 0) {
          groundLabel = groundClass(x + OFFSET[k], y + (k + 0.5) / SUB);
        }
        voteLabel[k] = groundLabel;
        voteId[k] = 0;
        voteDepth[k] = (float) groundInverse(x + OFFSET[k], y + (k + 0.5) / SUB);
      }
    }
    int best = 0;
    int bestVotes = 0;
    for (int k = 0; k < SUB; k++) {
      int votes = 0;
      for (int j = 0; j < SUB; j++) {
        if (voteLabel[j] == voteLabel[k] && voteId[j] == voteId[k]) {
          votes++;
        }
      }
      if (votes > bestVotes || (votes == bestVotes && voteDepth[k] > voteDepth[best])) {
        best = k;
        bestVotes = votes;
      }
    }
    labels[at] = (byte) voteLabel[best];
    ids[at] = voteId[best];
    depth[at] = voteDepth[best] > 0 ? 1 / voteDepth[best] : Float.NaN;
  }

  /** The same for a pixel whose samples all show one surface. */
  private void agree(int x, int y, int base, int at, int surface, int groundLabel) {
    if (surface >= 0) {
      Surface s = surfaces[surface];
      labels[at] = (byte) s.label;
      ids[at] = s.id;
      float near = Math.max(labelDepth[base], labelDepth[base + width]);
      near = Math.max(near, labelDepth[base + 2 * width]);
      depth[at] = 1 / Math.max(near, labelDepth[base + 3 * width]);
    } else if (surface == SKY) {
      labels[at] = Labels.SKY;
      depth[at] = Float.NaN;
    } else {
      double px = x + OFFSET[SUB - 1];
      double py = y + 0.875;
      labels[at] = (byte) (groundLabel < 0 ? groundClass(px, py) : groundLabel);
      depth[at] = (float) (1 / groundInverse(px, py));
    }
  }

  private double groundInverse(double px, double py) {
    double rx = (px - camera.cx) / camera.focal;
    double ry = (camera.cy - py) / camera.focal;
    return -(camera.right.y() * rx + camera.up.y() * ry) / camera.position.y();
  }

  private boolean onGround(double px, double py) {
    return groundInverse(px, py) > 1e-4;
  }

  private int groundClass(double px, double py) {
    double z = 1 / groundInverse(px, py);
    reach(px, py, z);
    hit.reset();
    return ground.shade(hit, z / camera.focal, z * z / (camera.focal * camera.position.y()));
  }

  private void reach(double px, double py, double z) {
    double rx = (px - camera.cx) / camera.focal * z;
    double ry = (camera.cy - py) / camera.focal * z;
    double wx =
        camera.position.x() + camera.right.x() * rx + camera.up.x() * ry + camera.ahead.x() * z;
    double wz =
        camera.position.z() + camera.right.z() * rx + camera.up.z() * ry + camera.ahead.z() * z;
    ground.locate(wx, wz);
  }

  private int floor(double px, double py, float weight, int at) {
    double z = 1 / groundInverse(px, py);
    reach(px, py, z);
    hit.reset();
    double fx = z / camera.focal;
    double fs = Math.min(60, z * fx / camera.position.y());
    int label = ground.shade(hit, fx, fs);
    float open = 1 - 0.8f * contact[at];
    float direct = (float) light.sun.y() * (1 - sunShadow[at]) * open;
    illuminate(px, py, z, open, direct, weight, hit.mirror * 0.35f);
    return label;
  }

  private void solid(Surface s, double px, double py, float weight) {
    hit.reset();
    s.locate(px, py, hit);
    s.material.shade(hit);
    double z = 1 / Math.max(1e-5, s.inverseDepth(px, py));
    float direct = s.direct;
    if (direct > 0 && hit.v < s.shadeBelow) {
      direct *= 1 - Noise.beyond(s.shadeBelow, hit.v, hit.dv + 0.05);
    }
    float open = s.ambient * hit.open;
    if (s.upright && hit.v < 3) {
      open *= 0.7f + 0.1f * (float) Math.max(0, hit.v);
    }
    illuminate(px, py, z, open, direct * hit.open, weight, hit.mirror);
  }

  private void illuminate(
      double px, double py, double z, float open, float direct, float weight, float mirror) {
    Rgb a = light.ambient;
    Rgb s = light.sunColor;
    float beam = 0;
    if (light.beam > 0 && z > 0.5) {
      double rx = (px - camera.cx) / camera.focal;
      double ry = (camera.cy - py) / camera.focal;
      double low = (ry + 0.06) * 9;
      double spread = Math.max(0, 1 - rx * rx * 3.2) / (1 + Math.max(0, low) * Math.max(0, low));
      beam = (float) (light.beam * 30 * spread / (z * z + 60));
    }
    float r = hit.r * (a.r() * open + s.r() * direct + beam) + hit.er;
    float g = hit.g * (a.g() * open + s.g() * direct + beam * 0.95f) + hit.eg;
    float b = hit.b * (a.b() * open + s.b() * direct + beam * 0.85f) + hit.eb;
    if (mirror > 0) {
      Rgb h = light.haze;
      r += (h.r() - r) * mirror;
      g += (h.g() - g) * mirror;
      b += (h.b() - b) * mirror;
    }
    float through = light.through(z);
    r = light.haze.r() + (r - light.haze.r()) * through;
    g = light.haze.g() + (g - light.haze.g()) * through;
    b = light.haze.b() + (b - light.haze.b()) * through;
    add(r, g, b, weight);
  }

  private void add(float r, float g, float b, float weight) {
    pixel[0] += r * weight;
    pixel[1] += g * weight;
    pixel[2] += b * weight;
  }

  private void heaven(double px, double py) {
    double rx = (px - camera.cx) / camera.focal;
    double ry = (camera.cy - py) / camera.focal;
    light.sky(
        camera.right.x() * rx + camera.up.x() * ry + camera.ahead.x(),
        camera.right.y() * rx + camera.up.y() * ry,
        camera.right.z() * rx + camera.up.z() * ry + camera.ahead.z(),
        1 / camera.focal,
        sky);
  }
}
