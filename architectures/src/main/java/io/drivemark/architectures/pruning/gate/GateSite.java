package io.drivemark.architectures.pruning.gate;

import java.util.List;
import java.util.Objects;

/**
 * A place of a network where units are switched for each frame. Immutable.
 *
 * @param name of the convolution whose filters are gated, or of the residual unit
 * @param kind what a unit is
 * @param input the value that the unit's layers read, and so does the gate's head
 * @param units how many there are
 * @param unit how many filters are switched together; 1 for residual units
 * @param places the values that the gates multiply, in the network's order, at least one. Of
 *     filters: the first is what normalisation and activation make of them; further ones are where
 *     something has turned the zeros of a filter that is off into other numbers. Of a residual
 *     unit: its exit
 */
public record GateSite(
    String name, Kind kind, String input, int units, int unit, List<Place> places) {
  /** What a unit is. */
  public enum Kind {
    /** Filters of a convolution, one or several. */
    FILTERS,
    /** The layers of a residual unit: off, its exit is its input. */
    LAYERS
  }

  /**
   * A value that gates multiply.
   *
   * @param value its name in the network without gates
   * @param unitOfChannel for each channel the number of its unit
   */
  public record Place(String value, List<Integer> unitOfChannel) {
    public Place {
      Objects.requireNonNull(value, "value");
      unitOfChannel = List.copyOf(unitOfChannel);
    }
  }

  public GateSite {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(input, "input");
    places = List.copyOf(places);
    if (units < 1 || unit < 1 || places.isEmpty()) {
      throw new IllegalArgumentException(
          "gate site " + name + ": " + units + " units of " + unit + ", at " + places);
    }
  }

  /** The value whose channels' responses say which units matter for a frame. */
  public String tap() {
    return places.get(0).value();
  }

  /** The unit of each channel of {@link #tap}. */
  public List<Integer> unitOfChannel() {
    return places.get(0).unitOfChannel();
  }

  /** The number of channels of {@link #tap}. */
  public int channels() {
    return unitOfChannel().size();
  }

  /**
   * The same site with filters switched in blocks; a last block may be smaller.
   *
   * @param filters of a block
   * @throws IllegalArgumentException if this site has residual units, or blocks already
   */
  public GateSite inBlocks(int filters) {
    if (kind != Kind.FILTERS || unit != 1 || filters < 1) {
      throw new IllegalArgumentException(
          "gate site " + name + " of " + kind + " cannot have blocks of " + filters);
    }
    return new GateSite(
        name,
        kind,
        input,
        (units + filters - 1) / filters,
        filters,
        places.stream()
            .map(
                p ->
                    new Place(p.value(), p.unitOfChannel().stream().map(u -> u / filters).toList()))
            .toList());
  }
}
