package io.drivemark.eval.runner.record;

import java.util.Objects;
import java.util.Optional;

/**
 * What ran a model. Immutable.
 *
 * @param name for example {@code onnxruntime}
 * @param version what the runtime says of itself; absent where it could not be started
 * @param threads threads one inference may use
 * @param precision for example {@code fp32}
 */
public record EngineFacts(String name, Optional<String> version, int threads, String precision) {
  public EngineFacts {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(precision, "precision");
  }
}
