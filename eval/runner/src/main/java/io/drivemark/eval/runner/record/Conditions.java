package io.drivemark.eval.runner.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import java.util.Optional;

/**
 * What a latency was measured under besides the hardware, the JVM and the engines: it may explain
 * why two nights of one machine differ, and tells no two machines apart. What the system does not
 * let be read is absent. Immutable.
 *
 * @param kernel the operating system's version, {@code 6.1.0-18-amd64}
 * @param governor how the system sets the processor's clock, {@code performance}; several sorted
 *     and joined by commas where threads of execution differ
 * @param tickHz how often a second the kernel interrupts, 250 or 1000 for example
 * @param microcode the revision of the processor's own program
 * @param drivemark digest of the parts of Drivemark that measure
 */
public record Conditions(
    String kernel,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> governor,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Integer> tickHz,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> microcode,
    String drivemark) {
  public Conditions {
    Objects.requireNonNull(kernel, "kernel");
    Objects.requireNonNull(governor, "governor");
    Objects.requireNonNull(tickHz, "tickHz");
    Objects.requireNonNull(microcode, "microcode");
    Objects.requireNonNull(drivemark, "drivemark");
  }
}
