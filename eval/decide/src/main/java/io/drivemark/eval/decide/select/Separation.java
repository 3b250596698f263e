package io.drivemark.eval.decide.select;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * What it would take to end a network's being open, if the differences are what they look like now.
 * Immutable.
 *
 * @param claim what would then be shown
 * @param other the number of the network that it must be told from
 * @param label that one's label
 * @param processes in how many processes both must be timed to tell their latencies apart; empty if
 *     that is not needed, or no number up to {@value #MOST} is enough
 * @param clusters how many clusters of frames would tell their accuracies apart: this split is used
 *     up, so it takes another one; empty likewise
 * @param frames about how many frames make so many clusters
 */
public record Separation(
    Claim claim,
    int other,
    String label,
    OptionalInt processes,
    OptionalInt clusters,
    OptionalInt frames) {
  /** No number of processes or clusters beyond this is proposed. */
  public static final int MOST = 10_000;

  /** What would be shown. */
  public enum Claim {
    /** The other one beats it. */
    BEATEN("beaten"),
    /** It is on the front, as far as the other one is concerned. */
    ON_FRONT("front");

    private final String key;

    Claim(String key) {
      this.key = key;
    }

    /** As in JSON. */
    public String key() {
      return key;
    }
  }

  public Separation {
    Objects.requireNonNull(claim, "claim");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(processes, "processes");
    Objects.requireNonNull(clusters, "clusters");
    Objects.requireNonNull(frames, "frames");
  }

  /** Whether anything that could be measured would show it. */
  public boolean isWithinReach() {
    return processes.isPresent() || clusters.isPresent();
  }
}
