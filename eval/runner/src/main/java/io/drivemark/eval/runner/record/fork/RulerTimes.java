package io.drivemark.eval.runner.record.fork;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How long fixed work took that no network, no study and no dataset has a part in: what moves with
 * it is the machine, the JVM or the engine. Immutable.
 *
 * @param version of the work; times of two versions are never compared
 * @param javaNanos one thread of Java, a run each
 * @param engine name of the engine that ran fixed ONNX bytes
 * @param engineVersion what it says; absent if it cannot run here, and then it has no times
 * @param bytes digest of those bytes
 * @param engineNanos one thread of the engine, a run each
 */
public record RulerTimes(
    String version,
    List<Long> javaNanos,
    String engine,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> engineVersion,
    String bytes,
    List<Long> engineNanos) {
  public RulerTimes {
    Objects.requireNonNull(version, "version");
    javaNanos = List.copyOf(javaNanos);
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(engineVersion, "engineVersion");
    Objects.requireNonNull(bytes, "bytes");
    engineNanos = List.copyOf(engineNanos);
    if (javaNanos.isEmpty() || engineNanos.isEmpty() == engineVersion.isPresent()) {
      throw new IllegalArgumentException(
          "ruler: "
              + javaNanos.size()
              + " runs in Java, "
              + engineNanos.size()
              + " on "
              + engine
              + " "
              + engineVersion.orElse("(missing)"));
    }
  }

  /** The median of a list of times: of an even number the mean of the two in the middle. */
  public static double medianMs(List<Long> nanos) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2e6;
  }
}
