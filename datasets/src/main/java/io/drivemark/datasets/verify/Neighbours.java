package io.drivemark.datasets.verify;

import io.drivemark.datasets.verify.Finding.Kind;
import io.drivemark.problem.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds frames that stand next to a frame of another split in the same recording: nearly the same
 * picture, so that what was trained on one knows the other. Two ids are of one recording if they
 * agree up to the number at their end; they are neighbours if those numbers differ by no more than
 * twice the usual step within either split (the median). Stateless.
 */
final class Neighbours {
  private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,18})");

  private Neighbours() {}

  /**
   * Compares two splits.
   *
   * @return one finding that counts this split's neighbours, if there are any
   */
  static Optional<Finding> find(
      List<String> ids, String split, List<String> otherIds, String otherSplit) {
    Map<String, TreeMap<Long, String>> here = recordings(ids);
    Map<String, TreeMap<Long, String>> there = recordings(otherIds);
    int count = 0;
    String first = "";
    for (Map.Entry<String, TreeMap<Long, String>> recording : here.entrySet()) {
      TreeMap<Long, String> others = there.get(recording.getKey());
      if (others == null) {
        continue;
      }
      long reach = 2 * Math.max(step(recording.getValue()), step(others));
      for (Map.Entry<Long, String> frame : recording.getValue().entrySet()) {
        Optional<Long> nearest = nearest(frame.getKey(), others);
        if (nearest.isPresent() && Math.abs(nearest.get() - frame.getKey()) <= reach) {
          if (count++ == 0) {
            first =
                frame.getValue()
                    + ", "
                    + Math.abs(nearest.get() - frame.getKey())
                    + " from "
                    + others.get(nearest.get());
          }
        }
      }
    }
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new Finding(
                Kind.NEIGHBOURS,
                "",
                count
                    + " of "
                    + Counted.of(ids.size(), "frame")
                    + (count == 1 ? " stands" : " stand")
                    + " next to a frame of split "
                    + otherSplit
                    + " in the same recording, the first is "
                    + first
                    + ": a network trained on "
                    + otherSplit
                    + " has nearly seen them, and its score on "
                    + split
                    + " flatters it"));
  }

  /** Ids by what stands before the number at their end, and by that number. */
  private static Map<String, TreeMap<Long, String>> recordings(List<String> ids) {
    Map<String, TreeMap<Long, String>> out = new TreeMap<>();
    for (String id : ids) {
      Matcher m = NUMBERED.matcher(id);
      if (m.matches()) {
        out.computeIfAbsent(m.group(1), k -> new TreeMap<>()).put(Long.parseLong(m.group(2)), id);
      }
    }
    return out;
  }

  /** The median distance of consecutive numbers; 0 for fewer than two. */
  private static long step(SortedMap<Long, String> recording) {
    List<Long> numbers = List.copyOf(recording.keySet());
    List<Long> steps = new ArrayList<>();
    for (int i = 1; i < numbers.size(); i++) {
      steps.add(numbers.get(i) - numbers.get(i - 1));
    }
    steps.sort(null);
    return steps.isEmpty() ? 0 : steps.get((steps.size() - 1) / 2);
  }

  private static Optional<Long> nearest(long number, TreeMap<Long, String> others) {
    Long below = others.floorKey(number);
    Long above = others.ceilingKey(number);
    if (below == null || above == null) {
      return Optional.ofNullable(below == null ? above : below);
    }
    return Optional.of(number - below <= above - number ? below : above);
  }
}
