package io.drivemark.eval.metrics.gates;

/**
 * Multiply-accumulates of a gated network on one frame. Immutable.
 *
 * @param strict what must really be computed, the heads included
 * @param paper as published: the heads are not counted
 * @param dense of the network without gates and heads
 * @param heads of the heads alone, the same for every frame
 */
public record GatedMacs(long strict, long paper, long dense, long heads) {
  public GatedMacs {
    if (strict < 0 || paper < 0 || dense < 1 || heads < 0) {
      throw new IllegalArgumentException(
          "MACs of a gated network: strict "
              + strict
              + ", paper "
              + paper
              + ", dense "
              + dense
              + ", heads "
              + heads);
    }
  }
}
