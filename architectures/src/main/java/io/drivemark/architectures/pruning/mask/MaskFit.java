package io.drivemark.architectures.pruning.mask;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Masks that leave no more than a share, as much of it as they can: those with the largest
 * parameters are 1, by bisection over where the edge lies. What a training has steered near the
 * share is brought to it so, with a few masks more or less. Immutable.
 *
 * @param parameters of each site, by {@link JointMasks#weight}; a mask that was moved over the edge
 *     is at {@link JointMasks#START} of it
 * @param kept the share that these masks leave
 * @param moved how many masks are not as they were
 */
public record MaskFit(Map<String, float[]> parameters, double kept, int moved) {
  /** Masks behind the edge that are tried one by one. */
  private static final int TRIES = 64;

  private record Candidate(int site, int mask, float m) {}

  /**
   * Finds them.
   *
   * @param trained parameters of each site, not changed
   * @param kept the share that live masks leave
   * @param share that may remain
   * @return where even one mask a site leaves more than the share, these: its {@code kept} is above
   *     the share then
   */
  public static MaskFit of(
      JointMasks masks,
      Map<String, float[]> trained,
      ToDoubleFunction<List<BitSet>> kept,
      double share) {
    List<Candidate> order = new ArrayList<>();
    for (int s = 0; s < masks.sites().size(); s++) {
      float[] m = trained.get(JointMasks.weight(masks.sites().get(s)));
      for (int i = 0; i < m.length; i++) {
        order.add(new Candidate(s, i, m[i]));
      }
    }
    order.sort(Comparator.comparingDouble((Candidate c) -> -c.m()));
    List<BitSet> least = least(masks, trained);
    int low = 0;
    int high = order.size();
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (kept.applyAsDouble(with(least, order.subList(0, middle))) <= share) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    List<BitSet> live = with(least, order.subList(0, low));
    for (Candidate next : order.subList(low, Math.min(order.size(), low + TRIES))) {
      List<BitSet> more = with(live, List.of(next));
      if (kept.applyAsDouble(more) <= share) {
        live = more;
      }
    }
    return moved(masks, trained, live, kept.applyAsDouble(live));
  }

  /** One mask a site, and a channel a map: the largest parameters. */
  private static List<BitSet> least(JointMasks masks, Map<String, float[]> trained) {
    float largest = 0;
    for (float[] m : trained.values()) {
      for (float value : m) {
        largest = Math.max(largest, value);
      }
    }
    Map<String, float[]> none = new LinkedHashMap<>();
    for (Map.Entry<String, float[]> site : trained.entrySet()) {
      float[] m = site.getValue().clone();
      for (int i = 0; i < m.length; i++) {
        m[i] -= largest;
      }
      none.put(site.getKey(), m);
    }
    masks.revive(none);
    return masks.live(none);
  }

  private static List<BitSet> with(List<BitSet> live, List<Candidate> more) {
    List<BitSet> all = new ArrayList<>();
    live.forEach(site -> all.add((BitSet) site.clone()));
    more.forEach(c -> all.get(c.site()).set(c.mask()));
    return all;
  }

  private static MaskFit moved(
      JointMasks masks, Map<String, float[]> trained, List<BitSet> live, double kept) {
    Map<String, float[]> parameters = new LinkedHashMap<>();
    int moved = 0;
    for (int s = 0; s < masks.sites().size(); s++) {
      String name = JointMasks.weight(masks.sites().get(s));
      float[] m = trained.get(name).clone();
      for (int i = 0; i < m.length; i++) {
        if (m[i] > 0 != live.get(s).get(i)) {
          m[i] = live.get(s).get(i) ? JointMasks.START : -JointMasks.START;
          moved++;
        }
      }
      parameters.put(name, m);
    }
    return new MaskFit(parameters, kept, moved);
  }
}
