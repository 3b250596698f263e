package io.drivemark.eval.runner.study;

import io.drivemark.architectures.latency.EngineSetup;
import io.drivemark.architectures.pruning.mask.MaskPreset;
import io.drivemark.architectures.pruning.mask.Penalty;
import io.drivemark.architectures.variant.JointRequest;
import io.drivemark.architectures.variant.PruneRequest;
import io.drivemark.config.ConfigMap;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The keys of a line of technique {@code joint}; where they hold lists, a request for each
 * combination. Problems are kept by the file. Not thread-safe.
 */
final class JointLine {
  private static final String KEEP = "keep";
  private static final String LAMBDA = "lambda";
  private static final String PENALTY = "penalty";
  private static final String UNIT = "unit";
  private static final String SITES = "sites";
  private static final String MASK_EPOCHS = "mask-epochs";
  private static final String ROW = "row";
  private static final String TUNED = "tuned";
  private static final String MASKED = "masked";

  /** Keys that no other technique has; {@code unit} is one of {@code dynamic} too. */
  static final List<String> KEYS = List.of(LAMBDA, PENALTY, SITES, MASK_EPOCHS, ROW);

  private final ConfigMap line;
  private final EngineSetup latencyOn;
  private final int taken;

  /**
   * A line.
   *
   * @param latencyOn the engine that shares of a latency are measured on
   * @param taken variants that earlier lines ask for
   */
  JointLine(ConfigMap line, EngineSetup latencyOn, int taken) {
    this.line = line;
    this.latencyOn = latencyOn;
    this.taken = taken;
  }

  /** Whether a key of technique dynamic means something here too. */
  static boolean shares(String key) {
    return key.equals(UNIT);
  }

  /** All variants of a parent, each once, in the order of the lists. */
  List<VariantSpec> variants(Optional<String> name, List<String> parents, List<Long> seeds) {
    final List<Boolean> rows = LineValues.each(line, ROW, true, JointLine::isTuned);
    final List<JointRequest> requests = requests(parents, rows, seeds);
    List<VariantSpec> all = new ArrayList<>();
    for (String parent : parents) {
      for (JointRequest request : requests) {
        rows.forEach(tuned -> all.add(new VariantSpec.Joint(name, parent, request, tuned)));
      }
    }
    return all;
  }

  private List<JointRequest> requests(List<String> parents, List<Boolean> rows, List<Long> seeds) {
    final List<JointRequest.Amount> amounts = amounts();
    final List<Optional<Penalty>> penalties =
        LineValues.each(line, PENALTY, Optional.empty(), text -> Optional.of(Penalty.named(text)));
    final List<Integer> units = LineValues.each(line, UNIT, 1, text -> atLeastOne(text));
    final List<MaskPreset> sites = LineValues.each(line, SITES, MaskPreset.ALL, MaskPreset::named);
    final List<OptionalInt> epochs =
        LineValues.each(
            line, MASK_EPOCHS, OptionalInt.empty(), text -> OptionalInt.of(atLeastOne(text)));
    if (!LineValues.fit(
        line, taken, parents, rows, amounts, penalties, units, sites, epochs, seeds)) {
      return List.of();
    }
    List<JointRequest> all = new ArrayList<>();
    Set<String> problems = new LinkedHashSet<>();
    for (JointRequest.Amount amount : amounts) {
      for (Optional<Penalty> penalty : penalties) {
        for (int unit : units) {
          for (MaskPreset preset : sites) {
            for (OptionalInt maskEpochs : epochs) {
              for (long seed : seeds) {
                try {
                  all.add(
                      new JointRequest(
                          amount,
                          penalty.orElse(JointRequest.usualPenalty(amount)),
                          unit,
                          preset,
                          maskEpochs,
                          seed));
                } catch (BadInputException e) {
                  problems.add(e.getMessage());
                }
              }
            }
          }
        }
      }
    }
    problems.forEach(p -> line.problem(PENALTY, p));
    return all;
  }

  private List<JointRequest.Amount> amounts() {
    boolean shares = line.has(KEEP);
    if (shares == line.has(LAMBDA)) {
      line.problem(
          shares ? LAMBDA : "technique",
          shares
              ? "is steered so that what keep says remains: leave one of them out"
              : "says not how much remains: give keep (params=0.2, macs=0.5 or latency=0.6, say), or"
                  + " lambda, the factor of the penalty (0: the task alone)");
    }
    List<JointRequest.Amount> amounts = new ArrayList<>();
    for (PruneRequest.Amount kept : new KeptAmounts(line, latencyOn).shares()) {
      amounts.add((JointRequest.Amount) kept);
    }
    amounts.addAll(
        LineValues.numbers(line, LAMBDA, JointRequest.Lambda::new, "a number of at least 0"));
    return amounts;
  }

  private static boolean isTuned(String text) {
    if (!text.equals(TUNED) && !text.equals(MASKED)) {
      throw new BadInputException("found " + text + ", expected tuned or masked");
    }
    return text.equals(TUNED);
  }

  private static int atLeastOne(String text) {
    int number = KeptAmounts.wholeNumber(text);
    if (number < 1) {
      throw new BadInputException("found " + text + ", expected a whole number from 1 on");
    }
    return number;
  }

  /** A variant as the keys that read back to it, but for its parent and seed. */
  static Map<String, Object> write(VariantSpec.Joint variant) {
    JointRequest request = variant.request();
    Map<String, Object> out = new LinkedHashMap<>();
    out.put(
        request.amount() instanceof JointRequest.Lambda ? LAMBDA : KEEP,
        request
            .amount()
            .<Object>by(
                JointRequest.Lambda::value,
                keep -> keep.measure().key() + "=" + keep.share(),
                keep -> KeptAmounts.LATENCY + "=" + keep.share()));
    out.put(PENALTY, request.penalty().key());
    out.put(UNIT, request.unit());
    out.put(SITES, request.sites().key());
    request.maskEpochs().ifPresent(n -> out.put(MASK_EPOCHS, n));
    out.put(ROW, variant.tuned() ? TUNED : MASKED);
    return out;
  }
}
