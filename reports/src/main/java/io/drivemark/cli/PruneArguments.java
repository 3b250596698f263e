package io.drivemark.cli;

import io.drivemark.architectures.pruning.FilterGoal;
import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.pruning.Technique;
import io.drivemark.architectures.variant.PruneRequest;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import io.drivemark.problem.UnavailableException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options that say what is removed from a model, and by what. */
final class PruneArguments {
  private static final List<String> TECHNIQUES = List.of("filter", "layer", "joint", "dynamic");
  private static final String LATENCY = "latency";

  @Option(
      names = "--technique",
      required = true,
      paramLabel = "T",
      description = "filter: the network gets narrower. layer: it gets shallower.")
  private String technique;

  @Option(
      names = "--keep",
      paramLabel = "WHAT=SHARE",
      description =
          "At most this share of macs, params or filters remains, for example macs=0.6: as little"
              + " is removed as reaches it.")
  private String keep;

  @Option(
      names = "--remove-layers",
      paramLabel = "N",
      description = "Remove this many units of layers (technique layer, instead of --keep).")
  private Integer layers;

  @Option(
      names = "--criterion",
      paramLabel = "C",
      defaultValue = "l1",
      description =
          "What decides: l1, l2, fpgm, bn-scale, random; from frames taylor-weight, taylor-map,"
              + " taylor-gate, taylor-bn, hrank; for layers also imprint and imprint-upsampled, and"
              + " several that rank together, as l1+imprint (${DEFAULT-VALUE}).")
  private String criterion;

  @Option(
      names = "--scope",
      paramLabel = "layer|global",
      defaultValue = "layer",
      description =
          "Whether every layer loses the same share of its filters, or the whole network those"
              + " with the lowest scores (${DEFAULT-VALUE}).")
  private String scope;

  @Option(
      names = "--minimum-width",
      paramLabel = "N",
      defaultValue = "1",
      description = "Filters that remain at least in each layer (${DEFAULT-VALUE}).")
  private int minimumWidth;

  @Option(
      names = "--multiple",
      paramLabel = "N",
      defaultValue = "1",
      description = "Round the number of remaining filters up to multiples (${DEFAULT-VALUE}).")
  private int multiple;

  @Option(
      names = "--spare",
      split = ",",
      paramLabel = "LAYER",
      description = "Layers that lose no filter; NAME* spares all that begin so. Repeatable.")
  private final Set<String> spared = new LinkedHashSet<>();

  /**
   * The technique.
   *
   * @throws UnavailableException if it is not built yet
   */
  Technique technique() {
    if (!TECHNIQUES.contains(technique)) {
      throw new BadInputException(
          "technique '"
              + technique
              + "' is not known"
              + Nearest.hint(technique, TECHNIQUES)
              + "; there are filter, layer");
    }
    if (TECHNIQUES.indexOf(technique) >= Technique.values().length) {
      throw new UnavailableException(
          "technique " + technique + " is not built yet; prune by --technique filter or layer");
    }
    return Technique.values()[TECHNIQUES.indexOf(technique)];
  }

  /** Whether anything but the technique says what is to go. */
  boolean saysHowMuch() {
    return keep != null || layers != null;
  }

  /** The request that was made. */
  PruneRequest request(long seed) {
    FilterGoal.Scope over =
        switch (scope.toLowerCase(Locale.ROOT)) {
          case "layer" -> FilterGoal.Scope.LAYER;
          case "global" -> FilterGoal.Scope.GLOBAL;
          default ->
              throw new BadInputException("--scope is " + scope + ", expected layer or global");
        };
    atLeastOne("--minimum-width", minimumWidth);
    atLeastOne("--multiple", multiple);
    return new PruneRequest(
        technique(),
        amount(),
        List.of(criterion.split("\\+")),
        over,
        minimumWidth,
        multiple,
        spared,
        seed);
  }

  private PruneRequest.Amount amount() {
    if (technique() == Technique.FILTER && layers != null) {
      throw new BadInputException(
          "--remove-layers belongs to --technique layer; filters are pruned with --keep macs=0.6"
              + " say");
    }
    if (keep != null && layers != null) {
      throw new BadInputException("give either --keep or --remove-layers, not both");
    }
    if (layers != null) {
      atLeastOne("--remove-layers", layers);
      return new PruneRequest.Remove(layers);
    }
    if (keep == null) {
      throw new BadInputException(
          technique() == Technique.FILTER
              ? "say how much remains, for example --keep macs=0.6"
              : "say how much remains or goes, for example --keep macs=0.6 or --remove-layers 2");
    }
    return share();
  }

  private PruneRequest.Amount share() {
    int at = keep.indexOf('=');
    String what = at < 0 ? keep : keep.substring(0, at);
    double share = Double.NaN;
    try {
      share = Double.parseDouble(keep.substring(at + 1));
    } catch (NumberFormatException e) {
      // Said below.
    }
    if (at < 0 || !(share > 0 && share <= 1)) {
      throw new BadInputException(
          "--keep is "
              + keep
              + ", expected macs, params or filters, and a share above 0 to 1, for example"
              + " macs=0.6");
    }
    if (what.equals(LATENCY)) {
      throw new UnavailableException(
          "pruning to a latency is not built yet; keep a share of macs, params or filters, and"
              + " measure with 'drivemark run'");
    }
    return new PruneRequest.Keep(Measure.named(what), share);
  }

  private static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new BadInputException(option + " is " + value + ", expected at least 1");
    }
  }
}
