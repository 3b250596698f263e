package io.drivemark.eval.decide.select;

import io.drivemark.eval.decide.Timing;
import io.drivemark.eval.decide.select.Entrant.Timed;
import io.drivemark.eval.metrics.Clusters;
import io.drivemark.eval.metrics.DrawnScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/** Studies of networks whose true accuracy and speed are known. */
final class Simulated {
  /** The A-A control's half band. */
  static final double BAND = 0.01;

  private Simulated() {}

  /** A network as it truly is: accuracy in points, latency in milliseconds. */
  record Truth(double points, double ms) {}

  /**
   * A study.
   *
   * @param clusters of frames; what is hard for one network is hard for all (8 points), and each
   *     has clusters it likes (4 points)
   * @param skewed whether the latter are lognormal instead of normal
   * @param forks processes; each network is faster or slower in each by 0.5 %, and rounds differ by
   *     1 %
   */
  static List<Entrant> study(
      List<Truth> truths, int clusters, boolean skewed, int forks, Random random) {
    double[] hard = random.doubles(clusters).map(u -> 0).toArray();
    for (int c = 0; c < clusters; c++) {
      hard[c] = 8 * random.nextGaussian();
    }
    List<Entrant> out = new ArrayList<>();
    for (int i = 0; i < truths.size(); i++) {
      double[] points = new double[clusters];
      for (int c = 0; c < clusters; c++) {
        double own = skewed ? skewed(random) : random.nextGaussian();
        points[c] = (truths.get(i).points() + hard[c] + 4 * own) / 100;
      }
      List<Timed> timed = new ArrayList<>();
      for (int f = 0; f < forks; f++) {
        double process = truths.get(i).ms() * (1 + 0.005 * random.nextGaussian());
        double[][] rounds = new double[20][10];
        for (double[] round : rounds) {
          double level = process * (1 + 0.01 * random.nextGaussian());
          for (int r = 0; r < round.length; r++) {
            round[r] = level;
          }
        }
        timed.add(timed(0, f, "r" + f, rounds));
      }
      out.add(entrant("net-" + i, points, timed));
    }
    return out;
  }

  /** Mean 0 and standard deviation 1, a long tail. */
  private static double skewed(Random random) {
    double sigma = 0.8;
    double mean = Math.exp(sigma * sigma / 2);
    double deviation = mean * Math.sqrt(Math.expm1(sigma * sigma));
    return (Math.exp(sigma * random.nextGaussian()) - mean) / deviation;
  }

  /** One with these values of its clusters of one frame each. */
  static Entrant entrant(String label, double[] clusters, List<Timed> timed) {
    DrawnScore score = DrawnScore.mean(clusters, Clusters.single(clusters.length));
    return new Entrant(
        label,
        label,
        OptionalDouble.of(score.value()),
        Optional.of(score),
        timed,
        Map.of(),
        Optional.empty());
  }

  /** What was timed on one machine in a rotation with the common reference of 10 ms. */
  static Timed timed(int occasion, int process, String rotation, double[][] rounds) {
    double ms = PairSpeeds.mean(rounds);
    return new Timed(
        occasion,
        process,
        new Timing(
            "machine",
            ms,
            ms / 2,
            Optional.of(new Timing.Rotation(rotation, "reference", 10, 5)),
            OptionalDouble.of(BAND)),
        rounds);
  }

  /** Rounds of one run each. */
  static double[][] rounds(double... ms) {
    double[][] out = new double[ms.length][];
    for (int r = 0; r < ms.length; r++) {
      out[r] = new double[] {ms[r]};
    }
    return out;
  }
}
