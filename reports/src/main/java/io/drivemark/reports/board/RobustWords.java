package io.drivemark.reports.board;

import io.drivemark.eval.decide.robust.RobustStanding;
import io.drivemark.eval.decide.robust.RobustStanding.Verdict;
import io.drivemark.eval.runner.record.robust.Robustness;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sentences about corrupted frames. Stateless. */
public final class RobustWords {
  private static final String NONE = "–";

  private RobustWords() {}

  /** How a board's networks stand; empty where none was judged on corrupted frames. */
  public static Optional<RobustStanding> standing(Board board) {
    return RobustStanding.of(board.contenders().stream().map(Contender::entry).toList());
  }

  /** On what frames, in what states, and how sure. */
  public static String lead(RobustStanding standing) {
    Robustness reference = standing.rows().get(0).robustness();
    String left =
        standing.leftOut().isEmpty()
            ? ""
            : " Not shown, because judged in other states: "
                + String.join(", ", standing.leftOut())
                + ".";
    return standing.frames()
        + (standing.frames() == 1 ? " frame" : " frames")
        + ", each as it is and in "
        + standing.states().size()
        + " other states; the truth is the same in all. Figures are mIoU in percent, of a corruption"
        + " the mean over its severities ("
        + severities(reference)
        + "). Intervals of 95 % and tests draw "
        + reference.clusters()
        + ", clean and corrupted together."
        + left;
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
    String share = d.share().value().stream().mapToObj(Numbers::points).findFirst().orElse(NONE);
    String between =
        d.share().low().isPresent() && d.share().high().isPresent()
            ? " (95 %: "
                + Numbers.points(d.share().low().getAsDouble())
                + " to "
                + Numbers.points(d.share().high().getAsDouble())
                + ")"
            : "";
    String mean = d.mean().value().stream().mapToObj(Numbers::points).findFirst().orElse(NONE);
    String claim =
        switch (verdict.finding()) {
          case KEEPS_MORE -> " keeps more of its clean mIoU than ";
          case KEEPS_LESS -> " keeps less of its clean mIoU than ";
          case OPEN -> " cannot be told from ";
        };
    String what =
        verdict.finding() == RobustStanding.Finding.OPEN ? " by what it keeps: rPC " : ": rPC ";
    return contender.label()
        + claim
        + d.from()
        + what
        + share
        + between
        + ", mPC "
        + mean
        + verdict.adjustedP().stream()
            .mapToObj(p -> "; " + Numbers.probability(p) + " by the swap test, adjusted")
            .findFirst()
            .orElse("; too few clusters for a test")
        + ".";
  }
}
