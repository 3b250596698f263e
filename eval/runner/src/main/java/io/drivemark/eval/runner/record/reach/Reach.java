package io.drivemark.eval.runner.record.reach;

import io.drivemark.eval.runner.record.EngineFacts;
import io.drivemark.eval.runner.record.FrameSize;
import java.util.List;
import java.util.Objects;

/**
 * Which latencies random pruning of a network reaches: variants nobody trained, each timed in turn
 * with its parent. Immutable.
 *
 * @param conditions what was measured, on what, and how
 * @param points one a variant, in the order measured
 */
public record Reach(Conditions conditions, List<Point> points) {

  /**
   * What all points have in common.
   *
   * @param model the parent's name
   * @param digest SHA-256 of its graph and weights
   * @param engine what ran it
   * @param input size of the network's input
   * @param seed of the variants
   * @param machine fingerprint
   */
  public record Conditions(
      String model, String digest, EngineFacts engine, FrameSize input, long seed, String machine) {
    public Conditions {
      Objects.requireNonNull(model, "model");
      Objects.requireNonNull(digest, "digest");
      Objects.requireNonNull(engine, "engine");
      Objects.requireNonNull(input, "input");
      Objects.requireNonNull(machine, "machine");
    }
  }

  /**
   * One variant against its parent; shares are what is left, 1 = as much as the parent.
   *
   * @param kind {@code filter}, {@code layer}, or {@code parent} for the parent against itself
   * @param number of the variant among its kind
   * @param macs share of multiply-accumulates
   * @param params share of learned values
   * @param latency share of the engine's median time, both in turns
   * @param parentMs the parent's median in these turns
   */
  public record Point(
      String kind, int number, double macs, double params, double latency, double parentMs) {
    public Point {
      Objects.requireNonNull(kind, "kind");
    }
  }

  /** The kind of points that are the parent against itself. */
  public static final String PARENT = "parent";

  public Reach {
    Objects.requireNonNull(conditions, "conditions");
    points = List.copyOf(points);
  }

  /** The points of a kind. */
  public List<Point> of(String kind) {
    return points.stream().filter(p -> p.kind().equals(kind)).toList();
  }
}
