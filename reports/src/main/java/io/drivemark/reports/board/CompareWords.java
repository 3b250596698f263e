package io.drivemark.reports.board;

import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.history.compare.CellComparison;
import io.drivemark.eval.history.compare.CellComparison.Finding;
import io.drivemark.eval.history.compare.CellComparison.FrameChange;
import io.drivemark.eval.history.compare.CellComparison.Moved;
import io.drivemark.eval.history.compare.Comparison;
import io.drivemark.eval.history.compare.Direction;
import io.drivemark.eval.history.compare.LatencyChange;
import io.drivemark.eval.history.compare.Unpaired;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A comparison in sentences, the same on page and terminal. Stateless. */
public final class CompareWords {
  private static final String NONE = "–";

  private CompareWords() {}

  /** All in one sentence, without a full stop. */
  public static String headline(Comparison comparison) {
    int all = comparison.cells().size();
    long bits = count(comparison, Finding.SAME_BITS);
    long worse = comparison.cells().stream().filter(CellComparison::worse).count();
    long broken = count(comparison, Finding.DETERMINISM);
    long changed = comparison.cells().stream().filter(c -> c.moved().isPresent()).count();
    return switch (comparison.outcome()) {
      case EQUAL ->
          bits == all
              ? "The same bits in " + ofAll(all)
              : "Nothing changed in " + ofAll(all) + ", the same bits in " + bits;
      case NOT_WORSE ->
          changed == 0
              ? (bits == all ? "The same bits in " : "Nothing moved in ")
                  + ofAll(all)
                  + " that can be compared, no latency is worse"
              : "B is not worse: predictions changed in "
                  + changed
                  + " of "
                  + cells(all)
                  + ", nowhere for the worse by more than is allowed";
      case WORSE ->
          "B is worse in "
              + worse
              + " of "
              + cells(all)
              + (broken == 0 ? "" : "; determinism is broken in " + broken);
      case NOT_COMPARABLE ->
          all == 0
              ? "Nothing can be compared"
              : "Not all can be compared: "
                  + refused(comparison)
                  + " against it; "
                  + cells(all)
                  + " can, and B is not worse there";
    };
  }

  private static String ofAll(int count) {
    return count == 1 ? "the one cell" : "all " + count + " cells";
  }

  private static String cells(int count) {
    return count + (count == 1 ? " cell" : " cells");
  }

  private static String refused(Comparison comparison) {
    long refused = comparison.unpaired().stream().filter(u -> u.reason().refused()).count();
    return refused + (refused == 1 ? " difference stands" : " differences stand");
  }

  private static long count(Comparison comparison, Finding finding) {
    return comparison.cells().stream().filter(c -> c.finding() == finding).count();
  }

  /** What is worse, a sentence each: all that makes the comparison end so. */
  public static List<String> worse(Comparison comparison) {
    List<String> out = new ArrayList<>();
    for (CellComparison cell : comparison.cells()) {
      String label = cell.series().label() + ": ";
      if (cell.finding() == Finding.DETERMINISM) {
        out.add(
            label
                + "the same bits were to be expected and are not there: "
                + moved(cell)
                + mostIn(cell));
      }
      if (cell.gate() == Direction.WORSE) {
        out.add(
            label
                + differencePhrase(cell.measure(), cell.difference())
                + " on these frames, "
                + allowed(comparison, cell.measure())
                + " are allowed");
      }
      if (cell.latency().direction() == Direction.WORSE) {
        out.add(label + latency(cell.latency()));
      }
    }
    return out;
  }

  private static String mostIn(CellComparison cell) {
    return cell.frames().stream().findFirst().map(f -> ", most in frame " + f.id()).orElse("");
  }

  /** What is not worse and must be known all the same, a sentence each. */
  public static List<String> notes(Comparison comparison) {
    List<String> out = new ArrayList<>();
    for (CellComparison cell : comparison.cells()) {
      if (!cell.lost().isEmpty()) {
        out.add(
            cell.series().label()
                + ": B predicts nowhere what A does: "
                + Numbers.names(cell.lost(), 8));
      }
    }
    LatencyChange.Processes timed = comparison.processes();
    if (timed.inA() > 0 && timed.inB() > 0 && timed.inA() != timed.inB()) {
      out.add(
          "A was timed in "
              + counted(timed.inA(), "process", "processes")
              + ", B in "
              + timed.inB()
              + ": the fewer there are, the more chance is in a latency");
    }
    Comparison.Shared shared = comparison.shared();
    if (shared.notable()) {
      out.add(
          "all "
              + shared.cells()
              + " timed cells moved together by "
              + ratio(shared.ratio())
              + ": the machine was in another state, or what all networks share changed; two results"
              + " cannot tell which, measure both again");
    }
    return out;
  }

