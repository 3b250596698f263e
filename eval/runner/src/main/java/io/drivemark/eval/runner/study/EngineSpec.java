package io.drivemark.eval.runner.study;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * One engine of a study. Immutable.
 *
 * @param name for example {@code onnxruntime}
 * @param threads threads an inference may use; all processors where empty
 */
public record EngineSpec(String name, OptionalInt threads) {
  public EngineSpec {
    Objects.requireNonNull(name, "name");
    if (threads.isPresent() && threads.getAsInt() < 1) {
      throw new IllegalArgumentException("threads: at least 1, found " + threads.getAsInt());
    }
  }
}
