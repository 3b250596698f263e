package io.drivemark.architectures.pruning;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkDigest;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Decides which filters go: those with the lowest scores, as few as reach the goal. Filters that
 * can only be removed together count as one, with their mean score. Ties are decided by the
 * network's order, so the same question has the same answer. Not thread-safe.
 */
public final class FilterPlanner {
  /** Reasons that are told. */
  private static final int REASONS = 3;

  /** How far under the goal a plan may lie without a detour. */
  private static final double CLOSE = 0.02;

  private static final int DETOURS = 8;

  private final Network network;
  private final String criterion;
  private final FilterGoal goal;
  private final ChannelGroups groups;
  private final double[] scores;
  private final List<List<Integer>> families = new ArrayList<>();
  private final List<Candidate> order = new ArrayList<>();
  private final double whole;

  /** A unit that may go; those with the smallest key go first. */
  private record Candidate(int family, int unit, double key) {}

  /**
   * Orders a network's filters; plans for several shares can then be made.
   *
   * @param importance of this network's filters
   * @param goal what is counted and the limits; its share does not matter
   * @throws BadInputException if a spared layer does not exist
   */
  public FilterPlanner(Network network, Importance importance, FilterGoal goal) {
    this.network = network;
    this.criterion = importance.criterion();
    this.goal = goal;
    this.groups = ChannelGroups.of(network);
    this.scores = importance.units(network, groups);
    this.whole = goal.measure().amount(network, goal.height(), goal.width());
    requireKnown(goal);
    for (ChannelGroups.Family family : groups.prunable()) {
      if (family.producers().stream().anyMatch(this::isSpared)) {
        continue;
      }
      List<Integer> units =
          family.units().stream()
              .filter(u -> !Double.isNaN(scores[u]))
              .sorted(Comparator.<Integer>comparingDouble(u -> scores[u]).thenComparing(u -> u))
              .toList();
      families.add(units);
    }
    for (int f = 0; f < families.size(); f++) {
      List<Integer> units = families.get(f);
      int most = Math.max(0, units.size() - goal.minimumWidth());
      double[] keys = keys(f);
      for (int i = 0; i < most; i++) {
        order.add(new Candidate(f, units.get(i), keys[i]));
      }
    }
    order.sort(Comparator.comparingDouble(Candidate::key));
  }

  /** One a unit of a family, ascending. */
  private double[] keys(int family) {
    List<Integer> units = families.get(family);
    return switch (goal.scope()) {
      case LAYER ->
          IntStream.rangeClosed(1, units.size())
              .mapToDouble(i -> i)
              .map(i -> i / units.size())
              .toArray();
      case GLOBAL -> units.stream().mapToDouble(u -> scores[u]).toArray();
      case WORTH ->
          FilterWorth.keys(units.stream().mapToDouble(u -> scores[u]).toArray(), saved(family));
    };
  }

  /** What a unit of a family saves of the measure, half of the family's removed. */
  private double saved(int family) {
    List<Integer> units = families.get(family);
    int half = units.size() / 2;
    if (half == 0) {
      return 0;
    }
    int[] removed = new int[families.size()];
    removed[family] = half;
    return (1 - share(without(removed, 1))) / half;
  }

  /**
   * Makes the plan that reaches a goal.
   *
   * @param importance of this network's filters
   * @param seed to be kept in the plan
   * @throws BadInputException if the goal cannot be reached: the message has the nearest that can,
   *     and what cannot be removed; or if a spared layer does not exist
   */
  public static PruningPlan plan(
      Network network, Importance importance, FilterGoal goal, long seed) {
    return new FilterPlanner(network, importance, goal).keep(goal.share(), seed);
  }

  /**
   * The plan that leaves at most a share.
   *
   * @param share above 0 to 1
   * @param seed to be kept in the plan
   * @throws BadInputException as {@link #plan}
   */
  public PruningPlan keep(double share, long seed) {
    return new PruningPlan(
        Technique.FILTER,
        network.name(),
        NetworkDigest.of(network),
        criterion,
        seed,
        goal.withShare(share).toString(),
        filters(masks(share)),
        List.of());
  }

  /** The share of the goal's measure that the goal's limits leave at least. */
  public double least() {
    int[] all = new int[families.size()];
    Arrays.fill(all, Integer.MAX_VALUE);
    return share(masks(order.size(), all));
  }

  /**
   * The masks that leave most of what may be left. Where the last candidate takes much more than is
   * needed (one unit of a small family can be a large part of a network), its family stays as it
   * was before it and others go instead, if these reach the goal.
   */
  private ChannelMasks masks(double wanted) {
    double least = least();
    if (least > wanted) {
      throw unreachable(wanted, least);
    }
    ChannelMasks best = null;
    double left = 0;
    int[] most = new int[families.size()];
    Arrays.fill(most, Integer.MAX_VALUE);
    for (int attempt = 0; best == null || attempt < DETOURS && wanted - left > CLOSE; attempt++) {
      if (share(masks(order.size(), most)) > wanted) {
        break;
      }
      int count = shortest(wanted, most);
      ChannelMasks masks = masks(count, most);
      double share = share(masks);
      if (best == null || share > left) {
        best = masks;
        left = share;
      }
      if (count == 0) {
        break;
      }
      int last = order.get(count - 1).family();
      long before = order.subList(0, count - 1).stream().filter(c -> c.family() == last).count();
      most[last] = (int) Math.min(most[last], before);
    }
    return best;
  }

