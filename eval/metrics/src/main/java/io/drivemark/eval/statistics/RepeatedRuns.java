package io.drivemark.eval.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What items (networks) took when they were timed again and again: on some occasions (nights), on
 * each in some processes, in each in turns, and in turns round after round. What varies from one
 * level to the next is drawn there: occasions with replacement, within each the processes, within
 * each the rounds. Items that took turns with each other share the drawn rounds, and items that
 * were timed on the same occasions and in the same processes share those. Immutable.
 */
public final class RepeatedRuns {
  private final int items;
  private final List<Coverage> coverages;

  /**
   * Items that took turns with each other in one process, on one scale. Takes over the arrays.
   *
   * @param items which ones
   * @param samples by item in that order, round and run, positive; at least one run a round, the
   *     same number of rounds for all
   * @param scaleSpread the standard deviation of the logarithm of the factor by which these samples
   *     came onto the scale; 0 where they were taken on it. One deviate moves all of them
   */
  public record Turns(List<Integer> items, double[][][] samples, double scaleSpread) {
    public Turns {
      items = List.copyOf(items);
      if (items.size() != samples.length || !(scaleSpread >= 0)) {
        throw new IllegalArgumentException(
            "turns: " + items.size() + " items, samples of " + samples.length);
      }
      for (double[][] rounds : samples) {
        if (rounds.length == 0
            || rounds.length != samples[0].length
            || Arrays.stream(rounds).anyMatch(r -> r.length == 0)) {
          throw new IllegalArgumentException(
              "turns: every item needs a run in each of the same rounds");
        }
      }
    }
  }

  /**
   * One process.
   *
   * @param occasion the number of the occasion it belongs to
   * @param turns those in which its items were timed; an item is in at most one
   */
  public record Process(int occasion, List<Turns> turns) {
    public Process {
      turns = List.copyOf(turns);
    }
  }

  private RepeatedRuns(int items, List<Coverage> coverages) {
    this.items = items;
    this.coverages = coverages;
  }

  /** Of so many items, numbered from 0, in these processes. */
  public static RepeatedRuns of(int items, List<Process> processes) {
    Map<List<List<Integer>>, List<Integer>> byCoverage = new LinkedHashMap<>();
    for (int item = 0; item < items; item++) {
      Map<Integer, List<Integer>> occasions = new LinkedHashMap<>();
      for (int p = 0; p < processes.size(); p++) {
        if (has(processes.get(p), item)) {
          occasions.computeIfAbsent(processes.get(p).occasion(), o -> new ArrayList<>()).add(p);
        }
      }
      byCoverage.computeIfAbsent(List.copyOf(occasions.values()), c -> new ArrayList<>()).add(item);
    }
    List<Coverage> coverages = new ArrayList<>();
    byCoverage.forEach(
        (occasions, of) ->
            coverages.add(
                new Coverage(
                    occasions.stream()
                        .map(o -> o.stream().map(p -> timed(processes.get(p), of)).toList())
                        .toList())));
    return new RepeatedRuns(items, List.copyOf(coverages));
  }

  private static boolean has(Process process, int item) {
    return process.turns().stream().anyMatch(t -> t.items().contains(item));
  }

  private static List<Timed> timed(Process process, List<Integer> items) {
    List<Timed> out = new ArrayList<>();
    for (Turns turns : process.turns()) {
      int[] places =
          IntStream.range(0, turns.items().size())
              .filter(k -> items.contains(turns.items().get(k)))
              .toArray();
      if (places.length > 0) {
        out.add(new Timed(turns, places));
      }
    }
    return out;
  }

  /**
   * Draws the mean of each item, and percentiles, jointly. A value is the mean over processes,
   * occasions counting alike; an item that was never timed has none (NaN).
   *
   * @param percentiles in (0, 1), by nearest rank within a process
   * @param draws at least 100
   * @param seed of the generator (Well19937c)
   * @return the means first, then each percentile
   */
  public List<JointDraws> draw(double[] percentiles, int draws, long seed) {
    if (draws < 100) {
      throw new IllegalArgumentException("joint draws: at least 100 are needed, got " + draws);
    }
    return draw(percentiles, draws, Picks.seeded(seed));
  }

