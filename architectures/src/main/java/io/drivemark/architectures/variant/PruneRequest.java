package io.drivemark.architectures.variant;

import io.drivemark.architectures.latency.EngineSetup;
import io.drivemark.architectures.pruning.Criteria;
import io.drivemark.architectures.pruning.FilterGoal;
import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.pruning.Quantity;
import io.drivemark.architectures.pruning.Technique;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a user wants removed from a model. Immutable.
 *
 * @param technique filters or layers
 * @param amount how much
 * @param criteria by what; several, for layers alone, rank together
 * @param scope how filters' scores are compared; layers go by worth, or else those with the lowest
 *     scores first
 * @param minimumWidth filters that remain at least in a group
 * @param multiple of which the remaining filters of a group are
 * @param spared layers that lose no filter
 * @param seed of what is drawn at random
 */
public record PruneRequest(
    Technique technique,
    Amount amount,
    List<String> criteria,
    FilterGoal.Scope scope,
    int minimumWidth,
    int multiple,
    Set<String> spared,
    long seed) {

  /** How much is to be removed. */
  public sealed interface Amount {
    /** What is made of it: one answer for each kind of amount. */
    <T> T match(
        Function<Keep, T> share, Function<KeepLatency, T> latency, Function<Remove, T> units);
  }

  /**
   * At most this share of a measure remains.
   *
   * @param share above 0 to 1
   */
  public record Keep(Measure measure, double share)
      implements Amount, GateRequest.Amount, JointRequest.Amount {
    @Override
    public <T> T match(
        Function<Keep, T> share, Function<KeepLatency, T> latency, Function<Remove, T> units) {
      return share.apply(this);
    }

    @Override
    public <T> T either(
        Function<GateRequest.Ratio, T> ratio,
        Function<Keep, T> macs,
        Function<KeepLatency, T> latency) {
      return macs.apply(this);
    }

    @Override
    public <T> T by(
        Function<JointRequest.Lambda, T> factor,
        Function<Keep, T> kept,
        Function<KeepLatency, T> latency) {
      return kept.apply(this);
    }
  }

  /**
   * At most this share of the measured latency remains.
   *
   * @param share above 0 to 1
   * @param setup the engine it is measured on
   */
  public record KeepLatency(double share, EngineSetup setup)
      implements Amount, GateRequest.Amount, JointRequest.Amount {
    public KeepLatency {
      Objects.requireNonNull(setup, "setup");
      if (!(share > 0 && share <= 1)) {
        throw new BadInputException(
            "share of the latency to keep is " + share + ", expected above 0 to 1");
      }
    }

    @Override
    public <T> T match(
        Function<Keep, T> share, Function<KeepLatency, T> latency, Function<Remove, T> units) {
      return latency.apply(this);
    }

    @Override
    public <T> T either(
        Function<GateRequest.Ratio, T> ratio,
        Function<Keep, T> macs,
        Function<KeepLatency, T> latency) {
      return latency.apply(this);
    }

    @Override
    public <T> T by(
        Function<JointRequest.Lambda, T> factor,
        Function<Keep, T> kept,
        Function<KeepLatency, T> latency) {
      return latency.apply(this);
    }
  }

  /** This many units of layers go. */
  public record Remove(int units) implements Amount {
    @Override
    public <T> T match(
        Function<Keep, T> share, Function<KeepLatency, T> latency, Function<Remove, T> units) {
      return units.apply(this);
    }
  }

  public PruneRequest {
    Objects.requireNonNull(technique, "technique");
    Objects.requireNonNull(amount, "amount");
    Objects.requireNonNull(scope, "scope");
    criteria = List.copyOf(criteria);
    spared = Set.copyOf(spared);
    refusal(technique, amount, criteria)
        .ifPresent(
            why -> {
              throw new BadInputException(why);
            });
    List<String> valid = criteria(technique); // looks for plug-ins, which is slow: once
    for (String criterion : criteria) {
      if (!valid.contains(criterion)) {
        requireKnown(criterion);
        throw elsewhere(criterion, technique, valid);
      }
    }
  }

  /** What a technique cannot do. */
  private static Optional<String> refusal(
      Technique technique, Amount amount, List<String> criteria) {
    return switch (technique) {
      case FILTER -> {
        if (amount instanceof Remove) {
          yield Optional.of("filters are pruned to a share: give one to keep, macs=0.6 say");
        }
        yield criteria.size() == 1
            ? Optional.empty()
            : Optional.of(
                "several criteria together ("
                    + String.join("+", criteria)
                    + ") rank layers, not filters");
      }
      case LAYER -> Optional.empty();
      case JOINT ->
          Optional.of(
              "technique joint learns which filters stay: it is asked for by a penalty, not by"
                  + " criteria");
      case DYNAMIC ->
          Optional.of(
              "technique dynamic removes nothing for good: it is asked for by a ratio and units,"
                  + " not by criteria");
    };
  }

  /**
   * The usual limits: down to one filter, no layer spared; every layer alike, but the most
   * important filters and layers for their time where a latency is kept.
   */
  public static PruneRequest of(
      Technique technique, Amount amount, List<String> criteria, long seed) {
    return new PruneRequest(technique, amount, criteria, usualScope(amount), 1, 1, Set.of(), seed);
  }

  /** The same request for another amount. */
  PruneRequest withAmount(Amount newAmount) {
    return new PruneRequest(
        technique, newAmount, criteria, scope, minimumWidth, multiple, spared, seed);
  }

  /** The same request with widths rounded up to other multiples. */
  public PruneRequest withMultiple(int newMultiple) {
    return new PruneRequest(
        technique, amount, criteria, scope, minimumWidth, newMultiple, spared, seed);
  }

  /** How scores are compared unless a user says so. */
  public static FilterGoal.Scope usualScope(Amount amount) {
    return amount.match(
        share -> FilterGoal.Scope.LAYER,
        latency -> FilterGoal.Scope.WORTH,
        units -> FilterGoal.Scope.LAYER);
  }

  /** Names of the criteria that a technique can go by, sorted. */
  public static List<String> criteria(Technique technique) {
    Set<String> names = new TreeSet<>();
    switch (technique) {
      case FILTER -> names.addAll(Criteria.names());
      case LAYER -> {
        names.addAll(Criteria.names());
        names.addAll(Imprinting.NAMES);
      }
      case JOINT, DYNAMIC -> {
        // They go by what training and each frame make of the network.
      }
    }
    return List.copyOf(names);
  }

  private static void requireKnown(String criterion) {
    Set<String> all = new TreeSet<>();
    for (Technique technique : Technique.values()) {
      all.addAll(criteria(technique));
    }
    if (!all.contains(criterion)) {
      throw new BadInputException(
          "criterion '"
              + criterion
              + "' is not known"
              + Nearest.hint(criterion, all)
              + "; there are "
              + String.join(", ", all));
    }
  }

  private static BadInputException elsewhere(
      String criterion, Technique technique, List<String> valid) {
    String others =
        Arrays.stream(Technique.values())
            .filter(other -> criteria(other).contains(criterion))
            .map(Technique::removed)
            .collect(Collectors.joining(" and "));
    return new BadInputException(
        "criterion "
            + criterion
            + " scores "
            + others
            + ", not "
            + technique.removed()
            + "; "
            + technique.removed()
            + " can be scored by "
            + String.join(", ", valid));
  }

  FilterGoal goal(Quantity measure, double share, int height, int width) {
    return new FilterGoal(measure, share, height, width, scope, minimumWidth, multiple, spared);
  }
}
