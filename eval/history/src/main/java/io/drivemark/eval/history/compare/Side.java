package io.drivemark.eval.history.compare;

import io.drivemark.eval.history.MachineKey;
import io.drivemark.eval.runner.record.Environment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/**
 * One of the two results. Immutable.
 *
 * @param name how it was asked for
 * @param folder where it lies
 * @param started when it was measured
 * @param machine what it was measured on
 * @param environment and under which conditions
 */
public record Side(
    String name, Path folder, Instant started, MachineKey machine, Environment environment) {
  public Side {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(started, "started");
    Objects.requireNonNull(machine, "machine");
    Objects.requireNonNull(environment, "environment");
  }
}
