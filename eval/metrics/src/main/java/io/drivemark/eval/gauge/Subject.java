package io.drivemark.eval.gauge;

import io.drivemark.datasets.Dataset;
import java.util.Objects;
import java.util.Set;

/**
 * What is judged: frames of a dataset, and which predictions there are for each. Immutable.
 *
 * @param dataset whose truth counts
 * @param given what every {@link JudgedFrame} will have besides its truth
 */
public record Subject(Dataset dataset, Set<Given> given) {

  /** A kind of prediction. */
  public enum Given {
    /** A class for each pixel. */
    LABELS,
    /** The probability of the predicted class. */
    CONFIDENCE,
    /** Metres for each pixel. */
    DEPTH,
    /** Which units of the network were live. */
    GATES,
    /** What the network computed. */
    GATED_MACS
  }

  public Subject {
    Objects.requireNonNull(dataset, "dataset");
    given = Set.copyOf(given);
  }

  /** Label maps alone. */
  public static Subject labels(Dataset dataset) {
    return new Subject(dataset, Set.of(Given.LABELS));
  }

  /** Whether every frame has this. */
  public boolean has(Given what) {
    return given.contains(what);
  }
}
