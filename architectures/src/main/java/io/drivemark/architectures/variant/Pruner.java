package io.drivemark.architectures.variant;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.latency.LatencyTables;
import io.drivemark.architectures.model.Model;
import io.drivemark.architectures.model.ModelSpec;
import io.drivemark.architectures.model.Models;
import io.drivemark.architectures.pruning.Criteria;
import io.drivemark.architectures.pruning.Criterion;
import io.drivemark.architectures.pruning.LayerScores;
import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.pruning.PlanFile;
import io.drivemark.architectures.pruning.PruningPlan;
import io.drivemark.architectures.pruning.RemovableUnit;
import io.drivemark.architectures.pruning.Technique;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes a smaller model of a model: scores it, plans, applies the plan, measures its normalisation
 * anew, and writes down where it comes from. Stateless.
 *
 * <pre>{@code
 * CalibrationSet frames = new CalibrationSet(train, parent.spec().input(), 64);
 * PruneRequest request =
 *     PruneRequest.of(Technique.FILTER, new Keep(Measure.MACS, 0.6), List.of("l1"), 1);
 * PruningPlan plan = Pruner.plan(parent, request, frames, Progress.NONE);
 * Model smaller = Pruner.apply(parent, plan, frames, 2, Progress.NONE);
 * }</pre>
 */
public final class Pruner {
  private Pruner() {}

  /**
   * Decides what goes.
   *
   * @param frames what data-driven criteria look at; others read none of them
   * @throws BadInputException if the request cannot be met; the message has the nearest that can
   */
  public static PruningPlan plan(
      Model parent, PruneRequest request, CalibrationSet frames, Progress progress) {
    return plan(parent, request, frames, LatencyTables.notKept(), progress);
  }

  /**
   * Decides what goes.
   *
   * @param frames what data-driven criteria look at, and whose size latencies are measured at
   * @param tables where measured times of pieces of networks are kept
   * @throws BadInputException if the request cannot be met; the message has the nearest that can
   * @throws io.drivemark.problem.UnavailableException if the engine of a latency cannot run here
   */
  public static PruningPlan plan(
      Model parent,
      PruneRequest request,
      CalibrationSet frames,
      LatencyTables tables,
      Progress progress) {
    return plan(parent.network(), parent.network(), request, frames, tables, progress);
  }

  /**
   * Decides what goes of what may already be a part of another network.
   *
   * @param reference whose latency the share of a latency is of
   */
  static PruningPlan plan(
      Network reference,
      Network network,
      PruneRequest request,
      CalibrationSet frames,
      LatencyTables tables,
      Progress progress) {
    Planner planner = planner(reference, network, request, frames, progress);
    Technique technique = request.technique();
    return request
        .amount()
        .match(
            keep -> planner.keep(keep.measure(), keep.share()),
            keep ->
                LatencySearch.on(
                        reference, network, planner, technique, keep, frames, tables, progress)
                    .run(),
            remove -> planner.remove(remove.units()));
  }

  private static Planner planner(
      Network reference,
      Network network,
      PruneRequest request,
      CalibrationSet frames,
      Progress progress) {
    return switch (request.technique()) {
      case FILTER -> {
        Criterion criterion = Criteria.named(request.criteria().get(0));
        yield new Planner.Filters(
            network,
            DataImportance.of(network, criterion, frames, request.seed(), progress),
            request,
            frames);
      }
      case LAYER -> {
        List<String> units = RemovableUnit.of(reference).stream().map(RemovableUnit::name).toList();
        LayerScores scores = scores(network, request, frames, progress).only(units);
        yield new Planner.Layers(network, scores, request, frames);
      }
      case JOINT, DYNAMIC ->
          throw new IllegalStateException("requests refuse " + request.technique());
    };
  }

  private static LayerScores scores(
      Network network, PruneRequest request, CalibrationSet frames, Progress progress) {
    List<RemovableUnit> units = RemovableUnit.of(network);
    List<LayerScores> all = new ArrayList<>();
    for (String criterion : request.criteria()) {
      all.add(
          switch (criterion) {
            case Imprinting.NAME, Imprinting.UPSAMPLED ->
                Imprinting.of(criterion, network, frames, progress);
            case LayerScores.RANDOM -> LayerScores.random(units, request.seed());
            default ->
                LayerScores.of(
                    units,
                    DataImportance.of(
                        network, Criteria.named(criterion), frames, request.seed(), progress));
          });
    }
    return all.size() == 1 ? all.get(0) : LayerScores.ensemble(all);
  }

  /**
   * Does what a plan says and measures the normalisation anew.
   *
   * @param threads of the operators
   * @return the model, named by convention: parent, technique, criterion, kept percentage
   * @throws BadInputException if the plan is for another network or does not fit
   */
  public static Model apply(
      Model parent, PruningPlan plan, CalibrationSet frames, int threads, Progress progress) {
    parent.requireOneHead("pruning");
    Network cut = plan.apply(parent.network());
    return described(parent, Recalibration.of(cut, frames, threads, progress), plan, frames);
  }

  /** A pruned network with its description. */
  static Model described(Model parent, Network network, PruningPlan plan, CalibrationSet frames) {
    double macs = share(Measure.MACS, parent.network(), network, frames);
    double params = share(Measure.PARAMS, parent.network(), network, frames);
    ModelSpec from = parent.spec();
    Map<String, String> facts = new TreeMap<>();
    from.provenance().forEach((key, value) -> facts.put("parent." + key, value));
    facts.remove("parent." + LayerWidth.PARENT_LAYERS);
    facts.put(LayerWidth.PARENT_LAYERS, layers(parent.network(), frames));
    facts.put("parent-digest", Models.digest(parent));
    facts.put("plan", PlanFile.text(plan));
    facts.put("prune-goal", plan.goal());
    facts.put("prune-seed", Long.toString(plan.seed()));
    facts.put("kept-macs", Double.toString(macs));
    facts.put("kept-params", Double.toString(params));
    facts.put("calibrated-on", frames.toString());
    facts.putAll(plan.evidence());
    ModelSpec spec =
        from.withName(name(from.name(), plan, macs))
            .withVariant(
                new ModelSpec.Variant(
                    plan.technique().key(),
                    Optional.of(from.name()),
                    Optional.of(plan.criterion())))
            .withProvenance(facts);
    return new Model(spec, network);
  }

  static String layers(Network network, CalibrationSet frames) {
    return LayerWidth.text(LayerWidth.of(network, frames.height(), frames.width()));
  }

  static double share(Measure measure, Network whole, Network part, CalibrationSet frames) {
    return (double) measure.of(part, frames.height(), frames.width())
        / measure.of(whole, frames.height(), frames.width());
  }

  /** PARENT-TECHNIQUE-CRITERION-KEPT, KEPT the percentage of the multiply-accumulates. */
  private static String name(String parent, PruningPlan plan, double macs) {
    String criterion = plan.criterion().startsWith("ensemble") ? "ensemble" : plan.criterion();
    return parent + "-" + plan.technique().key() + "-" + criterion + "-" + Math.round(100 * macs);
  }
}
