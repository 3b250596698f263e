package io.drivemark.eval.decide;

import io.drivemark.eval.gauge.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who can be crossed off: a candidate is beaten if another one is faster beyond the band of the
 * controls and more accurate by more than rounding. Among several the most accurate is named first.
 */
public final class BeatenRule implements DecisionRule {
  private static final String LEAD = "lead";
  private static final String LATENCY = "latencyShare";

  @Override
  public String name() {
    return "beaten";
  }

  @Override
  public String title() {
    return "What can be crossed off";
  }

  @Override
  public String about() {
    return "Networks that another one beats in both: it is faster by more than the controls can tell"
        + " and more accurate on these frames. How far an accuracy may move on other frames, its"
        + " interval says.";
  }

  @Override
  public String others() {
    return "Beaten by";
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.share(LEAD, "mIoU more", "How many points of mIoU more the first of them has."),
        Figure.error(
            LATENCY, "of its latency", "The first one's mean latency as a share of this one's."));
  }

  @Override
  public List<Figure> figures(Contest contest) {
    boolean isDepth = contest.standing().measure().equals(Optional.of(Measure.ABS_REL));
    return isDepth
        ? List.of(
            new Figure(
                LEAD,
                "AbsRel less",
                Figure.Unit.NUMBER,
                Figure.Better.HIGHER,
                true,
                "By how much AbsRel of the first of them is smaller."),
            figures().get(1))
        : figures();
  }

  @Override
  public List<Decision> decide(Contest contest) {
    Standing standing = contest.standing();
    List<Decision> out = new ArrayList<>();
    for (Candidate candidate : contest.candidates()) {
      if (!standing.isRated(candidate)) {
        continue;
      }
      List<Candidate> better =
          contest.candidates().stream()
              .filter(other -> standing.isRated(other) && beats(standing, other, candidate))
              .sorted(
                  Comparator.comparingDouble((Candidate c) -> -c.merit().getAsDouble())
                      .thenComparingInt(Candidate::number))
              .toList();
      if (!better.isEmpty()) {
        Candidate first = better.get(0);
        out.add(
            new Decision(
                candidate,
                better,
                Map.of(
                    LEAD,
                    first.merit().getAsDouble() - candidate.merit().getAsDouble(),
                    LATENCY,
                    standing.ms(first).getAsDouble() / standing.ms(candidate).getAsDouble())));
      }
    }
    return out;
  }

  private static boolean beats(Standing standing, Candidate other, Candidate candidate) {
    return standing.order(other, candidate) == SpeedOrder.FASTER
        && other.merit().getAsDouble()
            > candidate.merit().getAsDouble() + candidate.measure().same();
  }
}
