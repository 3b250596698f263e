package io.drivemark.eval.runner.shard.lease;

import java.util.Optional;

/**
 * Hands out ranges to one worker. A holder that says nothing for long is taken for dead, and its
 * range goes to another one under a higher token; what it says later is of its own token and
 * revives nothing. {@link #take} is for one thread; the others may be called from another one.
 *
 * <p>Every method throws {@link io.drivemark.problem.UnavailableException} where the place that
 * workers share cannot be reached.
 */
public interface Leases {
  /**
   * Takes a range that nobody holds, or whose holder is silent.
   *
   * @return empty if another worker holds it, or has taken it in this moment
   */
  Optional<Lease> take(WorkUnit unit);

  /** Says that the holder is alive. */
  void renew(Lease lease);

  /** Lets others take the range at once. */
  void giveBack(Lease lease);

  /** Whether nobody has taken the range over. */
  boolean holds(Lease lease);
}
