package io.drivemark.architectures.variant;

import io.drivemark.architectures.estimate.GateClock;
import io.drivemark.architectures.estimate.GateEstimate;
import io.drivemark.architectures.estimate.GateEstimate.Row;
import io.drivemark.architectures.estimate.GateEstimator;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.latency.EngineSetup;
import io.drivemark.architectures.pruning.gate.GatePlacement;
import io.drivemark.problem.Progress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes a dynamic model of a parent, on the one path that the command line and studies take: {@link
 * #estimate} says what ratios would save, {@link #plan} decides on one. Not thread-safe.
 */
public final class GateMaker {
  private final GateTask task;
  private final VariantMaker.Setting setting;
  private final Progress progress;
  private GateEstimator estimator;

  /** A way from a parent to a dynamic model; nothing is done yet. */
  public GateMaker(GateTask task, VariantMaker.Setting setting, Progress progress) {
    this.task = task;
    this.setting = setting;
    this.progress = progress;
  }

  /** From now on the estimate predicts latencies on an engine, by the setting's tables. */
  public void timedOn(EngineSetup engine) {
    estimator()
        .timedBy(
            GateClock.of(
                estimator().gated(), height(), width(), setting.tables().open(engine), progress));
  }

  /**
   * What ratios would save.
   *
   * @throws io.drivemark.problem.BadInputException if nothing of the parent can be gated
   */
  public GateEstimate estimate(List<Double> ratios) {
    GateRequest request = task.request();
    return estimator()
        .estimate(
            setting.parent().spec().name(),
            setting.frames().toString(),
            request.target(),
            request.unit().toString(),
            ratios);
  }

  /**
   * Decides on a ratio.
   *
   * @throws io.drivemark.problem.BadInputException if the amount cannot be met; the message has the
   *     nearest that can
   */
  public GatePlan plan() {
    Map<String, String> found = new TreeMap<>();
    double ratio =
        task.request()
            .amount()
            .either(
                GateRequest.Ratio::value,
                macs -> estimator().ratioForMacs(macs.share()),
                latency -> {
                  timedOn(latency.setup());
                  return GateLatencySearch.on(estimator(), setting, latency, progress).run(found);
                });
    found.putAll(evidence(estimator().row(ratio)));
    return new GatePlan(ratio, found);
  }

  private Map<String, String> evidence(Row row) {
    GateRequest request = task.request();
    Map<String, String> facts = new TreeMap<>();
    facts.put("gate-ratio", Double.toString(row.ratio()));
    facts.put("gate-target", request.target());
    facts.put("gate-unit", request.unit().toString());
    facts.put("gate-head", request.head().key());
    facts.put("gate-mode", request.mode().key());
    facts.put("gate-constant", Boolean.toString(request.constant()));
    facts.put("estimate-frames", setting.frames().toString());
    facts.put("estimate-macs", number(row.strict().mean()));
    facts.put("estimate-macs-deviation", number(row.strict().deviation()));
    facts.put("estimate-macs-paper", number(row.paper().mean()));
    facts.put("estimate-live", number(row.masks().liveShare()));
    facts.put("estimate-varying", number(row.masks().varyingShare()));
    OptionalDouble alike = row.masks().alike().value();
    facts.put("estimate-jaccard", alike.isPresent() ? number(alike.getAsDouble()) : "undefined");
    facts.put("estimate-constant-right", number(row.constant().right()));
    row.latency().ifPresent(share -> facts.put("estimate-latency", number(share)));
    facts.put(
        "estimate-curve",
        GateEstimator.RATIOS.stream()
            .map(r -> r + "=" + number(estimator().macs(r)))
            .collect(Collectors.joining(" ")));
    return facts;
  }

  private GateEstimator estimator() {
    if (estimator == null) {
      GateRequest request = task.request();
      Network dense = setting.parent().network();
      estimator =
          new GateEstimator(
              dense,
              GatePlacement.of(dense, request.unit(), height(), width()),
              ratio -> request.target(ratio, 1),
              setting.frames().images(),
              height(),
              width(),
              setting.threads(),
              progress);
    }
    return estimator;
  }

  private int height() {
    return setting.frames().height();
  }

  private int width() {
    return setting.frames().width();
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
