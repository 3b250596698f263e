package io.drivemark.eval.runner.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import java.util.Optional;

/**
 * What ran a model. Immutable.
 *
 * @param name for example {@code onnxruntime}
 * @param version what the runtime says of itself; absent where it could not be started
 * @param threads threads one inference may use
 * @param precision of what it is given and of the operators that are of ours: {@code fp32}; those
 *     that a file stores in another precision, see {@link ModelFacts#storedPrecision()}, compute as
 *     the engine does
 * @param form in which the gates of dynamic networks are to be run, where a study says so
 */
public record EngineFacts(
    String name,
    Optional<String> version,
    int threads,
    String precision,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> form) {
  /** Gates as the engine runs them fastest. */
  public EngineFacts(String name, Optional<String> version, int threads, String precision) {
    this(name, version, threads, precision, Optional.empty());
  }

  public EngineFacts {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(form, "form");
  }
}
