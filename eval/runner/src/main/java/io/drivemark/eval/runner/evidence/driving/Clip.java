package io.drivemark.eval.runner.evidence.driving;

import java.util.List;
import java.util.Objects;

/**
 * Pictures that a camera took one after the other, evenly and without a gap. Immutable.
 *
 * @param name the sequence's, with a number behind it where the sequence has gaps; or the labelled
 *     frame's where the pictures before it have no labels
 * @param samples for each picture the id of its frame; empty text for one without labels
 */
public record Clip(String name, List<String> samples) {
  public Clip {
    Objects.requireNonNull(name, "name");
    samples = List.copyOf(samples);
    if (samples.size() < 2) {
      throw new IllegalArgumentException("clip " + name + " has " + samples.size() + " pictures");
    }
  }
}
