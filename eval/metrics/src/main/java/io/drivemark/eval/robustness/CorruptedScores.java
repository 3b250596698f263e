package io.drivemark.eval.robustness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A network's accuracy P on clean frames and on the same frames corrupted, at one or more
 * severities of each corruption, and the figures that follow. All are means of pooled accuracies;
 * one that rests on an undefined accuracy is undefined. Immutable.
 *
 * <ul>
 *   <li>mPC, the mean under corruption: the mean over corruptions of the mean over severities;
 *   <li>rPC, the share that is kept: mPC over P of clean frames. It flatters a network that is poor
 *       on clean frames, so mPC belongs beside it;
 *   <li>CD of a corruption: how much more (above 1) or less is wrong than with a reference network,
 *       the sum over severities of 1 - P over the reference's;
 *   <li>rCD of a corruption: the same of what is lost to the corruption, the sum of P(clean) - P
 *       over the reference's; undefined where the reference loses nothing.
 * </ul>
 *
 * <p>See Hendrycks and Dietterich (2019, arXiv 1903.12261), Michaelis et al. (2019, arXiv
 * 1907.07484) and Kamann and Rother (2020, arXiv 1908.05005). Example: .60 on clean frames, (.54,
 * .42) and (.30, .12) under two corruptions: mPC is .345 and rPC .575.
 *
 * @param clean P on clean frames
 * @param corrupted P by corruption, one for each severity; at least one corruption of one severity
 */
public record CorruptedScores(OptionalDouble clean, Map<String, List<OptionalDouble>> corrupted) {
  public CorruptedScores {
    Objects.requireNonNull(clean, "clean");
    Map<String, List<OptionalDouble>> copy = new LinkedHashMap<>();
    corrupted.forEach((name, scores) -> copy.put(name, List.copyOf(scores)));
    if (copy.isEmpty() || copy.values().stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("scores of no corruption, or of one at no severity");
    }
    corrupted = Collections.unmodifiableMap(copy);
  }

  /** The mean accuracy under one corruption. */
  public OptionalDouble mean(String corruption) {
    return mean(corrupted.get(corruption));
  }

  /** mPC. */
  public OptionalDouble mean() {
    return mean(corrupted.keySet().stream().map(this::mean).toList());
  }

  /** rPC; undefined where nothing is right on clean frames. */
  public OptionalDouble share() {
    return ratio(mean(), clean);
  }

  /** The share of the clean accuracy that is kept under one corruption, called resilience too. */
  public OptionalDouble share(String corruption) {
    return ratio(mean(corruption), clean);
  }

  /** The corruption with the lowest mean, the first of equals; empty if a mean is undefined. */
  public Optional<String> worst() {
    String worst = null;
    double least = Double.POSITIVE_INFINITY;
    for (String corruption : corrupted.keySet()) {
      OptionalDouble mean = mean(corruption);
      if (mean.isEmpty()) {
        return Optional.empty();
      }
      if (mean.getAsDouble() < least) {
        least = mean.getAsDouble();
        worst = corruption;
      }
    }
    return Optional.of(worst);
  }

  /**
   * CD of a corruption.
   *
   * @param reference scores at the same severities of the same corruptions
   * @throws IllegalArgumentException if they are of others
   */
  public OptionalDouble degradation(CorruptedScores reference, String corruption) {
    requireAlike(reference);
    return ratio(
        sum(OptionalDouble.of(1), corrupted.get(corruption)),
        sum(OptionalDouble.of(1), reference.corrupted.get(corruption)));
  }

  /** The mean of CD over all corruptions. */
  public OptionalDouble degradation(CorruptedScores reference) {
    return mean(corrupted.keySet().stream().map(c -> degradation(reference, c)).toList());
  }

  /** rCD of a corruption; as {@link #degradation(CorruptedScores, String)}. */
  public OptionalDouble relativeDegradation(CorruptedScores reference, String corruption) {
    requireAlike(reference);
    return ratio(
        sum(clean, corrupted.get(corruption)),
        sum(reference.clean, reference.corrupted.get(corruption)));
  }

  /** The mean of rCD over all corruptions. */
  public OptionalDouble relativeDegradation(CorruptedScores reference) {
    return mean(corrupted.keySet().stream().map(c -> relativeDegradation(reference, c)).toList());
  }

  private void requireAlike(CorruptedScores reference) {
    boolean alike = corrupted.keySet().equals(reference.corrupted.keySet());
    for (String corruption : corrupted.keySet()) {
      alike =
          alike && corrupted.get(corruption).size() == reference.corrupted.get(corruption).size();
    }
    if (!alike) {
      throw new IllegalArgumentException(
          "scores under "
              + corrupted.keySet()
              + " and those of the reference under "
              + reference.corrupted.keySet()
              + " are not of the same corruptions and severities");
    }
  }

  /** The sum of what scores fall short of a level. */
  private static OptionalDouble sum(OptionalDouble from, List<OptionalDouble> scores) {
    if (from.isEmpty() || scores.stream().anyMatch(OptionalDouble::isEmpty)) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    for (OptionalDouble score : scores) {
      sum += from.getAsDouble() - score.getAsDouble();
    }
    return OptionalDouble.of(sum);
  }

  private static OptionalDouble ratio(OptionalDouble a, OptionalDouble b) {
    return a.isPresent() && b.isPresent() && b.getAsDouble() > 0
        ? OptionalDouble.of(a.getAsDouble() / b.getAsDouble())
        : OptionalDouble.empty();
  }

  private static OptionalDouble mean(List<OptionalDouble> values) {
    List<Double> defined = new ArrayList<>();
    values.forEach(v -> v.ifPresent(defined::add));
    if (defined.size() < values.size()) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    for (double value : defined) {
      sum += value;
    }
    return OptionalDouble.of(sum / defined.size());
  }
}
