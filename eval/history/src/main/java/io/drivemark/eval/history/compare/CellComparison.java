package io.drivemark.eval.history.compare;

import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.history.SeriesKey;
import io.drivemark.eval.runner.record.Entry;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How one cell differs between two results. Differences are B less A. Immutable.
 *
 * @param series which cell
 * @param a its entry in A
 * @param b its entry in B
 * @param measure what it is judged by
 * @param declared what both say of themselves differently: model, engine, canary, machine, …
 * @param expected whether the same bits were to be expected
 * @param finding what the frames say
 * @param moved what moved; empty where nothing did or nothing was judged
 * @param difference of the measure; empty where it is undefined in one
 * @param gate where B stands by that difference alone, what is allowed taken off
 * @param elsewhere whether it would be so on other frames
 * @param classes by class, in their order; of networks of labels that counted differently
 * @param lost classes that A predicts somewhere and B nowhere
 * @param slices frames that share an attribute
 * @param frames those that moved most, the most first
 * @param latency how its latency differs
 */
public record CellComparison(
    SeriesKey series,
    Entry a,
    Entry b,
    Measure measure,
    List<Changed> declared,
    Expected expected,
    Finding finding,
    Optional<Moved> moved,
    OptionalDouble difference,
    Direction gate,
    Elsewhere elsewhere,
    List<ClassChange> classes,
    List<String> lost,
    List<SliceChange> slices,
    List<FrameChange> frames,
    LatencyChange latency) {

  /** Whether the same bits were to be expected. */
  public enum Expected {
    /** Cell key, canary, machine and Drivemark are the same. */
    SAME_BITS("the same bits"),
    /** Something of it is not. */
    OTHERS("others"),
    /** A record does not say, as those of older programs. */
    UNKNOWN("not known");

    private final String word;

    Expected(String word) {
      this.word = word;
    }

    /** As files and pages have it. */
    public String word() {
      return word;
    }
  }

  /** What the frames of two cells say. */
  public enum Finding {
    /** The same predictions for every frame. */
    SAME_BITS("the same bits"),
    /** The same counts for every frame; there are no prints to prove more. */
    SAME_COUNTS("the same counts"),
    /** The same bits were to be expected, and they are not the same. */
    DETERMINISM("determinism broken"),
    /** Something changed, and only what may be rounding moved. */
    ROUNDING("rounding"),
    /** Something changed, and predictions with it. */
    CHANGED("changed"),
    /** Random weights: there are no predictions. */
    NOT_JUDGED("not judged");

    private final String word;

    Finding(String word) {
      this.word = word;
    }

    /** As files and pages have it. */
    public String word() {
      return word;
    }
  }

  /**
   * What moved.
   *
   * @param frames how many frames are not predicted alike
   * @param of so many
   * @param pixels that moved, at least; empty for distances, of which no pixels are counted
   * @param fragile how many pixels of the frames that moved may be rounding, the fewer of both;
   *     empty where that is not known
   * @param withinFragile whether in each frame no more pixels moved, at least, than are fragile
   */
  public record Moved(
      int frames, int of, OptionalLong pixels, OptionalLong fragile, boolean withinFragile) {
    public Moved {
      Objects.requireNonNull(pixels, "pixels");
      Objects.requireNonNull(fragile, "fragile");
    }
  }

  /**
   * A class.
   *
   * @param name of it
   * @param a IoU in A
   * @param b IoU in B
   * @param difference B less A; empty where one is undefined
   * @param same whether nothing was counted differently of it
   * @param elsewhere whether it would be so on other frames; p adjusted over all classes of all
   *     cells
   */
  public record ClassChange(
      String name,
      OptionalDouble a,
      OptionalDouble b,
      OptionalDouble difference,
      boolean same,
      Elsewhere elsewhere) {
    public ClassChange {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(a, "a");
      Objects.requireNonNull(b, "b");
      Objects.requireNonNull(difference, "difference");
      Objects.requireNonNull(elsewhere, "elsewhere");
    }

    ClassChange with(Elsewhere other) {
      return new ClassChange(name, a, b, difference, same, other);
    }
  }

  /**
   * The frames that share a value of an attribute.
   *
   * @param attribute for example weather
   * @param value for example rain
   * @param images how many frames
   * @param a the measure in A
   * @param b in B
   * @param difference B less A; empty where one is undefined
   */
  public record SliceChange(
      String attribute,
      String value,
      int images,
      OptionalDouble a,
      OptionalDouble b,
      OptionalDouble difference) {
    public SliceChange {
      Objects.requireNonNull(attribute, "attribute");
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(a, "a");
      Objects.requireNonNull(b, "b");
      Objects.requireNonNull(difference, "difference");
    }
  }

  /**
   * A frame that moved.
   *
   * @param id the sample
   * @param pixels that moved, at least; empty for distances
   * @param fragile pixels that may be rounding, the fewer of both; empty where that is not known
   * @param a the measure of this frame alone in A
   * @param b in B
   * @param difference B less A; empty where one is undefined
   */
  public record FrameChange(
      String id,
      OptionalLong pixels,
      OptionalLong fragile,
      OptionalDouble a,
      OptionalDouble b,
      OptionalDouble difference) {
    public FrameChange {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(pixels, "pixels");
      Objects.requireNonNull(fragile, "fragile");
      Objects.requireNonNull(a, "a");
      Objects.requireNonNull(b, "b");
      Objects.requireNonNull(difference, "difference");
    }
  }

  public CellComparison {
    Objects.requireNonNull(series, "series");
    Objects.requireNonNull(a, "a");
    Objects.requireNonNull(b, "b");
    Objects.requireNonNull(measure, "measure");
    declared = List.copyOf(declared);
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(finding, "finding");
    Objects.requireNonNull(moved, "moved");
    Objects.requireNonNull(difference, "difference");
    Objects.requireNonNull(gate, "gate");
    Objects.requireNonNull(elsewhere, "elsewhere");
    classes = List.copyOf(classes);
    lost = List.copyOf(lost);
    slices = List.copyOf(slices);
    frames = List.copyOf(frames);
    Objects.requireNonNull(latency, "latency");
  }

  /** Whether B is worse for sure: bits that were to be equal are not, or more than is allowed. */
  public boolean worse() {
    return finding == Finding.DETERMINISM
        || gate == Direction.WORSE
        || latency.direction() == Direction.WORSE;
  }

  /** Whether nothing differs at all. */
  public boolean equal() {
    boolean counts = finding == Finding.SAME_BITS || finding == Finding.SAME_COUNTS;
    return (counts || finding == Finding.NOT_JUDGED)
        && (!latency.compared() || latency.direction() == Direction.SAME);
  }

  /** The same with p-values that heed the other cells. */
  CellComparison with(Elsewhere other, List<ClassChange> others) {
    return new CellComparison(
        series,
        a,
        b,
        measure,
        declared,
        expected,
        finding,
        moved,
        difference,
        gate,
        other,
        others,
        lost,
        slices,
        frames,
        latency);
  }

  /** The same with this latency. */
  CellComparison with(LatencyChange other) {
    return new CellComparison(
        series,
        a,
        b,
        measure,
        declared,
        expected,
        finding,
        moved,
        difference,
        gate,
        elsewhere,
        classes,
        lost,
        slices,
        frames,
        other);
  }
}
