package io.drivemark.datasets.synth;

import io.drivemark.datasets.random.Rng;
import java.util.Arrays;

/**
 * Turns drawn light into a photograph: wet reflections, glowing lamps, glare, rain, lens and
 * sensor. Used once, by one thread.
 */
final class Developer {
  private static final int STEPS = 4096;
  private static final byte[] TONE = tone();

  private final Renderer frame;
  private final Scene scene;
  private final PinholeCamera camera;
  private final Light light;
  private final int height;
  private final int width;
  private final float[] color;
  private final int seed;
  private final double blur;

  Developer(Renderer frame, Scene scene, long seed, double blur) {
    this.frame = frame;
    this.scene = scene;
    this.camera = scene.camera;
    this.light = scene.light;
    this.height = camera.height;
    this.width = camera.width;
    this.color = frame.color;
    this.seed = (int) seed;
    this.blur = blur;
  }

  private static byte[] tone() {
    byte[] tone = new byte[STEPS];
    for (int i = 0; i < STEPS; i++) {
      double x = i / (STEPS - 1.0) * 1.5;
      double soft = x < 0.75 ? x : 0.75 + 0.25 * (1 - StrictMath.exp(-(x - 0.75) / 0.25));
      tone[i] = (byte) Math.round(255 * StrictMath.pow(soft, 1 / 2.2));
    }
    return tone;
  }

  /** Covers the lower edge with the ego car's bonnet, which is void. */
  void bonnet(double share, Rgb paint) {
    for (int y = (int) (height * (1 - share)); y < height; y++) {
      for (int x = 0; x < width; x++) {
        double t = 2.0 * (x + 0.5) / width - 1;
        double edge = height * (1 - share * (1 - 0.55 * t * t));
        if (y + 0.5 < edge) {
          continue;
        }
        int i = y * width + x;
        double in = (y + 0.5 - edge) / (height * share);
        float shine = (float) (0.12 + 0.35 * Math.max(0, 1 - in * 4));
        color[3 * i] = paint.r() * light.ambient.r() + shine * light.haze.r() * 0.6f;
        color[3 * i + 1] = paint.g() * light.ambient.g() + shine * light.haze.g() * 0.6f;
        color[3 * i + 2] = paint.b() * light.ambient.b() + shine * light.haze.b() * 0.6f;
        frame.labels[i] = (byte) Labels.VOID;
        frame.ids[i] = 0;
        frame.depth[i] = Float.NaN;
      }
    }
  }

  Drive.Picture develop() {
    if (light.wet) {
      reflect();
      rain();
    }
    glow();
    if (light.daylight == Daylight.GLARE) {
      glare();
    }
    soften();
    return new Drive.Picture(expose(), frame.labels, frame.depth, frame.ids);
  }