  /** How many processes timed the cells, a sentence; empty where it is one in each result. */
  public static String processes(Comparison comparison) {
    LatencyChange.Processes timed = comparison.processes();
    return timed.inA() <= 1 && timed.inB() <= 1
        ? ""
        : "Each is the median over "
            + counted(timed.inA(), "process", "processes")
            + " of A and "
            + timed.inB()
            + " of B.";
  }

  private static String counted(int count, String one, String several) {
    return count + " " + (count == 1 ? one : several);
  }

  private static String allowed(Comparison comparison, Measure measure) {
    return switch (measure) {
      case MIOU -> Numbers.percent(comparison.allowance().miou()) + " points";
      case ABS_REL -> String.format(Locale.ROOT, "%.4f", comparison.allowance().absRel());
    };
  }

  private static String differencePhrase(Measure measure, OptionalDouble difference) {
    return difference.isPresent()
        ? MeasureWords.differencePhrase(measure, difference.getAsDouble())
        : MeasureWords.title(measure) + " is undefined in one";
  }

  /** What is allowed, a sentence. */
  public static String allowance(Comparison comparison) {
    return "Allowed are "
        + allowed(comparison, Measure.MIOU)
        + " of mIoU, "
        + allowed(comparison, Measure.ABS_REL)
        + " of AbsRel and "
        + String.format(Locale.ROOT, "%.1f %%", 100 * comparison.allowance().latency())
        + " of latency.";
  }

  /** How much moved: {@code 3 of 24 frames, at least 17 pixels}. */
  public static String moved(CellComparison cell) {
    if (cell.moved().isEmpty()) {
      return NONE;
    }
    Moved moved = cell.moved().get();
    return moved.frames()
        + " of "
        + Numbers.counted(moved.of(), "frame")
        + (moved.pixels().isPresent()
            ? ", at least "
                + Numbers.grouped(moved.pixels().getAsLong())
                + (moved.pixels().getAsLong() == 1 ? " pixel" : " pixels")
            : "");
  }

  /** How much moved in a frame. */
  public static String moved(FrameChange frame) {
    return frame.pixels().isPresent() ? Numbers.grouped(frame.pixels().getAsLong()) : NONE;
  }

  /** How a latency differs, in a sentence. */
  public static String latency(LatencyChange latency) {
    if (!latency.compared()) {
      return "latency is not compared: " + latency.reason();
    }
    String ofShared =
        latency.ofShared().isPresent()
            ? "latency " + ratio(latency.ofShared()) + " beside what the cells have in common"
            : "latency " + ratio(latency.ratio()) + ", with no other cell to hold it against";
    return ofShared
        + (latency.band().isPresent() ? ", " + band(latency.band()) + " mean nothing" : "");
  }

  /** What ratios within a band are: {@code −4.8 % to +5.1 %}. */
  public static String band(OptionalDouble log) {
    return log.isPresent()
        ? ratio(OptionalDouble.of(-log.getAsDouble())) + " to " + ratio(log)
        : NONE;
  }

  /** The ratio of a logarithm as a change: {@code +5.1 %}. */
  public static String ratio(OptionalDouble log) {
    return log.isPresent() ? Numbers.change(Math.expm1(log.getAsDouble())) + " %" : NONE;
  }

  /** A cell in one line. */
  public static String line(CellComparison cell) {
    String out = cell.series().label() + ": " + cell.finding().word();
    if (cell.moved().isPresent()) {
      out +=
          ", "
              + moved(cell)
              + "; "
              + differencePhrase(cell.measure(), cell.difference())
              + ": "
              + cell.gate().word()
              + " on these frames, "
              + cell.elsewhere().direction().word()
              + " on others";
    }
    return out
        + "; "
        + latency(cell.latency())
        + (cell.latency().compared() ? ": " + cell.latency().direction().word() : "");
  }

  /** A series that is not compared, a sentence. */
  public static String unpaired(Unpaired unpaired) {
    return unpaired.series()
        + ": "
        + unpaired.reason().word()
        + "; "
        + unpaired.difference().what()
        + ": "
        + unpaired.difference().inA()
        + " in A, "
        + unpaired.difference().inB()
        + " in B";
  }
}
