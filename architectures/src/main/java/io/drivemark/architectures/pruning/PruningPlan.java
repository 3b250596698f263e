package io.drivemark.architectures.pruning;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkDigest;
import io.drivemark.architectures.graph.Node;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is to be removed from one network, as a value: made by {@link FilterPlanner} or {@link
 * LayerPlanner}, kept by {@link PlanFile}, compared, and applied again with the same result. A plan
 * belongs to the network it was made for and is refused by any other. Immutable.
 *
 * @param technique one that plans are made for
 * @param network the network's name, for people
 * @param digest of the network: structure and weights
 * @param criterion what decided
 * @param seed of what was drawn at random
 * @param goal what was asked for, for people
 * @param filters removed filters by layer, ascending; filters tied to these go too
 * @param layers names of removed units
 * @param evidence what was found out when the plan was made, a latency for example, for people: key
 *     and text
 */
public record PruningPlan(
    Technique technique,
    String network,
    String digest,
    String criterion,
    long seed,
    String goal,
    Map<String, List<Integer>> filters,
    List<String> layers,
    Map<String, String> evidence) {

  /** A plan that nothing was found out for. */
  public PruningPlan(
      Technique technique,
      String network,
      String digest,
      String criterion,
      long seed,
      String goal,
      Map<String, List<Integer>> filters,
      List<String> layers) {
    this(technique, network, digest, criterion, seed, goal, filters, layers, Map.of());
  }

  public PruningPlan {
    Objects.requireNonNull(technique, "technique");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(criterion, "criterion");
    Objects.requireNonNull(goal, "goal");
    Map<String, List<Integer>> sorted = new TreeMap<>();
    filters.forEach((node, removed) -> sorted.put(node, removed.stream().sorted().toList()));
    filters = Collections.unmodifiableMap(sorted);
    layers = List.copyOf(layers);
    evidence = Collections.unmodifiableMap(new TreeMap<>(evidence));
    if (!others(technique, filters, layers).isEmpty()) {
      throw new IllegalArgumentException(
          "a plan of technique " + technique.key() + " removes nothing else");
    }
  }

  /** What a plan holds that its technique does not remove, by key; empty if all is its own. */
  static List<String> others(
      Technique technique, Map<String, List<Integer>> filters, List<String> layers) {
    return switch (technique) {
      case FILTER -> layers.isEmpty() ? List.of() : List.of("layers");
      case LAYER -> filters.isEmpty() ? List.of() : List.of("filters");
      case JOINT, DYNAMIC ->
          throw new IllegalArgumentException("no plan is made for technique " + technique.key());
    };
  }

  /** Whether another plan removes the same, whatever it was made for. */
  public boolean removesTheSame(PruningPlan other) {
    return filters.equals(other.filters) && layers.equals(other.layers);
  }

  /** The same removals, made for another goal and with what was found out. */
  public PruningPlan with(String newGoal, Map<String, String> found) {
    return new PruningPlan(
        technique, network, digest, criterion, seed, newGoal, filters, layers, found);
  }

  /**
   * One plan for both: what is left of this one's network by another plan, said of this one's
   * network. The goal and what was found out are the other's.
   *
   * <p>Example: after removing filters 1 and 2 of a layer, removing its filter 1 is removing filter
   * 3 of the first.
   *
   * @param next a plan for the network that this one leaves, whatever was learned in between
   * @throws IllegalArgumentException if the techniques differ
   */
  public PruningPlan then(PruningPlan next) {
    if (technique != next.technique) {
      throw new IllegalArgumentException(
          "a plan of technique " + next.technique.key() + " after one of " + technique.key());
    }
    Map<String, List<Integer>> all = new TreeMap<>(filters);
    next.filters.forEach(
        (layer, removed) ->
            all.merge(layer, removed, (before, after) -> inOriginal(before, after)));
    List<String> units = new ArrayList<>(layers);
    units.addAll(next.layers);
    return new PruningPlan(
        technique, network, digest, next.criterion, seed, next.goal, all, units, next.evidence);
  }

  /** Places among what remains as places among all, together with what was removed before. */
  private static List<Integer> inOriginal(List<Integer> removed, List<Integer> places) {
    List<Integer> all = new ArrayList<>(removed);
    for (int place : places) {
      int at = place;
      for (int gone : removed) {
        at += gone <= at ? 1 : 0;
      }
      all.add(at);
    }
    return all;
  }

  /**
   * The network without what the plan removes.
   *
   * @throws BadInputException if the plan is for another network (the message has both digests), or
   *     names what is not there or cannot be removed; the message says which and why
   */
  public Network apply(Network start) {
    return switch (technique) {
      case FILTER -> Materialise.apply(start, masks(start));
      case LAYER -> LayerRemoval.apply(start, units(start));
      case JOINT, DYNAMIC -> throw new IllegalStateException("no plan is made for " + technique);
    };
  }

  /**
   * The units of channels that a plan for filters leaves.
   *
   * @throws BadInputException as {@link #apply}
   */
  public ChannelMasks masks(Network start) {
    requireFor(start);
    ChannelGroups groups = ChannelGroups.of(start);
    Map<String, Node> nodes = new TreeMap<>();
    start.nodes().forEach(n -> nodes.put(n.name(), n));
    Set<Integer> removed = new LinkedHashSet<>();
    filters.forEach(
        (layer, channels) -> {
          Node node = nodes.get(layer);
          if (node == null) {
            throw problem("layer '" + layer + "'", nodes.keySet(), layer);
          }
          for (int channel : channels) {
            removed.add(unit(groups, node, channel));
          }
        });
    try {
      return ChannelMasks.without(groups, removed);
    } catch (IllegalArgumentException e) {
      throw new BadInputException("plan for " + network + ": " + e.getMessage(), e);
    }
  }

  private int unit(ChannelGroups groups, Node node, int channel) {
    OptionalInt unit = channel < 0 ? OptionalInt.empty() : groups.unitOf(node.output(), channel);
    if (unit.isEmpty()) {
      throw new BadInputException(
          "plan for "
              + network
              + ": layer "
              + node.name()
              + " has no filter "
              + channel
              + "; they are numbered from 0 to "
              + (groups.unitsOf(node.output()).map(u -> u.length).orElse(0) - 1));
    }
    Optional<String> lock = groups.lock(unit.getAsInt());
    if (lock.isPresent()) {
      throw new BadInputException(
          "plan for "
              + network
              + ": filter "
              + channel
              + " of layer "
              + node.name()
              + " cannot be removed: "
              + lock.get());
    }
    return unit.getAsInt();
  }

  private List<RemovableUnit> units(Network start) {
    requireFor(start);
    Map<String, RemovableUnit> present = new TreeMap<>();
    RemovableUnit.of(start).forEach(u -> present.put(u.name(), u));
    List<RemovableUnit> chosen = new ArrayList<>();
    for (String layer : layers) {
      if (!present.containsKey(layer)) {
        throw problem("removable unit '" + layer + "'", present.keySet(), layer);
      }
      chosen.add(present.get(layer));
    }
    return chosen;
  }

  private BadInputException problem(String what, Set<String> present, String name) {
    return new BadInputException(
        "plan for "
            + network
            + ": the network has no "
            + what
            + Nearest.hint(name, present)
            + "; make the plan anew");
  }

  private void requireFor(Network start) {
    String found = NetworkDigest.of(start);
    if (!found.equals(digest)) {
      throw new BadInputException(
          "the plan is for network "
              + network
              + " with digest "
              + digest
              + ", this is "
              + start.name()
              + " with digest "
              + found
              + "; make a plan for this network");
    }
  }

  /** What another plan does differently, one line each; empty if both do the same. */
  public List<String> differences(PruningPlan other) {
    List<String> lines = new ArrayList<>();
    differ(lines, "technique", technique.key(), other.technique.key());
    differ(lines, "network digest", digest, other.digest);
    differ(lines, "criterion", criterion, other.criterion);
    differ(lines, "seed", seed, other.seed);
    differ(lines, "goal", goal, other.goal);
    Set<String> nodes = new TreeSet<>(filters.keySet());
    nodes.addAll(other.filters.keySet());
    for (String node : nodes) {
      differ(
          lines,
          "filters of " + node,
          filters.getOrDefault(node, List.of()),
          other.filters.getOrDefault(node, List.of()));
    }
    differ(lines, "layers", new TreeSet<>(layers), new TreeSet<>(other.layers));
    return lines;
  }

  private static void differ(List<String> lines, String what, Object one, Object two) {
    if (!one.equals(two)) {
      lines.add(what + ": " + one + " here, " + two + " there");
    }
  }
}
