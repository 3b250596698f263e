package io.drivemark.eval.history.compare;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What changed from result A to result B. Immutable.
 *
 * @param a the first
 * @param b the second, which is judged
 * @param allowance by how much B may be worse
 * @param conditions what the two were measured under differently
 * @param cells those that both have and that can be compared, in A's order
 * @param unpaired all others, with the reason
 * @param shared what the latencies of all timed cells have in common
 */
public record Comparison(
    Side a,
    Side b,
    Allowance allowance,
    List<Changed> conditions,
    List<CellComparison> cells,
    List<Unpaired> unpaired,
    Shared shared) {

  /**
   * By how much all timed cells moved together: the median over them. Where it is large the machine
   * was in another state, or what all networks share is slower; two results cannot tell which.
   *
   * @param cells how many
   * @param ratio natural logarithm of B over A; empty where fewer than three cells were timed
   * @param notable whether it is more than is allowed and than the A-A bands
   */
  public record Shared(int cells, OptionalDouble ratio, boolean notable) {
    public Shared {
      Objects.requireNonNull(ratio, "ratio");
    }
  }

  /** All in one word. */
  public enum Outcome {
    /** Nothing differs. */
    EQUAL("equal", 0),
    /** Something differs, nothing for the worse by more than is allowed. */
    NOT_WORSE("not worse", 0),
    /** Something is worse, or bits that were to be equal are not. */
    WORSE("worse", 1),
    /** Nothing can be compared, or not all that both results were asked for. */
    NOT_COMPARABLE("cannot be compared", 2);

    private final String word;
    private final int exitCode;

    Outcome(String word, int exitCode) {
      this.word = word;
      this.exitCode = exitCode;
    }

    /** As files and pages have it. */
    public String word() {
      return word;
    }

    /** What a program ends with. */
    public int exitCode() {
      return exitCode;
    }
  }

  public Comparison {
    Objects.requireNonNull(a, "a");
    Objects.requireNonNull(b, "b");
    Objects.requireNonNull(allowance, "allowance");
    conditions = List.copyOf(conditions);
    cells = List.copyOf(cells);
    unpaired = List.copyOf(unpaired);
    Objects.requireNonNull(shared, "shared");
  }

  /** Of how many processes the latencies of each result are, at most. */
  public LatencyChange.Processes processes() {
    int inA = 0;
    int inB = 0;
    for (CellComparison cell : cells) {
      inA = Math.max(inA, cell.latency().processes().inA());
      inB = Math.max(inB, cell.latency().processes().inB());
    }
    return new LatencyChange.Processes(inA, inB);
  }

  /** All in one word: worse before not comparable, since what is worse stays worse. */
  public Outcome outcome() {
    if (cells.stream().anyMatch(CellComparison::worse)) {
      return Outcome.WORSE;
    }
    if (cells.isEmpty() || unpaired.stream().anyMatch(u -> u.reason().refused())) {
      return Outcome.NOT_COMPARABLE;
    }
    boolean equal = unpaired.isEmpty() && cells.stream().allMatch(CellComparison::equal);
    return equal ? Outcome.EQUAL : Outcome.NOT_WORSE;
  }
}