  /** The least number of candidates whose removal reaches the goal, which that of all does. */
  private int shortest(double wanted, int[] most) {
    int low = 0;
    int high = order.size();
    while (low < high) {
      int middle = (low + high) / 2;
      if (share(masks(middle, most)) <= wanted) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private double share(ChannelMasks masks) {
    Network small = Materialise.apply(network, masks);
    return goal.measure().amount(small, goal.height(), goal.width()) / whole;
  }

  /** The masks without the first candidates, but no more of a family than it may lose. */
  private ChannelMasks masks(int count, int[] most) {
    int[] byFamily = new int[families.size()];
    order.subList(0, count).forEach(c -> byFamily[c.family()]++);
    Arrays.setAll(byFamily, f -> Math.min(byFamily[f], most[f]));
    return without(byFamily, goal.multiple());
  }

  /** The masks without so many units a family, widths rounded, no map left without a channel. */
  private ChannelMasks without(int[] byFamily, int multiple) {
    BitSet removed = new BitSet();
    for (int f = 0; f < byFamily.length; f++) {
      List<Integer> units = families.get(f);
      int kept = units.size() - byFamily[f];
      int rounded = (kept + multiple - 1) / multiple * multiple;
      for (int i = 0; i < units.size() - rounded; i++) {
        removed.set(units.get(i));
      }
    }
    for (int[] channels : groups.byValue().values()) {
      int best = -1;
      boolean empty = channels.length > 0;
      for (int unit : channels) {
        empty &= removed.get(unit);
        best = best < 0 || scores[unit] > scores[best] ? unit : best;
      }
      if (empty) {
        removed.clear(best);
      }
    }
    return ChannelMasks.without(groups, removed.stream().boxed().toList());
  }

  /** The removed filters of every layer that makes channels. */
  private Map<String, List<Integer>> filters(ChannelMasks masks) {
    Map<String, List<Integer>> filters = new TreeMap<>();
    for (Node node : network.nodes()) {
      int[] units = groups.byValue().get(node.output());
      boolean makes =
          node.op() instanceof Conv2d conv
                  && (conv.groups() == 1 || isGrouped(conv.groups(), units))
              || node.op() instanceof ConvTranspose2d transposed
                  && (transposed.groups() == 1 || isGrouped(transposed.groups(), units));
      for (int c = 0; makes && units != null && c < units.length; c++) {
        if (!masks.keeps(units[c])) {
          filters.computeIfAbsent(node.name(), k -> new ArrayList<>()).add(c);
        }
      }
    }
    return filters;
  }

  /** Whether every group makes several channels; else they are those it reads. */
  private static boolean isGrouped(int groups, int[] units) {
    return units != null && groups < units.length;
  }

  private boolean isSpared(String node) {
    return goal.spared().stream().anyMatch(s -> matches(s, node));
  }

  private static boolean matches(String pattern, String node) {
    return pattern.endsWith("*")
        ? node.startsWith(pattern.substring(0, pattern.length() - 1))
        : node.equals(pattern);
  }

  private void requireKnown(FilterGoal wanted) {
    List<String> names = network.nodes().stream().map(Node::name).toList();
    for (String spared : new TreeSet<>(wanted.spared())) {
      if (names.stream().noneMatch(n -> matches(spared, n))) {
        throw new BadInputException(
            "network "
                + network.name()
                + " has no layer '"
                + spared
                + "' to spare"
                + Nearest.hint(spared, names)
                + "; 'name*' spares all that begin with name");
      }
    }
  }

  private BadInputException unreachable(double wanted, double least) {
    Map<String, Integer> reasons = new LinkedHashMap<>();
    int spared = 0;
    int unscored = 0;
    for (ChannelGroups.Family family : groups.families()) {
      int size = family.units().size();
      if (family.lock().isPresent()) {
        reasons.merge(family.lock().get(), size, Integer::sum);
      } else if (family.producers().stream().anyMatch(this::isSpared)) {
        spared += size;
      } else {
        unscored += (int) family.units().stream().filter(u -> Double.isNaN(scores[u])).count();
      }
    }
    List<String> stays = new ArrayList<>();
    reasons.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(REASONS)
        .forEach(e -> stays.add(e.getValue() + " because " + e.getKey()));
    reasons.values().stream()
        .sorted(Comparator.reverseOrder())
        .skip(REASONS)
        .reduce(Integer::sum)
        .ifPresent(rest -> stays.add(rest + " for other reasons"));
    if (spared > 0) {
      stays.add(spared + " because their layers are spared");
    }
    if (unscored > 0) {
      stays.add(unscored + " because the criterion does not look at them");
    }
    return new BadInputException(
        String.format(
            Locale.ROOT,
            "network %s cannot be pruned to %s of its %s at %dx%d: at least %.4f remain with %s"
                + " a group. Channels that stay: %s. Ask for %.4f or more",
            network.name(),
            wanted,
            goal.measure().key(),
            goal.height(),
            goal.width(),
            least,
            goal.minimumWidth() == 1 ? "one filter" : goal.minimumWidth() + " filters",
            String.join("; ", stays),
            Math.ceil(least * 1e4) / 1e4));
  }
}
