package io.drivemark.eval.runner.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The machine and software a result was made with. Immutable.
 *
 * @param processor the processor's name
 * @param physicalCores cores
 * @param logicalCores threads of execution the JVM may use
 * @param memoryBytes installed memory
 * @param operatingSystem name and version
 * @param javaRuntime vendor and version of the JVM
 * @param libraries library → version, asked from the runtimes, sorted by name
 * @param loadBefore one-minute load average when the run began
 * @param loadAfter when it ended
 * @param fingerprint digest of processor, memory, system and JVM: latencies of one study are
 *     comparable only where it is equal. It moves with each update of the system, so it says
 *     nothing of whether two nights were measured on one machine
 * @param isa the instruction set with its widest vectors, {@code amd64+avx512f}; absent in records
 *     of older programs
 * @param conditions what else it was measured under; absent in records of older programs
 */
public record Environment(
    String processor,
    int physicalCores,
    int logicalCores,
    long memoryBytes,
    String operatingSystem,
    String javaRuntime,
    Map<String, String> libraries,
    OptionalDouble loadBefore,
    OptionalDouble loadAfter,
    String fingerprint,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> isa,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Conditions> conditions) {
  public Environment {
    Objects.requireNonNull(processor, "processor");
    Objects.requireNonNull(operatingSystem, "operatingSystem");
    Objects.requireNonNull(javaRuntime, "javaRuntime");
    libraries = Collections.unmodifiableMap(new TreeMap<>(libraries));
    Objects.requireNonNull(loadBefore, "loadBefore");
    Objects.requireNonNull(loadAfter, "loadAfter");
    Objects.requireNonNull(fingerprint, "fingerprint");
    Objects.requireNonNull(isa, "isa");
    Objects.requireNonNull(conditions, "conditions");
  }

  /** As records of older programs say it. */
  public Environment(
      String processor,
      int physicalCores,
      int logicalCores,
      long memoryBytes,
      String operatingSystem,
      String javaRuntime,
      Map<String, String> libraries,
      OptionalDouble loadBefore,
      OptionalDouble loadAfter,
      String fingerprint) {
    this(
        processor,
        physicalCores,
        logicalCores,
        memoryBytes,
        operatingSystem,
        javaRuntime,
        libraries,
        loadBefore,
        loadAfter,
        fingerprint,
        Optional.empty(),
        Optional.empty());
  }

  /** The same with the load when the run ended. */
  public Environment withLoadAfter(OptionalDouble load) {
    return new Environment(
        processor,
        physicalCores,
        logicalCores,
        memoryBytes,
        operatingSystem,
        javaRuntime,
        libraries,
        loadBefore,
        load,
        fingerprint,
        isa,
        conditions);
  }
}
