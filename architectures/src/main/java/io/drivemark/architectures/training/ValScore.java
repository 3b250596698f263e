package io.drivemark.architectures.training;

import java.util.Map;
import java.util.OptionalDouble;

/** What a network came to on the frames that a training chooses by. Immutable. */
public sealed interface ValScore permits LabelScore, DepthScore {
  /** The number that counts. */
  ValFigure figure();

  /** Its value; empty where it is undefined. */
  OptionalDouble value();

  /** All that the score follows from, for a checkpoint. */
  long[][] numbers();

  /** What a model's provenance says of it. */
  Map<String, String> facts();
}
