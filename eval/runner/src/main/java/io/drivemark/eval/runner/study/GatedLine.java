package io.drivemark.eval.runner.study;

import io.drivemark.architectures.latency.EngineSetup;
import io.drivemark.architectures.pruning.gate.GateUnit;
import io.drivemark.architectures.variant.GateRequest;
import io.drivemark.architectures.variant.PruneRequest;
import io.drivemark.config.ConfigMap;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys of a line of technique {@code dynamic}; where they hold lists, a request for each
 * combination. Problems are kept by the file. Not thread-safe.
 */
final class GatedLine {
  private static final String KEEP = "keep";
  private static final String RATIO = "ratio";
  private static final String TARGET = "target";
  private static final String UNIT = "unit";
  private static final String HEAD = "head";
  private static final String MODE = "mode";
  private static final String CONSTANT = "constant";

  /** Keys that no other technique has. */
  static final List<String> KEYS = List.of(RATIO, UNIT, HEAD, MODE, TARGET, CONSTANT);

  private final ConfigMap line;
  private final EngineSetup latencyOn;
  private final int taken;

  /**
   * A line.
   *
   * @param latencyOn the engine that shares of a latency are measured on
   * @param taken variants that earlier lines ask for
   */
  GatedLine(ConfigMap line, EngineSetup latencyOn, int taken) {
    this.line = line;
    this.latencyOn = latencyOn;
    this.taken = taken;
  }

  /**
   * All requests, each once, in the order of the lists.
   *
   * @param parents of which each takes all requests
   */
  List<GateRequest> requests(List<String> parents, List<Long> seeds) {
    final List<GateRequest.Amount> amounts = amounts();
    final List<GateUnit> units = LineValues.each(line, UNIT, GateUnit.AUTO, GateUnit::parse);
    final List<GateRequest.Head> heads =
        LineValues.each(line, HEAD, GateRequest.Head.STANDARDISED, GateRequest.Head::named);
    final List<GateRequest.Mode> modes =
        LineValues.each(line, MODE, GateRequest.Mode.DECOUPLED, GateRequest.Mode::named);
    final List<String> targets =
        LineValues.each(line, TARGET, GateRequest.MASS, GateRequest::requireTarget);
    final List<Boolean> constants = LineValues.each(line, CONSTANT, false, GatedLine::flag);
    if (!LineValues.fit(
        line, taken, parents, amounts, units, heads, modes, targets, constants, seeds)) {
      return List.of();
    }
    List<GateRequest> all = new ArrayList<>();
    Set<String> problems = new LinkedHashSet<>();
    for (GateRequest.Amount amount : amounts) {
      for (GateUnit unit : units) {
        for (GateRequest.Head head : heads) {
          for (GateRequest.Mode mode : modes) {
            for (String target : targets) {
              for (boolean constant : constants) {
                for (long seed : seeds) {
                  try {
                    all.add(new GateRequest(amount, target, unit, head, mode, constant, seed));
                  } catch (BadInputException e) {
                    problems.add(e.getMessage());
                  }
                }
              }
            }
          }
        }
      }
    }
    problems.forEach(p -> line.problem(KEEP, p));
    return all;
  }

  private List<GateRequest.Amount> amounts() {
    boolean shares = line.has(KEEP);
    if (shares == line.has(RATIO)) {
      line.problem(
          shares ? RATIO : "technique",
          shares
              ? "says the same as keep in other words: leave one of them out"
              : "says not how much a frame takes: give keep (macs=0.5, or latency=0.6), or ratio"
                  + " (0.85, say)");
    }
    List<GateRequest.Amount> amounts = new ArrayList<>();
    for (PruneRequest.Amount kept : new KeptAmounts(line, latencyOn).shares()) {
      amounts.add((GateRequest.Amount) kept);
    }
    amounts.addAll(LineValues.numbers(line, RATIO, GateRequest.Ratio::new, "above 0 to 1"));
    return amounts;
  }

  private static boolean flag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new BadInputException("found " + text + ", expected true or false");
    }
    return text.equals("true");
  }

  /** A request as the keys that read back to it, but for its seed. */
  static Map<String, Object> write(GateRequest request) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put(amountKey(request.amount()), amountText(request.amount()));
    out.put(TARGET, request.target());
    out.put(UNIT, request.unit().toString());
    out.put(HEAD, request.head().key());
    out.put(MODE, request.mode().key());
    out.put(CONSTANT, request.constant());
    return out;
  }

  private static String amountKey(GateRequest.Amount amount) {
    return amount instanceof GateRequest.Ratio ? RATIO : KEEP;
  }

  private static Object amountText(GateRequest.Amount amount) {
    return amount.either(
        GateRequest.Ratio::value,
        macs -> macs.measure().key() + "=" + macs.share(),
        latency -> KeptAmounts.LATENCY + "=" + latency.share());
  }
}
