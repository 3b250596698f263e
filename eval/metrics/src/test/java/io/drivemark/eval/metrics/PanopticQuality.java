package io.drivemark.eval.metrics;

import io.drivemark.datasets.LabelSpace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Panoptic quality put together from our counts, so that published numbers can be compared: it is
 * no metric of ours. A pair of segments and the rest of the frame are two classes, whose IoU is
 * that of any two classes.
 */
final class PanopticQuality {
  private static final LabelSpace INSIDE_OR_NOT = Maps.space(2);

  private PanopticQuality() {}

  /** Segment numbers of a frame, 0 = none, and the class of each. */
  record Segments(int height, int width, int[] pixels, Map<Integer, Integer> classes) {
    long size(int segment) {
      return IntStream.of(pixels).filter(p -> p == segment).count();
    }
  }

  /** Matches, wrong and missed segments of one class. */
  static final class Found {
    private int hits;
    private int wrong;
    private int missed;
    private double iouSum;

    int hits() {
      return hits;
    }

    int wrong() {
      return wrong;
    }

    int missed() {
      return missed;
    }

    double iouSum() {
      return iouSum;
    }

    double quality() {
      return iouSum / (hits + 0.5 * wrong + 0.5 * missed);
    }

    double segmentation() {
      return hits == 0 ? 0 : iouSum / hits;
    }

    double recognition() {
      return hits / (hits + 0.5 * wrong + 0.5 * missed);
    }
  }

  /** What a prediction is where the truth has no segment. */
  enum Outside {
    /** Wrong, as in BDD100K's tool. */
    FALSE_POSITIVE,
    /** Not judged, as in deeplab2. */
    VOID
  }

  /** The IoU of two segments by our counts. */
  private static double iou(Segments truth, int t, Segments prediction, int p, Outside outside) {
    byte none = (byte) (outside == Outside.VOID ? LabelSpace.VOID : 1);
    byte[] here = new byte[truth.pixels().length];
    byte[] there = new byte[here.length];
    for (int i = 0; i < here.length; i++) {
      int segment = truth.pixels()[i];
      here[i] = segment == 0 ? none : (byte) (segment == t ? 0 : 1);
      there[i] = (byte) (prediction.pixels()[i] == p ? 0 : 1);
    }
    ConfusionAccumulator counts = new ConfusionAccumulator(INSIDE_OR_NOT);
    counts.add(here, there);
    return Metrics.iou(counts.matrix(), 0).value().orElseThrow();
  }

  static void add(Map<Integer, Found> found, Segments truth, Segments prediction, Outside rule) {
    Map<Integer, Map<Integer, Integer>> overlap = new TreeMap<>();
    for (int i = 0; i < truth.pixels().length; i++) {
      overlap
          .computeIfAbsent(prediction.pixels()[i], p -> new TreeMap<>())
          .merge(truth.pixels()[i], 1, Integer::sum);
    }
    List<Integer> open = new ArrayList<>(truth.classes().keySet());
    prediction
        .classes()
        .forEach(
            (p, category) -> {
              Found of = found.computeIfAbsent(category, c -> new Found());
              for (int t : overlap.get(p).keySet()) {
                if (t != 0 && truth.classes().get(t).equals(category)) {
                  double iou = iou(truth, t, prediction, p, rule);
                  if (iou > 0.5) {
                    of.hits++;
                    of.iouSum += iou;
                    open.remove((Integer) t);
                    return;
                  }
                }
              }
              int outside = overlap.get(p).getOrDefault(0, 0);
              of.wrong += 2L * outside > prediction.size(p) ? 0 : 1;
            });
    open.forEach(t -> found.computeIfAbsent(truth.classes().get(t), c -> new Found()).missed++);
    found.values().removeIf(f -> f.hits + f.wrong + f.missed == 0);
  }

  static double mean(Collection<Found> found, ToDoubleFunction<Found> of) {
    return found.stream().mapToDouble(of).average().orElseThrow();
  }
}
