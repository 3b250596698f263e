package io.drivemark.architectures.pruning;

import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * What a {@link Criterion} may look at: one layer and, for criteria that look at data, one image.
 * Which of the values are there follows from the criterion's site and evidence; asking for others
 * is a programming error. Not to be kept: the values may be reused for the next image. Safe to read
 * from several threads.
 */
public final class LayerView {
  private final String node;
  private final int filters;
  private final long seed;
  private final IntFunction<float[]> values;
  private final IntFunction<float[]> gradients;
  private final int mapWidth;

  private LayerView(
      String node,
      int filters,
      long seed,
      IntFunction<float[]> values,
      IntFunction<float[]> gradients,
      int mapWidth) {
    this.node = Objects.requireNonNull(node, "node");
    this.filters = filters;
    this.seed = seed;
    this.values = values;
    this.gradients = gradients;
    this.mapWidth = mapWidth;
  }

  /**
   * A layer whose weights are looked at.
   *
   * @param node the layer's name
   * @param seed of what is drawn at random
   * @param values of each filter: its weights, or scale and shift of its normalisation
   */
  public static LayerView of(String node, long seed, float[][] values) {
    return new LayerView(node, values.length, seed, i -> values[i], null, 0);
  }

  /**
   * A layer and what one image says about it.
   *
   * @param values of each filter: its weights, scale and shift, or its map
   * @param gradients of the loss with respect to them; null where the criterion asks for values
   *     alone
   * @param mapWidth pixels a row of the map, where the site is one; else 0
   */
  public static LayerView of(
      String node, long seed, float[][] values, float[][] gradients, int mapWidth) {
    return new LayerView(
        node,
        values.length,
        seed,
        i -> values[i],
        gradients == null ? null : i -> gradients[i],
        mapWidth);
  }

  /** The layer's name. */
  public String node() {
    return node;
  }

  /** The number of filters. */
  public int filters() {
    return filters;
  }

  /**
   * The values of a filter: of a convolution its weights; of a normalisation scale, then shift; of
   * a map its values, row by row. Not to be written to.
   */
  public float[] values(int filter) {
    return values.apply(filter);
  }

  /** The gradients of the loss with respect to {@link #values}. Not to be written to. */
  public float[] gradients(int filter) {
    if (gradients == null) {
      throw new IllegalStateException("layer " + node + ": no gradient was measured");
    }
    return gradients.apply(filter);
  }

  /** Pixels a row of a map; 0 where the values are no map. */
  public int mapWidth() {
    return mapWidth;
  }

  /** A generator of this layer's own: the same for the same seed and layer. */
  public SplittableRandom random() {
    long mixed = seed;
    for (int i = 0; i < node.length(); i++) {
      mixed = (mixed ^ node.charAt(i)) * 0x9E3779B97F4A7C15L;
      mixed ^= mixed >>> 29;
    }
    return new SplittableRandom(mixed);
  }
}
