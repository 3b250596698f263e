package io.drivemark.reports.board;

import io.drivemark.eval.decide.Standing;
import io.drivemark.eval.decide.Timing;
import io.drivemark.eval.decide.Timings;
import io.drivemark.eval.runner.record.Speed;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Which network to drive with, in words. Immutable.
 *
 * @param headline one sentence, no full stop
 * @param explanation what it rests on, one or two sentences
 * @param steps what to choose at which time budget, the most generous budget first; empty if
 *     accuracy or speed is not known
 */
public record Advice(String headline, String explanation, List<Step> steps) {

  /**
   * One step of the ladder from generous to tight time budgets.
   *
   * @param fromMs the smallest budget it holds for: the choice's own mean latency
   * @param choice the most accurate contender within that budget
   * @param ties trained contenders whose speed cannot be told from the choice's
   */
  public record Step(double fromMs, Contender choice, List<Contender> ties) {
    public Step {
      Objects.requireNonNull(choice, "choice");
      ties = List.copyOf(ties);
    }
  }

  public Advice {
    Objects.requireNonNull(headline, "headline");
    Objects.requireNonNull(explanation, "explanation");
    steps = List.copyOf(steps);
  }

  /** The advice that follows from a board. */
  public static Advice of(Board board) {
    List<Contender> front = board.front();
    if (front.isEmpty()) {
      return board
          .mostAccurate()
          .map(best -> accuracyOnly(board, best))
          .orElseGet(() -> withoutAccuracy(board));
    }
    List<Step> steps = board.standing().ladder().stream().map(step -> worded(board, step)).toList();
    return new Advice(headline(board, steps), explanation(board, front), steps);
  }

  private static Step worded(Board board, Standing.Step step) {
    return new Step(
        step.fromMs(),
        board.contender(step.choice()),
        step.ties().stream().map(board::contender).filter(Contender::trained).toList());
  }

  private static Advice withoutAccuracy(Board board) {
    return board.contenders().stream().anyMatch(Contender::trained)
        ? new Advice("Nothing could be judged", "See the issues below.", List.of())
        : new Advice(
            "No network here is trained",
            "All have random weights: their speed and cost are what they would be, and they have no"
                + " accuracy.",
            List.of());
  }

  /** A sentence about contenders with random weights, where there are any. */
  private static String untrained(Board board) {
    int count = (int) board.contenders().stream().filter(c -> !c.trained()).count();
    return count == 0
        ? ""
        : " "
            + count
            + (count == 1 ? " more has" : " more have")
            + " random weights: their speed and cost count, they have no accuracy.";
  }

  private static Advice accuracyOnly(Board board, Contender best) {
    return new Advice(
        best.phrase() + " is the most accurate",
        String.format(
            Locale.ROOT,
            "It reaches %s on %s. Speed was not measured, so how fast it drives is open.%s",
            reached(best),
            frames(board, best),
            untrained(board)),
        List.of());
  }

  /** The best, and the best of those that are faster by more than the controls can tell. */
  private static String headline(Board board, List<Step> steps) {
    Contender best = steps.get(0).choice();
    Optional<Contender> next =
        board.standing().fasterBeyondDoubt().map(step -> board.contender(step.choice()));
    if (next.isEmpty()) {
      return "Drive with "
          + best.phrase()
          + ": nothing here is more accurate, nothing is "
          + (steps.size() == 1 ? "faster" : "faster beyond doubt");
    }
    Contender faster = next.get();
    boolean sameModel = best.model().equals(faster.model());
    return "Drive with "
        + (sameModel ? best.phrase() : best.model())
        + " if a frame may take "
        + milliseconds(steps.get(0).fromMs())
        + ", with "
        + (sameModel ? faster.phrase() : faster.model())
        + " if it may not";
  }

  private static String explanation(Board board, List<Contender> front) {
    Contender fastest = front.get(0);
    Contender best = front.get(front.size() - 1);
    int rated = (int) board.contenders().stream().filter(Contender::rated).count();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s reaches %s at %s a frame (%s FPS) on %s.",
            best.phrase(),
            reached(best),
            milliseconds(best.meanMs().getAsDouble()),
            rate(best.meanMs().getAsDouble()),
            frames(board, best)));
    if (front.size() > 1) {
      text.append(
          String.format(
              Locale.ROOT,
              " The fastest on the front, %s, takes %s (%s FPS) and reaches %s.",
              fastest.phrase(),
              milliseconds(fastest.meanMs().getAsDouble()),
              rate(fastest.meanMs().getAsDouble()),
              brief(fastest)));
    }
    text.append(
        String.format(
            Locale.ROOT,
            " %d of %d compared %s on the Pareto front: whoever beats %s in accuracy is slower.",
            front.size(),
            rated,
            front.size() == 1 ? "is" : "are",
            front.size() == 1 ? "it" : "one of them"));
    return text.append(untrained(board)).toString();
  }

  /** What counts as a tie in speed; nothing where no control was measured. */
  public static String tieRule(Board board) {
    return board.control().map(control -> tieRule(control) + drift(board)).orElse("");
  }

  private static String tieRule(Speed.Control control) {
    return String.format(
        Locale.ROOT,
        "%s took part twice (A-A control, %s): its second mean was %.3f of its first, its band %.3f to"
            + " %.3f. Means that differ by at most %.1f %% are called ties (≈).",
        control.model(),
        control.kind() == Speed.ControlKind.SECOND_SESSION
            ? "opened a second time"
            : "one session timed twice, so without what differs between sessions",
        control.ratio(),
        control.bandLow(),
        control.bandHigh(),
        100 * Timing.band(control));
  }

  /** Where not all were timed in one rotation: how far the one that was in all of them drifted. */
  private static String drift(Board board) {
    List<Speed.Rotation> rotations = board.rotations();
    if (rotations.size() < 2) {
      return "";
    }
    Timings.Drift drift = Timings.drift(rotations);
    return String.format(
        Locale.ROOT,
        " Latencies come from %d rotations of at most %d models, of which this band is the widest; the"
            + " model in all of them took %s to %s. All latencies here are given in the milliseconds of one"
            + " rotation, by their ratios to that model; between rotations both bands count.",
        rotations.size(),
        rotations.stream().mapToInt(Speed.Rotation::sessions).max().orElseThrow(),
        Numbers.milliseconds(drift.fromMs()),
        milliseconds(drift.toMs()));
  }

  private static String frames(Board board, Contender contender) {
    return Numbers.counted(contender.entry().dataset().images(), "frame")
        + " of "
        + board.yardstick().dataset()
        + " "
        + board.yardstick().split();
  }

  /** Three figures are enough to choose by: 68.7 % mIoU, AbsRel 0.226. */
  private static String reached(Contender c) {
    String title = MeasureWords.title(c.measure());
    return MeasureWords.isPercent(c.measure()) ? brief(c) + " " + title : title + " " + brief(c);
  }

  private static String brief(Contender c) {
    double value = c.accuracy().getAsDouble();
    return MeasureWords.isPercent(c.measure())
        ? String.format(Locale.ROOT, "%.1f %%", 100 * value)
        : MeasureWords.brief(c.measure(), value);
  }

  private static String rate(double meanMs) {
    return String.format(Locale.ROOT, "%.1f", 1000 / meanMs);
  }

  private static String milliseconds(double ms) {
    return Numbers.milliseconds(ms) + " ms";
  }
}
