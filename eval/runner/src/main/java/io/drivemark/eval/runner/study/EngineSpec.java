package io.drivemark.eval.runner.study;

import io.drivemark.architectures.engine.GateForm;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * One engine of a study. Immutable.
 *
 * @param name for example {@code onnxruntime}
 * @param threads threads an inference may use; all processors where empty
 * @param form how the gates of dynamic networks are run
 */
public record EngineSpec(String name, OptionalInt threads, GateForm form) {
  /** Gates in the fastest form. */
  public EngineSpec(String name, OptionalInt threads) {
    this(name, threads, GateForm.AUTO);
  }

  public EngineSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(form, "form");
    if (threads.isPresent() && threads.getAsInt() < 1) {
      throw new IllegalArgumentException("threads: at least 1, found " + threads.getAsInt());
    }
  }
}
