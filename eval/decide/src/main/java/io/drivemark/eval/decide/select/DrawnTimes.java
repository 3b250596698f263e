package io.drivemark.eval.decide.select;

import io.drivemark.eval.decide.Timing;
import io.drivemark.eval.decide.select.Entrant.Timed;
import io.drivemark.eval.statistics.JointDraws;
import io.drivemark.eval.statistics.RepeatedRuns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Joint draws of the latencies of entrants, in milliseconds of one scale. Immutable. */
final class DrawnTimes {
  private final List<Entrant> compared;
  private final TimeScale scale;
  private final Terms terms;

  DrawnTimes(List<Entrant> compared, TimeScale scale, Terms terms) {
    this.compared = compared;
    this.scale = scale;
    this.terms = terms;
  }

  /** Of the mean and of each percentile that a budget bounds, by the words of budgets. */
  Map<String, JointDraws> byWord() {
    TreeMap<String, Double> percentiles = Fits.percentiles(terms);
    List<JointDraws> drawn =
        RepeatedRuns.of(compared.size(), processes())
            .draw(
                percentiles.values().stream().mapToDouble(p -> p).toArray(),
                terms.draws(),
                terms.seed() + 1);
    Map<String, JointDraws> out = new HashMap<>();
    out.put(Budget.LATENCY, drawn.get(0));
    int at = 1;
    for (String word : percentiles.keySet()) {
      out.put(word, drawn.get(at++));
    }
    return out;
  }

  /** The runs of those compared, process by process, on the scale. */
  private List<RepeatedRuns.Process> processes() {
    Map<Integer, Integer> occasions = new TreeMap<>(); // by process
    Map<Integer, Map<String, List<Integer>>> turns = new TreeMap<>();
    Map<Integer, Map<Integer, Timed>> timed = new HashMap<>(); // by process and place
    for (int c = 0; c < compared.size(); c++) {
      for (Timed t : compared.get(c).timed()) {
        occasions.put(t.process(), t.occasion());
        timed.computeIfAbsent(t.process(), p -> new HashMap<>()).put(c, t);
        turns
            .computeIfAbsent(t.process(), p -> new LinkedHashMap<>())
            .computeIfAbsent(
                t.timing().rotation().map(Timing.Rotation::id).orElse("") + t.roundsMs().length,
                r -> new ArrayList<>())
            .add(c);
      }
    }
    List<RepeatedRuns.Process> out = new ArrayList<>();
    turns.forEach(
        (process, byRotation) ->
            out.add(
                new RepeatedRuns.Process(
                    occasions.get(process),
                    byRotation.values().stream()
                        .map(items -> turns(items, timed.get(process)))
                        .toList())));
    return out;
  }

  private RepeatedRuns.Turns turns(List<Integer> items, Map<Integer, Timed> timed) {
    double[][][] samples = items.stream().map(c -> scaled(timed.get(c))).toArray(double[][][]::new);
    return new RepeatedRuns.Turns(items, samples, scale.spread(timed.get(items.get(0))));
  }

  private double[][] scaled(Timed timed) {
    double factor = scale.factor(timed).getAsDouble();
    double[][] out = new double[timed.roundsMs().length][];
    for (int r = 0; r < out.length; r++) {
      out[r] = timed.roundsMs()[r].clone();
      for (int k = 0; k < out[r].length; k++) {
        out[r][k] *= factor;
      }
    }
    return out;
  }
}
