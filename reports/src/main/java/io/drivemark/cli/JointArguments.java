package io.drivemark.cli;

import io.drivemark.architectures.pruning.mask.MaskPreset;
import io.drivemark.architectures.pruning.mask.Penalty;
import io.drivemark.architectures.variant.JointRequest;
import io.drivemark.architectures.variant.PruneRequest;
import io.drivemark.config.Numbers;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The options that say how masks are learned together with a model's weights. */
final class JointArguments {
  private static final List<String> OURS =
      List.of("--lambda", "--penalty", "--sites", "--mask-epochs", "--masked-out");

  @Option(
      names = "--lambda",
      paramLabel = "L",
      description =
          "The factor of what live filters cost, for example 0.0001; instead of --keep, for which it"
              + " is steered. 0: masks learn by the task alone (technique joint).")
  private String lambda;

  @Option(
      names = "--penalty",
      paramLabel = "P",
      description =
          "What live filters pay for: count, sigmoid, params, macs, latency, width; or l1-weights,"
              + " the control without masks. By default what --keep says.")
  private String penalty;

  @Option(
      names = "--sites",
      paramLabel = "paper|all",
      defaultValue = "all",
      description =
          "Which layers have masks: the encoder's and those behind an enlargement, or every group of"
              + " filters that can be cut (${DEFAULT-VALUE}).")
  private String sites;

  @Option(
      names = "--mask-epochs",
      paramLabel = "N",
      description =
          "Epochs, of those of --finetune-epochs, in which masks learn; the others tune what they"
              + " leave. By default half of them.")
  private String maskEpochs;

  @Option(
      names = "--masked-out",
      paramLabel = "FILE.onnx",
      description = "Write what masks leave, as it is before it is tuned, to this file too.")
  private Path maskedOut;

  /**
   * Refuses options that other techniques go by.
   *
   * @param ofOthers options of techniques with a plan
   * @param ofDynamic options of technique dynamic
   */
  static void requireOurs(ParseResult given, List<String> ofOthers, List<String> ofDynamic) {
    for (String option : ofOthers) {
      if (given.hasMatchedOption(option)) {
        throw new BadInputException(
            option + " does not go with --technique joint, which learns what stays");
      }
    }
    for (String option : ofDynamic) {
      if (given.hasMatchedOption(option)) {
        throw new BadInputException(option + " belongs to --technique dynamic");
      }
    }
  }

  /** Refuses options that no other technique goes by. */
  static void requireNone(ParseResult given) {
    for (String option : OURS) {
      if (given.hasMatchedOption(option)) {
        throw new BadInputException(option + " belongs to --technique joint");
      }
    }
  }

  /** Where the model goes as masks leave it; null if nowhere. */
  Path maskedOut() {
    return maskedOut;
  }

  /**
   * The request that was made.
   *
   * @param unit filters that one mask switches; null where none was given
   * @param epochs of the whole training
   */
  JointRequest request(PruneArguments pruning, String unit, int epochs, long seed) {
    if (maskedOut != null) {
      OutputFile.requireOnnx(maskedOut);
    }
    JointRequest.Amount amount = amount(pruning);
    if (epochs < 1) {
      throw new BadInputException(
          "masks learn in training: say how long to train with --finetune-epochs N");
    }
    JointRequest request =
        new JointRequest(
            amount,
            penalty == null ? JointRequest.usualPenalty(amount) : Penalty.named(penalty),
            unit == null ? 1 : atLeastOne("--unit", unit),
            MaskPreset.named(sites),
            maskEpochs == null
                ? OptionalInt.empty()
                : OptionalInt.of(atLeastOne("--mask-epochs", maskEpochs)),
            seed);
    request.maskEpochs(epochs);
    return request;
  }

  private JointRequest.Amount amount(PruneArguments pruning) {
    if (pruning.saysHowMuch() && lambda != null) {
      throw new BadInputException("give either --keep or --lambda, which is steered for --keep");
    }
    if (pruning.saysHowMuch()) {
      PruneRequest.Amount share = pruning.share();
      return share.<JointRequest.Amount>match(
          keep -> keep,
          keep -> keep,
          remove -> {
            throw new IllegalStateException("--remove-layers is refused");
          });
    }
    if (lambda == null) {
      throw new BadInputException(
          "say how much remains, for example --keep params=0.2, macs=0.5 or latency=0.6; or how hard"
              + " masks are pressed, --lambda 0.0001 (0: by the task alone)");
    }
    return new JointRequest.Lambda(
        Numbers.real(lambda)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "--lambda is "
                            + lambda
                            + Numbers.hint(lambda)
                            + ", expected a number of at least 0")));
  }

  private static int atLeastOne(String option, String text) {
    int number = Numbers.integer(text).orElse(0);
    if (number < 1) {
      throw new BadInputException(
          option + " is " + text + Numbers.hint(text) + ", expected a whole number from 1 on");
    }
    return number;
  }
}
