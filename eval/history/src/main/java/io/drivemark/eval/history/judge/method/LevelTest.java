package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.statistics.AdjustedP;
import io.drivemark.eval.statistics.Autocorrelation;
import io.drivemark.eval.statistics.RankNull;
import io.drivemark.eval.statistics.RankScan;
import io.drivemark.eval.statistics.Robust;
import io.drivemark.eval.statistics.StepFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where in the nights of its current level a row became worse: the rank scan, calibrated for its
 * own search and for how alike neighbours are, false discoveries controlled over all rows that are
 * judged. A change counts if it is larger than the metric's floor and if of a night before and one
 * after it the later is worse in four of five pairs. After a change that is found both sides are
 * searched again.
 */
final class LevelTest {
  private static final double AGREEMENT = 0.8;
  private static final int MOST = 5;

  /**
   * What the machine does wanders from night to night for weeks. Its level has changed where it is
   * so many times its scatter away.
   */
  private static final double CLEAR = 4;

  /**
   * Autocorrelation of the machine's state counts as this at most: with more no change of it could
   * ever be told, and so large a step is none of its wandering.
   */
  private static final double MOST_OF_THE_MACHINE = 0.3;

  private static final long SEED = 20_261_120;

  private final JudgeRules rules;

  LevelTest(JudgeRules rules) {
    this.rules = rules;
  }

  /**
   * A change of level.
   *
   * @param before index of the last night before it
   * @param first index of the first night after it
   * @param earliest night that may be the first as well
   * @param latest likewise
   * @param from the level before
   * @param to the level after
   * @param p of there being a change
   * @param q p adjusted for all rows
   * @param nights how many nights were searched
   */
  record Change(
      Row row,
      int before,
      int first,
      int earliest,
      int latest,
      double from,
      double to,
      double p,
      double q,
      int nights) {
    private Change adjusted(double newQ) {
      return new Change(row, before, first, earliest, latest, from, to, p, newQ, nights);
    }
  }

  /**
   * The changes of all rows until a night.
   *
   * @param rows all that are judged; they are the denominator
   */
  List<Change> search(List<Row> rows, int night) {
    List<Change> found = new ArrayList<>();
    double[] p = new double[rows.size()];
    List<Optional<Change>> best = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      Row row = rows.get(i);
      int[] nights = row.nights(row.start(night), night + 1);
      best.add(scan(row, nights));
      p[i] = best.get(i).map(Change::p).orElse(1.0);
    }
    double[] q = AdjustedP.benjaminiHochberg(p);
    // what a part of a row must reach to be found besides: as if one more were judged
    double bar = rules.falseDiscovery() / Math.max(1, p.length);
    for (int i = 0; i < p.length; i++) {
      if (best.get(i).isPresent() && q[i] <= rules.falseDiscovery()) {
        Change change = best.get(i).get().adjusted(q[i]);
        Row row = change.row();
        found.add(change);
        int[] all = row.nights(row.start(night), night + 1);
        List<int[]> parts = new ArrayList<>();
        split(all, change.first(), parts);
        int left = MOST - 1;
        while (!parts.isEmpty() && left > 0) {
          int[] part = parts.remove(0);
          Optional<Change> more = scan(row, part).filter(c -> c.p() <= bar);
          if (more.isPresent()) {
            found.add(more.get().adjusted(Math.min(1, more.get().p() * p.length)));
            split(part, more.get().first(), parts);
            left--;
          }
        }
      }
    }
    return found;
  }

  private static void split(int[] nights, int first, List<int[]> parts) {
    parts.add(Arrays.stream(nights).filter(t -> t < first).toArray());
    parts.add(Arrays.stream(nights).filter(t -> t >= first).toArray());
  }

  private Optional<Change> scan(Row row, int[] whole) {
    int[] nights =
        whole.length > RankNull.MOST
            ? Arrays.copyOfRange(whole, whole.length - RankNull.MOST, whole.length)
            : whole;
    int n = nights.length;
    if (n < Math.max(RankNull.FEWEST, 2 * rules.segment())) {
      return Optional.empty();
    }
    double[] values = row.at(nights);
    double smallest = RankScan.smallestP(values, rules.segment());
    if (RankNull.shipped().p(n, 0, smallest) > rules.falseDiscovery()) {
      return Optional.empty(); // with autocorrelation p is larger still
    }
    StepFit step = StepFit.of(values, rules.segment());
    double[] before = Arrays.copyOfRange(values, 0, step.at());
    double[] after = Arrays.copyOfRange(values, step.at(), n);
    if (!row.counts(step.before(), step.after()) || agreement(before, after) < AGREEMENT) {
      return Optional.empty();
    }
    if (row.isOfTheMachine() && step.after() - step.before() < CLEAR * scatter(step, values)) {
      return Optional.empty();
    }
    double alike = Autocorrelation.of(before, after);
    double phi = row.isOfTheMachine() ? Math.min(alike, MOST_OF_THE_MACHINE) : alike;
    double p = RankNull.shipped().p(n, phi, smallest);
    if (p <= rules.falseDiscovery() && RankScan.hasTies(values)) {
      p = Math.max(p, RankScan.pByShuffling(values, rules.segment(), smallest, SEED));
    }
    return Optional.of(
        new Change(
            row,
            nights[step.at() - 1],
            nights[step.at()],
            nights[step.earliest()],
            nights[step.latest()],
            step.before(),
            step.after(),
            p,
            p,
            n));
  }

  private static double scatter(StepFit step, double[] values) {
    double[] rests = new double[values.length];
    for (int i = 0; i < rests.length; i++) {
      rests[i] = values[i] - (i < step.at() ? step.before() : step.after());
    }
    return Robust.scaledMad(rests);
  }

  /** The share of pairs of a value before and one after in which the later is larger. */
  private static double agreement(double[] before, double[] after) {
    double larger = 0;
    for (double a : before) {
      for (double b : after) {
        larger += b > a ? 1 : b == a ? 0.5 : 0;
      }
    }
    return larger / before.length / after.length;
  }
}