  /** A wet road shows what stands above the horizon, upside down and drawn out. */
  private void reflect() {
    int horizon = (int) Math.round(camera.cy);
    for (int y = Math.max(0, horizon + 1); y < height; y++) {
      int mirror = 2 * horizon - y;
      if (mirror < 0) {
        break;
      }
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        int label = frame.labels[i];
        if (label != Labels.ROAD && label != Labels.PAVEMENT) {
          continue;
        }
        double z = frame.depth[i];
        float ripple = Noise.value(x * 40.0 / height, z * 2, 17);
        int from =
            Math.max(0, Math.min(height - 1, mirror + (int) ((ripple - 0.5) * height * 0.05)));
        int j = from * width + x;
        float k =
            (0.08f + 0.2f * Noise.clamp((float) (z / 40))) * Math.min(1, mirror * 4f / horizon);
        for (int c = 0; c < 3; c++) {
          float up = Math.min(1.2f, color[3 * j + c]);
          color[3 * i + c] += (0.75f * up - color[3 * i + c]) * k;
        }
      }
    }
  }

  private void rain() {
    float veil = 0.06f;
    for (int i = 0; i < color.length; i += 3) {
      color[i] += (light.haze.r() - color[i]) * veil;
      color[i + 1] += (light.haze.g() - color[i + 1]) * veil;
      color[i + 2] += (light.haze.b() - color[i + 2]) * veil;
    }
    int drops = 26;
    Rng rng = new Rng(seed);
    for (int k = 0; k < drops; k++) {
      double cx = rng.unit() * width;
      double cy = rng.unit() * height;
      double r = height * rng.in(0.004, 0.014);
      for (int y = (int) Math.max(0, cy - r); y < Math.min(height, cy + r + 1); y++) {
        for (int x = (int) Math.max(0, cx - r); x < Math.min(width, cx + r + 1); x++) {
          double dx = (x + 0.5 - cx) / r;
          double dy = (y + 0.5 - cy) / r;
          double d = dx * dx + dy * dy;
          if (d < 1) {
            int fromY = (int) Math.max(0, Math.min(height - 1, cy - dy * r * 5));
            int fromX = (int) Math.max(0, Math.min(width - 1, cx - dx * r * 5));
            int j = 3 * (fromY * width + fromX);
            int i = 3 * (y * width + x);
            float t = (float) (0.7 * (1 - d));
            for (int c = 0; c < 3; c++) {
              color[i + c] += (Math.min(1, color[j + c]) - color[i + c]) * t;
            }
          }
        }
      }
    }
  }

  private void glow() {
    for (Scene.Lamp lamp : scene.lamps) {
      Vec at = lamp.camera();
      double cx = camera.column(at);
      double cy = camera.row(at);
      if (cx < 0 || cy < 0 || cx >= width || cy >= height) {
        continue;
      }
      float depth = frame.depth[((int) cy) * width + (int) cx];
      if (depth < at.z() - 1.5) {
        continue;
      }
      double r = Math.max(height * 0.004, lamp.metres() * 0.3 * camera.focal / at.z());
      double reach = r * 7;
      Rgb c = lamp.color();
      for (int y = (int) Math.max(0, cy - reach); y < Math.min(height, cy + reach); y++) {
        for (int x = (int) Math.max(0, cx - reach); x < Math.min(width, cx + reach); x++) {
          double dx = x + 0.5 - cx;
          double dy = y + 0.5 - cy;
          double d = (dx * dx + dy * dy) / (r * r);
          double edge = 1 - d / 49;
          if (edge > 0) {
            float k = (float) (edge * edge / (1 + d * 1.5));
            int i = 3 * (y * width + x);
            color[i] += c.r() * k;
            color[i + 1] += c.g() * k;
            color[i + 2] += c.b() * k;
          }
        }
      }
    }
  }

  private void glare() {
    Vec sun = camera.turn(light.sun);
    if (sun.z() <= 0.05 || !light.sunny()) {
      return;
    }
    double cx = camera.column(sun);
    double cy = camera.row(sun);
    int column = (int) Math.max(0, Math.min(width - 1, cx));
    int row = (int) Math.max(0, Math.min(height - 1, cy));
    boolean open = frame.labels[row * width + column] == Labels.SKY;
    float strength = open ? 1 : 0.45f;
    double scale = 1.0 / (height * height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double dx = x - cx;
        double dy = y - cy;
        float d = (float) ((dx * dx + dy * dy) * scale);
        float k = strength * (0.5f / (1 + 14 * d) + 0.4f / (1 + 150 * d));
        int i = 3 * (y * width + x);
        color[i] += k;
        color[i + 1] += k * 0.93f;
        color[i + 2] += k * 0.8f;
      }
    }
  }

  /** The lens: a small blur, stronger in drives with a poor one. */
  private void soften() {
    float side = (float) (blur * 0.25);
    float middle = 1 - 2 * side;
    float[] line = new float[width * 3];
    for (int y = 0; y < height; y++) {
      int base = y * width * 3;
      System.arraycopy(color, base, line, 0, line.length);
      for (int i = 3; i < line.length - 3; i++) {
        color[base + i] = line[i] * middle + (line[i - 3] + line[i + 3]) * side;
      }
    }
    float[] above = Arrays.copyOf(color, width * 3);
    for (int y = 1; y < height - 1; y++) {
      int base = y * width * 3;
      int next = base + width * 3;
      for (int i = 0; i < width * 3; i++) {
        float own = color[base + i];
        color[base + i] = own * middle + (above[i] + color[next + i]) * side;
        above[i] = own;
      }
    }
  }

  private byte[] expose() {
    byte[] rgb = new byte[color.length];
    float noise = light.night ? 9 : light.daylight == Daylight.DUSK ? 5 : 3;
    float gain = (STEPS - 1) / 1.5f;
    for (int y = 0; y < height; y++) {
      double v = 2.0 * (y + 0.5) / height - 1;
      for (int x = 0; x < width; x++) {
        double u = 2.0 * (x + 0.5) / width - 1;
        float vignette = (float) (gain * (1 - 0.1 * (u * u + v * v)));
        int i = 3 * (y * width + x);
        int bits = Noise.bits(x, y, seed);
        int more = bits * 0x9E3779B1 >>> 24;
        float common = ((bits >>> 24) + more) * (1 / 255f) - 1;
        for (int c = 0; c < 3; c++) {
          float k = color[i + c] * vignette;
          int step = k <= 0 ? 0 : k >= STEPS - 1 ? STEPS - 1 : (int) k;
          float own = (bits >>> (8 * c) & 255) * (1 / 255f) - 0.5f;
          int value = (int) ((TONE[step] & 255) + 0.5f + noise * (common + own));
          rgb[i + c] = (byte) (value < 0 ? 0 : value > 255 ? 255 : value);
        }
      }
    }
    return rgb;
  }
}
