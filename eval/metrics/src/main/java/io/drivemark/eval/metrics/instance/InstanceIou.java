package io.drivemark.eval.metrics.instance;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.instance.InstanceCounts.Group;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;

/**
 * Instance-level IoU as Cityscapes defines it: an object's pixels weigh the class's mean object
 * size over its own, so that a small object counts as much as a large one.
 *
 * <pre>iIoU = TP / (TP + FP + FN)     TP, FN weighted; FP is that of the plain IoU
 * </pre>
 *
 * <p>Regions without an object number (groups) are neither hit nor miss. For a category a pixel is
 * right if any class of the category is predicted there. Sums run in the order of object sizes, so
 * the value does not depend on the order of frames. Stateless. See Cordts et al., The Cityscapes
 * Dataset for Semantic Urban Scene Understanding, arXiv:1604.01685.
 *
 * <p>Example: mean size 6; an object of 3 pixels, 1 right, one of 1 pixel, right, one pixel of road
 * predicted as the class: TP = 2·1 + 6·1, FN = 2·2, FP = 1, iIoU 8/13.
 */
public final class InstanceIou {
  private static final String NO_OBJECTS = "no object in the truth and none predicted";

  private InstanceIou() {}

  /**
   * The iIoU by name of each class that has a mean object size, in index order.
   *
   * @param pooled confusion counts of the same frames
   */
  public static Map<String, MetricValue> classes(InstanceCounts counts, ConfusionMatrix pooled) {
    Map<String, MetricValue> out = new LinkedHashMap<>();
    InstanceRules rules = counts.rules();
    for (int kind = 0; kind < rules.kinds().size(); kind++) {
      InstanceRules.Kind of = rules.kinds().get(kind);
      if (of.classIndex().isPresent()) {
        int c = of.classIndex().getAsInt();
        Weighted weighted = new Weighted();
        weighted.add(counts, kind, Group::right);
        out.put(of.name(), weighted.iou(falsePositives(pooled, i -> i == c)));
      }
    }
    return Collections.unmodifiableMap(out);
  }

  /**
   * The iIoU of each category whose classes all have mean object sizes, in alphabetical order:
   * human and vehicle in Cityscapes.
   *
   * @param pooled confusion counts of the same frames
   */
  public static Map<String, MetricValue> categories(InstanceCounts counts, ConfusionMatrix pooled) {
    InstanceRules rules = counts.rules();
    LabelSpace space = rules.space();
    TreeSet<String> names = new TreeSet<>();
    rules.kinds().forEach(kind -> names.add(kind.category()));
    for (int c = 0; c < space.size(); c++) {
      if (rules.kindOf(c, 0) < 0) {
        names.remove(space.classes().get(c).category());
      }
    }
    Map<String, MetricValue> out = new LinkedHashMap<>();
    for (String name : names) {
      Weighted weighted = new Weighted();
      for (int kind = 0; kind < rules.kinds().size(); kind++) {
        if (rules.kinds().get(kind).category().equals(name)) {
          weighted.add(counts, kind, Group::rightCategory);
        }
      }
      out.put(
          name,
          weighted.iou(
              falsePositives(pooled, i -> space.classes().get(i).category().equals(name))));
    }
    return Collections.unmodifiableMap(out);
  }

  /** The mean of the defined values. */
  public static MetricValue mean(Collection<MetricValue> values) {
    double[] defined =
        values.stream()
            .filter(MetricValue::isDefined)
            .mapToDouble(v -> v.value().orElseThrow())
            .toArray();
    if (defined.length == 0) {
      return MetricValue.undefined(NO_OBJECTS);
    }
    double sum = 0;
    for (double v : defined) {
      sum += v;
    }
    return MetricValue.of(sum / defined.length);
  }

  private static long falsePositives(ConfusionMatrix pooled, IntPredicate member) {
    long sum = 0;
    for (int t = 0; t < pooled.classes(); t++) {
      for (int p = 0; p < pooled.classes(); p++) {
        if (!member.test(t) && member.test(p)) {
          sum = Math.addExact(sum, pooled.count(t, p));
        }
      }
    }
    return sum;
  }

  /** Weighted hits and misses, summed with compensation. */
  private static final class Weighted {
    private double hits;
    private double hitsLost;
    private double misses;
    private double missesLost;

    void add(InstanceCounts counts, int kind, ToLongFunction<Group> right) {
      double mean = counts.rules().kinds().get(kind).meanPixels();
      counts
          .groups(kind)
          .forEach(
              (size, group) -> {
                long pixels = Math.multiplyExact(size, group.objects());
                long hit = right.applyAsLong(group);
                addHits(mean * hit / size);
                addMisses(mean * (pixels - hit) / size);
              });
    }

    private void addHits(double value) {
      double y = value - hitsLost;
      double sum = hits + y;
      hitsLost = (sum - hits) - y;
      hits = sum;
    }

    private void addMisses(double value) {
      double y = value - missesLost;
      double sum = misses + y;
      missesLost = (sum - misses) - y;
      misses = sum;
    }

    MetricValue iou(long falsePositives) {
      double union = hits + misses + falsePositives;
      return union == 0 ? MetricValue.undefined(NO_OBJECTS) : MetricValue.of(hits / union);
    }
  }
}
