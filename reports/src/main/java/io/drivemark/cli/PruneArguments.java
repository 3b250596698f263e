package io.drivemark.cli;

import io.drivemark.architectures.latency.EngineSetup;
import io.drivemark.architectures.latency.LatencyTables;
import io.drivemark.architectures.pruning.FilterGoal;
import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.pruning.PlanFile;
import io.drivemark.architectures.pruning.PruningPlan;
import io.drivemark.architectures.pruning.Technique;
import io.drivemark.architectures.variant.PruneApproach;
import io.drivemark.architectures.variant.PruneRequest;
import io.drivemark.config.Numbers;
import io.drivemark.datasets.files.CacheFolder;
import io.drivemark.eval.runner.environment.Machine;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options that say what is removed from a model, and by what. */
final class PruneArguments {
  private static final String LATENCY = "latency";
  private static final String AUTO = "auto";
  private static final String NO_ENGINE = "none";

  @Option(
      names = "--technique",
      required = true,
      paramLabel = "T",
      description =
          "filter: the network gets narrower. layer: it gets shallower. joint: masks that"
              + " are learned together with the weights say which filters stay. dynamic: each frame uses its"
              + " own part of it.")
  private String technique;

  @Option(
      names = "--keep",
      paramLabel = "WHAT=SHARE",
      description =
          "At most this share of macs, params, filters or measured latency remains, for example"
              + " macs=0.6: as little is removed as reaches it.")
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
      paramLabel = "layer|global|worth",
      description =
          "Whether every layer loses the same share of its filters (the default), the whole network"
              + " those with the lowest scores, or those that matter least for what they cost (the"
              + " default for latency, and for layers by latency).")
  private String scope;

  @Option(
      names = "--minimum-width",
      paramLabel = "N",
      defaultValue = "1",
      description = "Filters that remain at least in each layer (${DEFAULT-VALUE}).")
  private int minimumWidth;

  @Option(
      names = "--multiple",
      paramLabel = "N|auto",
      defaultValue = "1",
      description =
          "Round the number of remaining filters up to multiples (${DEFAULT-VALUE}); auto: those"
              + " that the engine of --latency-engine is measured to like, for this model.")
  private String multiple;

  @Option(
      names = "--spare",
      split = ",",
      paramLabel = "LAYER",
      description = "Layers that lose no filter; NAME* spares all that begin so. Repeatable.")
  private final Set<String> spared = new LinkedHashSet<>();

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Prune in this many rounds, each scoring what is left anew (${DEFAULT-VALUE}: at once).")
  private int iterations;

  @Option(
      names = "--latency-engine",
      paramLabel = "E",
      defaultValue = "onnxruntime",
      description =
          "The engine that a latency is measured on (${DEFAULT-VALUE}); for --estimate also none.")
  private String engine;

  @Option(
      names = "--latency-threads",
      paramLabel = "N",
      description = "Threads of an inference there; by default as many as processors.")
  private Integer threads;

  @Option(
      names = "--latency-tables",
      paramLabel = "DIR",
      description =
          "Where the times of pieces of networks are kept once measured; by default"
              + " drivemark/latency in the user's cache folder.")
  private Path tables;

  /** The technique. */
  Technique technique() {
    List<String> keys = Technique.keys();
    return Technique.named(technique)
        .orElseThrow(
            () ->
                new BadInputException(
                    "technique '"
                        + technique
                        + "' is not known"
                        + Nearest.hint(technique, keys)
                        + "; there are "
                        + String.join(", ", keys)));
  }

  /**
   * The number of rounds.
   *
   * @throws BadInputException if there is none
   */
  int iterations() {
    atLeastOne("--iterations", iterations);
    return iterations;
  }

  /** Whether anything but the technique says what is to go. */
  boolean saysHowMuch() {
    return keep != null || layers != null;
  }

  /**
   * A plan of the technique that was asked for.
   *
   * @throws BadInputException if it is of another one, or more is asked for than it says
   */
  PruningPlan saved(Path plan) {
    if (iterations() > 1) {
      throw new BadInputException("--plan is carried out at once: leave --iterations out");
    }
    if (saysHowMuch()) {
      throw new BadInputException(
          "--plan says what goes: leave --keep and --remove-layers out, or --plan");
    }
    PruningPlan read = PlanFile.read(plan);
    if (read.technique() != technique()) {
      throw new BadInputException(
          plan
              + " is a plan of technique "
              + read.technique().key()
              + ", --technique is "
              + technique().key());
    }
    return read;
  }

  /** The request that was made. */
  PruneRequest request(long seed) {
    PruneRequest.Amount amount = amount();
    FilterGoal.Scope over = scope == null ? PruneRequest.usualScope(amount) : scope();
    atLeastOne("--minimum-width", minimumWidth);
    return new PruneRequest(
        technique(),
        amount,
        List.of(criterion.split("\\+")),
        over,
        minimumWidth,
        multiple(),
        spared,
        seed);
  }

  /**
   * In which steps it is made.
   *
   * @param roundEpochs of training after each round but the last
   */
  PruneApproach approach(int roundEpochs) {
    return new PruneApproach(
        iterations(), roundEpochs, isMultipleMeasured() ? Optional.of(engine()) : Optional.empty());
  }

  /** 1 where it is still to be measured. */
  private int multiple() {
    if (isMultipleMeasured()) {
      return 1;
    }
    int number =
        Numbers.integer(multiple)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "--multiple is "
                            + multiple
                            + Numbers.hint(multiple)
                            + ", expected a whole number or auto"));
    atLeastOne("--multiple", number);
    return number;
  }

  /** Whether the multiple is to be what the engine likes. */
  private boolean isMultipleMeasured() {
    return multiple.equals(AUTO);
  }

  /** The engine whose times an estimate is to predict; empty if none is wanted. */
  Optional<EngineSetup> clock() {
    return engine.equals(NO_ENGINE) ? Optional.empty() : Optional.of(engine());
  }

  /** The engine that latencies are of. */
  private EngineSetup engine() {
    int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    atLeastOne("--latency-threads", count);
    return new EngineSetup(engine, count);
  }

  private FilterGoal.Scope scope() {
    return FilterGoal.Scope.named(scope.toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                new BadInputException("--scope is " + scope + ", expected layer, global or worth"));
  }

  /** The folder that was given for measured times; null if none was. */
  Path tables() {
    return tables;
  }

  /** Where measured times are kept; asks for the machine only if something is measured. */
  LatencyTables tables(PruneRequest request) {
    return request.amount() instanceof PruneRequest.KeepLatency || isMultipleMeasured()
        ? keptTables()
        : LatencyTables.notKept();
  }

  /** Where measured times are kept. */
  LatencyTables keptTables() {
    return LatencyTables.in(
        tables == null ? CacheFolder.ofUser().resolve("latency") : tables,
        Machine.environment(Map.of()).fingerprint());
  }

  private PruneRequest.Amount amount() {
    String usual =
        switch (technique()) {
          case FILTER -> {
            if (layers != null) {
              throw new BadInputException(
                  "--remove-layers belongs to --technique layer; filters are pruned with --keep"
                      + " macs=0.6 say");
            }
            yield "say how much remains, for example --keep macs=0.6";
          }
          case LAYER ->
              "say how much remains or goes, for example --keep macs=0.6 or --remove-layers 2";
          case JOINT, DYNAMIC -> throw new IllegalStateException("asked for by another request");
        };
    if (keep != null && layers != null) {
      throw new BadInputException("give either --keep or --remove-layers, not both");
    }
    if (layers != null) {
      atLeastOne("--remove-layers", layers);
      return new PruneRequest.Remove(layers);
    }
    if (keep == null) {
      throw new BadInputException(usual);
    }
    return share();
  }

  /** What {@code --keep} says. */
  PruneRequest.Amount share() {
    int at = keep.indexOf('=');
    String what = at < 0 ? keep : keep.substring(0, at);
    double share = Numbers.real(keep.substring(at + 1)).orElse(Double.NaN);
    if (at < 0 || !(share > 0 && share <= 1)) {
      throw new BadInputException(
          "--keep is "
              + keep
              + ", expected macs, params, filters or latency, and a share above 0 to 1, for example"
              + " macs=0.6");
    }
    if (what.equals(LATENCY)) {
      return new PruneRequest.KeepLatency(share, engine());
    }
    return new PruneRequest.Keep(Measure.named(what), share);
  }

  private static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new BadInputException(option + " is " + value + ", expected at least 1");
    }
  }
}
