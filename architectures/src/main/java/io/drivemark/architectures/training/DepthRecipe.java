package io.drivemark.architectures.training;

import io.drivemark.architectures.model.ModelSpec.Size;
import java.util.Objects;
import java.util.Optional;

/**
 * What a {@link TrainingRecipe} says of a training of depth. Immutable.
 *
 * @param loss what is minimised; empty: what the network's answer and the frames suggest
 * @param colouring how colours are changed
 * @param resize the size that each frame is brought to before anything is cut out of it, and at
 *     which val is predicted; empty: the network's own, else that of the frames. Metres stay what
 *     they are
 */
public record DepthRecipe(Optional<Error> loss, Colouring colouring, Optional<Size> resize) {
  /** What is minimised. */
  public enum Error {
    /** The mean absolute difference of the natural logarithms of distances, over known pixels. */
    DEPTH,
    /** What the right photograph says of disparities, and that they are smooth and agree. */
    STEREO
  }

  /** How colours are changed. */
  public enum Colouring {
    /** Brightness, contrast and saturation, by the strength that the recipe says. */
    FACTORS,
    /** Gamma, brightness and factors of red, green and blue, as monodepth was trained. */
    MONODEPTH
  }

  public DepthRecipe {
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(colouring, "colouring");
    Objects.requireNonNull(resize, "resize");
  }

  /** Nothing said. */
  public static DepthRecipe defaults() {
    return new DepthRecipe(Optional.empty(), Colouring.FACTORS, Optional.empty());
  }

  public DepthRecipe withLoss(Error newLoss) {
    return new DepthRecipe(Optional.of(newLoss), colouring, resize);
  }

  public DepthRecipe withColouring(Colouring newColouring) {
    return new DepthRecipe(loss, newColouring, resize);
  }

  public DepthRecipe withResize(Optional<Size> newResize) {
    return new DepthRecipe(loss, colouring, newResize);
  }
}
