package io.drivemark.architectures.pruning;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Which units of a network stay and which are removed. Never removes a locked unit, nor all
 * channels of a map. Immutable.
 */
public final class ChannelMasks {
  private final ChannelGroups groups;
  private final BitSet removed;

  private ChannelMasks(ChannelGroups groups, BitSet removed) {
    this.groups = groups;
    this.removed = removed;
  }

  /** Everything stays. */
  public static ChannelMasks all(ChannelGroups groups) {
    return new ChannelMasks(Objects.requireNonNull(groups, "groups"), new BitSet());
  }

  /**
   * Some units are removed.
   *
   * @throws IllegalArgumentException if one does not exist or is locked (the message says why), or
   *     a map would lose all its channels
   */
  public static ChannelMasks without(ChannelGroups groups, Collection<Integer> units) {
    BitSet removed = new BitSet();
    for (int unit : units) {
      if (unit < 0 || unit >= groups.units()) {
        throw new IllegalArgumentException(
            "unit " + unit + " does not exist; there are " + groups.units());
      }
      groups
          .lock(unit)
          .ifPresent(
              reason -> {
                throw new IllegalArgumentException(
                    "unit " + unit + " cannot be removed: " + reason);
              });
      removed.set(unit);
    }
    ChannelMasks masks = new ChannelMasks(groups, removed);
    for (Map.Entry<String, int[]> value : groups.byValue().entrySet()) {
      int[] channels = value.getValue();
      if (channels.length > 0 && masks.kept(channels).length == 0) {
        throw new IllegalArgumentException(
            "all "
                + channels.length
                + " channels of "
                + value.getKey()
                + " would be removed; keep at least one");
      }
    }
    return masks;
  }

  /**
   * In each family that can be pruned about this share of the units stays, chosen at random, at
   * least one.
   */
  public static ChannelMasks random(ChannelGroups groups, double share, Random random) {
    BitSet removed = new BitSet();
    for (ChannelGroups.Family family : groups.prunable()) {
      int spared = family.units().get(random.nextInt(family.units().size()));
      for (int unit : family.units()) {
        if (unit != spared && random.nextDouble() >= share) {
          removed.set(unit);
        }
      }
    }
    return without(groups, removed.stream().boxed().toList());
  }

  public ChannelGroups groups() {
    return groups;
  }

  /** Whether a unit stays. */
  public boolean keeps(int unit) {
    return !removed.get(unit);
  }

  /** The number of units that are removed. */
  public int removed() {
    return removed.cardinality();
  }

  /** The channels of a map that stay, ascending; all of them for a value that is no map. */
  int[] kept(int[] units) {
    int[] kept = new int[units.length];
    int count = 0;
    for (int i = 0; i < units.length; i++) {
      if (keeps(units[i])) {
        kept[count++] = i;
      }
    }
    return Arrays.copyOf(kept, count);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelMasks masks
        && groups == masks.groups
        && removed.equals(masks.removed);
  }

  @Override
  public int hashCode() {
    return removed.hashCode();
  }

  @Override
  public String toString() {
    return "ChannelMasks[" + removed() + " of " + groups.units() + " units removed]";
  }
}
