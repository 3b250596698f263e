package io.drivemark.reports.page;

import io.drivemark.reports.page.DynamicView.BarView;
import io.drivemark.reports.page.DynamicView.SpreadView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How values are distributed, as bars from the least to the most. Stateless. */
final class Histogram {
  private static final int BARS = 16;

  private Histogram() {}

  /**
   * The histogram.
   *
   * @param name what it is of
   * @param values at least one
   * @param format how a value is written
   * @param text what the values are
   */
  static SpreadView of(String name, double[] values, String format, String text) {
    double low = Arrays.stream(values).min().orElse(0);
    double high = Arrays.stream(values).max().orElse(0);
    int[] counts = new int[high > low ? BARS : 1];
    for (double value : values) {
      int bar = high > low ? (int) ((value - low) / (high - low) * BARS) : 0;
      counts[Math.min(counts.length - 1, bar)]++;
    }
    int most = Arrays.stream(counts).max().orElse(1);
    List<BarView> bars = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      double from = low + i * (high - low) / counts.length;
      double to = low + (i + 1) * (high - low) / counts.length;
      bars.add(
          new BarView(
              String.format(Locale.ROOT, "%.1f%%", 100.0 * counts[i] / most),
              counts[i]
                  + ": "
                  + String.format(Locale.ROOT, format, from)
                  + " to "
                  + String.format(Locale.ROOT, format, to)));
    }
    return new SpreadView(
        name,
        String.format(Locale.ROOT, format, low),
        String.format(Locale.ROOT, format, high),
        bars,
        text);
  }
}
