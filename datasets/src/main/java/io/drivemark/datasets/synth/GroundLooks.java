package io.drivemark.datasets.synth;

import io.drivemark.datasets.random.Rng;

/** Chooses the ground of a drive. */
final class GroundLooks {
  private GroundLooks() {}

  static GroundLook of(Rng rng, Style style, Light light) {
    Rgb tar = new Rgb(0.115f, 0.118f, 0.124f).times(rng.in(0.75, 1.35));
    Rgb stone =
        rng.pick(
                new Rgb(0.2f, 0.19f, 0.175f),
                new Rgb(0.17f, 0.172f, 0.18f),
                new Rgb(0.21f, 0.17f, 0.145f))
            .times(rng.in(0.85, 1.3));
    Rgb kerb = Rgb.grey(rng.in(0.22, 0.32));
    double slab = style == Style.CITY || rng.chance(0.5) ? rng.in(0.45, 0.9) : 0;
    Rgb lawn = new Rgb(0.075f, 0.115f, 0.03f).times(rng.in(0.8, 1.3));
    return new GroundLook((int) rng.next(), tar, stone, kerb, slab, lawn, light.wet);
  }
}
