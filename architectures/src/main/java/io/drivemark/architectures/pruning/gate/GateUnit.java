package io.drivemark.architectures.pruning.gate;

import io.drivemark.config.Numbers;
import io.drivemark.problem.BadInputException;
import java.util.Objects;

/**
 * What one gate is to switch, before it is known where gates are: filters, blocks of them, or
 * layers. Immutable.
 *
 * @param kind how units are found
 * @param filters consecutive filters a unit with {@link Kind#FILTERS}, 0 with the other kinds
 */
public record GateUnit(Kind kind, int filters) {
  /** Ways of finding units. */
  public enum Kind {
    /** Single filters where maps are large, blocks elsewhere, none where gates would cost more. */
    AUTO("auto"),
    /** Blocks as wide as engines lay out channels, wherever a layer has two of them or more. */
    BLOCK("block"),
    /** A given number of consecutive filters. */
    FILTERS("filters"),
    /**
     * Single filters of every convolution, those included that are added to others: as published.
     */
    EVERYWHERE("everywhere"),
    /** Residual units: layers that can be left out together. */
    LAYERS("layers");

    private final String key;

    Kind(String key) {
      this.key = key;
    }
  }

  /** As the maps' sizes have it. */
  public static final GateUnit AUTO = new GateUnit(Kind.AUTO, 0);

  /** Blocks in the engines' layout. */
  public static final GateUnit BLOCK = new GateUnit(Kind.BLOCK, 0);

  /** Single filters of every convolution, branches of sums included. */
  public static final GateUnit EVERYWHERE = new GateUnit(Kind.EVERYWHERE, 0);

  /** Residual units. */
  public static final GateUnit LAYERS = new GateUnit(Kind.LAYERS, 0);

  public GateUnit {
    Objects.requireNonNull(kind, "kind");
    if (kind == Kind.FILTERS ? filters < 1 : filters != 0) {
      throw new IllegalArgumentException("gate unit: " + kind + " of " + filters + " filters");
    }
  }

  /** So many consecutive filters. */
  public static GateUnit of(int filters) {
    return new GateUnit(Kind.FILTERS, filters);
  }

  /**
   * Reads a unit as studies and commands write it: {@code auto}, {@code block}, {@code everywhere},
   * {@code layers}, or a number of filters.
   *
   * @throws BadInputException if it is none of these
   */
  public static GateUnit parse(String text) {
    for (GateUnit unit : new GateUnit[] {AUTO, BLOCK, EVERYWHERE, LAYERS}) {
      if (unit.toString().equals(text)) {
        return unit;
      }
    }
    int filters = Numbers.integer(text).orElse(0);
    if (filters < 1) {
      throw new BadInputException(
          "unit is "
              + text
              + ", expected auto, block, everywhere, layers, or the number of filters that one gate switches,"
              + " 1 or 16 say");
    }
    return of(filters);
  }

  /** Whether layers are left out as a whole, rather than filters. */
  public boolean isLayers() {
    return kind == Kind.LAYERS;
  }

  /** Whether filters are gated too that are added to others. */
  public boolean isEverywhere() {
    return kind == Kind.EVERYWHERE;
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return kind == Kind.FILTERS ? Integer.toString(filters) : kind.key;
  }
}
