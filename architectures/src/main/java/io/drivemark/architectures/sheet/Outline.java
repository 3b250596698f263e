package io.drivemark.architectures.sheet;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;
import java.util.List;
import java.util.Objects;

/**
 * A network as a few blocks, for a picture: operators are put together by the first parts of their
 * names, repeated blocks are counted, and what remains in a chain at one resolution is joined until
 * about thirty blocks are left. Immutable.
 *
 * <p>Block 0 is the image. Links go from a lower to a higher index.
 *
 * @param blocks in execution order
 * @param links which block reads which
 */
public record Outline(List<Block> blocks, List<Link> links) {

  /** What a block is, by the weightiest of its operators. */
  public enum Kind {
    /** The network's input. */
    IMAGE,
    /** Convolutions and whatever stands between them. */
    BLOCK,
    /** Pooling alone. */
    POOL,
    /** A step to another extent alone: resizing, unpooling, cropping. */
    RESIZE,
    /** Addition, product or concatenation of branches alone. */
    JOIN,
    /** It has an operator that this suite does not know. */
    OPAQUE
  }

  /**
   * Some operators of the network.
   *
   * @param name the part of their names that they share; a run of repeated blocks is called {@code
   *     stage1.1–4}
   * @param repeats how many blocks alike this one stands for
   * @param shape of the value others read from it, [1, C, h, w]; unknown behind foreign operators
   * @param parameters learned values
   * @param macs multiply-accumulates; a lower bound behind foreign operators
   * @param operators what it holds, for example {@code 3 Conv2d, 3 BatchNorm}
   */
  public record Block(
      String name,
      Kind kind,
      int repeats,
      Shape shape,
      long parameters,
      long macs,
      String operators) {
    public Block {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(shape, "shape");
      Objects.requireNonNull(operators, "operators");
      if (repeats < 1) {
        throw new IllegalArgumentException("block " + name + " repeats " + repeats + " times");
      }
    }
  }

  /** One block reads another, by index. */
  public record Link(int from, int to) {
    public Link {
      if (from < 0 || from >= to) {
        throw new IllegalArgumentException("link from " + from + " to " + to);
      }
    }
  }

  public Outline {
    blocks = List.copyOf(blocks);
    links = List.copyOf(links);
    int count = blocks.size();
    if (links.stream().anyMatch(l -> l.to() >= count)) {
      throw new IllegalArgumentException("a link leads to a block that is not there");
    }
  }

  /**
   * The outline of all a network's outputs for one image of this size.
   *
   * @throws IllegalArgumentException if the network cannot take it
   */
  public static Outline of(Network network, int height, int width) {
    return new Outliner(network, height, width).outline();
  }
}
