package io.drivemark.architectures.engine.pytorch;

import io.drivemark.architectures.graph.op.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How wrong the logits of gates are about which units matter: the binary cross entropy between the
 * logits [N, U, 1, 1] of each site and a target of 0 and 1 that is made of the site's own
 * responses, as the mean over the images and the sum over the units of a site, of all sites as
 * {@link Normalisation} says. The target has no gradient. A step gives a factor of the whole term
 * as {@link #FACTOR}, one number, so that a schedule needs no new script.
 *
 * <p>The response of a filter is the largest absolute value of its map, that of a unit of filters
 * their sum. The response of a residual unit is by how much it changes its input, mean |exit −
 * entry| / mean |entry|, and the rule weighs all residual units of the network together.
 *
 * <p>Example: two filters, logits 0, target 1 and 0: 2 ln 2. After Elkerdawy et al., 2022,
 * arXiv:2110.08232.
 *
 * @param sites in the network's order, at least one
 * @param rule how responses become a target
 * @param normalisation how the sites' losses become one
 * @param weight see {@link LossTerm}
 */
public record GateError(List<Site> sites, Rule rule, Normalisation normalisation, double weight)
    implements LossTerm {
  /** The name of the factor. */
  public static final String FACTOR = "gate_factor";

  /** The smallest mean |entry| that a change is divided by. */
  public static final double LEAST_ENTRY = 1e-12;

  /** How the losses of sites become one. */
  public enum Normalisation {
    /** Their mean, as the published code has it. */
    CODE,
    /** Their sum, as the paper has it. */
    PAPER
  }

  /**
   * One place with gates.
   *
   * @param name of the layer
   * @param logits output [N, U, 1, 1]
   * @param tap output [N, C, H, W] whose responses count
   * @param unitOfChannel for each channel of the tap its unit, from 0; one 0 for a residual unit
   * @param entry output of the tap's shape that a residual unit changes; absent where filters are
   *     gated
   */
  public record Site(
      String name, String logits, String tap, List<Integer> unitOfChannel, Optional<String> entry) {
    public Site {
      unitOfChannel = List.copyOf(unitOfChannel);
      Objects.requireNonNull(entry, "entry");
      int units = unitOfChannel.stream().mapToInt(u -> u).max().orElse(-1) + 1;
      if (unitOfChannel.stream().distinct().count() != units || entry.isPresent() && units != 1) {
        throw new IllegalArgumentException(
            "gate error: site " + name + " has the units " + unitOfChannel);
      }
    }

    /** Filters in units. */
    public static Site ofFilters(
        String name, String logits, String tap, List<Integer> unitOfChannel) {
      return new Site(name, logits, tap, unitOfChannel, Optional.empty());
    }

    /** One residual unit. */
    public static Site ofResidual(String name, String logits, String entry, String exit) {
      return new Site(name, logits, exit, List.of(0), Optional.of(entry));
    }

    /** Whether it is a residual unit. */
    public boolean residual() {
      return entry.isPresent();
    }

    /** How many units there are. */
    public int units() {
      return 1 + unitOfChannel.stream().mapToInt(u -> u).max().orElseThrow();
    }
  }

  /** How the responses of an image become a target. */
  public sealed interface Rule {}

  /**
   * The heaviest units whose masses, shares of the sum of all, sum up to at most a ratio. With 1
   * those whose mass is above 1e-5, with a negative ratio all; the heaviest always, and all where
   * nothing responds.
   *
   * @param ratio at most 1
   */
  public record Mass(double ratio) implements Rule {
    public Mass {
      if (!(ratio <= 1)) {
        throw new IllegalArgumentException("gate error: a mass ratio of " + ratio);
      }
    }
  }

  /**
   * All but the weakest share of the units, rounded down, and but those whose response is at most
   * 1e-5; the strongest always, and all where nothing responds.
   *
   * @param dropRatio in [0, 1)
   */
  public record Uniform(double dropRatio) implements Rule {
    public Uniform {
      if (!(dropRatio >= 0 && dropRatio < 1)) {
        throw new IllegalArgumentException("gate error: a drop ratio of " + dropRatio);
      }
    }
  }

  /**
   * A rule that is decided in Java, between the network's way forward and its gradients.
   *
   * @param name by which two rules are told apart
   */
  public record Chosen(String name, Choice choice) implements Rule {
    public Chosen {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(choice, "choice");
    }

    /** The rule by its name, of which digests are made. */
    @Override
    public String toString() {
      return "Chosen[" + name + "]";
    }
  }

  /** Decides for one image which units matter. */
  public interface Choice {
    /**
     * @param responses of the units of one site, or of all residual units of the network
     * @return for each whether it is live
     */
    boolean[] live(double[] responses);
  }

  public GateError {
    sites = List.copyOf(sites);
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(normalisation, "normalisation");
    if (sites.isEmpty() || !(weight >= 0)) {
      throw new IllegalArgumentException(
          "gate error: " + sites.size() + " sites, expected at least one; weight " + weight);
    }
  }

  /** The mean over sites, with a weight of 1. */
  public static GateError of(List<Site> sites, Rule rule) {
    return new GateError(sites, rule, Normalisation.CODE, 1);
  }

  /** Units of all sites together. */
  public int units() {
    return sites.stream().mapToInt(Site::units).sum();
  }

  /** Whether the target is decided in Java. */
  boolean isChosen() {
    return rule instanceof Chosen;
  }

  @Override
  public List<String> outputs() {
    List<String> outputs = new ArrayList<>();
    for (Site site : sites) {
      outputs.add(site.logits());
      outputs.add(site.tap());
      site.entry().ifPresent(outputs::add);
    }
    return outputs.stream().distinct().toList();
  }

  @Override
  public GateError withWeight(double other) {
    return new GateError(sites, rule, normalisation, other);
  }

  @Override
  public Map<String, Shape> targets(Shape batch) {
    return Map.of(FACTOR, Shape.of(1));
  }

  /** What the sum over images and units is divided by. */
  int divisor(int images) {
    return images * (normalisation == Normalisation.CODE ? sites.size() : 1);
  }

  @Override
  public String write(LossWriter writer) {
    return GateScript.write(this, writer);
  }
}
