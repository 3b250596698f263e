package io.drivemark.reports.page;

import io.drivemark.eval.history.store.HistoryView.Point;
import io.drivemark.eval.history.view.Panel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * A panel's drawing: whole units of a plane of {@value #WIDTH} by {@value #HEIGHT}, as paths of
 * relative steps, which are short. The scale is that of the usual nights; a night beyond it stands
 * at the edge and is counted, so that one bad night does not press a year of changes into a line.
 */
final class HistoryPlot {
  static final int WIDTH = 740;
  static final int HEIGHT = 190;
  private static final int LEFT = 6;
  private static final int RIGHT = 734;
  private static final int TOP = 14;
  private static final int BOTTOM = 158;

  /** Half the line of a level of one night. */
  private static final int SHORT = 5;

  /** The share of nights that the scale leaves out at each end before it is widened. */
  private static final double OUTER = 0.05;

  private static final double WIDENED = 0.6;

  private final int nights;
  private final double low;
  private final double high;
  private final List<Point> points;

  /**
   * @param nights how many the page has
   */
  HistoryPlot(Panel panel, int nights) {
    this.nights = nights;
    this.points = panel.line().points().stream().filter(p -> p.value().isPresent()).toList();
    double[] sorted = points.stream().mapToDouble(p -> p.value().getAsDouble()).sorted().toArray();
    int cut = (int) (OUTER * sorted.length);
    double[] kept =
        DoubleStream.concat(
                Arrays.stream(sorted, cut, sorted.length - cut),
                panel.levels().stream().mapToDouble(Panel.Level::value))
            .toArray();
    double least = Arrays.stream(kept).min().orElse(0);
    double most = Arrays.stream(kept).max().orElse(1);
    double span = most - least;
    double room = span > 0 ? WIDENED * span : Math.max(Math.abs(most) / 100, 1e-6);
    this.low = least >= 0 ? Math.max(0, least - room) : least - room;
    this.high = most + room;
  }

  /** The value at the lower edge. */
  double low() {
    return low;
  }

  /** The value at the upper edge. */
  double high() {
    return high;
  }

  /** Whether there is something to draw. */
  boolean isEmpty() {
    return points.isEmpty();
  }

  /** Nights whose value lies beyond the scale. */
  long beyond() {
    return points.stream()
        .filter(p -> p.value().getAsDouble() < low || p.value().getAsDouble() > high)
        .count();
  }

  int x(int night) {
    return x(night, nights);
  }

  /** Where a night stands; one alone stands in the middle. */
  static int x(int night, int nights) {
    return nights == 1
        ? (LEFT + RIGHT) / 2
        : (int) Math.round(LEFT + (double) night / (nights - 1) * (RIGHT - LEFT));
  }

  int y(double value) {
    double inside = Math.max(low, Math.min(high, value));
    return (int) Math.round(BOTTOM - (inside - low) / (high - low) * (BOTTOM - TOP));
  }

  /**
   * The line through all nights; it is broken where nights of the machine have no figure.
   *
   * @param places of the machine's nights among themselves, by their places among all
   */
  String line(Map<Integer, Integer> places) {
    StringBuilder out = new StringBuilder();
    int lastX = 0;
    int lastY = 0;
    int lastPlace = -2;
    for (Point point : points) {
      int place = places.get(point.night());
      int x = x(point.night());
      int y = y(point.value().getAsDouble());
      if (place == lastPlace + 1) {
        step(x - lastX, y - lastY, out);
      } else {
        out.append('M').append(x).append(' ').append(y).append("h0");
      }
      lastX = x;
      lastY = y;
      lastPlace = place;
    }
    return out.toString();
  }

  /** The area of intervals, empty where nights have none. */
  Optional<String> band() {
    List<Point> with =
        points.stream().filter(p -> p.low().isPresent() && p.high().isPresent()).toList();
    if (with.size() < 2) {
      return Optional.empty();
    }
    StringBuilder out = new StringBuilder();
    int[] xs = with.stream().mapToInt(p -> x(p.night())).toArray();
    int[] tops = ys(with, Point::high);
    int[] bottoms = ys(with, Point::low);
    out.append('M').append(xs[0]).append(' ').append(tops[0]);
    for (int i = 1; i < xs.length; i++) {
      step(xs[i] - xs[i - 1], tops[i] - tops[i - 1], out);
    }
    int last = xs.length - 1;
    step(0, bottoms[last] - tops[last], out);
    for (int i = last - 1; i >= 0; i--) {
      step(xs[i] - xs[i + 1], bottoms[i] - bottoms[i + 1], out);
    }
    return Optional.of(out.append('z').toString());
  }

  private int[] ys(List<Point> with, Function<Point, OptionalDouble> end) {
    return with.stream().mapToInt(p -> y(end.apply(p).getAsDouble())).toArray();
  }

  private static void step(int dx, int dy, StringBuilder out) {
    out.append('l').append(dx).append(dy < 0 ? "" : " ").append(dy);
  }

  /** A level as a line, which one of a single night is too. */
  String level(Panel.Level level) {
    int from = x(level.from());
    int to = x(level.to());
    int least = from == to ? SHORT : 0;
    return "M" + (from - least) + " " + y(level.value()) + "H" + (to + least);
  }
}
