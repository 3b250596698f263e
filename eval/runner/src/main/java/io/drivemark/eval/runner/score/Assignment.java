package io.drivemark.eval.runner.score;

import java.util.Arrays;

/**
 * Which column each row is best matched with, each column at most once, so that the sum of weights
 * is greatest: the Hungarian method with potentials (Kuhn 1955, doi:10.1002/nav.3800020109), cubic
 * in the larger extent. Stateless.
 */
public final class Assignment {
  /** What a row without a column has. */
  public static final int NONE = -1;

  private Assignment() {}

  /**
   * The best matching.
   *
   * @param weights [rows][columns], 0 or more
   * @return the column of each row; {@link #NONE} where there are more rows than columns
   */
  public static int[] best(double[][] weights) {
    int rows = weights.length;
    int columns = rows == 0 ? 0 : weights[0].length;
    int n = Math.max(rows, columns);
    double[] u = new double[n + 1];
    double[] v = new double[n + 1];
    int[] rowOf = new int[n + 1];
    for (int row = 1; row <= n; row++) {
      augment(weights, row, u, v, rowOf);
    }
    int[] out = new int[rows];
    Arrays.fill(out, NONE);
    for (int column = 1; column <= columns; column++) {
      if (rowOf[column] <= rows) {
        out[rowOf[column] - 1] = column - 1;
      }
    }
    return out;
  }

  /** Finds a place for one more row along the path of least reduced cost. */
  private static void augment(double[][] weights, int row, double[] u, double[] v, int[] rowOf) {
    int n = rowOf.length - 1;
    double[] least = new double[n + 1];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    boolean[] used = new boolean[n + 1];
    int[] way = new int[n + 1];
    rowOf[0] = row;
    int column = 0;
    do {
      used[column] = true;
      int at = rowOf[column];
      double delta = Double.POSITIVE_INFINITY;
      int next = 0;
      for (int c = 1; c <= n; c++) {
        if (!used[c]) {
          double cost = cost(weights, at - 1, c - 1) - u[at] - v[c];
          if (cost < least[c]) {
            least[c] = cost;
            way[c] = column;
          }
          if (least[c] < delta) {
            delta = least[c];
            next = c;
          }
        }
      }
      for (int c = 0; c <= n; c++) {
        if (used[c]) {
          u[rowOf[c]] += delta;
          v[c] -= delta;
        } else {
          least[c] -= delta;
        }
      }
      column = next;
    } while (rowOf[column] != 0);
    while (column != 0) {
      rowOf[column] = rowOf[way[column]];
      column = way[column];
    }
  }

  private static double cost(double[][] weights, int row, int column) {
    return row < weights.length && column < weights[0].length ? -weights[row][column] : 0;
  }
}
