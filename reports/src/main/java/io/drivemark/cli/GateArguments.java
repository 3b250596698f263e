package io.drivemark.cli;

import io.drivemark.architectures.estimate.Tiles;
import io.drivemark.architectures.pruning.gate.GateUnit;
import io.drivemark.architectures.variant.GateRequest;
import io.drivemark.architectures.variant.PruneRequest;
import io.drivemark.config.Numbers;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The options that say how a model is made dynamic. */
final class GateArguments {
  /** What removes parts for good goes by. */
  private static final List<String> OF_OTHERS =
      List.of(
          "--remove-layers",
          "--criterion",
          "--scope",
          "--minimum-width",
          "--multiple",
          "--spare",
          "--iterations",
          "--round-epochs",
          "--plan",
          "--save-plan",
          "--from-scratch");

  private static final List<String> OURS =
      List.of(
          "--ratio",
          "--unit",
          "--head",
          "--mode",
          "--target",
          "--constant",
          "--estimate",
          "--frames",
          "--tiles",
          "--json");

  @Option(
      names = "--ratio",
      paramLabel = "R",
      description =
          "The share of each layer's mass that a frame's live units hold, for example 0.85; instead"
              + " of --keep.")
  private String ratio;

  @Option(
      names = "--unit",
      paramLabel = "auto|block|N|everywhere|layers",
      description =
          "What a gate switches: N filters; blocks as wide as engines lay out channels; single"
              + " filters where maps are large, and blocks elsewhere; single filters everywhere, those"
              + " included that are added to others; or residual units (auto). What a mask of"
              + " technique joint switches: N filters (1).")
  private String unit;

  @Option(
      names = "--head",
      paramLabel = "H",
      defaultValue = "standardised",
      description =
          "What predicts gates: published-max, published-average or standardised"
              + " (${DEFAULT-VALUE}).")
  private String head;

  @Option(
      names = "--mode",
      paramLabel = "decoupled|joint",
      defaultValue = "decoupled",
      description = "Whether the gates' loss reaches the network's weights (${DEFAULT-VALUE}: no).")
  private String mode;

  @Option(
      names = "--target",
      paramLabel = "mass|uniform",
      defaultValue = GateRequest.MASS,
      description =
          "What says which units matter for a frame: those with most of the layer's mass, or the"
              + " same share of every layer (${DEFAULT-VALUE}).")
  private String target;

  @Option(
      names = "--constant",
      description =
          "The control: one mask for all frames, with heads that are computed all the same.")
  private boolean constant;

  @Option(
      names = "--estimate",
      description =
          "Print what ratios would save, before anything is trained, and stop; needs no --out.")
  private boolean estimate;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description =
          "Frames of the train split that an estimate looks at; by default as many as"
              + " --calibration-frames.")
  private Integer frames;

  @Option(
      names = "--tiles",
      paramLabel = "RxC",
      description =
          "Estimate masks for each of R rows and C columns of a frame instead of one for the frame;"
              + " an estimate alone: no network has such masks.")
  private String tiles;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the estimate, with what it says of every site, as JSON.")
  private Path json;

  /** Refuses options that other techniques go by. */
  static void requireOurs(ParseResult given) {
    for (String option : OF_OTHERS) {
      if (given.hasMatchedOption(option)) {
        throw new BadInputException(
            option + " does not go with --technique dynamic, which removes nothing for good");
      }
    }
  }

  /** Refuses options that do not go with technique joint; it has units too. */
  static void requireOursOfJoint(ParseResult given) {
    JointArguments.requireOurs(
        given, OF_OTHERS, OURS.stream().filter(option -> !option.equals("--unit")).toList());
  }

  /** The unit that was given; null if none was. */
  String unitGiven() {
    return unit;
  }

  /** Refuses options that no other technique goes by. */
  static void requireNone(ParseResult given) {
    for (String option : OURS) {
      if (given.hasMatchedOption(option)) {
        throw new BadInputException(option + " belongs to --technique dynamic");
      }
    }
  }

  /** Whether an estimate is all that is wanted. */
  boolean isEstimate() {
    return estimate;
  }

  /**
   * The parts of a frame that an estimate is of; the frame as a whole unless others are asked for.
   *
   * @throws BadInputException if there is something else to do than an estimate
   */
  Tiles tiles() {
    if (tiles == null) {
      return Tiles.WHOLE;
    }
    if (!estimate) {
      throw new BadInputException(
          "--tiles goes with --estimate alone: a network's gates are for whole frames");
    }
    return Tiles.parse(tiles);
  }

  /** How many frames are looked at. */
  int frames(int usual) {
    if (frames != null && frames < 1) {
      throw new BadInputException("--frames is " + frames + ", expected at least 1");
    }
    return frames == null ? usual : frames;
  }

  /** Where the estimate goes; null if nowhere. */
  Path json() {
    return json;
  }

  /** The request that was made; an estimate needs no amount, and is of everything then. */
  GateRequest request(PruneArguments pruning, long seed) {
    return new GateRequest(
        amount(pruning),
        GateRequest.requireTarget(target),
        unit == null ? GateUnit.AUTO : GateUnit.parse(unit),
        GateRequest.Head.named(head),
        GateRequest.Mode.named(mode),
        constant,
        seed);
  }

  /** The ratio, if one was given. */
  OptionalDouble ratio(GateRequest request) {
    return ratio == null ? OptionalDouble.empty() : request.ratio();
  }

  private GateRequest.Amount amount(PruneArguments pruning) {
    if (pruning.saysHowMuch() && ratio != null) {
      throw new BadInputException("give either --keep or --ratio, not both");
    }
    if (pruning.saysHowMuch()) {
      PruneRequest.Amount share = pruning.share();
      return share.<GateRequest.Amount>match(
          keep -> keep,
          keep -> keep,
          remove -> {
            throw new IllegalStateException("--remove-layers is refused");
          });
    }
    if (ratio == null && !estimate) {
      throw new BadInputException(
          "say how much a frame takes, for example --ratio 0.85, --keep macs=0.5 or --keep"
              + " latency=0.6; --estimate prints what ratios would save");
    }
    return new GateRequest.Ratio(
        ratio == null
            ? 1
            : Numbers.real(ratio)
                .orElseThrow(
                    () ->
                        new BadInputException(
                            "--ratio is "
                                + ratio
                                + Numbers.hint(ratio)
                                + ", expected a number above 0 to 1")));
  }
}
