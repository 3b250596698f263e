package io.drivemark.architectures.latency;

import io.drivemark.architectures.engine.Session;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.problem.Progress;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Runs pieces on an engine. All pieces are timed in several rounds, in random order each round; a
 * round gives the median of some runs, and the median of the rounds counts: neither a drift of the
 * machine nor a short disturbance hits one piece alone.
 */
final class EnginePieceTimer implements PieceTimer {
  /** How often all pieces are timed. */
  static final int ROUNDS = 3;

  /** Runs of a piece in each round that do not count. */
  static final int UNTIMED_RUNS = 3;

  /** The fewest timed runs of a piece in a round. */
  static final int LEAST_RUNS = 5;

  /** The most timed runs of a piece in a round. */
  static final int MOST_RUNS = 50;

  /** Between the fewest and the most, a piece is run until it has taken so long. */
  static final long ENOUGH_NANOS = 8_000_000;

  private final EngineSetup setup;
  private final NanoClock clock;

  EnginePieceTimer(EngineSetup setup, NanoClock clock) {
    this.setup = setup;
    this.clock = clock;
  }

  @Override
  public Map<Piece, Double> nanos(Collection<Piece> pieces, Progress progress) {
    List<Piece> order = new ArrayList<>(pieces);
    Map<Piece, double[]> medians = new LinkedHashMap<>();
    pieces.forEach(p -> medians.put(p, new double[ROUNDS]));
    Random random = new Random(1);
    long done = 0;
    progress.begin("time pieces on " + setup, (long) ROUNDS * order.size());
    for (int round = 0; round < ROUNDS; round++) {
      Collections.shuffle(order, random);
      for (Piece piece : order) {
        medians.get(piece)[round] = median(piece);
        progress.step(++done, "round " + (round + 1));
      }
    }
    progress.end();
    Map<Piece, Double> nanos = new LinkedHashMap<>();
    medians.forEach((piece, all) -> nanos.put(piece, median(all)));
    return nanos;
  }

  private double median(Piece piece) {
    try (Session session = setup.open(piece.network(), piece.height(), piece.width())) {
      FloatBuffer input = Session.buffer(session.inputShape());
      StandInImage.fill(input);
      List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
      for (int i = 0; i < UNTIMED_RUNS; i++) {
        session.run(input, outputs);
      }
      double[] nanos = new double[MOST_RUNS];
      int runs = 0;
      long start = clock.nanos();
      while (runs < MOST_RUNS && (runs < LEAST_RUNS || clock.nanos() - start < ENOUGH_NANOS)) {
        long before = clock.nanos();
        session.run(input, outputs);
        nanos[runs++] = clock.nanos() - before;
      }
      return median(Arrays.copyOf(nanos, runs));
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
