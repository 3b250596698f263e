package io.drivemark.reports.board;

import io.drivemark.eval.decide.Candidate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The variants pruned from one network, on one engine at one size. Immutable.
 *
 * @param parentModel name of the network they were pruned from
 * @param parent it, if the study has it
 * @param variants in the board's order, at least one
 */
public record Family(String parentModel, Optional<Contender> parent, List<Variant> variants) {
  public Family {
    Objects.requireNonNull(parentModel, "parentModel");
    Objects.requireNonNull(parent, "parent");
    variants = List.copyOf(variants);
    if (variants.isEmpty()) {
      throw new IllegalArgumentException("the family of " + parentModel + " has no variant");
    }
  }

  /**
   * The families of a board, in the order their first variants stand on it. A network with cues
   * around it is in none: nothing was removed from it.
   */
  public static List<Family> of(Board board) {
    Map<List<Object>, List<Variant>> byParent = new LinkedHashMap<>();
    for (Contender c : board.contenders()) {
      c.entry()
          .model()
          .parent()
          .filter(name -> !c.entry().model().hasCues())
          .ifPresent(
              name ->
                  byParent
                      .computeIfAbsent(conditions(name, c), k -> new ArrayList<>())
                      .add(new Variant(c, parent(board, c))));
    }
    List<Family> families = new ArrayList<>();
    byParent.forEach(
        (key, variants) ->
            families.add(new Family((String) key.get(0), variants.get(0).parent(), variants)));
    return families;
  }

  /** The contender that another was pruned from, on the same engine at the same size. */
  public static Optional<Contender> parent(Board board, Contender variant) {
    return variant
        .entry()
        .model()
        .parent()
        .flatMap(
            name ->
                board.contenders().stream()
                    .filter(c -> conditions(c.model(), c).equals(conditions(name, variant)))
                    .findFirst());
  }

  private static List<Object> conditions(String model, Contender c) {
    return List.of(
        model,
        c.entry().engine().name(),
        c.entry().engine().threads(),
        c.entry().engine().precision(),
        c.entry().engine().form(),
        c.entry().input());
  }

  /** The parent or the variant that a decision is about. */
  Contender contender(Candidate candidate) {
    return Stream.concat(parent.stream(), variants.stream().map(Variant::contender))
        .filter(c -> c.number() == candidate.number())
        .findFirst()
        .orElseThrow();
  }

  /** What has to be known to read its numbers, a sentence each; empty if there is nothing. */
  public List<String> remarks() {
    List<String> out = new ArrayList<>();
    if (parent.isEmpty()) {
      out.add(
          parentModel
              + " is not among the models of this study, so what pruning changed cannot be said;"
              + " add it to the study's models.");
    }
    variants.stream()
        .filter(Variant::hasOtherParent)
        .map(v -> v.contender().model())
        .forEach(
            model ->
                out.add(
                    model
                        + " was pruned from another "
                        + parentModel
                        + " than this study's, with other weights: its changes are not pruning's"
                        + " alone."));
    return out;
  }
}
