package io.drivemark.eval.runner.variant;

import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.pruning.Technique;
import io.drivemark.architectures.pruning.mask.MaskPreset;
import io.drivemark.architectures.variant.GateRequest;
import io.drivemark.architectures.variant.JointRequest;
import io.drivemark.architectures.variant.PruneApproach;
import io.drivemark.architectures.variant.PruneRequest;
import io.drivemark.config.Numbers;
import io.drivemark.eval.runner.study.VariantSpec;
import java.math.BigDecimal;

/**
 * How variants are called where the study does not say: {@code
 * PARENT-TECHNIQUE-CRITERION-KEPT[-roundsN[-epochsN]][-scratch][-seedN]}, dynamic ones {@code
 * PARENT-dynamic-TARGET-KEPT[-unit-UNIT][-HEAD][-joint][-constant][-seedN]}, those of joint masks
 * {@code PARENT-joint-PENALTY-KEPT[-unit-UNIT][-paper][-masksN][-masked][-seedN]}. Stateless.
 */
final class VariantNames {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private VariantNames() {}

  /**
   * The name of a variant.
   *
   * @param origin name of the parent, or of the dataset an architecture is trained on
   * @param usualSeed the study's, which names leave out
   */
  static String of(VariantSpec spec, String origin, long usualSeed) {
    return spec.name()
        .orElseGet(
            () -> stem(spec, origin) + (spec.seed() == usualSeed ? "" : "-seed" + spec.seed()));
  }

  private static String stem(VariantSpec spec, String origin) {
    if (spec instanceof VariantSpec.Pruned pruned) {
      PruneRequest request = pruned.request();
      return String.join(
              "-",
              origin,
              request.technique().key(),
              String.join("+", request.criteria()),
              amount(request.amount()))
          + rounds(pruned.approach())
          + (pruned.fromScratch() ? "-scratch" : "");
    }
    if (spec instanceof VariantSpec.Joint joint) {
      return origin + joint(joint.request()) + (joint.tuned() ? "" : "-masked");
    }
    if (spec instanceof VariantSpec.Gated gated) {
      return origin + gated(gated.request());
    }
    if (spec instanceof VariantSpec.Trained trained) {
      StringBuilder name = new StringBuilder(trained.architecture());
      trained.options().forEach((key, value) -> name.append('-').append(key).append(value));
      return name.append('-').append(origin).toString();
    }
    return origin + "-finetuned";
  }

  /** What is usual is left out, but for the penalty. */
  private static String joint(JointRequest request) {
    String share =
        request
            .amount()
            .by(
                factor -> "lambda" + Numbers.text(factor.value()),
                VariantNames::amount,
                VariantNames::amount);
    StringBuilder name = new StringBuilder();
    name.append('-').append(Technique.JOINT.key());
    name.append('-').append(request.penalty().key()).append('-').append(share);
    if (request.unit() > 1) {
      name.append("-unit-").append(request.unit());
    }
    if (request.sites() != MaskPreset.ALL) {
      name.append('-').append(request.sites().key());
    }
    request.maskEpochs().ifPresent(n -> name.append("-masks").append(n));
    return name.toString();
  }

  /** What is usual is left out. */
  private static String gated(GateRequest request) {
    GateRequest usual = GateRequest.of(request.amount(), request.seed());
    String share =
        request
            .amount()
            .either(
                ratio -> "ratio" + percent(ratio.value()),
                macs -> percent(macs.share()),
                latency -> "latency" + percent(latency.share()));
    StringBuilder name = new StringBuilder();
    name.append('-').append(Technique.DYNAMIC.key());
    name.append('-').append(request.target()).append('-').append(share);
    if (!request.unit().equals(usual.unit())) {
      name.append("-unit-").append(request.unit());
    }
    if (request.head() != usual.head()) {
      name.append('-').append(request.head().key());
    }
    if (request.mode() != usual.mode()) {
      name.append('-').append(request.mode().key());
    }
    return name.append(request.constant() ? "-constant" : "").toString();
  }

  private static String rounds(PruneApproach approach) {
    String between = approach.trainsBetween() ? "-epochs" + approach.roundEpochs() : "";
    return approach.rounds() == 1 ? "" : "-rounds" + approach.rounds() + between;
  }

  /** The percentage to keep, of multiply-accumulates if nothing else is said. */
  static String amount(PruneRequest.Amount amount) {
    return amount.match(
        keep ->
            (keep.measure() == Measure.MACS ? "" : keep.measure().key()) + percent(keep.share()),
        keep -> "latency" + percent(keep.share()),
        remove -> "minus" + remove.units());
  }

  private static String percent(double share) {
    return BigDecimal.valueOf(share).multiply(HUNDRED).stripTrailingZeros().toPlainString();
  }
}
