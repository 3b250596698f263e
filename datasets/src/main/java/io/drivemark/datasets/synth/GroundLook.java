package io.drivemark.datasets.synth;

/**
 * The surfaces one walks and drives on in a drive.
 *
 * @param seed of the textures
 * @param tar colour of the carriageway
 * @param stone colour of the pavement
 * @param kerb colour of kerb stones
 * @param slab side of a pavement slab, metres; 0 for tarred pavements
 * @param lawn colour of grass
 * @param wet whether rain has darkened everything
 */
record GroundLook(int seed, Rgb tar, Rgb stone, Rgb kerb, double slab, Rgb lawn, boolean wet) {

  void asphalt(Hit hit, double x, double s, double fx, double fs) {
    hit.paint(tar);
    int octaves = fs < 2 ? 3 : fs < 8 ? 2 : 1;
    float k = 1 + 0.22f * (Noise.fractal(x * 0.35, s * 0.12, seed, octaves) * 2 - 1);
    double px = Math.floor(x / 3.1 + 0.37);
    double ps = Math.floor(s / 9.0);
    float patch = Noise.hash((int) px, (int) ps, seed + 11);
    if (patch < 0.14f) {
      double ux = x / 3.1 + 0.37 - px;
      double us = s / 9.0 - ps;
      float in = Noise.cover(ux, 0.1, 0.8, fx / 3) * Noise.cover(us, 0.2, 0.2 + patch * 5, fs / 9);
      k *= 1 - 0.25f * in;
    } else if (patch > 0.93f) {
      double dx = (x / 3.1 + 0.37 - px - 0.5) * 3.1;
      double ds = (s / 9.0 - ps - 0.5) * 9;
      if (dx * dx + ds * ds < 0.13) {
        k *= dx * dx + ds * ds < 0.1 ? 0.55f : 1.3f;
      }
    }
    double grain = 0.045 / (0.045 + 0.5 * (fx + fs * 0.5));
    if (grain > 0.03) {
      k *= 1 + (float) (0.32 * grain) * (Noise.value(x / 0.03, s / 0.03, seed + 2) * 2 - 1);
    }
    if (x > 1.7 && x < 2.8) {
      double seam = Noise.value(s * 0.2, 3, seed + 9) * 0.8 - 0.4;
      k *= 1 - 0.3f * Noise.cover(x - seam, 2.2, 2.26, fx);
    }
    hit.scale(k);
    if (wet) {
      hit.scale(0.55f);
      float puddle = Noise.smooth(0.45f, 0.75f, Noise.fractal(x * 0.5, s * 0.2, seed + 21, 3));
      hit.mirror = 0.06f + 0.4f * puddle;
    }
  }

  void pavement(Hit hit, double x, double s, double d, double fx, double fs) {
    paving(hit, x, s, fx, fs);
    float edge = Noise.cover(d, 0, 0.16, fx);
    hit.over(kerb, edge);
    float joint = Noise.cover(s - Math.floor(s / 0.9) * 0.9, 0, 0.03, fs);
    hit.scale(1 - 0.4f * joint * edge);
    hit.scale(1 - 0.45f * Noise.cover(d, -0.06, 0.03, fx));
  }

  void paving(Hit hit, double x, double s, double fx, double fs) {
    hit.paint(stone);
    float k = 1 + 0.3f * (Noise.fractal(x * 0.6, s * 0.4, seed + 31, 3) * 2 - 1);
    if (slab > 0) {
      double rows = s / slab;
      double row = Math.floor(rows);
      double cols = x / slab / 1.4 + (((long) row & 1) == 0 ? 0 : 0.5);
      double col = Math.floor(cols);
      float tint = Noise.hash((int) col, (int) row, seed + 33);
      float near = (float) (slab / (slab + fx + fs));
      k *= 1 + 0.22f * near * (tint * 2 - 1);
      float lines =
          Math.max(
              Noise.cover(rows - row, 0, 0.03, fs / slab),
              Noise.cover(cols - col, 0, 0.025, fx / slab));
      k *= 1 - 0.4f * lines;
    }
    double grain = 0.05 / (0.05 + fx + fs * 0.5);
    k *= 1 + (float) (0.4 * grain) * (Noise.value(x / 0.05, s / 0.05, seed + 34) * 2 - 1);
    hit.scale(k);
    if (wet) {
      hit.scale(0.6f);
      hit.mirror = 0.2f;
    }
  }

  void grass(Hit hit, double x, double s, double fx, double fs) {
    hit.paint(lawn);
    double grain = 0.15 / (0.15 + fx + 0.3 * fs);
    float k = 1 + 0.35f * (Noise.fractal(x * 0.5, s * 0.5, seed + 41, 3) * 2 - 1);
    k *= 1 + (float) grain * (Noise.value(x / 0.08, s / 0.1, seed + 42) * 2 - 1);
    hit.scale(k);
    float dry = Noise.smooth(0.5f, 0.8f, Noise.fractal(x * 0.25, s * 0.25, seed + 43, 2));
    hit.r += 0.05f * dry;
    hit.g += 0.02f * dry;
  }
}
