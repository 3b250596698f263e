package io.drivemark.datasets.synth;

import io.drivemark.datasets.random.Rng;

/** Trees, bushes and hedges. */
final class Trees {
  private Trees() {}

  /** One clump of a crown, relative to the foot of the trunk, metres. */
  private record Clump(
      double x, double y, double z, Material leaves, double radius, double bright) {}

  /** A limb of a trunk. */
  private record Limb(Vec a, double ra, Vec b, double rb) {}

  /** How the trees of a drive look. */
  record Season(Rgb leaves, double bareShare, double density) {
    static Season of(Rng rng) {
      Rgb leaves =
          rng.pick(
              new Rgb(0.055f, 0.085f, 0.025f),
              new Rgb(0.04f, 0.06f, 0.025f),
              new Rgb(0.085f, 0.09f, 0.03f),
              new Rgb(0.11f, 0.075f, 0.03f));
      return new Season(
          leaves, rng.chance(0.5) ? rng.in(0.5, 1) : rng.in(0, 0.2), rng.in(0.7, 1.2));
    }
  }

  /** A tree of {@code tall} metres at a place of the world. */
  static Item.Emitter tree(Rng rng, Vec foot, double tall, Season season) {
    boolean bare = rng.chance(season.bareShare());
    double crown = tall * rng.in(0.26, 0.36);
    double middle = tall - crown * 0.95;
    int clumps = bare ? 7 : 15;
    Clump[] list = new Clump[clumps];
    Rgb tone = season.leaves().times(rng.in(0.7, 1.4));
    Rgb twig = new Rgb(0.06f, 0.05f, 0.04f).times(rng.in(0.6, 1.6));
    for (int i = 0; i < clumps; i++) {
      double angle = 2 * Math.PI * rng.unit();
      double out = crown * Math.sqrt(rng.unit()) * 0.85;
      double up = rng.in(-0.75, 0.9);
      out *= Math.sqrt(Math.max(0.1, 1 - up * up));
      double r = crown * (bare ? rng.in(0.5, 0.75) : rng.in(0.36, 0.55));
      int seed = (int) rng.next();
      Material m =
          new Foliage(
              bare ? twig : tone.times(rng.in(0.8, 1.2)),
              seed,
              r,
              bare ? 0.11 : 0.16,
              bare ? rng.in(0.3, 0.7) : 0);
      list[i] =
          new Clump(
              out * StrictMath.cos(angle),
              middle + up * crown,
              out * StrictMath.sin(angle),
              m,
              r,
              0.45 + 0.3 * up);
    }
    Limb[] limbs = new Limb[bare ? 14 : 5];
    double girth = tall * rng.in(0.016, 0.028);
    Vec fork = new Vec(rng.in(-0.2, 0.2), tall * rng.in(0.3, 0.42), rng.in(-0.2, 0.2));
    limbs[0] = new Limb(new Vec(0, 0, 0), girth, fork, girth * 0.75);
    for (int i = 1; i < limbs.length; i++) {
      Limb from = i < 5 ? limbs[0] : limbs[1 + rng.below(i - 1)];
      double angle = 2 * Math.PI * rng.unit();
      double reach = crown * (i < 5 ? rng.in(0.4, 0.7) : rng.in(0.3, 0.5));
      Vec end =
          from.b()
              .plus(
                  new Vec(
                      reach * StrictMath.cos(angle) * 0.8,
                      reach * rng.in(0.6, 1.3),
                      reach * StrictMath.sin(angle) * 0.8));
      limbs[i] = new Limb(from.b(), from.rb() * 0.8, end, from.rb() * 0.45);
    }
    Rgb bark = new Rgb(0.07f, 0.055f, 0.04f).times(rng.in(0.5, 1.5));
    Material dapple = new Foliage(Rgb.BLACK, (int) rng.next(), crown, 0.3, 0);
    return (scene, seconds) -> {
      scene.as(Labels.TREE, 0);
      for (Limb l : limbs) {
        scene.capsule(bark, foot.plus(l.a()), l.ra(), foot.plus(l.b()), l.rb());
      }
      double far = scene.camera.see(foot).z();
      int step = far > 90 ? 2 : 1;
      for (int i = 0; i < list.length; i += step) {
        Clump c = list[i];
        scene.blob(
            c.leaves(),
            foot.plus(new Vec(c.x(), c.y(), c.z())),
            c.radius() * (step > 1 ? 1.2 : 1),
            c.bright());
      }
      Vec middleOf = foot.plus(new Vec(0, middle, 0));
      scene.roundShadow(
          bare ? new Dapple(seedOf(dapple), 0.62) : new Dapple(seedOf(dapple), 0.3),
          middleOf,
          crown);
      scene.shadow(
          foot.plus(new Vec(-girth, 0, 0)),
          foot.plus(new Vec(girth, 0, 0)),
          foot.plus(new Vec(girth, middle, 0)),
          foot.plus(new Vec(-girth, middle, 0)));
    };
  }

  private static int seedOf(Material m) {
    return ((Foliage) m).seed();
  }

  /** The shadow of leaves on the ground: solid but for flecks of light. */
  private record Dapple(int seed, double light) implements Material {
    @Override
    public Outline outline() {
      return Outline.CUT;
    }

    @Override
    public int at(double u, double v) {
      return Noise.fractal(u * 1.6, v * 1.6, seed, 2) > light ? SOLID : OUTSIDE;
    }

    @Override
    public void shade(Hit hit) {
      hit.paint(Rgb.BLACK);
    }
  }

  /** A bush of about {@code size} metres. */
  static Item.Emitter bush(Rng rng, Vec foot, double size, Season season) {
    Rgb tone = season.leaves().times(rng.in(0.6, 1.2));
    Clump[] list = new Clump[4];
    for (int i = 0; i < list.length; i++) {
      double r = size * rng.in(0.35, 0.5);
      list[i] =
          new Clump(
              rng.in(-0.4, 0.4) * size,
              r * rng.in(0.6, 1.1),
              rng.in(-0.4, 0.4) * size,
              new Foliage(tone, (int) rng.next(), r, 0.09, 0),
              r,
              0.5);
    }
    return (scene, seconds) -> {
      scene.as(Labels.TREE, 0);
      for (Clump c : list) {
        scene.blob(c.leaves(), foot.plus(new Vec(c.x(), c.y(), c.z())), c.radius(), c.bright());
      }
    };
  }

  /** Leaves of a hedge or of a distant wood; u along, v up, with a ragged upper edge. */
  record Hedge(Rgb color, int seed, double height, double ragged, double leaf) implements Material {
    @Override
    public Outline outline() {
      return Outline.CUT;
    }

    @Override
    public int at(double u, double v) {
      if (v < height - ragged) {
        return SOLID;
      }
      double edge =
          height
              - ragged
                  * (0.7 * Noise.value(u / (ragged * 1.5 + 0.2), 0.5, seed)
                      + 0.3 * Noise.value(u / (leaf * 3), v / (leaf * 3), seed + 1));
      return v < edge ? SOLID : OUTSIDE;
    }

    @Override
    public void shade(Hit hit) {
      hit.paint(color);
      double grain = leaf / (leaf + 0.5 * (hit.du + hit.dv));
      float k = 0.6f + 0.8f * Noise.fractal(hit.u / (leaf * 8), hit.v / (leaf * 8), seed + 2, 3);
      k *= 1 + (float) (0.8 * grain) * (Noise.value(hit.u / leaf, hit.v / leaf, seed + 3) * 2 - 1);
      hit.scale(Math.max(0.1f, k * (float) (0.7 + 0.5 * hit.v / height)));
    }
  }
}
