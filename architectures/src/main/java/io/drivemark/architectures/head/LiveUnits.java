package io.drivemark.architectures.head;

import io.drivemark.architectures.head.GatesHead.Site;
import io.drivemark.eval.metrics.gates.SiteGates;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which units of a gated network one image switched on. Immutable. */
public final class LiveUnits {
  private final Map<Site, BitSet> live;

  LiveUnits(Map<Site, BitSet> live) {
    this.live = new LinkedHashMap<>(live);
  }

  /**
   * Units that are known otherwise than from a network's output.
   *
   * @param live the live units of each of the head's sites, in order
   */
  public static LiveUnits of(GatesHead head, List<BitSet> live) {
    if (live.size() != head.sites().size()) {
      throw new IllegalArgumentException(
          "live units of " + live.size() + " sites, there are " + head.sites().size());
    }
    Map<Site, BitSet> all = new LinkedHashMap<>();
    for (int i = 0; i < live.size(); i++) {
      Site site = head.sites().get(i);
      if (live.get(i).length() > site.units()) {
        throw new IllegalArgumentException("live units of " + site + " are " + live.get(i));
      }
      all.put(site, (BitSet) live.get(i).clone());
    }
    return new LiveUnits(all);
  }

  /** The live units of each site, in order; copies. */
  public List<BitSet> sets() {
    return live.values().stream().map(bits -> (BitSet) bits.clone()).toList();
  }

  /** The gates of every site, in the network's order. */
  public List<SiteGates> gates() {
    return live.entrySet().stream()
        .map(e -> new SiteGates(e.getKey().name(), e.getKey().units(), e.getValue()))
        .toList();
  }

  /** The sites, in the network's order. */
  public List<Site> sites() {
    return List.copyOf(live.keySet());
  }

  /** The indices of a site's live units, ascending. */
  public List<Integer> live(Site site) {
    return bits(site).stream().boxed().toList();
  }

  /** How many units of a site are live. */
  public int count(Site site) {
    return bits(site).cardinality();
  }

  /** A site's units as hexadecimal digits, see {@link SiteGates#hex}. */
  public String hex(Site site) {
    return new SiteGates(site.name(), site.units(), bits(site)).hex();
  }

  private BitSet bits(Site site) {
    BitSet bits = live.get(site);
    if (bits == null) {
      throw new IllegalArgumentException("there is no site " + site + " among " + live.keySet());
    }
    return bits;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LiveUnits units && live.equals(units.live);
  }

  @Override
  public int hashCode() {
    return live.hashCode();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    live.keySet()
        .forEach(
            s ->
                text.append(text.isEmpty() ? "" : " ").append(s.name()).append('=').append(hex(s)));
    return text.toString();
  }
}
