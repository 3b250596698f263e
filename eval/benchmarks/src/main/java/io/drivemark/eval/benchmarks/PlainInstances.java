package io.drivemark.eval.benchmarks;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.instance.InstanceCounts;
import io.drivemark.eval.metrics.instance.InstanceCounts.Group;
import io.drivemark.eval.metrics.instance.InstanceRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Counts of objects the plain way: the object numbers of the frame are collected, then a mask is
 * made for each and the frame is looked through under it. Every class is its own category.
 * Stateless.
 */
final class PlainInstances {
  private PlainInstances() {}

  static InstanceCounts count(InstanceRules rules, byte[] truth, byte[] prediction, int[] numbers) {
    List<Map<Long, Group>> groups = new ArrayList<>();
    for (int kind = 0; kind < rules.kinds().size(); kind++) {
      groups.add(new TreeMap<>());
    }
    for (int number : IntStream.of(numbers).filter(n -> n != 0).distinct().toArray()) {
      boolean[] mask = new boolean[numbers.length];
      int label = LabelSpace.VOID;
      for (int i = 0; i < mask.length; i++) {
        mask[i] = numbers[i] == number;
        label = mask[i] ? truth[i] & 0xFF : label;
      }
      long size = 0;
      long right = 0;
      for (int i = 0; i < mask.length; i++) {
        size += mask[i] ? 1 : 0;
        right += mask[i] && (prediction[i] & 0xFF) == label ? 1 : 0;
      }
      for (int kind = 0; kind < rules.kinds().size(); kind++) {
        if (rules.kinds().get(kind).classIndex().orElse(-1) == label) {
          groups
              .get(kind)
              .merge(
                  size,
                  new Group(1, right, right),
                  (a, b) ->
                      new Group(
                          a.objects() + b.objects(),
                          a.right() + b.right(),
                          a.rightCategory() + b.rightCategory()));
        }
      }
    }
    return InstanceCounts.of(rules, groups);
  }
}
