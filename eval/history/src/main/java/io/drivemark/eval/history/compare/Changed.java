package io.drivemark.eval.history.compare;

import java.util.Objects;

/**
 * Something that two results have differently. Immutable.
 *
 * @param what it is, for example {@code engine}
 * @param inA what the first has
 * @param inB what the second has
 */
public record Changed(String what, String inA, String inB) {
  public Changed {
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(inA, "inA");
    Objects.requireNonNull(inB, "inB");
  }
}
