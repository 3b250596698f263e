package io.drivemark.eval.runner;

import io.drivemark.datasets.Instances;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionMatrix;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Instance-level IoU as Cityscapes defines it: an object's pixels weigh the class's mean object
 * size over its own, so that small objects count as much as large ones.
 *
 * <pre>iIoU = TP / (TP + FP + FN)     TP, FN weighted; FP is that of the plain IoU
 * </pre>
 *
 * <p>For one thread.
 */
final class InstanceTally {
  private final LabelSpace space;
  private final Map<String, Double> meanPixels;
  private final double[] hits;
  private final double[] misses;

  InstanceTally(LabelSpace space, Map<String, Double> meanPixels) {
    this.space = space;
    this.meanPixels = meanPixels;
    this.hits = new double[space.size()];
    this.misses = new double[space.size()];
  }

  /**
   * How many pixels of each object were right.
   *
   * @param classIndex the object's class
   * @param pixels its size
   * @param right how many of them were predicted as that class
   */
  record ObjectCount(int classIndex, long pixels, long right) {}

  /** Counts one frame's objects; needs no state and may run on any thread. */
  static Iterable<ObjectCount> count(LabelMap truth, LabelMap prediction, Instances instances) {
    Map<Integer, ObjectCount> out = new LinkedHashMap<>();
    int[] ids = instances.ids();
    for (int i = 0; i < ids.length; i++) {
      int wanted = truth.pixels()[i] & 0xFF;
      if (ids[i] == 0 || wanted == LabelSpace.VOID) {
        continue;
      }
      int right = (prediction.pixels()[i] & 0xFF) == wanted ? 1 : 0;
      out.merge(
          ids[i],
          new ObjectCount(wanted, 1, right),
          (a, b) -> new ObjectCount(a.classIndex(), a.pixels() + 1, a.right() + b.right()));
    }
    return out.values();
  }

  /** Adds the objects of a frame. */
  void add(Iterable<ObjectCount> objects) {
    for (ObjectCount object : objects) {
      Double mean = meanPixels.get(space.classes().get(object.classIndex()).name());
      if (mean != null) {
        double weight = mean / object.pixels();
        hits[object.classIndex()] += weight * object.right();
        misses[object.classIndex()] += weight * (object.pixels() - object.right());
      }
    }
  }

  /** The mean over the classes that have objects, given the pooled counts of the same frames. */
  OptionalDouble mean(ConfusionMatrix pooled) {
    double sum = 0;
    int defined = 0;
    for (int c = 0; c < space.size(); c++) {
      if (!meanPixels.containsKey(space.classes().get(c).name())) {
        continue;
      }
      long wrong = 0;
      for (int t = 0; t < space.size(); t++) {
        wrong += t == c ? 0 : pooled.count(t, c);
      }
      double union = hits[c] + misses[c] + wrong;
      if (union > 0) {
        sum += hits[c] / union;
        defined++;
      }
    }
    return defined == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / defined);
  }
}
