package io.drivemark.eval.decide.select;

import io.drivemark.eval.decide.LatencyScale;
import io.drivemark.eval.decide.select.Entrant.Timed;
import io.drivemark.eval.statistics.Student;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Which of two networks is faster, and how sure that is. Between processes latencies differ by more
 * than within one, so processes (or, of three occasions and more, occasions) are what is counted:
 * from three on that both have, Student's test of the logarithms of their ratios. With fewer the
 * spread between processes is not known: a ratio inside the band of the A-A control says nothing,
 * one outside is held against half the band and the spread of rounds together, in each process, and
 * the largest p-value counts. Without a control, or with fewer than three rounds, nothing is
 * certain. Immutable.
 */
final class PairSpeeds {
  private static final int FEW = 3;

  private final List<Entrant> entrants;
  private final TimeScale scale;

  PairSpeeds(List<Entrant> entrants, TimeScale scale) {
    this.entrants = entrants;
    this.scale = scale;
  }

  /**
   * A difference of latencies.
   *
   * @param logRatio of the second's over the first's: above 0 where the first is faster
   * @param error its standard error; infinite where there is no control or too few rounds
   * @param degrees of freedom of the error
   * @param units in how many occasions or processes both were timed; 0 where in none
   * @param isTie whether it lies inside the band
   */
  record Lead(double logRatio, double error, int degrees, int units, boolean isTie) {
    /** The one-sided p-value of the first being no faster. */
    double p() {
      if (!(logRatio > 0) || isTie || Double.isInfinite(error)) {
        return 1;
      }
      return error == 0
          ? Math.scalb(1.0, -Math.max(1, units))
          : Student.tail(logRatio / error, degrees);
    }
  }

  /** How {@code i} stands to {@code j}; what decides of several processes. */
  Lead lead(int i, int j) {
    List<Lead> common = new ArrayList<>();
    Map<Integer, List<Double>> byOccasion = new TreeMap<>();
    for (Timed mine : entrants.get(i).timed()) {
      for (Timed other : entrants.get(j).timed()) {
        if (mine.process() == other.process()) {
          Lead lead = inProcess(mine, other);
          common.add(lead);
          byOccasion.computeIfAbsent(mine.occasion(), o -> new ArrayList<>()).add(lead.logRatio());
        }
      }
    }
    if (common.isEmpty()) {
      return apart(i, j);
    }
    double[] occasions = byOccasion.values().stream().mapToDouble(PairSpeeds::mean).toArray();
    double[] units =
        occasions.length >= FEW ? occasions : common.stream().mapToDouble(Lead::logRatio).toArray();
    if (units.length >= FEW) {
      double spread = deviation(units);
      return new Lead(
          Arrays.stream(units).average().orElseThrow(),
          spread / Math.sqrt(units.length),
          units.length - 1,
          units.length,
          false);
    }
    Lead worst = common.get(0);
    for (Lead lead : common) {
      worst = lead.p() > worst.p() ? lead : worst;
    }
    return new Lead(worst.logRatio(), worst.error(), worst.degrees(), common.size(), worst.isTie());
  }

  private Lead inProcess(Timed mine, Timed other) {
    double[] one = means(mine.roundsMs());
    double[] two = means(other.roundsMs());
    double logRatio =
        Math.log(mean(other.roundsMs()) * scale.inProcess(other))
            - Math.log(mean(mine.roundsMs()) * scale.inProcess(mine));
    boolean inTurn = mine.timing().inTurnWith(other.timing()) && one.length == two.length;
    double rounds;
    if (inTurn) {
      double[] ratios = new double[one.length];
      Arrays.setAll(ratios, r -> Math.log(two[r] / one[r]));
      rounds = ofMean(ratios);
    } else {
      rounds = Math.hypot(ofMean(logs(one)), ofMean(logs(two)));
    }
    int degrees = Math.max(1, Math.min(one.length, two.length) - 1);
    return withBand(mine, other, logRatio, rounds, degrees, 1);
  }

  private static Lead withBand(
      Timed mine, Timed other, double logRatio, double rounds, int degrees, int units) {
    boolean controlled = mine.timing().band().isPresent() && other.timing().band().isPresent();
    if (!controlled || degrees < FEW - 1) {
      return new Lead(logRatio, Double.POSITIVE_INFINITY, degrees, units, false);
    }
    double band = LatencyScale.band(mine.timing(), other.timing());
    boolean isTie = Math.abs(logRatio) <= Math.log1p(band);
    return new Lead(logRatio, Math.hypot(rounds, band / 2), degrees, units, isTie);
  }

