package io.drivemark.datasets.synth;

/**
 * Draws a scene into linear colours, classes, depth and object numbers: each pixel is shaded once
 * for each surface that its {@link Samples} show. Colours blend over the four samples; class,
 * object and depth are those of the winner, the most samples or, at a tie, the nearest. For one
 * thread, one frame.
 */
final class Renderer {
  private static final int SUB = Samples.SUB;

  private final Samples samples;
  private final PinholeCamera camera;
  private final Light light;
  private final Ground ground;
  private final int width;
  private final int height;

  final float[] color;
  final byte[] labels;
  final float[] depth;
  final int[] ids;

  private final int[] voteLabel = new int[SUB];
  private final int[] voteId = new int[SUB];
  private final float[] voteDepth = new float[SUB];

  private final Hit hit = new Hit();
  private final float[] sky = new float[3];
  private final float[] pixel = new float[3];

  Renderer(Scene scene, Ground ground) {
    this.samples = new Samples(scene);
    this.camera = scene.camera;
    this.light = scene.light;
    this.ground = ground;
    this.width = camera.width;
    this.height = camera.height;
    int pixels = Math.multiplyExact(width, height);
    color = new float[Math.multiplyExact(pixels, 3)];
    labels = new byte[pixels];
    depth = new float[pixels];
    ids = new int[pixels];
  }

  /**
   * Draws all rows.
   *
   * @param paint whether colours are wanted; the rest does not depend on it
   */
  void draw(boolean paint) {
    for (int row = 0; row < height; row += Samples.BAND) {
      int rows = Math.min(Samples.BAND, height - row);
      samples.open(row, rows);
      for (int y = row; y < row + rows; y++) {
        for (int x = 0; x < width; x++) {
          resolve(x, y, row, paint);
        }
      }
    }
  }

  private void resolve(int x, int y, int row, boolean paint) {
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
      int surface = samples.colorSurface[base + k * width];
      double px = 0;
      double py = 0;
      int n = 0;
      for (int j = k; j < SUB; j++) {
        if (samples.colorSurface[base + j * width] == surface) {
          done |= 1 << j;
          px += Samples.column(x, j);
          py += Samples.row(y, j);
          n++;
        }
      }
      px /= n;
      py /= n;
      float weight = n * 0.25f;
      if (!paint) {
        if (surface == Samples.FLOOR) {
          groundLabel = groundClass(px, py);
        }
      } else if (surface >= 0) {
        solid(samples.surface(surface), px, py, weight);
      } else if (surface == Samples.FLOOR) {
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
    int common = samples.labelSurface[base];
    if (common == samples.labelSurface[base + width]
        && common == samples.labelSurface[base + 2 * width]
        && common == samples.labelSurface[base + 3 * width]) {
      agree(x, y, base, at, common, groundLabel);
      return;
    }
    for (int k = 0; k < SUB; k++) {
      int surface = samples.labelSurface[base + k * width];
      if (surface >= 0) {
        Surface s = samples.surface(surface);
        voteLabel[k] = s.label;
        voteId[k] = s.id;
        voteDepth[k] = samples.labelDepth[base + k * width];
      } else if (surface == Samples.SKY) {
        voteLabel[k] = Labels.SKY;
        voteId[k] = 0;
        voteDepth[k] = 0;
      } else {
        if (groundLabel < 0) {
          groundLabel = groundClass(Samples.column(x, k), Samples.row(y, k));
        }
        voteLabel[k] = groundLabel;
        voteId[k] = 0;
        voteDepth[k] = (float) camera.groundInverse(Samples.column(x, k), Samples.row(y, k));
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
      Surface s = samples.surface(surface);
      labels[at] = (byte) s.label;
      ids[at] = s.id;
      float near = Math.max(samples.labelDepth[base], samples.labelDepth[base + width]);
      near = Math.max(near, samples.labelDepth[base + 2 * width]);
      depth[at] = 1 / Math.max(near, samples.labelDepth[base + 3 * width]);
    } else if (surface == Samples.SKY) {
      labels[at] = Labels.SKY;
      depth[at] = Float.NaN;
    } else {
      double px = Samples.column(x, SUB - 1);
      double py = Samples.row(y, SUB - 1);
      labels[at] = (byte) (groundLabel < 0 ? groundClass(px, py) : groundLabel);
      depth[at] = (float) (1 / camera.groundInverse(px, py));
    }
  }

  private int groundClass(double px, double py) {
    double z = 1 / camera.groundInverse(px, py);
    reach(px, py, z);
    hit.reset();
    double fx = z / camera.focal;
    return ground.shade(hit, fx, Math.min(60, z * fx / camera.position.y()));
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
    double z = 1 / camera.groundInverse(px, py);
    reach(px, py, z);
    hit.reset();
    double fx = z / camera.focal;
    double fs = Math.min(60, z * fx / camera.position.y());
    int label = ground.shade(hit, fx, fs);
    float open = 1 - 0.8f * samples.contact[at];
    float direct = (float) light.sun.y() * (1 - samples.sunShadow[at]) * open;
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
