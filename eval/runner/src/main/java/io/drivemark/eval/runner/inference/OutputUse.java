package io.drivemark.eval.runner.inference;

/**
 * How many pixels of predictions went to what no class of the dataset stands for. Immutable.
 *
 * @param pixels all that were labelled
 * @param beyond those at which an output beyond the classes of the model's label space won
 * @param unmapped those of a class that the mapping onto the dataset makes void
 */
public record OutputUse(long pixels, long beyond, long unmapped) {
  public static final OutputUse NONE = new OutputUse(0, 0, 0);

  public OutputUse plus(OutputUse other) {
    return new OutputUse(
        Math.addExact(pixels, other.pixels),
        Math.addExact(beyond, other.beyond),
        Math.addExact(unmapped, other.unmapped));
  }

  /** Share of the pixels in 0..1; 0 where there are none. */
  double beyondShare() {
    return pixels == 0 ? 0 : (double) beyond / pixels;
  }

  /** Share of the pixels in 0..1; 0 where there are none. */
  double unmappedShare() {
    return pixels == 0 ? 0 : (double) unmapped / pixels;
  }
}
