package io.drivemark.architectures.latency;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/**
 * Which multiples of channels an engine likes: convolutions of a network are timed at widths that
 * are multiples of 1, 2, 4, 8 and 16 and no more. The finest multiple is taken from which on a
 * channel costs next to nothing more than at the best: widths rounded up to it get channels that
 * the engine would have spent their time on anyway. Immutable.
 *
 * <p>Example: an engine that pads widths to multiples of 8 takes as long for 49 channels as for 56,
 * so that each of the 49 costs more, read and made (56 / 49)² = 1.31 times as much: 8 is taken.
 *
 * @param multiple the one that is taken; 1 where none is liked
 * @param costs time for each channel read and made, as a part of the largest's, by multiple: 1, 2,
 *     4, 8, 16; empty where nothing was timed
 * @param of what was timed, for people
 */
public record AlignedWidths(int multiple, List<Double> costs, String of) {
  private static final int[] MULTIPLES = {1, 2, 4, 8, 16};

  /** Convolutions narrower than this are not looked at: there is little to round. */
  private static final int NARROW = 24;

  private static final int CONVOLUTIONS = 4;

  /** Costs that differ by less are the same. */
  private static final double TIE = 0.05;

  public AlignedWidths {
    costs = List.copyOf(costs);
  }

  /** Times the largest convolutions of a network at about three quarters of their width. */
  public static AlignedWidths of(
      Network network, int height, int width, LatencyTable table, Progress progress) {
    List<Piece> wide =
        new LinkedHashSet<>(Pieces.of(network, height, width).values())
            .stream()
                .filter(Piece::isDense)
                .filter(p -> p.inChannels() >= NARROW && p.outChannels() >= NARROW)
                .sorted(Comparator.comparingLong(AlignedWidths::macs).reversed())
                .limit(CONVOLUTIONS)
                .toList();
    if (wide.isEmpty()) {
      return new AlignedWidths(
          1,
          List.of(),
          "no convolution of "
              + network.name()
              + " reads and makes "
              + NARROW
              + " channels or more");
    }
    List<Piece> needed = new ArrayList<>();
    for (Piece piece : wide) {
      for (int multiple : MULTIPLES) {
        needed.add(at(piece, multiple));
      }
    }
    table.require(needed, progress);
    double[] costs = new double[MULTIPLES.length];
    for (Piece piece : wide) {
      double last = cost(table, at(piece, MULTIPLES[MULTIPLES.length - 1]));
      for (int i = 0; i < costs.length; i++) {
        costs[i] += cost(table, at(piece, MULTIPLES[i])) / last / wide.size();
      }
    }
    return new AlignedWidths(
        best(costs),
        Arrays.stream(costs).boxed().toList(),
        wide.size()
            + (wide.size() == 1 ? " convolution of " : " convolutions of ")
            + network.name()
            + " at "
            + height
            + "x"
            + width
            + " on "
            + table);
  }

  /** The finest multiple from which on all cost next to the least. */
  static int best(double[] costs) {
    double least = Arrays.stream(costs).min().orElseThrow();
    int finest = costs.length - 1;
    while (finest > 0 && costs[finest - 1] <= (1 + TIE) * least) {
      finest--;
    }
    return MULTIPLES[finest];
  }

  private static long macs(Piece piece) {
    List<Shape> inputs = piece.operands().stream().map(Piece.Operand::shape).toList();
    return piece.op().macs(inputs, piece.op().outputShapes(inputs));
  }

  private static double cost(LatencyTable table, Piece piece) {
    return table.nanos(piece) / ((double) piece.inChannels() * piece.outChannels());
  }

  /** The piece at three quarters of its widths, rounded to such multiples. */
  private static Piece at(Piece piece, int multiple) {
    return piece.withWidths(
        width(piece.inChannels(), multiple), width(piece.outChannels(), multiple));
  }

  /** The odd multiple of a number nearest to three quarters of a width; for the largest any. */
  static int width(int channels, int multiple) {
    int wanted = channels * 3 / 4;
    if (multiple == MULTIPLES[MULTIPLES.length - 1]) {
      return Math.max(1, Math.round((float) wanted / multiple)) * multiple;
    }
    int odd = Math.round((wanted - multiple) / (2f * multiple));
    return Math.max(0, odd) * 2 * multiple + multiple;
  }

  /** What is best and why, for people. */
  @Override
  public String toString() {
    if (costs.isEmpty()) {
      return "multiple 1: " + of;
    }
    List<String> shares = costs.stream().map(c -> String.format(Locale.ROOT, "%.2f", c)).toList();
    return "multiple "
        + multiple
        + ": widths that are multiples of 1, 2, 4, 8, 16 take "
        + String.join(", ", shares)
        + " of the time a channel ("
        + of
        + ")";
  }
}
