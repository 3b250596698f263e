package io.drivemark.datasets.synth;

/** Smooth random textures from hashed lattices; all results in [0, 1). Stateless. */
final class Noise {
  private Noise() {}

  /** A hash of a lattice point, uniform in [0, 1). */
  static float hash(int x, int y, int seed) {
    return (bits(x, y, seed) >>> 8) * 0x1.0p-24f;
  }

  /** A hash of a lattice point, 32 even bits. */
  static int bits(int x, int y, int seed) {
    int h = x * 0x27D4EB2D ^ y * 0x165667B1 ^ seed * 0x9E3779B1;
    h ^= h >>> 15;
    h *= 0x85EBCA6B;
    h ^= h >>> 13;
    h *= 0xC2B2AE35;
    h ^= h >>> 16;
    return h;
  }

  /** Value noise with one lattice point a unit. */
  static float value(double x, double y, int seed) {
    double fx = Math.floor(x);
    double fy = Math.floor(y);
    int ix = (int) fx;
    int iy = (int) fy;
    float tx = (float) (x - fx);
    float ty = (float) (y - fy);
    tx = tx * tx * (3 - 2 * tx);
    ty = ty * ty * (3 - 2 * ty);
    float a = hash(ix, iy, seed);
    float b = hash(ix + 1, iy, seed);
    float c = hash(ix, iy + 1, seed);
    float d = hash(ix + 1, iy + 1, seed);
    float top = a + (b - a) * tx;
    float bottom = c + (d - c) * tx;
    return top + (bottom - top) * ty;
  }

  /** Octaves of value noise, each half as strong and twice as fine. */
  static float fractal(double x, double y, int seed, int octaves) {
    float sum = 0;
    float weight = 0.5f;
    float total = 0;
    double scale = 1;
    for (int i = 0; i < octaves; i++) {
      sum += weight * value(x * scale, y * scale, seed + i * 101);
      total += weight;
      weight *= 0.5f;
      scale *= 2;
    }
    return sum / total;
  }

  /** The share of a footprint of width {@code size} around {@code x} that lies in [from, to]. */
  static float cover(double x, double from, double to, double size) {
    double half = 0.5 * size + 1e-6;
    double low = Math.max(x - half, from);
    double high = Math.min(x + half, to);
    return high <= low ? 0f : (float) ((high - low) / (2 * half));
  }

  /** The share of a footprint that lies beyond {@code edge}. */
  static float beyond(double x, double edge, double size) {
    double t = (x - edge) / (size + 1e-6) + 0.5;
    return t <= 0 ? 0f : t >= 1 ? 1f : (float) t;
  }

  static float clamp(float x) {
    return x < 0 ? 0 : x > 1 ? 1 : x;
  }

  static float smooth(float low, float high, float x) {
    float t = clamp((x - low) / (high - low));
    return t * t * (3 - 2 * t);
  }
}
