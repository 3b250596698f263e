package io.drivemark.architectures.pruning;

import io.drivemark.architectures.graph.Network;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * Which channels of a network can only be removed together. Every channel of every feature map
 * belongs to one <em>unit</em>: a convolution's filter, what normalisation, activation, pooling and
 * resizing make of it, and, over additions, the filters it is added to. Concatenation puts units
 * side by side, a channel shuffle permutes them, a depthwise convolution hands them on, a grouped
 * convolution ties the channels at the same place of every group, so that as many remain in each,
 * an unpooling ties its map to the pooled one. Units that cannot be removed say why. Units made by
 * the same layers form a {@link Family}. Immutable.
 *
 * <p>Example: {@code sum(conv a of 8 filters, conv b of 8 filters)} has 8 units in one family with
 * the producers a and b.
 */
public final class ChannelGroups {
  private final Map<String, int[]> unitsByValue;
  private final List<Optional<String>> locks;
  private final List<Family> families;

  /**
   * Units that the same layers make.
   *
   * @param producers names of the convolutions whose filters they are, or of whatever makes them
   * @param units ascending
   * @param lock why none of them can be removed, if so
   */
  public record Family(List<String> producers, List<Integer> units, Optional<String> lock) {
    public Family {
      producers = List.copyOf(producers);
      units = List.copyOf(units);
    }
  }

  ChannelGroups(
      Map<String, int[]> unitsByValue,
      List<Optional<String>> locks,
      List<TreeSet<String>> producers) {
    this.unitsByValue = Collections.unmodifiableMap(unitsByValue);
    this.locks = List.copyOf(locks);
    Map<List<String>, List<Integer>> byProducers = new LinkedHashMap<>();
    for (int unit = 0; unit < locks.size(); unit++) {
      byProducers
          .computeIfAbsent(List.copyOf(producers.get(unit)), k -> new ArrayList<>())
          .add(unit);
    }
    List<Family> all = new ArrayList<>();
    byProducers.forEach(
        (makers, units) -> {
          List<Integer> open = units.stream().filter(u -> locks.get(u).isEmpty()).toList();
          List<Integer> locked = units.stream().filter(u -> locks.get(u).isPresent()).toList();
          if (!open.isEmpty()) {
            all.add(new Family(makers, open, Optional.empty()));
          }
          if (!locked.isEmpty()) {
            all.add(new Family(makers, locked, locks.get(locked.get(0))));
          }
        });
    this.families = List.copyOf(all);
  }

  /** Works them out for a network. */
  public static ChannelGroups of(Network network) {
    return new ChannelAnalysis(network).groups();
  }

  /** The number of units; they are numbered from 0 in the order the network makes them. */
  public int units() {
    return locks.size();
  }

  /** The units in families, in the order the network makes them. */
  public List<Family> families() {
    return families;
  }

  /** The families whose units can be removed. */
  public List<Family> prunable() {
    return families.stream().filter(f -> f.lock().isEmpty()).toList();
  }

  /** Why a unit cannot be removed; empty if it can. */
  public Optional<String> lock(int unit) {
    return locks.get(unit);
  }

  /** The unit of each channel of a value, if it is a feature map of this network. */
  public Optional<int[]> unitsOf(String value) {
    return Optional.ofNullable(unitsByValue.get(value)).map(int[]::clone);
  }

  /** The unit of one channel, if the value is a feature map that has it. */
  public OptionalInt unitOf(String value, int channel) {
    int[] units = unitsByValue.get(value);
    return units == null || channel >= units.length
        ? OptionalInt.empty()
        : OptionalInt.of(units[channel]);
  }

  /** Units by value, not to be written to. */
  Map<String, int[]> byValue() {
    return unitsByValue;
  }
}
