package io.drivemark.eval.runner.record.driving;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.drivemark.eval.runner.record.robust.Span;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How much more a network's late answers are worth than another's, at one camera rate, policy and
 * speed of the hardware, both held against the same truths. Immutable.
 *
 * @param from name of the other network
 * @param cell the folder of its cell: one network may stand there on several engines
 * @param role why it is held against this one
 * @param miou this network's streaming mean IoU less the other's, with its interval
 * @param p two-sided p-value of the swap test, not adjusted; absent with fewer than two clusters
 * @param clusters over how many clusters of pictures; absent in records of older programs
 */
public record RoadDifference(
    String from,
    String cell,
    Role role,
    Span miou,
    OptionalDouble p,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Integer> clusters) {

  /** One over clusters that nobody counted. */
  public RoadDifference(String from, String cell, Role role, Span miou, OptionalDouble p) {
    this(from, cell, role, miou, p, Optional.empty());
  }

  /** Why a network is held against another. */
  public enum Role {
    /** It answers best there. */
    BEST("best"),
    /** The network was made from it. */
    PARENT("parent");

    private final String key;

    Role(String key) {
      this.key = key;
    }

    /** As in records. */
    @JsonValue
    public String key() {
      return key;
    }
  }

  public RoadDifference {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(cell, "cell");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(miou, "miou");
    Objects.requireNonNull(p, "p");
    Objects.requireNonNull(clusters, "clusters");
  }

  /** As older programs wrote it. */
  public RoadDifference withoutClusters() {
    return new RoadDifference(from, cell, role, miou, p);
  }
}
