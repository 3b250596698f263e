package io.drivemark.eval.statistics;

import java.util.ArrayList;
import java.util.List;

/** Picks that go through every draw there is, one after the other, each as likely as the others. */
final class Enumeration implements Picks {
  private final List<int[]> digits = new ArrayList<>(); // value and bound
  private int at;

  @Override
  public int below(int bound) {
    if (at == digits.size()) {
      digits.add(new int[] {0, bound});
    }
    if (digits.get(at)[1] != bound) {
      throw new IllegalStateException("draws are not equally likely");
    }
    return digits.get(at++)[0];
  }

  @Override
  public double deviate() {
    return 0;
  }

  /** The next draw begins where {@code perDraw} digits were used. */
  Picks restarting(int perDraw) {
    Enumeration all = this;
    return new Picks() {
      @Override
      public int below(int bound) {
        if (all.at == perDraw) {
          all.advance();
        }
        return all.below(bound);
      }

      @Override
      public double deviate() {
        return 0;
      }
    };
  }

  private void advance() {
    int last = digits.size() - 1;
    while (last >= 0 && ++digits.get(last)[0] == digits.get(last)[1]) {
      digits.get(last--)[0] = 0;
    }
    at = 0;
  }
}
