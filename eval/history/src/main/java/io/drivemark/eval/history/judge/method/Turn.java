package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.statistics.Robust;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What a night, or a confirmation, has of one metric: values by rotation and by member. */
final class Turn {
  /** Members of an engine whose median says what became of it. */
  private static final int FEWEST_OF_AN_ENGINE = 3;

  /** Engines lie far apart from so much on, relative to the latency, … */
  private static final double FAR = 0.05;

  /** … and from so many times what the members of the calmest scatter. */
  private static final double FAR_BY_SCATTER = 5;

  private final Value[][] byRotation;
  private final Value[] byMember; // sorted by member

  /**
   * One value.
   *
   * @param member of which member
   * @param engine its engine; empty where that is not known
   * @param rotation in which rotation, from 0
   * @param log the value, larger ones are worse
   * @param moved how far its level is known to have moved
   */
  record Value(int member, String engine, int rotation, double log, double moved) {}

  Turn(List<Value> values, int rotations) {
    byMember = values.toArray(Value[]::new);
    Arrays.sort(byMember, Comparator.comparingInt(Value::member));
    int[] counts = new int[rotations];
    for (Value value : byMember) {
      counts[value.rotation()]++;
    }
    byRotation = new Value[rotations][];
    for (int r = 0; r < rotations; r++) {
      byRotation[r] = new Value[counts[r]];
    }
    for (Value value : byMember) {
      int r = value.rotation();
      byRotation[r][byRotation[r].length - counts[r]--] = value;
    }
  }

  int rotations() {
    return byRotation.length;
  }

  Value[] values() {
    return byMember;
  }

  /**
   * The common part of each rotation: the median of how far its members lie from their levels.
   * Where the members of one engine lie far from those of another, the engine whose members moved
   * as fixed work in Java did stands for the machine.
   *
   * @param leftOut members that do not count
   * @param fewest members that have a median to trust
   * @param otherwise the part where there are fewer
   * @param java how far fixed work in Java lies from its level
   */
  double[] parts(double[] levels, boolean[] leftOut, int fewest, double otherwise, double java) {
    double[] out = new double[byRotation.length];
    for (int r = 0; r < out.length; r++) {
      out[r] = part(r, levels, leftOut, fewest, java).orElse(otherwise);
    }
    return out;
  }

  /** The median of the common parts of rotations with enough members; NaN without one. */
  double common(double[] levels, int fewest, double java) {
    boolean[] none = new boolean[levels.length];
    double[] parts =
        IntStream.range(0, byRotation.length)
            .mapToObj(r -> part(r, levels, none, fewest, java))
            .flatMapToDouble(OptionalDouble::stream)
            .toArray();
    return parts.length == 0 ? Double.NaN : Robust.median(parts);
  }

  private OptionalDouble part(
      int rotation, double[] levels, boolean[] leftOut, int fewest, double java) {
    Value[] members = byRotation[rotation];
    double[] all = new double[members.length];
    int count = 0;
    Map<String, double[]> byEngine = new TreeMap<>();
    Map<String, Integer> counts = new HashMap<>();
    for (Value value : members) {
      double rest = value.log() - value.moved() - levels[value.member()];
      if (!leftOut[value.member()] && !Double.isNaN(rest)) {
        all[count++] = rest;
        if (!value.engine().isEmpty()) {
          int at = counts.merge(value.engine(), 1, Integer::sum) - 1;
          byEngine.computeIfAbsent(value.engine(), e -> new double[members.length])[at] = rest;
        }
      }
    }
    if (count < fewest) {
      return OptionalDouble.empty();
    }
    byEngine.replaceAll((engine, rests) -> Arrays.copyOf(rests, counts.get(engine)));
    byEngine.values().removeIf(rests -> rests.length < FEWEST_OF_AN_ENGINE);
    double middle = Robust.median(Arrays.copyOf(all, count));
    return OptionalDouble.of(
        byEngine.size() < 2 ? middle : between(byEngine.values(), middle, java));
  }

  /** The median of all, or where engines lie far apart that of the engine nearest to Java's. */
  private static double between(Collection<double[]> byEngine, double middle, double java) {
    double[] middles = byEngine.stream().mapToDouble(Robust::median).toArray();
    double calmest = byEngine.stream().mapToDouble(Robust::scaledMad).min().orElseThrow();
    double apart =
        Arrays.stream(middles).max().orElseThrow() - Arrays.stream(middles).min().orElseThrow();
    if (apart <= Math.max(FAR, FAR_BY_SCATTER * calmest)) {
      return middle;
    }
    return Arrays.stream(middles)
        .boxed()
        .min(Comparator.comparingDouble(m -> Math.abs(m - java)))
        .orElseThrow();
  }

  /** By member one value of its forks, as {@link #forks} has them; NaN where it has none. */
  static double[] own(double[][] forks, ToDoubleFunction<double[]> ofForks) {
    return Arrays.stream(forks)
        .mapToDouble(
            own ->
                own.length == 0
                    ? Double.NaN
                    : own.length == 1 ? own[0] : ofForks.applyAsDouble(own))
        .toArray();
  }

  /**
   * By member its values less the common parts, one a fork.
   *
   * @param members how many there are
   */
  double[][] forks(double[] parts, int members) {
    double[][] out = new double[members][0];
    int from = 0;
    while (from < byMember.length) {
      int member = byMember[from].member();
      int to = from;
      while (to < byMember.length && byMember[to].member() == member) {
        to++;
      }
      double[] forks = new double[to - from];
      for (int i = from; i < to; i++) {
        forks[i - from] = byMember[i].log() - parts[byMember[i].rotation()];
      }
      out[member] = forks;
      from = to;
    }
    return out;
  }
}
