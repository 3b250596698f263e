package io.drivemark.eval.runner.shard.lease;

import java.util.Objects;

/**
 * The right to measure a range, as long as no other worker has one with a higher token. Immutable.
 *
 * @param token one more than that of the lease before it, from 1
 */
public record Lease(WorkUnit unit, long token) {
  public Lease {
    Objects.requireNonNull(unit, "unit");
  }
}
