/**
 * Who measures which range of frames, so that no two workers do the same for long and none is left
 * undone when a worker dies. Start with {@link io.drivemark.eval.runner.shard.lease.Leases}. Knows
 * no cell and no network.
 */
package io.drivemark.eval.runner.shard.lease;
