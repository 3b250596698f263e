package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.statistics.Robust;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What a night, or a confirmation, has of one metric: values by rotation and by member. */
final class Turn {
  private final Value[][] byRotation;
  private final Value[] byMember; // sorted by member

  /**
   * One value.
   *
   * @param member of which member
   * @param rotation in which rotation, from 0
   * @param log the value, larger ones are worse
   * @param moved how far its level is known to have moved
   */
  record Value(int member, int rotation, double log, double moved) {}

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

  /** How far the members of a rotation lie from their levels, but for those left out. */
  double[] rests(int rotation, double[] levels, boolean[] leftOut) {
    Value[] all = byRotation[rotation];
    double[] out = new double[all.length];
    int count = 0;
    for (Value value : all) {
      double rest = value.log() - value.moved() - levels[value.member()];
      if (!leftOut[value.member()] && !Double.isNaN(rest)) {
        out[count++] = rest;
      }
    }
    return count == out.length ? out : Arrays.copyOf(out, count);
  }

  /**
   * The common part of each rotation: the median of its members' rests, or of too few of them this.
   */
  double[] parts(double[] levels, boolean[] leftOut, int fewest, double otherwise) {
    double[] out = new double[byRotation.length];
    for (int r = 0; r < out.length; r++) {
      double[] rests = rests(r, levels, leftOut);
      out[r] = rests.length >= fewest ? Robust.median(rests) : otherwise;
    }
    return out;
  }

  /** The median of the common parts of rotations with enough members; NaN without one. */
  double common(double[] levels, int fewest) {
    boolean[] none = new boolean[levels.length];
    double[] out = new double[byRotation.length];
    int count = 0;
    for (int r = 0; r < out.length; r++) {
      double[] rests = rests(r, levels, none);
      if (rests.length >= fewest) {
        out[count++] = Robust.median(rests);
      }
    }
    return count == 0 ? Double.NaN : Robust.median(Arrays.copyOf(out, count));
  }

  /**
   * By member its values less the common parts, of several forks one; NaN where it has none.
   *
   * @param members how many there are
   */
  double[] own(double[] parts, int members, ToDoubleFunction<double[]> ofForks) {
    double[] out = new double[members];
    Arrays.fill(out, Double.NaN);
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
      out[member] = forks.length == 1 ? forks[0] : ofForks.applyAsDouble(forks);
      from = to;
    }
    return out;
  }
}
