package io.drivemark.eval.decide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How the candidates of a comparison stand: on one scale of latency, with the front of those worth
 * their time. Everything that asks which of two is faster asks here. Immutable.
 *
 * <p>The front: going from the fastest to the slowest, each that is more accurate than all faster
 * ones. An advantage up to {@link Measure#same} is none: that much the same network moves between
 * two engines by rounding alone. Of AbsRel less is more accurate. Of (0.60, 10 ms), (0.55, 12 ms)
 * and (0.70, 30 ms) the second is beaten by the first; the front is the first and the third.
 */
public final class Standing {
  /** Differences of mIoU up to this are no advantage. */
  public static final double SAME_MIOU = 0.0005;

  /** Differences of AbsRel up to this are no advantage. */
  public static final double SAME_ABS_REL = 0.0005;

  private final List<Candidate> candidates;
  private final LatencyScale scale;
  private final List<Candidate> front;

  private Standing(List<Candidate> candidates, LatencyScale scale) {
    if (candidates.stream().map(Candidate::measure).distinct().count() > 1) {
      throw new IllegalArgumentException("candidates of two tasks cannot be compared");
    }
    this.candidates = List.copyOf(candidates);
    this.scale = scale;
    this.front = List.copyOf(front());
  }

  /** The standing of these candidates. */
  public static Standing of(List<Candidate> candidates) {
    return new Standing(
        candidates,
        LatencyScale.of(candidates.stream().flatMap(c -> c.timing().stream()).toList()));
  }

  private List<Candidate> front() {
    List<Candidate> byTime =
        candidates.stream()
            .filter(this::isRated)
            .sorted(
                Comparator.comparingDouble((Candidate c) -> ms(c).getAsDouble())
                    .thenComparingDouble(c -> -c.merit().getAsDouble())
                    .thenComparingInt(Candidate::number))
            .toList();
    List<Candidate> members = new ArrayList<>();
    double best = Double.NEGATIVE_INFINITY;
    for (Candidate c : byTime) {
      if (c.merit().getAsDouble() > best + c.measure().same()) {
        members.add(c);
        best = c.merit().getAsDouble();
      }
    }
    return members;
  }

  /** What all of them are measured by; empty if there is none. */
  public Optional<Measure> measure() {
    return candidates.stream().map(Candidate::measure).findFirst();
  }

  /** In the order given. */
  public List<Candidate> candidates() {
    return candidates;
  }

  /** What latencies are compared on. */
  public LatencyScale scale() {
    return scale;
  }

  /** Those that are worth their time, fastest first. */
  public List<Candidate> paretoFront() {
    return front;
  }

  /** Mean end-to-end latency on the scale; empty if not measured or not comparable. */
  public OptionalDouble ms(Candidate candidate) {
    return candidate.timing().map(scale::endToEndMs).orElse(OptionalDouble.empty());
  }

  /** Whether both accuracy and comparable speed are known, so that it can be on the front. */
  public boolean isRated(Candidate candidate) {
    return candidate.value().isPresent() && ms(candidate).isPresent();
  }

  /** How {@code a} stands to {@code b} in speed. */
  public SpeedOrder order(Candidate a, Candidate b) {
    return a.timing().isPresent() && b.timing().isPresent()
        ? scale.order(a.timing().get(), b.timing().get())
        : SpeedOrder.UNKNOWN;
  }

  /** The others whose speed cannot be told from this one's. */
  public List<Candidate> tiedWith(Candidate candidate) {
    return candidates.stream()
        .filter(c -> c.number() != candidate.number() && order(candidate, c) == SpeedOrder.TIE)
        .toList();
  }

  /** All, the most accurate first and those without accuracy last; equals as they were given. */
  public List<Candidate> byAccuracy() {
    return candidates.stream()
        .sorted(
            Comparator.comparingDouble((Candidate c) -> -c.merit().orElse(Double.NEGATIVE_INFINITY))
                .thenComparingInt(Candidate::number))
        .toList();
  }

  /** The most accurate one, the first of equals. */
  public Optional<Candidate> mostAccurate() {
    return candidates.stream()
        .filter(c -> c.value().isPresent())
        .reduce((a, b) -> b.merit().getAsDouble() > a.merit().getAsDouble() ? b : a);
  }

  /**
   * The most accurate one whose mean latency is at most the budget.
   *
   * @param budgetMs milliseconds a frame on the scale, more than 0
   * @return empty if none is fast enough
   * @throws IllegalArgumentException if the budget is not more than 0
   */
  public Optional<Candidate> bestWithin(double budgetMs) {
    if (!(budgetMs > 0)) {
      throw new IllegalArgumentException("time budget: more than 0 ms expected, got " + budgetMs);
    }
    return front.stream()
        .filter(c -> ms(c).getAsDouble() <= budgetMs)
        .reduce((faster, slower) -> slower);
  }

  /**
   * One step of the ladder from generous to tight time budgets.
   *
   * @param fromMs the smallest budget it holds for: the choice's own mean latency
   * @param choice the most accurate candidate within that budget
   * @param ties others whose speed cannot be told from the choice's
   */
  public record Step(double fromMs, Candidate choice, List<Candidate> ties) {
    public Step {
      Objects.requireNonNull(choice, "choice");
      ties = List.copyOf(ties);
    }
  }

  /** What to choose at which time budget, the most generous budget first. */
  public List<Step> ladder() {
    List<Step> steps = new ArrayList<>();
    for (int i = front.size() - 1; i >= 0; i--) {
      Candidate choice = front.get(i);
      steps.add(new Step(ms(choice).getAsDouble(), choice, tiedWith(choice)));
    }
    return steps;
  }

  /**
   * The ladder's step below the best that is faster beyond doubt; empty if there is none.
   *
   * @throws java.util.NoSuchElementException if the front is empty
   */
  public Optional<Step> fasterBeyondDoubt() {
    List<Step> steps = ladder();
    Candidate best = steps.iterator().next().choice();
    return steps.stream()
        .skip(1)
        .filter(s -> order(s.choice(), best) == SpeedOrder.FASTER)
        .findFirst();
  }
}