  List<JointDraws> draw(double[] percentiles, int draws, Picks picks) {
    int quantities = 1 + percentiles.length;
    double[][] estimates = new double[quantities][items];
    double[][][] values = new double[quantities][items][draws];
    for (int q = 0; q < quantities; q++) {
      Arrays.fill(estimates[q], Double.NaN);
      for (double[] ofItem : values[q]) {
        Arrays.fill(ofItem, Double.NaN);
      }
    }
    double[][] sums = new double[quantities][items];
    for (Coverage coverage : coverages) {
      int[] covered = coverage.items();
      coverage.sum(percentiles, null, sums);
      store(sums, covered, (q, item, value) -> estimates[q][item] = value);
    }
    for (int draw = 0; draw < draws; draw++) {
      int at = draw;
      for (Coverage coverage : coverages) {
        coverage.sum(percentiles, picks, sums);
        store(sums, coverage.items(), (q, item, value) -> values[q][item][at] = value);
      }
    }
    List<JointDraws> out = new ArrayList<>();
    for (int q = 0; q < quantities; q++) {
      out.add(new JointDraws(estimates[q], values[q]));
    }
    return out;
  }

  private interface Store {
    void put(int quantity, int item, double value);
  }

  private static void store(double[][] sums, int[] items, Store to) {
    for (int q = 0; q < sums.length; q++) {
      for (int item : items) {
        to.put(q, item, sums[q][item]);
        sums[q][item] = 0;
      }
    }
  }

  /**
   * Items that were timed on the same occasions in the same processes.
   *
   * @param occasions their processes, each with its turns
   */
  private record Coverage(List<List<List<Timed>>> occasions) {
    int[] items() {
      return occasions.isEmpty()
          ? new int[0]
          : occasions.get(0).get(0).stream().flatMapToInt(t -> IntStream.of(t.items)).toArray();
    }

    /** Adds a draw's means; that of everything once where there are no picks. */
    void sum(double[] percentiles, Picks picks, double[][] sums) {
      for (int o = 0; o < occasions.size(); o++) {
        List<List<Timed>> occasion =
            occasions.get(picks == null ? o : picks.below(occasions.size()));
        double weight = 1.0 / occasions.size() / occasion.size();
        for (int p = 0; p < occasion.size(); p++) {
          for (Timed timed : occasion.get(picks == null ? p : picks.below(occasion.size()))) {
            timed.add(percentiles, picks, weight, sums);
          }
        }
      }
    }
  }

  /** Some items of turns, ready to be drawn. */
  private static final class Timed {
    private final int[] items;
    private final int rounds;
    private final double scaleSpread;
    private final double[][] roundSums; // by item and round
    private final int[][] roundRuns;
    private final double[][] sorted; // by item: all runs, ascending
    private final int[][] roundOf; // the round of each
    private final int[] times;

    Timed(Turns turns, int[] places) {
      items = IntStream.of(places).map(k -> turns.items().get(k)).toArray();
      rounds = turns.samples()[0].length;
      scaleSpread = turns.scaleSpread();
      roundSums = new double[items.length][rounds];
      roundRuns = new int[items.length][rounds];
      sorted = new double[items.length][];
      roundOf = new int[items.length][];
      times = new int[rounds];
      for (int k = 0; k < items.length; k++) {
        place(turns.samples()[places[k]], k);
      }
    }

    private void place(double[][] samples, int k) {
      List<double[]> runs = new ArrayList<>();
      for (int r = 0; r < rounds; r++) {
        roundSums[k][r] = Arrays.stream(samples[r]).sum();
        roundRuns[k][r] = samples[r].length;
        for (double run : samples[r]) {
          runs.add(new double[] {run, r});
        }
      }
      runs.sort((a, b) -> Double.compare(a[0], b[0]));
      sorted[k] = runs.stream().mapToDouble(r -> r[0]).toArray();
      roundOf[k] = runs.stream().mapToInt(r -> (int) r[1]).toArray();
    }

    void add(double[] percentiles, Picks picks, double weight, double[][] sums) {
      Arrays.fill(times, picks == null ? 1 : 0);
      for (int r = 0; picks != null && r < rounds; r++) {
        times[picks.below(rounds)]++;
      }
      double factor =
          picks == null || scaleSpread == 0 ? 1 : Math.exp(scaleSpread * picks.deviate());
      for (int k = 0; k < items.length; k++) {
        double sum = 0;
        int runs = 0;
        for (int r = 0; r < rounds; r++) {
          sum += times[r] * roundSums[k][r];
          runs += times[r] * roundRuns[k][r];
        }
        sums[0][items[k]] += weight * factor * sum / runs;
        for (int q = 0; q < percentiles.length; q++) {
          sums[1 + q][items[k]] += weight * factor * percentile(k, percentiles[q], runs);
        }
      }
    }

    private double percentile(int k, double p, int runs) {
      int rank = Percentiles.nearestRank(runs, p);
      int seen = 0;
      int at = -1;
      while (seen < rank) {
        at++;
        seen += times[roundOf[k][at]];
      }
      return sorted[k][at];
    }
  }
}
