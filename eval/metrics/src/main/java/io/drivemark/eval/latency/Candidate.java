package io.drivemark.eval.latency;

import java.util.Objects;

/**
 * One thing to be timed against others.
 *
 * @param name unique in the measurement
 * @param timed what is run; it must stay usable until the measurement ends
 */
public record Candidate(String name, Timed timed) {
  public Candidate {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(timed, "timed");
  }
}
