package io.drivemark.architectures.pruning;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a criterion says about a network: a score for each filter of each layer it looks at.
 * Immutable.
 *
 * <p>Example: {@code Importance.of(enet, Criteria.named("l1"), 1).layer("stage1.1.middle")} answers
 * with Σ |w| of its 16 filters.
 */
public final class Importance {
  private final String criterion;
  private final Map<String, double[]> byNode = new LinkedHashMap<>();
  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * Scores that were worked out elsewhere.
   *
   * @param criterion whose they are
   * @param scores by site, one a channel
   * @throws IllegalArgumentException if a score is negative or no number; the message names its
   *     layer and filter
   */
  public Importance(String criterion, Map<ScoreSite, double[]> scores) {
    this.criterion = Objects.requireNonNull(criterion, "criterion");
    scores.forEach(
        (site, filters) -> {
          for (int f = 0; f < filters.length; f++) {
            if (!(filters[f] >= 0 && filters[f] < Double.POSITIVE_INFINITY)) {
              throw new IllegalArgumentException(
                  "criterion "
                      + criterion
                      + " scores filter "
                      + f
                      + " of "
                      + site.node()
                      + " with "
                      + filters[f]
                      + "; expected at least 0 and finite");
            }
          }
          byNode.put(site.node(), filters.clone());
          values.put(site.node(), site.value());
        });
  }

  /**
   * Scores a network by its weights alone.
   *
   * @param seed of what is drawn at random
   * @throws BadInputException if the criterion looks at data
   */
  public static Importance of(Network network, Criterion criterion, long seed) {
    if (criterion.evidence() != Criterion.Evidence.NONE) {
      throw new BadInputException(
          "criterion "
              + criterion.name()
              + " looks at data: it is worked out on the frames of a dataset");
    }
    Map<ScoreSite, double[]> scores = new LinkedHashMap<>();
    for (ScoreSite site : ScoreSite.of(network, criterion.site())) {
      scores.put(site, criterion.scores(LayerView.of(site.node(), seed, site.rows(network))));
    }
    return new Importance(criterion.name(), scores);
  }

  /** The criterion's name. */
  public String criterion() {
    return criterion;
  }

  /** Names of the scored layers, in the network's order. */
  public List<String> layers() {
    return List.copyOf(byNode.keySet());
  }

  /** A copy of a layer's scores, one a filter; empty if the criterion does not look at it. */
  public Optional<double[]> layer(String node) {
    return Optional.ofNullable(byNode.get(node)).map(double[]::clone);
  }

  /** The mean score of a layer's filters, so that its width does not matter. */
  public OptionalDouble mean(String node) {
    return byNode.containsKey(node)
        ? Arrays.stream(sorted(byNode.get(node))).average()
        : OptionalDouble.empty();
  }

  /**
   * The score of each unit of a network: the mean over the filters that make it, and over the
   * normalisations it goes through. Channels that a depthwise convolution hands on do not count. A
   * unit nobody looks at has none, which is written as NaN.
   */
  double[] units(Network network, ChannelGroups groups) {
    List<List<Double>> scores = new ArrayList<>();
    for (int unit = 0; unit < groups.units(); unit++) {
      scores.add(new ArrayList<>());
    }
    for (Node node : network.nodes()) {
      int[] units = groups.byValue().get(values.getOrDefault(node.name(), ""));
      if (units == null || handsOn(network, node)) {
        continue;
      }
      double[] filters = byNode.get(node.name());
      for (int c = 0; c < filters.length; c++) {
        scores.get(units[c]).add(filters[c]);
      }
    }
    return scores.stream()
        .mapToDouble(all -> all.stream().sorted().mapToDouble(s -> s).average().orElse(Double.NaN))
        .toArray();
  }

  /** Whether a convolution's channels are those it reads: one input or one output a group. */
  private boolean handsOn(Network network, Node node) {
    int groups =
        node.op() instanceof Conv2d conv
            ? conv.groups()
            : node.op() instanceof ConvTranspose2d transposed ? transposed.groups() : 1;
    return groups > 1
        && (byNode.get(node.name()).length == groups
            || network.weights().get(node.inputs().get(1)).tensor().shape().extent(1) == 1);
  }

  /** Sums of ascending numbers do not depend on the order these came in. */
  private static double[] sorted(double[] values) {
    double[] copy = values.clone();
    Arrays.sort(copy);
    return copy;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Importance importance)
        || !criterion.equals(importance.criterion)
        || !values.equals(importance.values)) {
      return false;
    }
    return byNode.keySet().stream()
        .allMatch(n -> Arrays.equals(byNode.get(n), importance.byNode.get(n)));
  }

  @Override
  public int hashCode() {
    return Objects.hash(criterion, values);
  }

  @Override
  public String toString() {
    return "Importance[" + criterion + " of " + byNode.size() + " layers]";
  }
}
