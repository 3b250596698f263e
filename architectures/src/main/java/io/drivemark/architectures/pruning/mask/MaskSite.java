package io.drivemark.architectures.pruning.mask;

import java.util.List;
import java.util.Objects;

/**
 * A group of filters with masks of its own. Immutable.
 *
 * @param name of the first layer
 * @param layers the convolutions whose filters they are, in the network's order: several where
 *     their maps are added, so that they have one mask together
 * @param units of {@link io.drivemark.architectures.pruning.ChannelGroups}, ascending, at least two
 *     masks of them
 * @param block how many units one mask switches; the last may have fewer
 * @param isDecoder whether all of the layers lie behind an enlargement
 */
public record MaskSite(
    String name, List<String> layers, List<Integer> units, int block, boolean isDecoder) {
  public MaskSite {
    Objects.requireNonNull(name, "name");
    layers = List.copyOf(layers);
    units = List.copyOf(units);
    if (block < 1 || units.size() <= block) {
      throw new IllegalArgumentException(
          "mask site " + name + ": " + units.size() + " units in blocks of " + block);
    }
  }

  /** The number of masks. */
  public int masks() {
    return (units.size() + block - 1) / block;
  }

  /** The units that a mask switches. */
  public List<Integer> unitsOf(int mask) {
    return units.subList(mask * block, Math.min(units.size(), (mask + 1) * block));
  }
}
