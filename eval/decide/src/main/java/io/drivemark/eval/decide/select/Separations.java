package io.drivemark.eval.decide.select;

import io.drivemark.eval.decide.select.Separation.Claim;
import io.drivemark.eval.statistics.JointDraws;
import io.drivemark.eval.statistics.Student;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What would end an open network's being open: in how many processes it would have to be timed
 * beside another one, on how many frames judged. Errors shrink by the root of the number; what they
 * must shrink to is Student's quantile at the chance left to a single claim. Immutable.
 */
final class Separations {
  private static final int LEAST_PROCESSES = 3;

  private final List<Entrant> entrants;
  private final List<Integer> numbers;
  private final JointDraws merit;
  private final double[][] meritP;
  private final PairSpeeds.Lead[][] leads;
  private final int clusters;
  private final int frames;
  private final double tail;

  Separations(
      List<Entrant> entrants,
      List<Integer> numbers,
      JointDraws merit,
      double[][] meritP,
      PairSpeeds.Lead[][] leads,
      int clusters,
      int frames,
      double chance) {
    this.entrants = entrants;
    this.numbers = numbers;
    this.merit = merit;
    this.meritP = meritP;
    this.leads = leads;
    this.clusters = clusters;
    this.frames = frames;
    this.tail = chance / entrants.size() / entrants.size();
  }

  /**
   * The separations of one, by number of the compared: where another one looks better in both, what
   * would show that of the one for which it takes least; else what would tell it from each of those
   * that it is not told from yet, the hardest first.
   */
  List<Separation> of(int i) {
    List<Separation> beaten = new ArrayList<>();
    List<Separation> front = new ArrayList<>();
    for (int j = 0; j < entrants.size(); j++) {
      if (j == i) {
        continue;
      }
      beaten(i, j).ifPresent(beaten::add);
      if (Math.min(accuracyP(i, j), leads[i][j].p()) > tail / 2) {
        front.add(front(i, j));
      }
    }
    beaten.sort(Comparator.comparingLong(Separations::effort));
    front.sort(Comparator.comparingLong(Separations::effort).reversed());
    return beaten.isEmpty() ? List.copyOf(front) : List.of(beaten.get(0));
  }

  private double accuracyP(int i, int j) {
    return meritP[i][j];
  }

  /** What would show that j beats i, where it looks like it. */
  private Optional<Separation> beaten(int i, int j) {
    boolean alike =
        entrants.get(i).score().orElseThrow().hasSameCounts(entrants.get(j).score().orElseThrow());
    double gain = merit.estimate(j) - merit.estimate(i);
    if (!(alike || gain > 0) || !(leads[j][i].logRatio() > 0)) {
      return Optional.empty();
    }
    boolean accuracyOpen = !alike && accuracyP(j, i) > tail;
    boolean latencyOpen = leads[j][i].p() > tail;
    OptionalInt processes = latencyOpen ? processes(leads[j][i], tail) : OptionalInt.empty();
    OptionalInt needed = accuracyOpen ? clusters(j, i, tail) : OptionalInt.empty();
    boolean reached =
        (!latencyOpen || processes.isPresent()) && (!accuracyOpen || needed.isPresent());
    return reached ? Optional.of(separation(Claim.BEATEN, j, processes, needed)) : Optional.empty();
  }

  /** What would tell i from j as the more accurate or as the faster, whichever i looks to be. */
  private Separation front(int i, int j) {
    return separation(
        Claim.ON_FRONT, j, processes(leads[i][j], tail / 2), clusters(i, j, tail / 2));
  }

  private Separation separation(Claim claim, int j, OptionalInt processes, OptionalInt needed) {
    return new Separation(
        claim,
        numbers.get(j),
        entrants.get(j).label(),
        processes,
        needed,
        needed.isPresent()
            ? OptionalInt.of((int) Math.ceil((double) needed.getAsInt() * frames / clusters))
            : OptionalInt.empty());
  }

  /** In how many processes the first must be timed beside the second to be called faster. */
  private static OptionalInt processes(PairSpeeds.Lead lead, double tail) {
    if (!(lead.logRatio() > 0) || Double.isInfinite(lead.error())) {
      return OptionalInt.empty();
    }
    double spread = lead.error() * Math.sqrt(Math.max(1, lead.units()));
    return least(LEAST_PROCESSES, lead.logRatio(), spread, tail);
  }

  /** Of how many clusters frames must be for the first to be called more accurate. */
  private OptionalInt clusters(int i, int j, double tail) {
    double lead = merit.estimate(i) - merit.estimate(j);
    if (!(lead > 0)) {
      return OptionalInt.empty();
    }
    double spread = merit.spread(i, j) * clusters / Math.sqrt(clusters - 1.0);
    return least(clusters + 1, lead, spread, tail);
  }

  /**
   * The least number from {@code from} on at which a lead is more than its error times Student's.
   */
  private static OptionalInt least(int from, double lead, double spread, double tail) {
    int enough = Separation.MOST;
    if (!suffices(enough, lead, spread, tail)) {
      return OptionalInt.empty();
    }
    int tooFew = from - 1;
    while (enough - tooFew > 1) {
      int middle = tooFew + (enough - tooFew) / 2;
      if (suffices(middle, lead, spread, tail)) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return OptionalInt.of(enough);
  }

  private static boolean suffices(int n, double lead, double spread, double tail) {
    return lead >= Student.quantile(tail, n - 1) * spread / Math.sqrt(n);
  }

  /** What it takes; processes are cheaper than frames. */
  private static long effort(Separation separation) {
    long most = 1L << 40;
    if (separation.claim() == Claim.BEATEN) {
      return separation.processes().orElse(0) + 1000L * separation.clusters().orElse(0);
    }
    long frames =
        separation.clusters().isPresent() ? 1000L * separation.clusters().getAsInt() : most;
    return Math.min(
        frames, separation.processes().isPresent() ? separation.processes().getAsInt() : most);
  }
}
