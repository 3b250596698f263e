package io.drivemark.architectures.variant;

import io.drivemark.architectures.estimate.GateClock;
import io.drivemark.architectures.estimate.GateEstimate;
import io.drivemark.architectures.estimate.GateEstimate.Row;
import io.drivemark.architectures.estimate.GateEstimator;
import io.drivemark.architectures.estimate.Tiles;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.latency.EngineSetup;
import io.drivemark.architectures.latency.MeasuredShare;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.pruning.Technique;
import io.drivemark.architectures.pruning.gate.GatePlacement;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes a dynamic model of a parent, on the one path that the command line and studies take: {@link
 * #estimate} says what ratios would save, {@link #plan} decides on one, {@link #start} puts gates
 * into the parent, and {@link #finish} trains. Not thread-safe.
 */
public final class GateMaker {
  /** The fact that has the share of the multiply-accumulates that was estimated. */
  public static final String MACS = "estimate-macs";

  /** The fact that has the predicted share of the latency. */
  public static final String LATENCY = "estimate-latency";

  private final GateTask task;
  private final VariantMaker.Setting setting;
  private final Progress progress;
  private Tiles tiles = Tiles.WHOLE;
  private GateEstimator estimator;

  /** A way from a parent to a dynamic model; nothing is done yet. */
  public GateMaker(GateTask task, VariantMaker.Setting setting, Progress progress) {
    this.task = task;
    this.setting = setting;
    this.progress = progress;
  }

  /**
   * From now on the estimate predicts latencies on an engine, by the setting's tables; with units
   * everywhere it cannot, and does not.
   */
  public void timedOn(EngineSetup engine) {
    if (task.request().unit().isEverywhere()) {
      return;
    }
    estimator()
        .timedBy(
            GateClock.of(
                estimator().gated(), height(), width(), setting.tables().open(engine), progress));
  }

  /**
   * From now on the estimate is of masks for each tile of a frame. There is no network that has
   * such masks: {@link #plan} is refused.
   *
   * @throws IllegalStateException if an estimate is made already
   */
  public void over(Tiles parts) {
    if (estimator != null) {
      throw new IllegalStateException("the estimate is made already, of " + tiles + " tiles");
    }
    tiles = parts;
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
   * @throws IllegalStateException if the estimate is of tiles
   */
  public GatePlan plan() {
    if (!tiles.equals(Tiles.WHOLE)) {
      throw new IllegalStateException(
          "no network has masks for tiles, " + tiles + " were asked for");
    }
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

  /**
   * The model before it is trained: all units live, or the constant mask.
   *
   * @param plan what {@link #plan} gave, now or in an earlier call
   */
  public Model start(GatePlan plan) {
    GateRequest request = task.request().withRatio(plan.ratio());
    Model parent = setting.parent();
    Model gated =
        Gating.attach(
            parent, placement().sites(), request, setting.frames(), setting.threads(), progress);
    Map<String, String> facts = new TreeMap<>(gated.spec().provenance());
    facts.putAll(plan.evidence());
    facts.put("prune-goal", goal(request));
    facts.put("parent-digest", setting.parentDigest());
    long kept = Math.round(100 * Double.parseDouble(plan.evidence().get(MACS)));
    String name =
        String.join(
            "-",
            parent.spec().name(),
            Technique.DYNAMIC.key(),
            request.target(),
            Long.toString(kept));
    return new Model(
        gated.spec().withName(request.constant() ? name + "-constant" : name).withProvenance(facts),
        gated.network());
  }

  private String goal(GateRequest request) {
    String amount =
        task.request()
            .amount()
            .either(
                ratio -> "ratio=" + ratio.value(),
                macs -> macs.measure().key() + "=" + macs.share(),
                latency -> "latency=" + latency.share() + " on " + latency.setup());
    return amount + " at " + height() + "x" + width() + ", units " + request.unit();
  }

  /**
   * Trains what {@link #start} gave, if it is to be trained, and makes it ready to be used. What
   * its gates do on frames of the setting's {@code val} is written into its facts ({@link
   * GateFit}). Where a share of the latency was asked for, it is measured what the model reached
   * over real frames, in turns with its parent, and written into its facts.
   *
   * @param checkpoint file that holds the state after each epoch; the same call goes on from it
   */
  public FineTuning.Finished finish(Model start, Path checkpoint) {
    FineTuning.Finished finished =
        fitted(
            FineTuning.finish(
                start,
                Optional.of(setting.parent()),
                setting.train(),
                setting.val(),
                task.recipe(),
                checkpoint,
                progress));
    return task.request()
        .amount()
        .either(ratio -> finished, macs -> finished, keep -> measured(finished, keep));
  }

  private FineTuning.Finished fitted(FineTuning.Finished finished) {
    Model model = finished.model();
    CalibrationSet frames =
        new CalibrationSet(
            setting.val(), setting.parent().spec().input(), setting.frames().count());
    Map<String, String> facts = new TreeMap<>(model.spec().provenance());
    facts.putAll(GateFit.of(model, frames, setting.threads(), progress).facts());
    return new FineTuning.Finished(
        new Model(model.spec().withProvenance(facts), model.network()), finished.result());
  }

  private FineTuning.Finished measured(
      FineTuning.Finished finished, PruneRequest.KeepLatency keep) {
    Model model = finished.model();
    MeasuredShare share =
        GateLatencySearch.meter(setting.frames(), keep)
            .measure(setting.parent().network(), model.network(), progress);
    Map<String, String> facts = new TreeMap<>(model.spec().provenance());
    facts.putAll(
        LatencyFacts.of(
            LatencyFacts.engine(keep.setup()),
            height() + "x" + width(),
            facts.getOrDefault(LATENCY, "undefined"),
            share));
    return new FineTuning.Finished(
        new Model(model.spec().withProvenance(facts), model.network()), finished.result());
  }

  private Map<String, String> evidence(Row row) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("estimate-frames", setting.frames().toString());
    facts.put(MACS, number(row.strict().mean()));
    facts.put("estimate-macs-deviation", number(row.strict().deviation()));
    facts.put("estimate-macs-paper", number(row.paper().mean()));
    facts.put("estimate-live", number(row.masks().liveShare()));
    facts.put("estimate-varying", number(row.masks().varyingShare()));
    OptionalDouble alike = row.masks().alike().value();
    facts.put("estimate-jaccard", alike.isPresent() ? number(alike.getAsDouble()) : "undefined");
    facts.put("estimate-constant-right", number(row.constant().right()));
    row.latency().ifPresent(share -> facts.put(LATENCY, number(share)));
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
              placement(),
              tiles,
              ratio -> request.target(ratio, 1),
              setting.frames().images(),
              height(),
              width(),
              setting.threads(),
              progress);
    }
    return estimator;
  }

  private GatePlacement placement() {
    return GatePlacement.of(setting.parent().network(), task.request().unit(), height(), width());
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