  /** Two that were never timed in one process, by the reference that both processes had. */
  private Lead apart(int i, int j) {
    Timed mine = widest(entrants.get(i));
    Timed other = widest(entrants.get(j));
    double logRatio = Math.log(meanMs(j).orElseThrow() / meanMs(i).orElseThrow());
    double rounds =
        Math.hypot(ofMean(logs(means(mine.roundsMs()))), ofMean(logs(means(other.roundsMs()))));
    int degrees = Math.max(1, Math.min(mine.roundsMs().length, other.roundsMs().length) - 1);
    return withBand(mine, other, logRatio, rounds, degrees, 0);
  }

  private static Timed widest(Entrant entrant) {
    return entrant.timed().stream().reduce((a, b) -> band(b) > band(a) ? b : a).orElseThrow();
  }

  private static double band(Timed timed) {
    return timed.timing().band().orElse(Double.POSITIVE_INFINITY);
  }

  /** A network's mean on the scale, occasions counting alike; empty if it stands on none. */
  Optional<Double> meanMs(int i) {
    List<Double> logs = unitLogs(i);
    return logs.isEmpty()
        ? Optional.empty()
        : Optional.of(byOccasion(i).stream().mapToDouble(v -> v).average().orElseThrow());
  }

  private List<Double> byOccasion(int i) {
    Map<Integer, List<Double>> means = new TreeMap<>();
    for (Timed timed : entrants.get(i).timed()) {
      means
          .computeIfAbsent(timed.occasion(), o -> new ArrayList<>())
          .add(mean(timed.roundsMs()) * scale.factor(timed).getAsDouble());
    }
    return means.values().stream().map(PairSpeeds::mean).toList();
  }

  /**
   * The logarithms of what it took in each process or on each occasion, not held against a
   * reference: the reference itself would not vary at all.
   */
  private List<Double> unitLogs(int i) {
    Map<Integer, List<Double>> means = new TreeMap<>();
    List<Double> processes = new ArrayList<>();
    for (Timed timed : entrants.get(i).timed()) {
      double ms = mean(timed.roundsMs()) * scale.inProcess(timed);
      processes.add(ms);
      means.computeIfAbsent(timed.occasion(), o -> new ArrayList<>()).add(ms);
    }
    List<Double> occasions = means.values().stream().map(PairSpeeds::mean).toList();
    return (occasions.size() >= FEW ? occasions : processes).stream().map(Math::log).toList();
  }

  /**
   * The bounds of a network's mean latency.
   *
   * @param tail the chance that the truth lies beyond each
   * @return lower and upper bound; empty where there is no control or too few rounds
   */
  Optional<double[]> bounds(int i, double tail) {
    double[] logs = unitLogs(i).stream().mapToDouble(v -> v).toArray();
    double error;
    int degrees;
    if (logs.length >= FEW) {
      error = deviation(logs) / Math.sqrt(logs.length);
      degrees = logs.length - 1;
    } else {
      Timed timed = widest(entrants.get(i));
      OptionalDouble band = timed.timing().band();
      if (band.isEmpty() || timed.roundsMs().length < FEW) {
        return Optional.empty();
      }
      error =
          Math.hypot(
              Math.hypot(ofMean(logs(means(timed.roundsMs()))), scale.spread(timed)),
              band.getAsDouble() / 2);
      degrees = Math.max(1, timed.roundsMs().length - 1);
    }
    double off = Student.quantile(tail, degrees) * error;
    double mean = meanMs(i).orElseThrow();
    return Optional.of(new double[] {mean * Math.exp(-off), mean * Math.exp(off)});
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(v -> v).average().orElseThrow();
  }

  /** Over all runs. */
  static double mean(double[][] rounds) {
    return Arrays.stream(rounds).flatMapToDouble(Arrays::stream).average().orElseThrow();
  }

  private static double[] means(double[][] rounds) {
    return Arrays.stream(rounds)
        .mapToDouble(r -> Arrays.stream(r).average().orElseThrow())
        .toArray();
  }

  private static double[] logs(double[] values) {
    return Arrays.stream(values).map(Math::log).toArray();
  }

  /** The standard error of a mean; 0 of a single value, whose band must do. */
  private static double ofMean(double[] values) {
    return deviation(values) / Math.sqrt(values.length);
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
  }
}
