package io.drivemark.eval.runner.shard;

import io.drivemark.eval.runner.inference.OpenedReading;
import io.drivemark.eval.runner.record.Conditions;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.detail.PassTime;
import io.drivemark.eval.runner.shard.lease.WorkUnit;
import java.util.List;
import java.util.Objects;

/**
 * What a shard says besides its rows: what must be alike in all shards of a cell, and who measured
 * it how. Immutable.
 *
 * @param unit the range
 * @param key of the cell, all of it
 * @param worker its name
 * @param token of the lease it was measured under
 * @param environment where, with the digest of the program
 * @param canary what the network answered on the fixed frame, see {@link
 *     io.drivemark.eval.runner.accuracy.OpenedCell#canary}
 * @param reading how the opened model is used
 * @param notes what looks wrong on the first frames; only of a range that begins with the first
 * @param issues see {@link io.drivemark.eval.runner.accuracy.RangePass.Found}
 * @param time what it took
 */
record ShardFacts(
    WorkUnit unit,
    String key,
    String worker,
    long token,
    Environment environment,
    String canary,
    OpenedReading reading,
    List<String> notes,
    List<String> issues,
    PassTime time) {
  ShardFacts {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(worker, "worker");
    Objects.requireNonNull(environment, "environment");
    Objects.requireNonNull(canary, "canary");
    Objects.requireNonNull(reading, "reading");
    notes = List.copyOf(notes);
    issues = List.copyOf(issues);
  }

  /** The digest of the parts of the program that measured it. */
  String program() {
    return environment.conditions().map(Conditions::drivemark).orElse("unknown");
  }

  /** The worker and what its machine is, for messages. */
  String who() {
    return "worker "
        + worker
        + " ("
        + environment.processor()
        + environment.isa().map(isa -> ", " + isa).orElse("")
        + ")";
  }
}
