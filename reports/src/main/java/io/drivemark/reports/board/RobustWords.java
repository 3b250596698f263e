package io.drivemark.reports.board;

import io.drivemark.eval.decide.robust.CalibrationStanding;
import io.drivemark.eval.decide.robust.RobustStanding;
import io.drivemark.eval.decide.robust.RobustStanding.Verdict;
import io.drivemark.eval.runner.record.robust.RobustCalibration;
import io.drivemark.eval.runner.record.robust.RobustCalibration.Rise;
import io.drivemark.eval.runner.record.robust.Robustness;
import io.drivemark.eval.runner.record.robust.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Sentences about corrupted frames. Stateless. */
public final class RobustWords {
  private static final String NONE = "–";
  private static final int MOST_NAMES = 3;

  private RobustWords() {}

  /** How a board's networks stand; empty where none was judged on corrupted frames. */
  public static Optional<RobustStanding> standing(Board board) {
    return RobustStanding.of(board.contenders().stream().map(Contender::entry).toList());
  }

  /** On what frames, in what states, and how sure. */
  public static String lead(RobustStanding standing, Board board) {
    Robustness reference = standing.rows().get(0).robustness();
    String left =
        standing.leftOut().isEmpty()
            ? ""
            : " Not shown, because judged in other states: "
                + String.join(", ", standing.leftOut())
                + ".";
    return Numbers.counted(standing.frames(), "frame")
        + ", each as it is and in "
        + Numbers.counted(standing.states().size(), "other state")
        + "; the truth is the same in all. Figures are mIoU in percent, of a corruption"
        + " the mean over its severities ("
        + severities(reference)
        + "). "
        + drawn(standing, reference)
        + left
        + cued(board);
  }

  private static String cued(Board board) {
    List<String> names =
        board.contenders().stream()
            .filter(c -> c.entry().cues().isPresent())
            .map(Contender::label)
            .toList();
    return names.isEmpty()
        ? ""
        : " Not judged so: "
            + Numbers.names(names, MOST_NAMES)
            + ", with cues around them; corrupted frames stand apart, without those before them.";
  }

  private static String drawn(RobustStanding standing, Robustness reference) {
    boolean spread = standing.rows().stream().anyMatch(row -> row.hasIntervals());
    return spread
        ? "Intervals of 95 % and tests draw "
            + reference.clusters()
            + ", clean and corrupted together."
        : "There are no intervals and no tests: nothing follows for other frames from "
            + reference.clusters().replaceFirst("^1 clusters .*", "1 cluster") // of older programs
            + ".";
  }

  private static String severities(Robustness reference) {
    String all =
        reference.levels().stream()
            .map(Robustness.Level::severity)
            .distinct()
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? "none" : all;
  }

  /** Who keeps more or less of its accuracy than whom; a sentence each. */
  public static List<String> verdicts(RobustStanding standing, Board board) {
    return standing.verdicts().stream().map(v -> verdict(v, board)).toList();
  }

  private static String verdict(Verdict verdict, Board board) {
    Contender contender = board.contenders().get(verdict.number());
    Robustness.Difference d = verdict.difference();
    String mean = d.mean().value().stream().mapToObj(Numbers::points).findFirst().orElse(NONE);
    String claim =
        switch (verdict.finding()) {
          case KEEPS_MORE -> " keeps more of its clean mIoU than ";
          case KEEPS_LESS -> " keeps less of its clean mIoU than ";
          case OPEN -> " cannot be told from ";
          case TOO_FEW -> " is held against ";
        };
    String what =
        verdict.finding() == RobustStanding.Finding.OPEN ? " by what it keeps: rPC " : ": rPC ";
    return contender.label()
        + claim
        + d.from()
        + what
        + points(d.share())
        + ", mPC "
        + mean
        + "; "
        + tested(
            verdict.finding() == RobustStanding.Finding.TOO_FEW,
            d.clusters(),
            verdict.adjustedP(),
            verdict.tests())
        + ".";
  }

  /** What the errors of calibration are, and how they compare; a sentence each. */
  public static List<String> calibration(CalibrationStanding standing, Board board) {
    List<String> out = new ArrayList<>();
    for (CalibrationStanding.Row row : standing.rows()) {
      if (row.most().isPresent()) {
        out.add(calibration(board.contenders().get(row.number()).label(), row, row.most().get()));
      }
    }
    standing.verdicts().forEach(verdict -> out.add(calibration(verdict, board)));
    return out;
  }

  private static String calibration(String label, CalibrationStanding.Row row, Rise most) {
    RobustCalibration of = row.calibration();
    return label
        + ": calibration error "
        + percent(of.clean())
        + " on frames as they are, "
        + percent(of.mean().value())
        + " in the mean under corruption: "
        + points(of.rise())
        + "; most under "
        + most.name()
        + ", "
        + percent(most.error())
        + ": "
        + points(most.rise())
        + ".";
  }

  private static String percent(OptionalDouble share) {
    return share.isPresent() ? Numbers.percent(share.getAsDouble()) + " %" : NONE;
  }

  private static String points(Span difference) {
    return difference.value().stream().mapToObj(Numbers::points).findFirst().orElse(NONE)
        + (difference.low().isPresent() && difference.high().isPresent()
            ? " (95 %: "
                + Numbers.points(difference.low().getAsDouble())
                + " to "
                + Numbers.points(difference.high().getAsDouble())
                + ")"
            : "");
  }

  private static String calibration(CalibrationStanding.Verdict verdict, Board board) {
    String claim =
        switch (verdict.finding()) {
          case SMALLER -> " is better calibrated under corruption than ";
          case LARGER -> " is worse calibrated under corruption than ";
          case OPEN -> " cannot be told by its calibration under corruption from ";
          case TOO_FEW -> " is held against ";
        };
    return board.contenders().get(verdict.number()).label()
        + claim
        + verdict.from()
        + ": calibration error "
        + points(verdict.difference().mean())
        + " under corruption, "
        + points(verdict.difference().clean())
        + " on frames as they are; "
        + tested(
            verdict.finding() == CalibrationStanding.Finding.TOO_FEW,
            verdict.clusters(),
            verdict.adjustedP(),
            verdict.tests())
        + ".";
  }

  private static String tested(
      boolean tooFew, Optional<Integer> clusters, OptionalDouble adjustedP, int tests) {
    return tooFew
        ? ClusterWords.tooFew(clusters, tests)
        : adjustedP.stream()
            .mapToObj(p -> Numbers.probability(p) + " by the swap test, adjusted")
            .findFirst()
            .orElse("without a test, since a figure is undefined");
  }
}
