package io.drivemark.architectures.latency;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Predicts how long networks take that were made of one network by removing filters or layers: the
 * sum of the times of their pieces, without what a call costs by itself. Not thread-safe.
 *
 * <p>Convolutions are measured at a few widths, all of them multiples of 8 where there are that
 * many channels; between these the time is interpolated (bilinearly over channels read and made),
 * below the smallest it stays. The time of all else goes with the number of values it reads and
 * makes. Layouts that an engine keeps from one operator to the next, and operators it joins beyond
 * a convolution with its normalisation and activation, are not seen: shares are predicted better
 * than times.
 */
public final class PredictedLatency {
  private static final int ALIGNMENT = 8;
  private static final int NARROWEST = 4;

  /** A piece that does next to nothing: its time is that of a call. */
  private static final Piece CALL =
      new Piece(
          Activation.relu(),
          List.of(new Piece.Operand(Piece.Kind.MAP, Shape.of(1, 1, 1, 1))),
          List.of());

  private final int height;
  private final int width;
  private final LatencyTable table;
  private final Map<String, Piece> base;
  private final Map<Piece, Double> measured = new HashMap<>();

  private PredictedLatency(Network whole, int height, int width, LatencyTable table) {
    this.height = height;
    this.width = width;
    this.table = table;
    this.base = Pieces.of(whole, height, width);
  }

  /**
   * Measures what the predictions need and the table does not know.
   *
   * @param whole the network that the others are made of
   * @param height of the images
   * @param width of them
   * @param narrower whether filters may be removed, so that convolutions are measured at several
   *     widths
   */
  public static PredictedLatency of(
      Network whole,
      int height,
      int width,
      boolean narrower,
      LatencyTable table,
      Progress progress) {
    PredictedLatency predicted = new PredictedLatency(whole, height, width, table);
    Set<Piece> needed = new LinkedHashSet<>(predicted.base.values());
    needed.add(CALL);
    if (narrower) {
      predicted.base.values().forEach(p -> needed.addAll(grid(p)));
    }
    table.require(needed, progress);
    return predicted;
  }

  /** The predicted time of a network in nanoseconds, above 0. */
  public double nanos(Network network) {
    return sum(network, piece -> true, table.nanos(CALL));
  }

  /**
   * The predicted time of some pieces of a network in nanoseconds, without that of a call.
   *
   * @param first which pieces count, by the name of their first node
   */
  public double nanos(Network network, Predicate<String> first) {
    return sum(network, first, 0);
  }

  private double sum(Network network, Predicate<String> first, double start) {
    double call = table.nanos(CALL);
    double sum = start;
    for (Map.Entry<String, Piece> e : Pieces.of(network, height, width).entrySet()) {
      if (!first.test(e.getKey())) {
        continue;
      }
      Piece piece = e.getValue();
      Double time = measured.get(piece);
      if (time == null) {
        time = time(piece, base.get(e.getKey()));
        measured.put(piece, time);
      }
      sum += Math.max(0, time - call);
    }
    return sum;
  }

  private double time(Piece piece, Piece wide) {
    if (wide == null || piece.equals(wide) || wide.op().getClass() != piece.op().getClass()) {
      return table.nanos(piece);
    }
    if (wide.isDense() && piece.isDense()) {
      return interpolated(wide, piece.inChannels(), piece.outChannels());
    }
    if (wide.isDepthwise() && piece.isDepthwise()) {
      int c = piece.outChannels();
      List<Integer> widths = widths(wide.outChannels());
      return between(widths, c, w -> table.nanos(wide.withWidths(w, w)));
    }
    double call = table.nanos(CALL);
    return call + Math.max(0, table.nanos(wide) - call) * piece.values() / wide.values();
  }

  private double interpolated(Piece wide, int in, int out) {
    List<Integer> ins = widths(wide.inChannels());
    List<Integer> outs = widths(wide.outChannels());
    return between(ins, in, i -> between(outs, out, o -> table.nanos(wide.withWidths(i, o))));
  }

  private static double between(
      List<Integer> widths, int at, java.util.function.IntToDoubleFunction time) {
    if (at <= widths.get(0)) {
      return time.applyAsDouble(widths.get(0));
    }
    for (int i = 1; i < widths.size(); i++) {
      int low = widths.get(i - 1);
      int high = widths.get(i);
      if (at == high) {
        return time.applyAsDouble(high);
      }
      if (at < high) {
        double part = (double) (at - low) / (high - low);
        return (1 - part) * time.applyAsDouble(low) + part * time.applyAsDouble(high);
      }
    }
    return time.applyAsDouble(widths.get(widths.size() - 1));
  }

  private static List<Piece> grid(Piece piece) {
    List<Piece> grid = new ArrayList<>();
    if (piece.isDense()) {
      for (int in : widths(piece.inChannels())) {
        for (int out : widths(piece.outChannels())) {
          grid.add(piece.withWidths(in, out));
        }
      }
    } else if (piece.isDepthwise()) {
      widths(piece.outChannels()).forEach(w -> grid.add(piece.withWidths(w, w)));
    }
    return grid;
  }

  /** The widths at which a convolution of so many channels is measured, ascending. */
  static List<Integer> widths(int channels) {
    if (channels <= NARROWEST) {
      return List.of(channels);
    }
    Set<Integer> widths = new TreeSet<>(List.of(NARROWEST, channels));
    for (int part : new int[] {2, 4}) {
      int aligned = (channels / part + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      widths.add(Math.min(channels, aligned));
    }
    return List.copyOf(widths);
  }
}
