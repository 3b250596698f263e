package io.drivemark.architectures.pruning;

/**
 * What the filters of a layer are worth for what they cost. A layer of which a share s of the
 * scores' sum stays has the importance s, a network the product over its layers. Removing a filter
 * takes ln(before / after) from the product's logarithm; divided by what it saves, this is its key,
 * and taking the smallest keys first keeps most for every saving. Stateless.
 */
final class FilterWorth {
  private FilterWorth() {}

  /**
   * The keys of a layer's filters.
   *
   * <p>Example: scores 1, 1, 2 and a saving of 0.1 a filter give 10·ln(4/3), 10·ln(3/2) and, for
   * the last, infinity.
   *
   * @param scores ascending, at least 0
   * @param saved of the measure by one filter; filters that save nothing go last
   * @return one a filter, ascending
   */
  static double[] keys(double[] scores, double saved) {
    double[] keys = new double[scores.length];
    double left = 0;
    for (double score : scores) {
      left += score;
    }
    double before = 0;
    for (int i = 0; i < keys.length; i++) {
      double after = left - scores[i];
      double lost =
          scores[i] == 0 ? 0 : after > 0 ? Math.log(left / after) : Double.POSITIVE_INFINITY;
      double key = saved > 0 ? lost / saved : Double.POSITIVE_INFINITY;
      // Rounding of the sums must not let a filter go before a less important one.
      keys[i] = Math.max(before, key);
      before = keys[i];
      left = after;
    }
    return keys;
  }
}
